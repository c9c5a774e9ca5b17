/// A term of a regression on time: it turns positions, observed or to come, into columns of a design.
public enum RegressionTerm: Hashable, Sendable {
  /// A constant.
  case intercept
  /// A polynomial of time: periods counted 1 at the first observation, and from the second degree on polynomials
  /// orthogonal to all lower ones over the observations, each of mean square one.
  case trend(degree: Int)
  /// A level for each season; the length is that of the series where it is nil.
  case season(SeasonalCoding, length: Int?)
  /// Pairs of sines and cosines that repeat with the season; the length is that of the series where it is nil.
  case fourier(harmonics: Int, length: Int?)
  /// A variable known beside the series.
  case regressor(String)
  /// All variables known beside the series.
  case everyRegressor
  /// A dated change from outside.
  case intervention(Intervention)
  /// A bend of the trend at a period: 0 up to there, then 1, 2, 3 …
  case knot(String)

  /// How levels of seasons become columns.
  public enum SeasonalCoding: String, Hashable, Sendable, CaseIterable {
    /// Each season against the first.
    case dummies
    /// Each season against the average of all: effects that sum to zero.
    case effects
  }

  /// The part of a series that a term belongs to.
  public enum Role: String, Hashable, Sendable, CaseIterable {
    /// Level and trend.
    case trend
    /// What repeats.
    case season
    /// Dated changes.
    case interventions
    /// Variables known beside the series.
    case regressors
  }

  /// The part of a series that the term belongs to.
  public var role: Role {
    switch self {
    case .intercept, .trend, .knot: .trend
    case .season, .fourier: .season
    case .intervention: .interventions
    case .regressor, .everyRegressor: .regressors
    }
  }

  /// The highest degree of a trend, and the greatest number of harmonics, that anyone could mean.
  static let highestDegree = 10
  static let mostHarmonics = 1000
}

extension RegressionTerm: CustomStringConvertible {
  /// The term as a specification writes it.
  public var description: String {
    switch self {
    case .intercept: "intercept"
    case .trend(degree: 1): "linear"
    case .trend(degree: 2): "quadratic"
    case .trend(let degree): "polynomial(\(degree))"
    case .season(.dummies, length: nil): "season"
    case .season(.dummies, let length?): "season(\(length))"
    case .season(.effects, length: nil): "season(effects)"
    case .season(.effects, let length?): "season(effects,\(length))"
    case .fourier(let harmonics, length: nil): "fourier(\(harmonics))"
    case .fourier(let harmonics, let length?): "fourier(\(harmonics),\(length))"
    case .regressor(let name): "regressor(\(ModelExpression.quoted(name)))"
    case .everyRegressor: "regressors"
    case .intervention(let intervention): "\(intervention)"
    case .knot(let period): "knot(\(ModelExpression.quoted(period)))"
    }
  }
}

extension ModelExpression {
  /// A word as a specification must write it: between quotation marks where it would otherwise be taken apart,
  /// its own marks doubled.
  static func quoted(_ word: String) -> String {
    word.isEmpty || word.contains(where: { "(),= \"".contains($0) })
      ? "\"" + word.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\"" : word
  }
}
