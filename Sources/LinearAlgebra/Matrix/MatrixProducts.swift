internal import CLAPACK

extension Matrix {
  /// The product of two matrices (BLAS `dgemm`).
  ///
  /// - Throws: `shapeMismatch` unless `right` has as many rows as `left` has columns.
  public static func * (left: Matrix, right: Matrix) throws(LinearAlgebraError) -> Matrix {
    try left.multiplied(by: right, transposingSelf: false)
  }

  /// The product of a matrix and a column vector (BLAS `dgemv`).
  ///
  /// - Throws: `shapeMismatch` unless the vector has as many values as the matrix has columns.
  public static func * (left: Matrix, right: [Double]) throws(LinearAlgebraError) -> [Double] {
    try left.multiplied(by: right, transposingSelf: false)
  }

  /// `AᵀB` without forming the transpose: cross-products of the columns of two matrices.
  ///
  /// - Throws: `shapeMismatch` unless both have the same number of rows.
  public func transposedTimes(_ right: Matrix) throws(LinearAlgebraError) -> Matrix {
    try multiplied(by: right, transposingSelf: true)
  }

  /// `Aᵀv` without forming the transpose.
  ///
  /// - Throws: `shapeMismatch` unless the vector has as many values as the matrix has rows.
  public func transposedTimes(_ right: [Double]) throws(LinearAlgebraError) -> [Double] {
    try multiplied(by: right, transposingSelf: true)
  }

  private func multiplied(
    by right: Matrix, transposingSelf: Bool
  ) throws(LinearAlgebraError) -> Matrix {
    let (outer, inner) = transposingSelf ? (columns, rows) : (rows, columns)
    guard right.rows == inner else {
      throw .shapeMismatch(what: "rows in the second factor", expected: inner, found: right.rows)
    }
    let (m, n, k) = (
      try LAPACK.dimension(outer), try LAPACK.dimension(right.columns), try LAPACK.dimension(inner)
    )
    var product = [Double](repeating: 0, count: outer * right.columns)
    if outer > 0, right.columns > 0, inner > 0 {
      try withUnsafeColumnMajor { (a, aStride) throws(LinearAlgebraError) in
        try right.withUnsafeColumnMajor { (b, bStride) throws(LinearAlgebraError) in
          let (lda, ldb) = (try LAPACK.dimension(aStride), try LAPACK.dimension(bStride))
          cblas_dgemm(
            CBLAS_ORDER(UInt32(BLASThreading.columnMajor)), transposingSelf ? CblasTrans : CblasNoTrans,
            CblasNoTrans, m, n, k, 1, a, lda, b, ldb, 0, &product, m)
        }
      }
    }
    return Matrix(rows: outer, columns: right.columns, compact: product)
  }

  private func multiplied(
    by right: [Double], transposingSelf: Bool
  ) throws(LinearAlgebraError) -> [Double] {
    let (outer, inner) = transposingSelf ? (columns, rows) : (rows, columns)
    guard right.count == inner else {
      throw .shapeMismatch(what: "values in the vector", expected: inner, found: right.count)
    }
    let (m, n) = (try LAPACK.dimension(rows), try LAPACK.dimension(columns))
    var product = [Double](repeating: 0, count: outer)
    if outer > 0, inner > 0 {
      try withUnsafeColumnMajor { (a, aStride) throws(LinearAlgebraError) in
        let lda = try LAPACK.dimension(aStride)
        cblas_dgemv(
          CBLAS_ORDER(UInt32(BLASThreading.columnMajor)), transposingSelf ? CblasTrans : CblasNoTrans, m, n,
          1, a, lda, right, 1, 0, &product, 1)
      }
    }
    return product
  }
}
