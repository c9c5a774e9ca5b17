/// Sums of the losses of one model's forecasts of one series, before they are averaged.
struct LossSums {
  /// The forecasts that were made.
  var forecasts = 0
  /// Those among them whose history has an ``ErrorScale`` that is not zero.
  var scaledForecasts = 0
  /// Those among the scaled ones that have quantiles and not the mean alone.
  var scaledDistributions = 0
  /// The forecasts that could not be made.
  var failed = 0
  var symmetricPercentage = 0.0
  // Divided by the scale:
  var absolute = 0.0
  var squared = 0.0
  var bias = 0.0
  var pinball = 0.0
  var rankedProbability = 0.0
  var interval = 0.0

  /// The level of the interval score.
  static let intervalLevel = 0.95

  static func += (sums: inout LossSums, other: LossSums) {
    sums.forecasts += other.forecasts
    sums.scaledForecasts += other.scaledForecasts
    sums.scaledDistributions += other.scaledDistributions
    sums.failed += other.failed
    sums.symmetricPercentage += other.symmetricPercentage
    sums.absolute += other.absolute
    sums.squared += other.squared
    sums.bias += other.bias
    sums.pinball += other.pinball
    sums.rankedProbability += other.rankedProbability
    sums.interval += other.interval
  }

  /// Adds the losses of one forecast.
  ///
  /// - Parameter score: the ranked probability score; asked for only where it can be divided by a scale.
  mutating func add(
    _ point: ForecastPoint, actual: Double, scale: ErrorScale, levels: [Double],
    rankedProbability score: () throws(ForecastingError) -> Double
  ) throws(ForecastingError) {
    forecasts += 1
    symmetricPercentage += ForecastLoss.symmetricPercentage(actual: actual, forecast: point.mean)
    guard !scale.isZero else { return }
    scaledForecasts += 1
    let error = point.mean - actual
    absolute += abs(error) / scale.absolute
    squared += error * error / scale.squared
    bias += error / scale.absolute
    guard let median = point.median, point.bounds.count == 2 * levels.count else { return }
    scaledDistributions += 1
    var loss = ForecastLoss.pinball(actual: actual, quantile: median, probability: 0.5)
    for (index, level) in levels.enumerated() {
      loss +=
        ForecastLoss.pinball(
          actual: actual, quantile: point.bounds[2 * index], probability: (1 - level) / 2)
        + ForecastLoss.pinball(
          actual: actual, quantile: point.bounds[2 * index + 1], probability: (1 + level) / 2)
    }
    pinball += loss / Double(2 * levels.count + 1) / scale.absolute
    if let wide = point.wide(levels: levels) {
      interval +=
        ForecastLoss.interval(
          actual: actual, lower: wide.lowerBound, upper: wide.upperBound, level: Self.intervalLevel)
        / scale.absolute
    } else {
      interval = .nan
    }
    rankedProbability += try score() / scale.absolute
  }
}
