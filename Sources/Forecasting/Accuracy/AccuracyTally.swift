/// The measures of many series as they are added up, series after series.
public struct AccuracyTally: Sendable {
  private var series = 0
  private var zeroScale = 0
  private var all = LossSums()
  private var scaledSeries = 0
  /// Sums over series of their means.
  private var means = LossSums()
  private var rootMeanSquares = 0.0
  /// The series with a ranked probability score, or any other measure of a distribution.
  private var distributedSeries = 0
  private var covered: [Int]

  /// Nothing yet, for intervals of some levels.
  public init(levels: [Double]) { covered = [Int](repeating: 0, count: levels.count) }

  /// Adds a series.
  public mutating func add(_ series: SeriesAccuracy) { add(series.sums, covered: series.covered[...]) }

  /// Adds a series.
  ///
  /// - Parameter covered: how many of its forecasts each level's interval held.
  mutating func add(_ sums: LossSums, covered: ArraySlice<Int>) {
    all += sums
    guard sums.forecasts > 0 else { return }
    series += 1
    means.symmetricPercentage += sums.symmetricPercentage / Double(sums.forecasts)
    for (level, count) in covered.enumerated() { self.covered[level] += count }
    guard sums.scaledForecasts > 0 else {
      zeroScale += 1
      return
    }
    scaledSeries += 1
    let count = Double(sums.scaledForecasts)
    means.absolute += sums.absolute / count
    rootMeanSquares += (sums.squared / count).squareRoot()
    means.bias += sums.bias / count
    guard sums.scaledDistributions > 0 else { return }
    distributedSeries += 1
    let distributions = Double(sums.scaledDistributions)
    means.pinball += sums.pinball / distributions
    means.rankedProbability += sums.rankedProbability / distributions
    means.interval += sums.interval / distributions
  }

  /// The measures of what was added.
  public var measures: AccuracyMeasures {
    func mean(_ sum: Double, _ count: Int) -> Double? {
      // An unbounded distribution without a mean has an infinite score, and what was not given one that is not a number:
      // neither is reported.
      count > 0 && sum.isFinite ? sum / Double(count) : nil
    }
    return AccuracyMeasures(
      series: series, forecasts: all.forecasts, failed: all.failed, zeroScale: zeroScale,
      mase: mean(means.absolute, scaledSeries), rmsse: mean(rootMeanSquares, scaledSeries),
      smape: mean(means.symmetricPercentage, series), bias: mean(means.bias, scaledSeries),
      pinball: mean(means.pinball, distributedSeries),
      crps: mean(means.rankedProbability, distributedSeries),
      coverage: covered.map { mean(100 * Double($0), all.forecasts) },
      msis: mean(means.interval, distributedSeries))
  }
}

/// The losses of one model's forecasts of one series, from numbers that are at hand: forecasts that were read from a
/// file, or made elsewhere. There is no ranked probability score without the distributions.
public struct SeriesAccuracy: Sendable {
  private let scale: ErrorScale
  private let levels: [Double]
  private(set) var sums = LossSums()
  private(set) var covered: [Int]

  /// Nothing yet, for a history of some scale and intervals of some levels.
  public init(scale: ErrorScale, levels: [Double]) {
    self.scale = scale
    self.levels = levels
    covered = [Int](repeating: 0, count: levels.count)
  }

  /// Adds a forecast and what came.
  public mutating func add(_ point: ForecastPoint, actual: Double) {
    // Nothing here throws: the score is not a number.
    try? sums.add(point, actual: actual, scale: scale, levels: levels) { .nan }
    for level in levels.indices where point.holds(actual, level: level) { covered[level] += 1 }
  }
}
