import RealModule

/// Forecasts made again from earlier ends of a series and scored by what followed.
///
/// The score is the logarithmic score, the predictive density at the value that came (Good, 1952): it judges the whole
/// distribution, so a model that is sure and wrong loses to one that says it does not know.
public enum RollingOrigin {
  /// One forecast: made from the first `end` observations, for the observation at index `target`.
  struct Trial: Hashable {
    let end: Int
    let target: Int
  }

  /// The origins and steps that a sample offers to models that need `minimum` observations: the latest `origins` ends,
  /// each followed by up to `horizon` observed periods.
  static func trials(sample: Sample, minimum: Int, horizon: Int, origins: Int) -> [Trial] {
    let first = max(minimum, sample.count - origins, 1)
    guard first < sample.count else { return [] }
    return (first..<sample.count).flatMap { end in
      (end..<sample.count).compactMap { target in
        sample.positions[target] - sample.positions[end - 1] <= horizon
          ? Trial(end: end, target: target) : nil
      }
    }
  }

  /// The logarithmic score of a model in each trial, or nil when it cannot make one of the forecasts.
  static func scores(_ model: any ForecastModel, sample: Sample, trials: [Trial]) -> [Double]? {
    var scores: [Double] = []
    var fitted: (end: Int, model: any FittedModel)?
    for trial in trials {
      if fitted?.end != trial.end {
        let known = sample.prefix(trial.end)
        let refit =
          (model as? any RefittedModel).map { model in try? model.refit(known) } ?? (try? model.fit(known))
        guard let refit else { return nil }
        fitted = (trial.end, refit)
      }
      guard let fitted,
        let distribution = try? fitted.model.predictive(
          step: sample.positions[trial.target] - sample.positions[trial.end - 1])
      else { return nil }
      // The least density is far below any that a fitted model gives; it only keeps the logarithm finite.
      scores.append(Double.log(max(distribution.density(sample.values[trial.target]), 1e-300)))
    }
    return scores
  }
}
