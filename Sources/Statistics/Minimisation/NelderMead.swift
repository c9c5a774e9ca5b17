/// The simplex search of J. A. Nelder and R. Mead, "A simplex method for function minimization" (1965): a local
/// minimum of a function of several variables, without derivatives.
///
/// Bounds are kept by clamping: a vertex that would leave the box is moved to its nearest face, so the objective is
/// never called outside. Clamping can flatten the simplex against a face, for which reason the search starts again
/// from its answer with a fresh simplex (`restarts`), and stops when that brings nothing. NaN counts as +∞.
public struct NelderMead: Sendable, Equatable {
  /// The factors by which the simplex is moved.
  public enum Coefficients: Sendable, Equatable {
    /// Reflection 1, expansion 2, contraction ½, shrinkage ½ (Nelder and Mead 1965).
    case standard
    /// 1, 1 + 2/n, ¾ − 1/2n, 1 − 1/n for n variables (F. Gao and L. Han 2012): better from about five variables
    /// up, and the same as `standard` for two. For one variable n is taken as 2.
    case adaptive
  }

  /// The factors of reflection, expansion, contraction and shrinkage.
  public var coefficients: Coefficients
  /// Converged when the values at the vertices differ by at most this, relative to 1 + |best value|.
  public var valueTolerance: Double
  /// … and the vertices lie within this of the best one, relative to 1 + |coordinate|.
  public var pointTolerance: Double
  /// The first step along each coordinate, relative to the coordinate, or absolute where that is 0.
  public var initialStep: Double
  /// The most times that the objective may be called, over all restarts.
  public var maximumEvaluations: Int
  /// How many times the search may start again from its answer.
  public var restarts: Int

  /// A search with the given settings; they are checked when it starts.
  public init(
    coefficients: Coefficients = .standard, valueTolerance: Double = 1e-10, pointTolerance: Double = 1e-8,
    initialStep: Double = 0.1, maximumEvaluations: Int = 10_000, restarts: Int = 1
  ) {
    self.coefficients = coefficients
    self.valueTolerance = valueTolerance
    self.pointTolerance = pointTolerance
    self.initialStep = initialStep
    self.maximumEvaluations = maximumEvaluations
    self.restarts = restarts
  }

  /// Searches for a minimum of `objective` from `start`.
  ///
  /// - Parameters:
  ///   - start: The first point, of n ≥ 1 finite coordinates; moved to the nearest point of the box if outside.
  ///   - lower: The least value of each coordinate; −∞ or nil for none.
  ///   - upper: The greatest value of each coordinate; +∞ or nil for none.
  ///   - objective: The function, called with the n coordinates in a buffer that is valid during the call.
  /// - Throws: ``StatisticsError/invalidSearch(method:problem:accepted:)`` for a start, bounds or settings that
  ///   cannot be used.
  public func minimise(
    from start: [Double], lower: [Double]? = nil, upper: [Double]? = nil,
    _ objective: (UnsafeBufferPointer<Double>) -> Double
  ) throws(StatisticsError) -> Minimum<[Double]> {
    try validate(start: start, lower: lower, upper: upper)
    var simplex = Simplex(start: start, lower: lower, upper: upper, settings: self)
    defer { simplex.deallocate() }
    var converged = simplex.descend(objective)
    for _ in 0..<max(restarts, 0) where converged && simplex.best > -.infinity {
      let before = simplex.best
      converged = simplex.descend(objective)
      // A fresh simplex that finds nothing better than the tolerance confirms the answer.
      if converged, before - simplex.best <= valueTolerance * (1 + abs(simplex.best)) { break }
    }
    return Minimum(
      point: simplex.bestPoint, value: simplex.best, evaluations: simplex.evaluations,
      converged: converged && simplex.best.isFinite)
  }

  private func validate(
    start: [Double], lower: [Double]?, upper: [Double]?
  ) throws(StatisticsError) {
    _ = try SearchBox(method: "The Nelder–Mead search", start: start, lower: lower, upper: upper)
    func refuse(_ problem: String, _ accepted: String) -> StatisticsError {
      .invalidSearch(method: "The Nelder–Mead search", problem: problem, accepted: accepted)
    }
    guard valueTolerance >= 0, pointTolerance >= 0, valueTolerance.isFinite, pointTolerance.isFinite else {
      throw refuse(
        "the tolerances are \(valueTolerance) and \(pointTolerance)", "give finite numbers, 0 or more")
    }
    guard initialStep.isFinite, initialStep != 0 else {
      throw refuse("the initial step is \(initialStep)", "give a finite number that is not 0")
    }
    guard maximumEvaluations > start.count else {
      throw refuse(
        "\(maximumEvaluations) evaluations cannot fill a simplex of \(start.count + 1) points",
        "allow more, some hundreds for each coordinate")
    }
  }
}
