/// The factorisation `A = LLᵀ` of a symmetric positive definite matrix (LAPACK `dpotrf`).
public struct CholeskyFactorisation: Sendable {
  /// The number of rows and columns.
  public let order: Int
  private let factor: [Double]

  /// Factorises `matrix`, of which the lower triangle is used.
  ///
  /// - Throws: `empty`, `nonFinite`, `shapeMismatch` when not square, `notSymmetric`, or
  ///   `notPositiveDefinite` with the first column at which it fails.
  public init(_ matrix: Matrix) throws(LinearAlgebraError) {
    try matrix.checkUsable()
    try matrix.checkSymmetric()
    order = matrix.rows
    var elements = matrix.columnMajor
    if let column = try LAPACK.potrf(&elements, order: matrix.rows) {
      throw .notPositiveDefinite(column: ColumnReference(index: column))
    }
    factor = elements
  }

  /// The lower triangle L.
  public var lower: Matrix {
    Matrix(rows: order, columns: order) { $0 >= $1 ? factor[$1 * order + $0] : 0 }
  }

  /// The natural logarithm of the determinant of A: `2 Σ log Lᵢᵢ`, which neither overflows nor underflows.
  public var logDeterminant: Double {
    2 * (0..<order).reduce(0) { $0 + naturalLogarithm(factor[$1 * order + $1]) }
  }

  /// Solves `AX = B` for the columns of B.
  ///
  /// - Throws: `shapeMismatch` unless B has as many rows as A, or `nonFinite`.
  public func solve(_ rightHandSides: Matrix) throws(LinearAlgebraError) -> Matrix {
    guard rightHandSides.rows == order else {
      throw .shapeMismatch(what: "rows on the right-hand side", expected: order, found: rightHandSides.rows)
    }
    try rightHandSides.checkUsable()
    var values = rightHandSides.columnMajor
    for transposed in [false, true] {
      _ = try LAPACK.trtrs(
        triangle: factor, leadingDimension: order, upper: false, transposed: transposed, order: order,
        rightHandSides: &values, leadingDimensionOfB: order, columns: rightHandSides.columns)
    }
    return Matrix(rows: order, columns: rightHandSides.columns, compact: values)
  }

  /// Solves `Ax = b`.
  ///
  /// - Throws: `shapeMismatch` unless b has as many values as A has rows, or `nonFinite`.
  public func solve(_ rightHandSide: [Double]) throws(LinearAlgebraError) -> [Double] {
    let column = Matrix(rows: rightHandSide.count, columns: 1, compact: rightHandSide)
    return try solve(column).columnMajor
  }
}
