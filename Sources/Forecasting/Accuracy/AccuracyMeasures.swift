/// How accurate a model's forecasts of some series were, in the measures of the field.
///
/// Scaled measures are divided by the ``ErrorScale`` of the history that a forecast was made from, averaged over the
/// forecasts of a series, and then over series; those whose scale is zero are left out of them and counted. What there
/// is nothing to average for is nil.
public struct AccuracyMeasures: Hashable, Sendable {
  /// The number of series with at least one forecast.
  public let series: Int
  /// The number of forecasts that were made and scored.
  public let forecasts: Int
  /// The number of forecasts that could not be made.
  public let failed: Int
  /// The number of series without a forecast whose scale is above zero.
  public let zeroScale: Int
  /// The mean absolute scaled error.
  public let mase: Double?
  /// The root mean squared scaled error: the root is taken for each series.
  public let rmsse: Double?
  /// The symmetric mean absolute percentage error, 0 to 200.
  public let smape: Double?
  /// The mean scaled error: positive where forecasts were too high.
  public let bias: Double?
  /// The scaled pinball loss, averaged over the median and the quantiles at the ends of the intervals.
  public let pinball: Double?
  /// The scaled continuous ranked probability score.
  public let crps: Double?
  /// The share of all forecasts whose interval held the value, in per cent, for each level in its order.
  public let coverage: [Double?]
  /// The mean scaled interval score at 95 per cent.
  public let msis: Double?
}

/// The measures of many series as they are added up, series after series.
struct AccuracyTotals {
  private var series = 0
  private var zeroScale = 0
  private var all = LossSums()
  private var scaledSeries = 0
  /// Sums over series of their means.
  private var means = LossSums()
  private var rootMeanSquares = 0.0
  private var covered: [Int]

  init(levels: Int) { covered = [Int](repeating: 0, count: levels) }

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
    means.pinball += sums.pinball / count
    means.rankedProbability += sums.rankedProbability / count
    means.interval += sums.interval / count
  }

  /// The measures of what was added.
  var measures: AccuracyMeasures {
    func mean(_ sum: Double, _ count: Int) -> Double? {
      // An unbounded distribution without a mean has an infinite score, which is no number to report.
      count > 0 && sum.isFinite ? sum / Double(count) : nil
    }
    return AccuracyMeasures(
      series: series, forecasts: all.forecasts, failed: all.failed, zeroScale: zeroScale,
      mase: mean(means.absolute, scaledSeries), rmsse: mean(rootMeanSquares, scaledSeries),
      smape: mean(means.symmetricPercentage, series), bias: mean(means.bias, scaledSeries),
      pinball: mean(means.pinball, scaledSeries), crps: mean(means.rankedProbability, scaledSeries),
      coverage: covered.map { mean(100 * Double($0), all.forecasts) },
      msis: mean(means.interval, scaledSeries))
  }
}
