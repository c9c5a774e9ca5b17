/// One of the thirty forms of exponential smoothing of Hyndman, Koehler, Ord and Snyder (2008, tables 2.2 and 2.3): how
/// errors, trend and season enter.
public struct ETSForm: Hashable, Sendable, CustomStringConvertible {
  /// How the error enters.
  public enum ErrorTerm: String, Hashable, Sendable, CaseIterable {
    /// Errors add to the level of the series and are equally wide everywhere.
    case additive = "A"
    /// Errors are shares of the value that was expected.
    case multiplicative = "M"
  }

  /// How the trend goes on.
  public enum Trend: String, Hashable, Sendable, CaseIterable {
    /// No trend: the level alone moves.
    case none = "N"
    /// The latest growth is added every period.
    case additive = "A"
    /// The latest growth is added, and fades by a constant factor each period.
    case damped = "Ad"
    /// The latest growth multiplies every period.
    case multiplicative = "M"
    /// The latest growth multiplies, and fades towards one.
    case dampedMultiplicative = "Md"

    /// Whether growth fades.
    public var isDamped: Bool { self == .damped || self == .dampedMultiplicative }
    /// Whether growth is a factor.
    public var isMultiplicative: Bool { self == .multiplicative || self == .dampedMultiplicative }
  }

  /// How the season enters.
  public enum Season: String, Hashable, Sendable, CaseIterable {
    /// No season.
    case none = "N"
    /// The season adds the same amount at any level.
    case additive = "A"
    /// The season is a share of the level.
    case multiplicative = "M"
  }

  /// How the error enters.
  public let error: ErrorTerm
  /// How the trend goes on.
  public let trend: Trend
  /// How the season enters.
  public let season: Season

  /// The form with the given error, trend and season.
  public init(error: ErrorTerm, trend: Trend, season: Season) {
    self.error = error
    self.trend = trend
    self.season = season
  }

  /// All thirty, errors outermost, simplest first.
  public static let all: [ETSForm] = ErrorTerm.allCases.flatMap { error in
    Trend.allCases.flatMap { trend in
      Season.allCases.map { ETSForm(error: error, trend: trend, season: $0) }
    }
  }

  /// The specification, `ets(A,Ad,N)`.
  public var specification: String { "ets(\(error.rawValue),\(trend.rawValue),\(season.rawValue))" }

  /// The specification.
  public var description: String { specification }

  /// Whether every value has to be greater than zero.
  public var needsPositiveValues: Bool {
    error == .multiplicative || trend.isMultiplicative || season == .multiplicative
  }

  /// Whether the expected value is linear in the starting states, so that they can be solved for.
  var isLinear: Bool { !trend.isMultiplicative && season != .multiplicative }

  /// Whether the automatic choice leaves the form out: its errors divide by states that may come near zero, and its
  /// forecasts have no finite variance (Hyndman and others, 2008, section 4.3).
  public var isUnstable: Bool {
    switch error {
    case .additive: trend.isMultiplicative || season == .multiplicative
    case .multiplicative: trend.isMultiplicative && season == .additive
    }
  }

  /// The number of starting states that are free: level, growth and one season fewer than there are, because their sum
  /// is fixed.
  func freeStates(period: Int) -> Int {
    (trend == .none ? 1 : 2) + (season == .none ? 0 : period - 1)
  }

  /// The number of smoothing parameters, damping among them.
  var smoothingParameters: Int {
    1 + (trend == .none ? 0 : 1) + (season == .none ? 0 : 1) + (trend.isDamped ? 1 : 0)
  }
}
