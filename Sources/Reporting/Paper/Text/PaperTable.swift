/// A table of the paper, as its template reads it.
struct PaperTable {
  /// A column.
  struct Column {
    /// What heads it.
    let heading: String
    /// The hyphens below the heading, with a colon on the side that the cells keep to; as many as the column's share of
    /// the page asks for.
    let rule: String
  }

  /// A row.
  struct Row {
    let cells: [String]
  }

  let tableNumber: Int
  let caption: String
  let columns: [Column]
  let rows: [Row]
  /// Sentences below it; the empty text for none.
  let tableNote: String
  let hasNote: Bool

  /// - Parameters:
  ///   - numbers: the count of tables so far; this one is the next.
  ///   - headings: the headings of the columns; the first is of words, the others of numbers unless `words` names them.
  ///   - words: places of further columns of words.
  init(
    _ numbers: inout PaperNumbers, _ caption: String, _ headings: [String], words: Set<Int> = [],
    rows: [[String]], note: String = ""
  ) {
    numbers.tables += 1
    tableNumber = numbers.tables
    self.caption = caption
    columns = headings.enumerated().map { place, heading in
      let isWords = place == 0 || words.contains(place)
      let cells = rows.compactMap { $0.indices.contains(place) ? $0[place] : nil }
      // A heading may be broken between its words, a number not at all. A column of words is given its typical
      // length, so that one long reason does not starve the numbers.
      let word = Self.longestWord(cells + [heading])
      let longest = cells.map(\.count).max() ?? 0
      let mean = cells.isEmpty ? 0 : cells.reduce(0) { $0 + $1.count } / cells.count
      let typical = min(longest, max(12, min(60, mean + 8)))
      let width =
        isWords ? max(typical, min(word, 30) + 2) : max(longest, Self.longestWord([heading]) * 5 / 4) + 2
      let hyphens = String(repeating: "-", count: max(3, width))
      return Column(heading: heading, rule: isWords ? ":" + hyphens : hyphens + ":")
    }
    self.rows = rows.map(Row.init)
    tableNote = note
    hasNote = !note.isEmpty
  }
}

extension PaperTable {
  private static func longestWord(_ texts: [String]) -> Int {
    texts.flatMap { $0.split(separator: " ") }.map(\.count).max() ?? 0
  }
}

/// How many tables and figures the paper has had so far.
struct PaperNumbers {
  var tables = 0
  var figures = 0
}
