/// The thin singular value decomposition `A = U diag(σ) Vᵀ` (LAPACK `dgesdd`).
public struct SingularValueDecomposition: Sendable {
  /// The left singular vectors U, m × min(m, n), in columns.
  public let left: Matrix
  /// The singular values in descending order.
  public let values: [Double]
  /// The right singular vectors V, n × min(m, n), in columns.
  public let right: Matrix

  /// Decomposes `matrix`, of any shape.
  ///
  /// - Throws: `empty`, `nonFinite` or `notConverged`.
  public init(_ matrix: Matrix) throws(LinearAlgebraError) {
    try matrix.checkUsable()
    let (rows, columns) = (matrix.rows, matrix.columns)
    var elements = matrix.columnMajor
    let parts = try LAPACK.gesdd(&elements, rows: rows, columns: columns)
    values = parts.values
    left = Matrix(rows: rows, columns: parts.values.count, compact: parts.left)
    right =
      Matrix(rows: parts.values.count, columns: columns, compact: parts.rightTransposed).transposed
  }

  /// The ratio of the largest to the smallest singular value; infinity for a matrix without full rank.
  public var conditionNumber: Double {
    guard let largest = values.first, let smallest = values.last, smallest > 0 else { return .infinity }
    return largest / smallest
  }

  /// How many singular values exceed `tolerance` times the largest.
  ///
  /// - Parameter tolerance: `max(m, n)` times the rounding unit 2⁻⁵² when nil.
  public func rank(tolerance: Double? = nil) -> Int {
    let relative = tolerance ?? Double(max(left.rows, right.rows)) * 0x1p-52
    let threshold = relative * (values.first ?? 0)
    return values.count { $0 > threshold }
  }
}
