/// Rows whose number of fields is not that of the header.
enum RowShape {
  /// What is wrong with the row on which a table stands.
  static func problem(_ table: LayoutTable) -> Problem {
    Problem(
      file: table.file, row: table.row,
      message: """
        the row has \(table.fieldCount) fields where the header has \(table.columns.count); put fields that contain \
        separators in quotes, and fetch the file again if it ends here
        """)
  }
}
