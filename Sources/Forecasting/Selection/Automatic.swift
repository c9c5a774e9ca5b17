/// The automatic forecaster: a combination of a few good and different models, weighed by how they have forecast this
/// series.
///
/// 1. A season is looked for and taken out as far as the series bears it out.
/// 2. Members follow the series: no change and drift, a fading trend, the dynamic Theta model, ARIMA, and where there is a
///    season Holt and Winters' smoothing, Theta and the airline model; some see the values and some their logarithms.
/// 3. Each forecasts again from all earlier ends of the series. Its weight is the inverse of its mean absolute error, to a
///    power that grows from nothing to two with the length of the series.
/// 4. The forecast is the mean of the middle three fifths of the weight. Months listen to the forecast of their years, and
///    fewer than eight values are believed only in part about change.
/// 5. The intervals are learned from the errors that the combination has made at earlier ends, the latest counting most,
///    and widened for what a short series leaves unknown.
///
/// No member is the best everywhere, and choosing one by a few errors follows their luck; that combinations of simple
/// forecasts do better was found by Bates and Granger (1969) and in every competition since (Makridakis and Hibon, 2000).
public struct Automatic: ForecastModel {
  /// The name of the model on the command line and in every output.
  public let specification = "automatic"
  /// One sentence: what the model says about the future.
  public let summary =
    "a combination of models, weighed by how they forecast this series, with intervals learned from its errors"
  /// Fewer observations than this are refused; with one or two the width is assumed.
  public let minimumObservations = 1
  /// Fewer observations than this show nothing of how a series moves, so that a remark says what was assumed.
  public static let fewestTellingObservations = 3

  /// A description of the combination; it has no settings.
  public init() {}

  /// Fits the combination to a sample.
  ///
  /// - Throws: ``ForecastingError/unsuitable(series:model:problem:)`` for one or two observations of zero, and for
  ///   observations that lie hundreds of periods apart.
  public func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    guard Self.isFlagged(sample) else { return try choose(sample).fitted }
    return try ShockAdjusted(UnflaggedAutomatic(), treatment: Self.flagged).fit(sample)
  }

  /// Fits the series of a pool together where that serves them: see ``PooledTrend``.
  ///
  /// - Series with a season within the year, and those that cannot take part in a pool, are forecast each by itself.
  /// - Pools of short series are forecast together. In pools of twelve observations and more, the last three ends of the
  ///   whole pool say whether together or alone is better.
  /// - Breaks that the figures are flagged with are bridged, and provisional figures are taken as less sure, as in ``fit(_:)``.
  public func fit(pool: [Sample], horizon: Int) -> [Result<any FittedModel, ForecastingError>] {
    guard pool.contains(where: Self.isFlagged) else {
      return UnflaggedAutomatic().fit(pool: pool, horizon: horizon)
    }
    let treated = ShockAdjusted(UnflaggedAutomatic(), treatment: Self.flagged).fit(
      pool: pool, horizon: horizon)
    // What is not flagged keeps the plain name and account of its forecast.
    let plain = UnflaggedAutomatic().fit(pool: pool, horizon: horizon)
    return pool.indices.map { Self.isFlagged(pool[$0]) ? treated[$0] : plain[$0] }
  }

  /// What is flagged in the figures is treated; nothing else is searched for, because on published series that paid for
  /// neither the forecast nor its intervals.
  private static let flagged = ShockTreatment(searches: [])

  private static func isFlagged(_ sample: Sample) -> Bool {
    !sample.breaks.isEmpty || !sample.provisional.isEmpty
  }

  /// The combination with its reasons: how each member erred and what it weighs, or why it was not tried.
  ///
  /// - Throws: as ``fit(_:)`` does.
  public func choose(_ sample: Sample) throws(ForecastingError) -> Choice {
    try requireObservations(sample)
    let fitted = try FittedEnsemble(sample, specification: specification)
    let ensemble = fitted.ensemble
    return Choice(
      fitted: fitted,
      candidates: ensemble.parts.map {
        Candidate(specification: $0.name, weight: $0.weight, score: $0.error, refusal: nil)
      }
        + ensemble.refusals.map {
          Candidate(specification: $0.name, weight: nil, score: nil, refusal: $0.reason)
        },
      forecastsScored: fitted.spread.errors)
  }

  /// What the automatic forecaster found out about one member.
  public struct Candidate: Hashable, Sendable {
    /// The member; `log` stands before those that see logarithms.
    public let specification: String
    /// Its share of the combination, from 0 to 1; nil where it was not tried.
    public let weight: Double?
    /// The mean absolute error of its forecasts from earlier ends of the series, in the unit of the series; nil where
    /// there were none.
    public let score: Double?
    /// Why it was not tried; nil where it was.
    public let refusal: String?
  }

  /// The outcome of the automatic forecaster.
  public struct Choice: Sendable {
    /// The combination, fitted to the whole sample.
    public let fitted: any FittedModel
    /// The members, heaviest first, and after them those that were not tried.
    public let candidates: [Candidate]
    /// The number of earlier forecasts of the combination that the intervals were learned from; zero for one or two
    /// observations, where the width is assumed.
    public let forecastsScored: Int
  }
}
