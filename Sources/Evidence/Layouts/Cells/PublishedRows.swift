import TimeSeries

extension LayoutTable {
  /// Goes through the rows: counts them, passes over those with nothing in them, and refuses those that have more or
  /// fewer fields than the header. What stands before a text that cannot be taken apart is kept.
  ///
  /// - Parameters:
  ///   - figures: takes the counts, the problems and, at the end, the notes on the text.
  ///   - body: reads a row that has a field for each column.
  /// - Throws: ``EvidenceError`` for text of which no row can be taken apart, and what the body throws.
  mutating func forEachRow(
    into figures: inout PublishedFigures,
    _ body: (LayoutTable, inout PublishedFigures) throws(EvidenceError) -> Void
  ) throws(EvidenceError) {
    while try next(keepingWhatWasRead: &figures) {
      figures.tally.rows += 1
      if isBlank {
        figures.tally.blankRows += 1
      } else if fieldCount == columns.count {
        try body(self, &figures)
      } else {
        figures.tally.unreadableRows += 1
        figures.report(RowShape.problem(self))
      }
    }
    for sentence in notes { figures.note(sentence) }
  }

  /// The text of a field without spaces at its ends.
  func trimmed(_ index: Int) -> String { text(index).withoutOuterSpaces }
}

extension PublishedFigures {
  /// What to say of a field that cannot be read: its text, its column, what is wrong and what would be accepted.
  static func message(_ reason: UnreadableText, column: String) -> String {
    "\"\(PublishedText.shown(reason.text))\" in column \"\(column)\" \(reason.problem); \(reason.remedy)"
  }

  /// Adds a problem of a cell that is lost by it, and counts the cell.
  mutating func fail(row: Int, column: String, _ reason: UnreadableText) {
    fail(row: row, Self.message(reason, column: column))
  }

  /// Adds a problem of a row that is lost by one of its fields, and counts the row.
  mutating func failRow(_ row: Int, column: String, _ reason: UnreadableText) {
    failRow(row, Self.message(reason, column: column))
  }

  /// Adds what should be looked at and does not keep the data from use.
  mutating func warn(row: Int? = nil, _ message: String) {
    report(Problem(file: file, row: row, message: message, severity: .warning))
  }
}
