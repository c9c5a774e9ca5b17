/// A design matrix ready to explain responses: linear regression by least squares.
///
/// The design is factorised once, `XP = QR` with column pivoting, after its columns have been scaled to norms
/// near one by powers of two; each response is then solved for and refined on the augmented system (Björck
/// 1967) with residuals in double-double. Coefficients and standard errors are right to the last digit or two
/// of a double for designs that cost a plain solver most of its digits.
///
/// A fit takes O(mn²) for the factorisation and O(mn²) in double-double for the inverse cross-product. For a
/// great many small problems, where speed matters more than the last digits, take ``SmallLeastSquares``; for
/// powers of time, ``PolynomialTrend``.
public struct LeastSquaresProblem: Sendable {
  /// Whether the solution is refined in extended precision.
  public enum Refinement: Sendable {
    /// Refine until the last digits of a double are settled.
    case extended
    /// Stay with the factorisation in working precision: faster for designs of many thousand cells, and
    /// about `log₁₀ κ` digits less exact.
    case none
  }

  /// The design X, m × n.
  public let design: Matrix
  /// The names of the columns, if given; errors use them.
  public let columnNames: [String]?
  private let prepared: EquilibratedDesign

  /// Checks and factorises a design.
  ///
  /// - Parameters:
  ///   - design: X, m × n with m ≥ n. An intercept is a column of ones like any other.
  ///   - columnNames: n names for error messages.
  ///   - refinement: extended precision unless told otherwise.
  /// - Throws: `empty`, `nonFinite`, `shapeMismatch`, `tooFewRows`; `rankDeficient` naming the column to
  ///   leave out and those it is made of; `illConditioned` when refinement does not converge.
  public init(
    design: Matrix, columnNames: [String]? = nil, refinement: Refinement = .extended
  ) throws(LinearAlgebraError) {
    if let columnNames, columnNames.count != design.columns {
      throw .shapeMismatch(what: "column names", expected: design.columns, found: columnNames.count)
    }
    try design.checkUsable(columnNames: columnNames)
    (self.design, self.columnNames) = (design, columnNames)
    prepared = try EquilibratedDesign(
      design, names: columnNames, weights: nil, refined: refinement == .extended)
  }

  /// Fits a response: the coefficients that minimise `Σ wᵢ (yᵢ − xᵢᵀβ)²`.
  ///
  /// - Parameters:
  ///   - response: y, m values.
  ///   - weights: m weights of zero or more, inverse to the variances; nil for equal ones. A row with weight
  ///     w counts as w rows in the coefficients; it counts as one observation in the degrees of freedom, or
  ///     none if its weight is zero.
  /// - Throws: `shapeMismatch`, `nonFiniteResponse`, `invalidWeight`, `tooFewRows`, `rankDeficient` (which
  ///   weights of zero can bring about), `illConditioned`, or `overflow`.
  public func fit(
    _ response: [Double], weights: [Double]? = nil
  ) throws(LinearAlgebraError) -> LeastSquaresFit {
    guard response.count == design.rows else {
      throw .shapeMismatch(what: "responses", expected: design.rows, found: response.count)
    }
    if let row = response.firstIndex(where: { !$0.isFinite }) { throw .nonFiniteResponse(row: row) }
    guard let weights else { return try LeastSquaresFit(prepared, response: response) }
    let weighted = try EquilibratedDesign(
      design, names: columnNames, weights: weights, refined: prepared.isRefined)
    return try LeastSquaresFit(weighted, response: response)
  }
}
