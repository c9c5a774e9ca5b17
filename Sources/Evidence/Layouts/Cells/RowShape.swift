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

extension LayoutTable {
  /// Reads the next row; false at the end, and at a text that cannot be taken apart into rows: what stands before it is
  /// kept, and that nothing after it could be read is a problem.
  ///
  /// - Parameter figures: takes the problem.
  /// - Throws: ``EvidenceError`` when there is nothing before it, or the file itself is damaged.
  mutating func next(keepingWhatWasRead figures: inout PublishedFigures) throws(EvidenceError) -> Bool {
    do throws(EvidenceError) {
      return try next()
    } catch {
      guard case .badData(let problems, _) = error, figures.tally.rows > 0 else { throw error }
      figures.tally.rows += 1
      figures.tally.unreadableRows += 1
      for problem in problems {
        figures.report(
          Problem(
            file: problem.file, row: problem.row, column: problem.column,
            message: "\(problem.message); nothing from here on was read"))
      }
      return false
    }
  }
}
