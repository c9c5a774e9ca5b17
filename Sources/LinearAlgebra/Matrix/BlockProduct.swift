internal import CLAPACK

/// Products of small matrices with blocks of columns that stand in the caller's memory, for inner loops: nothing is
/// allocated. BLAS `dgemm` on one thread.
public struct BlockProduct: Sendable {
  /// The number of rows and columns of the matrix.
  public let order: Int
  private let elements: [Double]
  private let dimension: Int32

  /// Prepares the products of `matrix`, which must be square.
  ///
  /// - Throws: `empty`, `nonFinite`, or `shapeMismatch` when not square.
  public init(_ matrix: Matrix) throws(LinearAlgebraError) {
    try matrix.checkUsable()
    guard matrix.rows == matrix.columns else {
      throw .shapeMismatch(what: "columns", expected: matrix.rows, found: matrix.columns)
    }
    order = matrix.rows
    elements = matrix.columnMajor
    dimension = try LAPACK.dimension(matrix.rows)
  }

  /// Writes the transpose of A·B: entry (c, i) of the result is row i of A times column c of B.
  ///
  /// - Parameters:
  ///   - block: the columns of B, each of ``order`` values, `stride` apart.
  ///   - columns: how many of them.
  ///   - stride: the distance from one column to the next, at least ``order``.
  ///   - result: room for ``order`` × `columns` values: for each row of A the values of all columns, together.
  /// - Throws: `shapeMismatch` where a buffer or the stride is too small, or `tooLarge`.
  public func transposedProduct(
    with block: UnsafeBufferPointer<Double>, columns: Int, stride: Int,
    into result: UnsafeMutableBufferPointer<Double>
  ) throws(LinearAlgebraError) {
    guard columns > 0 else { return }
    let (n, ldb) = (try LAPACK.dimension(columns), try LAPACK.dimension(stride))
    guard stride >= order else {
      throw .shapeMismatch(what: "values from one column to the next", expected: order, found: stride)
    }
    let needed = (columns - 1) * stride + order
    guard block.count >= needed, let b = block.baseAddress else {
      throw .shapeMismatch(what: "values in the block", expected: needed, found: block.count)
    }
    guard result.count >= order * columns, let c = result.baseAddress else {
      throw .shapeMismatch(what: "values in the result", expected: order * columns, found: result.count)
    }
    cblas_dgemm(
      CBLAS_ORDER(UInt32(BLASThreading.columnMajor)), CblasTrans, CblasTrans, n, dimension, dimension, 1, b,
      ldb, elements, dimension, 0, c, n)
  }
}
