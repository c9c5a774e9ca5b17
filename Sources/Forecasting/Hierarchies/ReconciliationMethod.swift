/// How forecasts that were made one by one are made to add up.
public enum ReconciliationMethod: Hashable, Sendable {
  /// Aggregates are the sums of the bottom forecasts; the forecasts of the aggregates are not used.
  case bottomUp
  /// The forecast of the total is split by proportions; the forecasts below it give at most the proportions.
  case topDown(Proportions)
  /// All forecasts are moved as little as possible until they add up, the less sure the more: minimum trace
  /// (Wickramasuriya, Athanasopoulos and Hyndman, 2019).
  case minimumTrace(Weights)

  /// Where the proportions of a total come from.
  public enum Proportions: String, Hashable, Sendable, CaseIterable {
    /// The average of each period's proportions (Gross and Sohl, 1990, method A).
    case average = "average-proportions"
    /// The proportions of the averages over all periods (Gross and Sohl, 1990, method F).
    case ofAverages = "proportions-of-averages"
    /// Those of the forecasts, level by level (Athanasopoulos, Ahmed and Hyndman, 2009).
    case forecast = "forecast-proportions"
  }

  /// What is taken for the covariance W of the one-step errors.
  public enum Weights: String, Hashable, Sendable, CaseIterable {
    /// All series alike: ordinary least squares (Hyndman, Ahmed, Athanasopoulos and Shang, 2011).
    case ordinary = "ols"
    /// A variance in proportion to the number of bottom series in the sum (Athanasopoulos and others, 2017).
    case structural = "structural"
    /// The variance of each series' one-step errors (Hyndman, Lee and Wang, 2016).
    case variance = "variance"
    /// The covariance of the one-step errors, shrunk towards its diagonal (Schäfer and Strimmer, 2005).
    case shrunkCovariance = "shrunk"
    /// The covariance of the one-step errors as it is, made positive definite where it is not.
    case sampleCovariance = "sample"
  }

  /// The method in words that a command line can take: `bottom-up`, `top-down(average-proportions)`,
  /// `mint(shrunk)`.
  public var specification: String {
    switch self {
    case .bottomUp: "bottom-up"
    case .topDown(let proportions): "top-down(\(proportions.rawValue))"
    case .minimumTrace(let weights): "mint(\(weights.rawValue))"
    }
  }

  /// Every method, simplest first.
  public static let all: [ReconciliationMethod] =
    [.bottomUp] + Proportions.allCases.map { .topDown($0) } + Weights.allCases.map { .minimumTrace($0) }

  /// The method of a specification.
  ///
  /// - Throws: ``ForecastingError/hierarchy(problem:)``, which lists the methods.
  public init(_ specification: String) throws(ForecastingError) {
    guard let method = Self.all.first(where: { $0.specification == specification }) else {
      throw .hierarchy(
        problem: "\"\(specification)\" is no way to reconcile; the ways are "
          + Self.all.map(\.specification).joined(separator: ", "))
    }
    self = method
  }
}
