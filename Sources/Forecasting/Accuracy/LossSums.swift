/// Sums of the losses of one model's forecasts of one series, before they are averaged.
struct LossSums {
  /// The forecasts that were made.
  var forecasts = 0
  /// Those among them whose history has an ``ErrorScale`` that is not zero.
  var scaledForecasts = 0
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
  /// - Parameter rankedProbability: asked for only where it can be divided by a scale.
  mutating func add(
    _ reading: StepReading, actual: Double, scale: ErrorScale, levels: [Double],
    rankedProbability: () throws(ForecastingError) -> Double
  ) throws(ForecastingError) {
    forecasts += 1
    symmetricPercentage += ForecastLoss.symmetricPercentage(actual: actual, forecast: reading.mean)
    guard !scale.isZero else { return }
    scaledForecasts += 1
    let error = reading.mean - actual
    absolute += abs(error) / scale.absolute
    squared += error * error / scale.squared
    bias += error / scale.absolute
    var loss = ForecastLoss.pinball(actual: actual, quantile: reading.median, probability: 0.5)
    for (index, level) in levels.enumerated() {
      loss +=
        ForecastLoss.pinball(
          actual: actual, quantile: reading.bounds[2 * index], probability: (1 - level) / 2)
        + ForecastLoss.pinball(
          actual: actual, quantile: reading.bounds[2 * index + 1], probability: (1 + level) / 2)
    }
    pinball += loss / Double(2 * levels.count + 1) / scale.absolute
    interval +=
      ForecastLoss.interval(
        actual: actual, lower: reading.wide.lowerBound, upper: reading.wide.upperBound,
        level: Self.intervalLevel)
      / scale.absolute
    self.rankedProbability += try rankedProbability() / scale.absolute
  }
}

/// What is read off one step of a forecast.
struct StepReading {
  let mean: Double
  let median: Double
  /// The lower and the upper end of the interval of each level, in their order.
  let bounds: [Double]
  /// The interval of ``LossSums/intervalLevel``.
  let wide: ClosedRange<Double>

  /// Reads a step off.
  ///
  /// - Throws: what the forecast throws, and ``ForecastingError/numerical(series:model:reason:)`` for a number that is not
  ///   finite.
  init(_ forecast: Forecast, step: Int, levels: [Double]) throws(ForecastingError) {
    mean = try forecast.mean(step: step)
    median = try forecast.median(step: step)
    var bounds: [Double] = []
    bounds.reserveCapacity(2 * levels.count)
    var wide: ClosedRange<Double>?
    for level in levels {
      let interval = try forecast.interval(level, step: step)
      if level == LossSums.intervalLevel { wide = interval }
      bounds.append(interval.lowerBound)
      bounds.append(interval.upperBound)
    }
    self.wide = if let wide { wide } else { try forecast.interval(LossSums.intervalLevel, step: step) }
    self.bounds = bounds
    guard mean.isFinite, median.isFinite, self.wide.lowerBound.isFinite, self.wide.upperBound.isFinite,
      bounds.allSatisfy(\.isFinite)
    else {
      throw .numerical(
        series: forecast.model.sample.name, model: forecast.model.specification,
        reason: "its forecast is not a finite number")
    }
  }
}
