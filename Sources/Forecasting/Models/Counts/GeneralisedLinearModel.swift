import LinearAlgebra

/// A regression of counts, or of successes in trials, on the columns of a design: a generalised linear model (Nelder and
/// Wedderburn, 1972) by maximum likelihood.
///
/// The mean of a response is the inverse link of `offset + xᵀβ`. Coefficients are found by iteratively reweighted least
/// squares, each step a weighted problem for `LeastSquaresProblem`, with steps halved where the deviance
/// would rise. Where the likelihood has no maximum, because a column tells all failures (or all zeros) from the rest, the
/// fit is refused with that column's name.
public struct GeneralisedLinearModel: Sendable {
  /// The design, one row for each response. An intercept is a column of ones like any other.
  public let design: Matrix
  /// The names of the columns.
  public let columnNames: [String]
  /// How responses vary about their means.
  public let family: ResponseFamily
  /// What errors call the data.
  let series: String
  /// What errors call the model.
  let model: String

  /// A description of the regression.
  ///
  /// - Parameters:
  ///   - design: m rows and n columns, m ≥ n.
  ///   - columnNames: n names.
  ///   - family: how responses vary about their means.
  ///   - series: what errors call the data.
  ///   - model: what errors call the model; the family's name where it is nil.
  public init(
    design: Matrix, columnNames: [String], family: ResponseFamily, series: String = "responses",
    model: String? = nil
  ) {
    self.design = design
    self.columnNames = columnNames
    self.family = family
    self.series = series
    self.model = model ?? family.name
  }

  /// Fits the regression.
  ///
  /// - Parameters:
  ///   - response: m counts, whole and not negative.
  ///   - trials: m numbers of trials, whole and no smaller than the counts; for the binomial family only.
  ///   - offset: m terms of the linear predictor with a coefficient of one, such as the logarithm of a population.
  ///   - weights: m prior weights of zero or more: a row of weight w counts as w rows in the likelihood, and as one
  ///     observation in the degrees of freedom.
  /// - Throws: ``ForecastingError/unsuitable(series:model:problem:)`` for responses that are no counts, all zero, or
  ///   separated by a column, and ``ForecastingError/numerical(series:model:reason:)`` for a design without full rank
  ///   and for an iteration that does not end.
  public func fit(
    _ response: [Double], trials: [Double]? = nil, offset: [Double]? = nil, weights: [Double]? = nil
  ) throws(ForecastingError) -> GeneralisedLinearFit {
    try fit(
      try ReweightedLeastSquares(self, response: response, trials: trials, offset: offset, weights: weights))
  }

  /// Fits data that were checked before.
  func fit(_ problem: ReweightedLeastSquares) throws(ForecastingError) -> GeneralisedLinearFit {
    switch family {
    case .poisson:
      return GeneralisedLinearFit(problem, try problem.solve(.poisson), dispersion: .known)
    case .quasiPoisson:
      return GeneralisedLinearFit(problem, try problem.solve(.poisson), dispersion: .estimated)
    case .binomial(let link):
      return GeneralisedLinearFit(problem, try problem.solve(.binomial(link)), dispersion: .known)
    case .negativeBinomial(let size?):
      guard NegativeBinomialSize.range.contains(size) else {
        throw refusal(
          "needs a size from \(NumberText.plain(NegativeBinomialSize.range.lowerBound)) to "
            + "\(NumberText.plain(NegativeBinomialSize.infinite)), and it is \(NumberText.plain(size))"
        )
      }
      return GeneralisedLinearFit(
        problem, try problem.solve(.negativeBinomial(size: size)), dispersion: .known)
    case .negativeBinomial(nil):
      let (solution, size) = try NegativeBinomialSize.estimate(problem)
      return GeneralisedLinearFit(problem, solution, dispersion: .known, size: size)
    }
  }

  /// The error that the data do not suit the model.
  func refusal(_ problem: String) -> ForecastingError {
    .unsuitable(series: series, model: model, problem: problem)
  }

  /// The error that the equations could not be solved.
  func failure(_ reason: String) -> ForecastingError {
    .numerical(series: series, model: model, reason: reason)
  }
}
