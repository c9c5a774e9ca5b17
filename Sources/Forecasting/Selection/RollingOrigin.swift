import RealModule

/// Forecasts made again from earlier ends of a series and scored by what followed.
///
/// The score is the logarithmic score, the predictive density at the value that came (Good, 1952): it judges the whole
/// distribution, so a model that is sure and wrong loses to one that says it does not know.
public enum RollingOrigin {
  /// A model's mean logarithmic score over the forecasts that all its rivals made too.
  struct Score {
    let mean: Double
    let forecasts: Int
  }

  /// The origins and steps that a sample offers to a model that needs `minimum` observations: the latest `origins`
  /// ends, each followed by up to `horizon` observed periods.
  static func pairs(sample: Sample, minimum: Int, horizon: Int, origins: Int) -> [(end: Int, target: Int)] {
    let last = sample.count - 1
    return (max(minimum, sample.count - origins)...max(minimum, last)).flatMap { end in
      (end..<sample.count).compactMap { target in
        sample.positions[target] - sample.positions[end - 1] <= horizon ? (end, target) : nil
      }
    }
  }

  /// The mean score of a model over the given forecasts, or nil when it cannot make one of them.
  static func score(
    _ model: any ForecastModel, sample: Sample, pairs: [(end: Int, target: Int)]
  ) -> Score? {
    var total = 0.0
    var fitted: (end: Int, model: any FittedModel)?
    for (end, target) in pairs {
      if fitted?.end != end {
        guard let refit = try? model.fit(sample.prefix(end)) else { return nil }
        fitted = (end, refit)
      }
      guard let fitted,
        let distribution = try? fitted.model.predictive(
          step: sample.positions[target] - sample.positions[end - 1])
      else { return nil }
      let density = distribution.density(sample.values[target])
      total += Double.log(max(density, 1e-300))
    }
    return pairs.isEmpty ? nil : Score(mean: total / Double(pairs.count), forecasts: pairs.count)
  }
}
