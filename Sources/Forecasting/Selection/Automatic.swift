/// The automatic choice: information criterion first, rolling origin second.
///
/// 1. Every model of the catalogue that the sample is long enough for is fitted.
/// 2. Those whose corrected information criterion lies more than 10 above the best have essentially no support from
///    the data (Burnham and Anderson, 2002, section 2.6) and are dropped.
/// 3. The rest forecast again from up to four earlier ends of the sample, one to three periods ahead; the best mean
///    logarithmic score wins. Only forecasts that all of them can make are counted.
/// 4. Where the sample is too short for three such forecasts the information criterion decides alone; where that too
///    has nothing to say, the simplest model does.
public struct Automatic: ForecastModel {
  public let specification = "automatic"
  public let summary = "the model that forecast this series best from earlier ends of it"
  public let minimumObservations = 3

  static let unsupported = 10.0
  static let origins = 4
  static let horizon = 3
  static let fewestForecasts = 3

  /// A description of the choice; it has no settings.
  public init() {}

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
    for (index, model) in ModelCatalogue.models.enumerated() {
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
      sample: sample, minimum: supported.map { ModelCatalogue.models[$0].minimumObservations }.max() ?? 0,
      horizon: Self.horizon, origins: Self.origins)
    let isScored = trials.count >= Self.fewestForecasts
    if isScored {
      for index in supported {
        let scores = RollingOrigin.scores(ModelCatalogue.models[index], sample: sample, trials: trials)
        candidates[index].score = scores.map { $0.reduce(0, +) / Double($0.count) }
      }
    }
    // A tie goes to the earlier, which is the simpler.
    let chosen = supported.max { first, second in
      isScored
        ? (candidates[first].score ?? -.infinity, second) < (candidates[second].score ?? -.infinity, first)
        : (candidates[second].criterion ?? .infinity, second)
          < (candidates[first].criterion ?? .infinity, first)
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
    /// The number of earlier forecasts that decided; zero when the information criterion decided alone.
    public let forecastsScored: Int
  }
}
