import LinearAlgebra
import Statistics

/// A regression on time: trend, season, regressors and dated changes as terms, with a choice of how errors hang
/// together and of how wild ones are kept from bending the line.
///
/// With steps and changes of slope among its terms it is the interrupted time series of Wagner and others (2002):
///
///     TrendRegression([.trend(degree: 1), .intervention(Intervention(.step, from: "2020-04"))],
///       errors: .autoregressive)
public struct TrendRegression: ForecastModel {
  /// What is taken of the errors.
  public enum Errors: Hashable, Sendable {
    /// Independent and equally wide.
    case independent
    /// Independent, as wide as the sampling variances say against one another.
    case weighted
    /// An autoregression of the first order, by maximum likelihood; over gaps of any length.
    case autoregressive
    /// An autoregression of the first order, by Prais and Winsten's iteration.
    case praisWinsten
    /// Correlated in an unknown way up to some lag: least squares with the standard errors of Newey and West
    /// (1987). The number of lags follows from the number of observations where it is nil.
    case neweyWest(lags: Int?, smallSample: Bool)
  }

  /// How deviations count.
  public enum Loss: String, Hashable, Sendable, CaseIterable {
    /// By their square.
    case leastSquares = "least-squares"
    /// By their square while they are small, by their size beyond (``HuberRegression``).
    case huber
    /// By their size (``QuantileRegression``).
    case median
  }

  /// The terms, without the intercept.
  public let terms: [RegressionTerm]
  /// What is taken of the errors.
  public let errors: Errors
  /// How deviations count.
  public let loss: Loss
  /// Whether there is a constant.
  public let hasIntercept: Bool
  /// The length of the season where it is not that of the series.
  public let season: Int?

  /// A regression.
  ///
  /// - Parameters:
  ///   - terms: the terms; the intercept comes of itself.
  ///   - errors: what is taken of the errors; other than independent only with least squares.
  ///   - loss: how deviations count.
  ///   - hasIntercept: whether there is a constant.
  ///   - season: the length of the season where it is not that of the series.
  public init(
    _ terms: [RegressionTerm], errors: Errors = .independent, loss: Loss = .leastSquares,
    hasIntercept: Bool = true, season: Int? = nil
  ) {
    self.terms = terms.filter { $0 != .intercept }
    self.errors = errors
    self.loss = loss
    self.hasIntercept = hasIntercept
    self.season = season
  }

  /// The name of the model on the command line and in every output.
  public var specification: String {
    var words = terms.map(\.description)
    if !hasIntercept { words.append("no-intercept") }
    switch errors {
    case .independent: break
    case .weighted: words.append("errors=weighted")
    case .autoregressive: words.append("errors=ar1")
    case .praisWinsten: words.append("errors=prais-winsten")
    case .neweyWest(let lags, let smallSample):
      words.append("errors=newey-west")
      if let lags { words.append("lags=\(lags)") }
      if smallSample { words.append("small-sample") }
    }
    if loss != .leastSquares { words.append("fit=\(loss.rawValue)") }
    return "regression(\(words.joined(separator: ",")))\(season.map(String.init) ?? "")"
  }

  /// One sentence: what the model says about the future.
  public var summary: String {
    let carried = errors == .autoregressive || errors == .praisWinsten
    return "what its terms of time say goes on"
      + (carried ? ", and the last deviation from it fades" : ", and deviations from it come as they came")
  }

  /// Fewer observations than this are refused; terms that become several columns need more.
  public var minimumObservations: Int { terms.count + (hasIntercept ? 1 : 0) + 2 }

  /// Fits the model to a sample.
  ///
  /// - Throws: ``ForecastingError`` when the sample is too short for the terms, cannot serve one of them, or
  ///   leaves a column that cannot be told from others.
  public func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    try fitted(sample)
  }

  /// Fits the model, as the type that also tells the effects of interventions.
  public func fitted(_ sample: Sample) throws(ForecastingError) -> FittedTrendRegression {
    try requireObservations(sample)
    guard hasIntercept || !terms.isEmpty else {
      throw .unsuitable(
        series: sample.name, model: specification, problem: "has no terms; write at least one, such as linear"
      )
    }
    guard loss == .leastSquares || errors == .independent else {
      throw .unsuitable(
        series: sample.name, model: specification,
        problem:
          "combines fit=\(loss.rawValue) with errors that are not independent; leave one of the two out")
    }
    let design = try RegressionDesign(
      (hasIntercept ? [.intercept] : []) + terms, sample: sample, model: specification, season: season,
      spare: 2)
    return try FittedTrendRegression(self, design: design)
  }
}
