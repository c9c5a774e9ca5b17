// The fields of a row beside the texts of a table. As methods of the row, so that no closure has to hold what owns the
// table: that would be copied for every row.

extension DelimitedReader {
  /// The number of the text of a field; -1 when the table does not have it.
  func number(_ column: Int, in texts: TextTable) -> Int32 { withBytes(column) { texts.find($0) } }

  /// Whether a field has the text of a number.
  func says(_ number: Int32, of texts: TextTable, in column: Int) -> Bool {
    withBytes(column) { texts.isEqual(number, $0) }
  }
}
