import LinearAlgebra

/// A small square system, solved by elimination that takes the largest element of each column as its pivot.
enum SquareSystem {
  /// `A⁻¹B`.
  ///
  /// - Throws: `rankDeficient` for a matrix without an inverse.
  static func solve(_ matrix: Matrix, _ right: Matrix) throws(LinearAlgebraError) -> Matrix {
    let (n, m) = (matrix.rows, right.columns)
    var a = (0..<n).map { row in (0..<n).map { matrix[row, $0] } }
    var b = (0..<n).map { row in (0..<m).map { right[row, $0] } }
    for column in 0..<n {
      var pivot = column
      for row in column..<n where abs(a[row][column]) > abs(a[pivot][column]) { pivot = row }
      guard a[pivot][column] != 0 else {
        throw .rankDeficient(
          column: ColumnReference(index: column), dependsOn: [], rank: column, columns: n)
      }
      a.swapAt(column, pivot)
      b.swapAt(column, pivot)
      for row in 0..<n where row != column {
        let factor = a[row][column] / a[column][column]
        guard factor != 0 else { continue }
        for k in column..<n { a[row][k] -= factor * a[column][k] }
        for k in 0..<m { b[row][k] -= factor * b[column][k] }
      }
    }
    return Matrix(rows: n, columns: m) { b[$0][$1] / a[$0][$0] }
  }
}
