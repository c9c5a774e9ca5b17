import TimeSeries

/// The rows of a table below its heading: where it ends, and what stands below that is not part of it.
struct TableExtent {
  /// The rows of the sheet that belong to the table.
  private(set) var rows: [Int] = []
  /// What stands below it as remarks, with the rows.
  private(set) var footnotes: [(row: Int, text: String)] = []
  /// The row that looks like the heading of another table, where there is one.
  private(set) var nextHeading: Int?
  /// How many rows that hold something come from there on.
  private(set) var rowsAfter = 0

  /// - Parameters:
  ///   - sheet: the sheet.
  ///   - range: the rows and columns below the heading.
  init(_ sheet: Sheet, _ range: CellRange) {
    let positions = sheet.positions(in: range)
    var previous = range.rows.lowerBound - 1
    // Rows after the last figure may be remarks; they are held until a figure comes.
    var tail: [(row: Int, gap: Bool, labels: Int, text: String)] = []
    for position in positions {
      let row = sheet.store.rows[position].number
      let found = Self.look(sheet, row, range.columns)
      guard found.labels > 0 || found.hasFigure else { continue }
      let gap = row > previous + 1 && !rows.isEmpty
      previous = row
      if gap, found.labels >= 2, !found.hasFigure, Self.figuresFollow(sheet, row, range) {
        nextHeading = row
        rowsAfter = positions.upperBound - position
        break
      }
      if found.hasFigure {
        rows += tail.map(\.row)
        tail = []
        rows.append(row)
      } else if tail.count < 1000 {
        tail.append((row, gap, found.labels, found.text))
      } else {
        rows += tail.map(\.row) + [row]
        tail = []
      }
    }
    let first = tail.firstIndex { $0.labels == 1 && ($0.gap || Self.isRemark($0.text)) } ?? tail.count
    rows += tail[..<first].map(\.row)
    footnotes = tail[first...].map { ($0.row, $0.text) }
  }

  private static func look(
    _ sheet: Sheet, _ row: Int, _ columns: ClosedRange<Int>
  ) -> (labels: Int, hasFigure: Bool, text: String) {
    guard let position = sheet.store.position(ofRow: row) else { return (0, false, "") }
    var labels = 0
    var text = ""
    for cell in sheet.store.rows[position].cells where columns.contains(sheet.store.column(cell)) {
      let content = sheet.store.content(cell)
      let reading = CellReading(content)
      if reading.contains(.figure) { return (labels, true, text) }
      if reading.contains(.label) {
        labels += 1
        if labels == 1 { text = content.text }
      }
    }
    return (labels, false, text)
  }

  /// Whether one of the next few rows has a figure.
  private static func figuresFollow(_ sheet: Sheet, _ row: Int, _ range: CellRange) -> Bool {
    let below = CellRange(rows: row...range.rows.upperBound, columns: range.columns)
    return sheet.positions(in: below).dropFirst().prefix(5).contains {
      look(sheet, sheet.store.rows[$0].number, range.columns).hasFigure
    }
  }

  /// Whether a text alone in its row reads as a remark and not as the name of a row.
  private static func isRemark(_ text: String) -> Bool {
    let bare = LooseText.trimmed(text).lowercased()
    if bare.count > 40 { return true }
    let starts = [
      "source", "note", "footnote", "[", "*", "†", "‡", "©", "(1)", "1.", "1)", "contact", "published",
      "last updated",
    ]
    return starts.contains { bare.hasPrefix($0) }
  }
}
