extension Matrix {
  /// Refuses a matrix without cells or with a cell that is not a finite number, naming its column.
  func checkUsable(columnNames: [String]? = nil) throws(LinearAlgebraError) {
    guard rows > 0, columns > 0 else { throw .empty(rows: rows, columns: columns) }
    for column in 0..<columns {
      for row in 0..<rows where !self[row, column].isFinite {
        throw .nonFinite(column: ColumnReference(index: column, name: columnNames?[column]), row: row)
      }
    }
  }

  /// Refuses a matrix that is not square, or not symmetric up to rounding.
  func checkSymmetric() throws(LinearAlgebraError) {
    guard rows == columns else {
      throw .shapeMismatch(what: "columns in a square matrix", expected: rows, found: columns)
    }
    for column in 0..<columns {
      for row in 0..<column {
        let (above, below) = (self[row, column], self[column, row])
        // Products such as AᵀA differ from their mirror image by rounding, relative to the diagonal.
        let scale = max(self[row, row].magnitude, self[column, column].magnitude, above.magnitude)
        if (above - below).magnitude > 1e-10 * scale { throw .notSymmetric(row: row, column: column) }
      }
    }
  }
}
