/// The Householder factorisation `A = QR` of a matrix with at least as many rows as columns (LAPACK
/// `dgeqrf`).
///
/// Q has orthonormal columns, R is upper triangular. For a matrix whose rank is in doubt take
/// ``PivotedQRFactorisation``.
public struct QRFactorisation: Sendable {
  /// The number of rows of A.
  public let rows: Int
  /// The number of columns of A.
  public let columns: Int
  let reflectors: [Double]
  let tau: [Double]

  /// Factorises `matrix`, m × n with m ≥ n.
  ///
  /// - Throws: `empty`, `nonFinite`, or `tooFewRows` when m < n.
  public init(_ matrix: Matrix) throws(LinearAlgebraError) {
    try matrix.checkUsable()
    guard matrix.rows >= matrix.columns else {
      throw .tooFewRows(rows: matrix.rows, columns: matrix.columns)
    }
    var elements = matrix.columnMajor
    tau = try LAPACK.geqrf(&elements, rows: matrix.rows, columns: matrix.columns)
    (rows, columns, reflectors) = (matrix.rows, matrix.columns, elements)
  }

  /// The upper triangle R, n × n.
  public var upper: Matrix {
    Matrix(rows: columns, columns: columns) { $0 <= $1 ? reflectors[$1 * rows + $0] : 0 }
  }

  /// The first n columns of Q, m × n: an orthonormal basis of the columns of A.
  ///
  /// - Throws: only what LAPACK reports of itself.
  public func orthogonalBasis() throws(LinearAlgebraError) -> Matrix {
    var elements = reflectors
    try LAPACK.orgqr(&elements, tau: tau, rows: rows, columns: columns)
    return Matrix(rows: rows, columns: columns, compact: elements)
  }

  /// The vector that minimises `‖b − Ax‖₂`, in working precision.
  ///
  /// - Throws: `shapeMismatch`, `nonFiniteResponse`, or `rankDeficient` when a diagonal element of R is
  ///   exactly zero.
  public func solve(_ response: [Double]) throws(LinearAlgebraError) -> [Double] {
    guard response.count == rows else {
      throw .shapeMismatch(what: "responses", expected: rows, found: response.count)
    }
    if let row = response.firstIndex(where: { !$0.isFinite }) { throw .nonFiniteResponse(row: row) }
    for column in 0..<columns where reflectors[column * rows + column] == 0 {
      let others = (0..<column).map { ColumnReference(index: $0) }
      throw .rankDeficient(
        column: ColumnReference(index: column), dependsOn: others, rank: column, columns: columns)
    }
    var values = response
    try LAPACK.ormqr(
      reflectors: reflectors, tau: tau, transposed: true, rows: rows, applyingTo: &values, columns: 1)
    _ = try LAPACK.trtrs(
      triangle: reflectors, leadingDimension: rows, upper: true, transposed: false, order: columns,
      rightHandSides: &values, leadingDimensionOfB: rows, columns: 1)
    return Array(values[..<columns])
  }
}
