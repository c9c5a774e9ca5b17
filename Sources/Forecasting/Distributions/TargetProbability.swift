// How likely a forecast is to end on one side of a level.

extension Forecast {
  /// The probability of a value no greater than a level, in the unit of the series.
  ///
  /// What the distribution holds beyond a bound of the unit stands at the bound: a share is at most 100 per cent in every
  /// future.
  ///
  /// - Parameters:
  ///   - level: a number in the unit of the series; the infinities are allowed.
  ///   - step: 1 to ``horizon``.
  /// - Throws: ``ForecastingError/horizon(_:)`` outside those steps, and
  ///   ``ForecastingError/numerical(series:model:reason:)`` for NaN.
  public func probability(atMost level: Double, step: Int) throws(ForecastingError) -> Double {
    let distribution = try distribution(step: step)
    let sample = model.sample
    guard !level.isNaN else {
      throw .numerical(
        series: sample.name, model: model.specification,
        reason: "a probability was asked for at what is not a number")
    }
    if level < sample.floor { return 0 }
    if level >= sample.ceiling { return 1 }
    if case .natural = sample.scale {
      return min(1, max(0, distribution.cumulative(level)))
    }
    // Below the least value that the scale restores there is nothing; at it stands all that lies beyond.
    if level < sample.restored(-.infinity) { return 0 }
    let point = sample.scale.transformed(level)
    return min(1, max(0, point.isNaN ? 0 : distribution.cumulative(point)))
  }

  /// The probability of a value no less than a level, in the unit of the series; a level that a count can have belongs to
  /// it.
  ///
  /// - Parameters:
  ///   - level: a number in the unit of the series; the infinities are allowed.
  ///   - step: 1 to ``horizon``.
  /// - Throws: what ``probability(atMost:step:)`` throws.
  public func probability(atLeast level: Double, step: Int) throws(ForecastingError) -> Double {
    // The distributions of models that count have steps; for the others the next number below makes no difference.
    1 - (try probability(atMost: level.nextDown, step: step))
  }
}
