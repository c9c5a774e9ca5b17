/// The eigenvalues and orthonormal eigenvectors of a symmetric matrix, `A = V diag(λ) Vᵀ` (LAPACK `dsyevd`).
public struct SymmetricEigendecomposition: Sendable {
  /// The eigenvalues in ascending order.
  public let values: [Double]
  /// The eigenvectors, one in each column, in the order of the values. The element of largest magnitude (the
  /// first of them) of each is positive, so that the sign, which the mathematics leaves open, is always the
  /// same.
  public let vectors: Matrix

  /// Decomposes `matrix`, of which the lower triangle is used.
  ///
  /// - Throws: `empty`, `nonFinite`, `shapeMismatch` when not square, `notSymmetric`, or `notConverged`.
  public init(_ matrix: Matrix) throws(LinearAlgebraError) {
    try matrix.checkUsable()
    try matrix.checkSymmetric()
    let order = matrix.rows
    var elements = matrix.columnMajor
    values = try LAPACK.syevd(&elements, order: order)
    for column in 0..<order {
      let range = (column * order)..<((column + 1) * order)
      var largest = 0.0
      for index in range where elements[index].magnitude > largest.magnitude { largest = elements[index] }
      if largest < 0 { for index in range { elements[index] = -elements[index] } }
    }
    vectors = Matrix(rows: order, columns: order, compact: elements)
  }
}
