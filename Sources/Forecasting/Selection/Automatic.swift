/// The automatic choice: by information criterion and rolling origin together.
///
/// 1. Every model of the catalogue that the sample is long enough for is fitted.
/// 2. Those whose corrected information criterion lies more than 10 above the best have essentially no support from
///    the data (Burnham and Anderson, 2002, section 2.6) and are dropped.
/// 3. The rest forecast again from earlier ends of the sample, four of them or half of its observations, one to three
///    periods ahead, and are scored by the mean logarithmic score. Only forecasts that all of them can make are counted, and fewer than three count for
///    nothing.
/// 4. The greatest evidence wins: minus half the criterion, which is the log density that the fit promises for data
///    like these, plus the mean score once for each origin, which is the log density that it has delivered. The
///    forecasts from one origin share their errors, and so count as one.
///
/// Scores alone would follow the luck of a few years; the criterion alone would believe the model about its own errors.
/// A tie goes to the simpler model.
public struct Automatic: ForecastModel {
  /// The name of the model on the command line and in every output.
  public let specification = "automatic"
  /// One sentence: what the model says about the future.
  public let summary =
    "the model that fits this series well for its size and forecast it best from earlier ends"
  /// Fewer observations than this are refused.
  public let minimumObservations = 3

  static let unsupported = 10.0
  static let fewestOrigins = 4
  static let horizon = 3
  static let fewestForecasts = 3

  /// A description of the choice; it has no settings.
  public init() {}

  /// Fits the model to a sample; throws ``ForecastingError`` when it is too short, has gaps or cannot be solved.
  public func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    try choose(sample).fitted
  }

  /// The chosen model with the reasons: what each candidate scored, or why it could not be tried.
  ///
  /// - Throws: ``ForecastingError/tooFewObservations(series:model:found:needed:)`` below three observations.
  public func choose(_ sample: Sample) throws(ForecastingError) -> Choice {
    try requireObservations(sample)
    var candidates: [Candidate] = []
    var fits: [Int: any FittedModel] = [:]
    for (index, model) in ModelCatalogue.candidates.enumerated() {
      do {
        let fitted = try model.fit(sample)
        fits[index] = fitted
        candidates.append(
          Candidate(specification: model.specification, criterion: InformationCriterion.corrected(fitted)))
      } catch {
        candidates.append(Candidate(specification: model.specification, refusal: "\(error)"))
      }
    }
    let best = candidates.compactMap(\.criterion).min() ?? .infinity
    let supported = candidates.indices.filter { index in
      guard let criterion = candidates[index].criterion else { return false }
      return best.isInfinite || criterion - best <= Self.unsupported
    }
    let trials = RollingOrigin.trials(
      sample: sample, minimum: supported.map { ModelCatalogue.candidates[$0].minimumObservations }.max() ?? 0,
      horizon: Self.horizon, origins: max(Self.fewestOrigins, sample.count / 2))
    let isScored = trials.count >= Self.fewestForecasts
    let origins = isScored ? Double(Set(trials.map(\.end)).count) : 0
    var chosen: Int?
    var greatest = -Double.infinity
    for index in supported {
      if isScored {
        let scores = RollingOrigin.scores(ModelCatalogue.candidates[index], sample: sample, trials: trials)
        guard let scores else { continue }
        candidates[index].score = scores.reduce(0, +) / Double(scores.count)
      }
      // Where no criterion is finite there is nothing to choose by, and the simplest stands.
      let evidence =
        -(candidates[index].criterion ?? .infinity) / 2 + origins * (candidates[index].score ?? 0)
      if chosen == nil || evidence > greatest { (chosen, greatest) = (index, evidence) }
    }
    guard let chosen, let winner = fits[chosen] else {
      throw .noCandidate(series: sample.name, reasons: candidates.compactMap(\.refusal))
    }
    return Choice(fitted: winner, candidates: candidates, forecastsScored: isScored ? trials.count : 0)
  }

  /// What the automatic choice found out about one candidate.
  public struct Candidate: Hashable, Sendable {
    /// The candidate.
    public let specification: String
    /// Its corrected information criterion, where it could be fitted; infinite where the sample is too short for it.
    public internal(set) var criterion: Double?
    /// Its mean logarithmic score over rolling origins, where it was tried.
    public internal(set) var score: Double?
    /// Why it could not be fitted.
    public internal(set) var refusal: String?

    init(specification: String, criterion: Double? = nil, refusal: String? = nil) {
      self.specification = specification
      self.criterion = criterion
      self.refusal = refusal
    }
  }

  /// The outcome of the automatic choice.
  public struct Choice: Sendable {
    /// The chosen model, fitted to the whole sample.
    public let fitted: any FittedModel
    /// Every model of the catalogue, in its order.
    public let candidates: [Candidate]
    /// The number of earlier forecasts that were scored; zero when the information criterion decided alone.
    public let forecastsScored: Int
  }
}
