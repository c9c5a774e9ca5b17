import Statistics

/// A structural time-series model: the series as a sum of parts that each move in a way of their own (Harvey, 1989;
/// Durbin and Koopman, 2012, chapter 3).
///
///     y(t) = level + season + cycle + regression + irregular
///
/// The variances with which the parts change are estimated by maximum likelihood from an exact diffuse start; a part
/// whose variance is zero does not change. Where numerators and denominators are known, the sampling variance of every
/// figure is part of its noise, so that chance is not taken for change.
public struct StructuralModel: ForecastModel {
  /// How the level moves.
  public enum Trend: String, Hashable, Sendable, CaseIterable {
    /// A random walk: the local level.
    case level
    /// A random walk with a slope that is a random walk as well: the local linear trend.
    case linear = "trend"
    /// A slope that is a random walk and a level that only follows it: the integrated random walk.
    case smooth = "smooth-trend"
    /// A local linear trend whose slope fades by an estimated factor each period.
    case damped = "damped-trend"
  }

  /// How the season is described.
  public enum Season: String, Hashable, Sendable, CaseIterable {
    /// No season.
    case none
    /// Effects that sum to zero over a season, up to a disturbance each period.
    case dummy
    /// Waves of all frequencies of the season, whose amplitudes and phases move.
    case trigonometric
  }

  /// What the noise of the observations is.
  public enum Noise: String, Hashable, Sendable, CaseIterable {
    /// The variances that numerators and denominators give, and an estimated one for all else that does not last.
    case both
    /// The variances that numerators and denominators give, and nothing else.
    case known
    /// One estimated variance; what is known is not used.
    case estimated
  }

  /// How the level moves.
  public var trend: Trend
  /// How the season is described.
  public var season: Season
  /// The number of periods in a season; nil takes that of the series.
  public var seasonLength: Int?
  /// Whether there is a damped stochastic cycle of estimated period.
  public var hasCycle: Bool
  /// The names of the regressors, which must be known for each observation and over the horizon.
  public var regressors: [String]
  /// The periods from which on the level is another, as they are written.
  public var steps: [String]
  /// What the noise is; nil is ``Noise/both`` where sampling variances are known and ``Noise/estimated`` elsewhere.
  public var noise: Noise?

  /// Describes a structural model.
  public init(
    trend: Trend, season: Season = .none, seasonLength: Int? = nil, hasCycle: Bool = false,
    regressors: [String] = [], steps: [String] = [], noise: Noise? = nil
  ) {
    self.trend = trend
    self.season = season
    self.seasonLength = seasonLength
    self.hasCycle = hasCycle
    self.regressors = regressors
    self.steps = steps
    self.noise = noise
  }

  /// The name of the model: `local-level`, `local-linear-trend` and `smooth-trend` where there is nothing beside them,
  /// and `structural(…)` elsewhere.
  public var specification: String {
    var options: [String] = []
    if season != .none { options.append("season=\(season.rawValue)") }
    if hasCycle { options.append("cycle") }
    if !regressors.isEmpty {
      options.append("regressors(\(regressors.map(ModelExpression.quoted).joined(separator: ",")))")
    }
    options += steps.map { "step(\(ModelExpression.quoted($0)))" }
    if let noise { options.append("noise=\(noise.rawValue)") }
    if let name = Self.shortNames[trend], season == .none, !hasCycle {
      return options.isEmpty ? name : "\(name)(\(options.joined(separator: ",")))"
    }
    options.insert(trend.rawValue, at: 0)
    return "structural(\(options.joined(separator: ",")))"
      + (season == .none ? "" : seasonLength.map(String.init) ?? "")
  }

  /// The names under which three trends are known by themselves.
  static let shortNames: [Trend: String] = [
    .level: "local-level", .linear: "local-linear-trend", .smooth: "smooth-trend",
  ]

  /// One sentence: what the model says about the future.
  public var summary: String {
    var parts: [String]
    switch trend {
    case .level: parts = ["a level that wanders stays where it is"]
    case .linear: parts = ["a level and a slope that both wander go on"]
    case .smooth: parts = ["a smooth level goes on along its slope, which wanders"]
    case .damped: parts = ["a level and a slope that both wander go on while the slope fades"]
    }
    if season != .none { parts.append("with a season that may change") }
    if hasCycle { parts.append("around which a cycle dies away") }
    return parts.joined(separator: ", ")
  }

  /// Fewer observations than this are refused: one for each state of the start and each parameter, and one more. A
  /// season whose length the series decides counts as two periods here.
  public var minimumObservations: Int { minimumObservations(season: seasonLength ?? 2) }

  func minimumObservations(season length: Int) -> Int {
    let layout = StructuralLayout(
      self, seasonLength: length, covariates: regressors.count + steps.count,
      isIrregularEstimated: noise != .known)
    return layout.diffuseStates + layout.parts.count + layout.shapes.count + 1
  }

  /// Fits the model to a sample.
  ///
  /// - Throws: ``ForecastingError`` when the sample is too short, lacks the season, the regressors or the sampling
  ///   variances that are asked for, or does not determine the states.
  public func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    try FittedStructuralModel(self, sample)
  }
}
