import TimeSeries

/// A model fitted again to a changed history of one series.
struct Refitting {
  let fitted: any FittedModel
  let model: any ForecastModel
  let pool: [Sample]
  let place: Int

  /// Larger pools are not fitted again for each of their series.
  static let largestPool = 500
  /// The same for models other than the pooled trend, which may fit every series of the pool again.
  static let largestOtherPool = 50

  /// Why a model is not fitted again.
  struct Refusal: Error {
    let reason: String
  }

  /// What was fitted; of a series with figures known within bounds only, what was fitted to its first completion.
  private var core: any FittedModel { (fitted as? FittedImputation)?.fits.first ?? fitted }

  /// Whether the series was forecast with a pool.
  var isPooled: Bool { pooledTrend(in: fitted) != nil }

  /// The sample that the model was fitted from, before it put it on a scale of its own.
  var sample: Sample { pool.indices.contains(place) ? pool[place] : fitted.sample }

  /// Fits a changed sample, the rest of the pool as it was.
  ///
  /// Whether a pool forecasts together or each series by itself is kept as it was decided for the figures as they are.
  func fit(_ sample: Sample, horizon: Int) throws -> any FittedModel {
    if core is FittedEnsemble, model is Automatic { return try UnflaggedAutomatic().learn(from: sample) }
    guard pool.count > 1, pool.indices.contains(place), isPooled || !(model is Automatic) else {
      return try model.learn(from: sample)
    }
    let isDirect = core is FittedPooledTrend
    let limit = isDirect ? Self.largestPool : Self.largestOtherPool
    guard pool.count <= limit else {
      throw Refusal(
        reason: "its pool has more than \(limit) series, which are not fitted again for each of them")
    }
    var changed = pool
    changed[place] = sample
    guard isDirect else { return try model.learn(from: changed, horizon: horizon)[place].get() }
    guard case .success(let again) = TogetherAgain().learn(from: changed, horizon: horizon)[place] else {
      throw Refusal(reason: "the series could then no longer take part in its pool")
    }
    return again
  }

  /// Fits the series without its pool, by the automatic choice where the model needs one.
  func fitAlone() throws -> any FittedModel {
    model is PooledTrend ? try Automatic().learn(from: sample) : try model.learn(from: sample)
  }
}

/// The pooled trend alone: no series is forecast by itself in its place.
private struct TogetherAgain: ForecastModel {
  let specification = PooledTrend().specification
  let summary = PooledTrend().summary
  let minimumObservations = PooledTrend().minimumObservations

  func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    try fit(pool: [sample], horizon: 1)[0].get()
  }

  func fit(pool: [Sample], horizon: Int) -> [Result<any FittedModel, ForecastingError>] {
    zip(pool, PooledTrend().fits(pool, horizon: horizon)).map { sample, fitted in
      fitted.map { .success($0) }
        ?? .failure(
          .unsuitable(
            series: sample.name, model: specification, problem: "could then no longer take part in its pool"))
    }
  }
}

/// The pooled trend within a fitted model; nil where there is none.
func pooledTrend(in fitted: any FittedModel) -> FittedPooledTrend? {
  if let imputed = fitted as? FittedImputation { return imputed.fits.first.flatMap { pooledTrend(in: $0) } }
  if let adjusted = fitted as? FittedShockAdjusted {
    return adjusted.branches.first.flatMap { pooledTrend(in: $0.base) }
  }
  if let conformal = fitted as? FittedConformal { return pooledTrend(in: conformal.base) }
  return fitted as? FittedPooledTrend
}

extension Sample {
  /// The sample with another last value, on the same scale; the counts behind it follow the value.
  func replacingLast(by value: Double) -> Sample {
    guard let last = observed.last else { return self }
    var changed = observed
    changed[count - 1] = value
    var counts = counts
    if let known = counts, known.count == count {
      counts?[count - 1] =
        unit == .count ? value : last == 0 ? (known.dropLast().last ?? 0) : known[count - 1] / last * value
    }
    return Sample(
      name: name, positions: positions, observed: changed, periodLabels: periodLabels, scale: scale,
      samplingVariances: samplingVariances, season: season, firstPeriod: firstPeriod, counts: counts,
      exposure: exposure, regressors: regressors, unit: unit, breaks: breaks, provisional: provisional,
      estimated: estimated,
      coarse: firstPeriod.flatMap { origin in
        positions.last.flatMap { coarse?.replacing(value, at: $0, origin: origin) }
      })
  }
}
