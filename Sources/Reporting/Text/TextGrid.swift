/// Rows of cells set in columns for a terminal.
///
/// A table fits its width. Where it is too wide it gives way in this order: one space between columns instead of two; words
/// in columns to the left go on below; blocks of columns, each with the first columns again, or a paragraph for each row.
/// Nothing is cut short.
struct TextGrid {
  /// Where the text of a column stands.
  enum Alignment {
    case left
    case right
  }

  /// A column: its headings from top to bottom, and its alignment.
  struct Column {
    let headings: [String]
    let alignment: Alignment
    /// Whether it cannot be read without the column before it, from which no block parts it.
    let isBeside: Bool
    /// Whether its cells are words, which may go on below; numbers and bars stay whole.
    let wraps: Bool
    /// The tone of a cell, where its text tells one.
    let tone: (@Sendable (String) -> TextStyle.Tone?)?

    init(
      _ headings: String..., alignment: Alignment = .right, isBeside: Bool = false, wraps: Bool = true,
      tone: (@Sendable (String) -> TextStyle.Tone?)? = nil
    ) {
      self.headings = headings
      self.alignment = alignment
      self.isBeside = isBeside
      self.wraps = wraps && alignment == .left
      self.tone = tone
    }
  }

  /// What becomes of a table that is too wide in any other way.
  enum Narrow {
    /// Blocks of columns under one another.
    case blocks
    /// A paragraph for each row: for tables in which sentences stand between the rows.
    case records
  }

  let columns: [Column]
  /// The number of columns by which a row is known; every block begins with them.
  let keys: Int
  let narrow: Narrow
  private(set) var rows: [[String]] = []

  init(_ columns: [Column], keys: Int = 1, narrow: Narrow = .blocks) {
    self.columns = columns
    self.keys = max(1, min(keys, columns.count))
    self.narrow = narrow
  }

  /// Adds a row; it has as many cells as there are columns.
  mutating func add(_ row: [String]) { rows.append(row.map(DisplayText.harmless)) }

  /// Adds a line of its own between the rows, which widens no column.
  mutating func addLine(_ text: String) { rows.append([DisplayText.harmless(text)]) }

  /// Whether the columns stand side by side as they are, with one space between them.
  func fits(indent: Int, width: Int) -> Bool {
    GridSetting(grid: self, indent: indent, width: width, style: .plain).fitsWhole
  }

  /// The lines, headings first, with two spaces between columns, or one where two would not fit.
  func lines(indent: Int, width: Int, style: TextStyle = .plain) -> [String] {
    let setting = GridSetting(grid: self, indent: indent, width: width, style: style)
    let all = Array(columns.indices)
    if let lines = setting.lines(of: all) { return lines }
    if narrow == .blocks, let blocks = setting.blocks(of: all) {
      return Array(blocks.map { setting.lines(of: $0) ?? [] }.joined(separator: [""]))
    }
    return setting.records
  }
}
