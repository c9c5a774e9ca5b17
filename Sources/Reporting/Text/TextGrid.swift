/// Rows of cells set in columns for a terminal.
///
/// The width of a cell is counted in characters, not bytes: a pound sign takes one place.
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

    init(_ headings: String..., alignment: Alignment = .right) {
      self.headings = headings
      self.alignment = alignment
    }
  }

  let columns: [Column]
  private(set) var rows: [[String]] = []

  init(_ columns: [Column]) { self.columns = columns }

  /// Adds a row; it has as many cells as there are columns.
  mutating func add(_ row: [String]) { rows.append(row) }

  /// Adds a line of its own between the rows, which widens no column.
  mutating func addLine(_ text: String) { rows.append([text]) }

  /// The lines, headings first, with two spaces between columns, or one where two would not fit.
  func lines(indent: Int, width: Int) -> [String] {
    let depth = columns.map(\.headings.count).max() ?? 0
    let headings = (0..<depth).map { level in
      // Short headings stand on the lowest line.
      columns.map { column in
        let index = level - (depth - column.headings.count)
        return index >= 0 ? column.headings[index] : ""
      }
    }
    let all = headings + rows
    let widths = columns.indices.map { column in
      all.filter { $0.count == columns.count }.map { $0.indices.contains(column) ? $0[column].count : 0 }
        .max() ?? 0
    }
    let content = widths.reduce(0, +)
    let gap = indent + content + 2 * max(0, columns.count - 1) <= width ? 2 : 1
    return all.map { row in
      var line = String(repeating: " ", count: indent)
      if row.count != columns.count { return line + row.joined(separator: " ") }
      for (index, cell) in row.enumerated() where columns.indices.contains(index) {
        if index > 0 { line += String(repeating: " ", count: gap) }
        let padding = String(repeating: " ", count: widths[index] - cell.count)
        line += columns[index].alignment == .left ? cell + padding : padding + cell
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
