import TimeSeries

extension Sample {
  /// The same observations on another scale.
  ///
  /// Models that do not work on one scale can so be fitted to one sample. A sample that was put together from numbers has no
  /// unit that a scale could be chosen from, and keeps its own where ``ScaleChoice/unit`` is asked for.
  ///
  /// - Throws: ``ForecastingError/scale(series:problem:)`` and ``ForecastingError/outOfBounds(series:period:value:unit:)``
  ///   for values that the scale does not allow.
  func rescaled(_ choice: ScaleChoice) throws(ForecastingError) -> Sample {
    if unit == nil, choice == .unit { return self }
    let chosen = try choice.scale(unit: unit ?? .score, values: observed, series: name)
    guard chosen != scale else { return self }
    for (value, label) in zip(observed, labels) where !chosen.transformed(value).isFinite {
      throw .outOfBounds(
        series: name, period: label, value: value,
        unit: "\(unit.map { "\($0) on " } ?? "")the scale \(chosen)")
    }
    return Sample(
      name: name, positions: positions, observed: observed, labels: labels, scale: chosen,
      samplingVariances: samplingVariances.map { variances in
        zip(variances, observed).map { variance, value in
          let stretch = chosen.slope(at: value) / scale.slope(at: value)
          return variance * stretch * stretch
        }
      }, season: season, firstPeriod: firstPeriod, counts: counts, exposure: exposure,
      regressors: regressors, unit: unit, breaks: breaks, provisional: provisional, estimated: estimated,
      coarse: coarse)
  }
}
