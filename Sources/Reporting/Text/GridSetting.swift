/// A table on its way into lines of a width.
struct GridSetting {
  let grid: TextGrid
  let indent: Int
  let width: Int
  let style: TextStyle
  private let headings: [[String]]
  /// What each column takes as it is, and what it can be brought down to where its words go on below.
  private let natural: [Int]
  private let least: [Int]

  /// A column of words is not made narrower than this.
  private static let narrowest = 14

  init(grid: TextGrid, indent: Int, width: Int, style: TextStyle) {
    self.grid = grid
    self.indent = indent
    self.width = width
    self.style = style
    let columns = grid.columns
    let depth = columns.map(\.headings.count).max() ?? 0
    headings = (0..<depth).map { level in
      // Short headings stand on the lowest line.
      columns.map { column in
        let index = level - (depth - column.headings.count)
        return index >= 0 ? column.headings[index] : ""
      }
    }
    var natural = Array(repeating: 0, count: columns.count)
    var least = natural
    for row in headings + grid.rows where row.count == columns.count {
      for (index, cell) in row.enumerated() {
        let places = DisplayText.width(of: cell)
        natural[index] = max(natural[index], places)
        guard columns[index].wraps else { continue }
        let start = cell.prefix { $0 == " " }.count
        let word = cell.split(separator: " ").map { DisplayText.width(of: String($0)) }.max() ?? 0
        least[index] = max(least[index], min(places, max(start + word, Self.narrowest)))
      }
    }
    for index in columns.indices where !columns[index].wraps { least[index] = natural[index] }
    self.natural = natural
    self.least = least
  }

  // MARK: Columns side by side

  /// The lines of some columns side by side; nil where they do not fit.
  func lines(of columns: [Int]) -> [String]? {
    guard let (widths, gap) = widths(of: columns) else { return nil }
    var lines: [String] = []
    for row in headings where columns.contains(where: { !row[$0].isEmpty }) || columns.count == row.count {
      lines.append(line(columns.map { row[$0] }, columns, widths, gap) { _, _ in .heading })
    }
    for row in grid.rows {
      guard row.count == grid.columns.count else {
        lines += between(row)
        continue
      }
      let parts = zip(columns, widths).map { column, width in Self.wrapped(row[column], width: width) }
      for level in 0..<max(1, parts.map(\.count).max() ?? 1) {
        let cells = parts.map { level < $0.count ? $0[level] : "" }
        lines.append(
          line(cells, columns, widths, gap) { position, _ in
            grid.columns[columns[position]].tone?(row[columns[position]])
          })
      }
    }
    return lines
  }

  /// A line that stands between rows.
  private func between(_ row: [String]) -> [String] {
    let text = row.joined(separator: " ")
    let start = String(text.prefix { $0 == " " })
    let space = String(repeating: " ", count: indent)
    guard indent + DisplayText.width(of: text) > width else { return [space + text] }
    return Paragraph.lines(text, first: space + start, width: width)
  }

  private func line(
    _ cells: [String], _ columns: [Int], _ widths: [Int], _ gap: Int, tone: (Int, String) -> TextStyle.Tone?
  ) -> String {
    var line = String(repeating: " ", count: indent)
    var waiting = 0
    for (position, cell) in cells.enumerated() {
      if position > 0 { waiting += gap }
      let padding = max(0, widths[position] - DisplayText.width(of: cell))
      let isLeft = grid.columns[columns[position]].alignment == .left
      if !isLeft { waiting += padding }
      if !cell.isEmpty {
        // Spaces are only set where something follows them.
        let start = cell.prefix { $0 == " " }
        let text = cell.dropFirst(start.count)
        let end = text.reversed().prefix { $0 == " " }.count
        if !text.isEmpty {
          line += String(repeating: " ", count: waiting + start.count)
          line += style.painted(String(text.dropLast(end)), tone(position, cell))
          waiting = end
        } else {
          waiting += start.count
        }
      }
      if isLeft { waiting += padding }
    }
    return line.allSatisfy { $0 == " " } ? "" : line
  }

  /// The widths of some columns and the spaces between them; nil where they do not fit.
  private func widths(of columns: [Int]) -> (widths: [Int], gap: Int)? {
    let gaps = max(0, columns.count - 1)
    let whole = columns.map { natural[$0] }
    for gap in [2, 1] where indent + whole.reduce(0, +) + gap * gaps <= width { return (whole, gap) }
    var widths = whole
    var excess = indent + whole.reduce(0, +) + gaps - width
    while excess > 0 {
      // The widest column of words that can still be narrower gives a place.
      let able = columns.indices.filter { widths[$0] > least[columns[$0]] }
      guard let widest = able.max(by: { widths[$0] < widths[$1] }) else { return nil }
      widths[widest] -= 1
      excess -= 1
    }
    return (widths, 1)
  }

  /// Whether all columns fit as they are.
  var fitsWhole: Bool { indent + natural.reduce(0, +) + max(0, natural.count - 1) <= width }

  /// A cell in lines of a width; spaces before it stand before all of them.
  private static func wrapped(_ cell: String, width: Int) -> [String] {
    guard DisplayText.width(of: cell) > width else { return [cell] }
    return Paragraph.lines(cell, first: String(cell.prefix { $0 == " " }), width: width)
  }

  // MARK: Blocks and paragraphs

  /// The columns in as many blocks as the width asks for; nil where some column does not fit beside those by which a row
  /// is known.
  func blocks(of columns: [Int]) -> [[Int]]? {
    let keys = Array(columns.prefix(grid.keys))
    var groups: [[Int]] = []
    for column in columns.dropFirst(grid.keys) {
      if grid.columns[column].isBeside, let last = groups.indices.last {
        groups[last].append(column)
      } else {
        groups.append([column])
      }
    }
    guard widths(of: keys) != nil else { return nil }
    var blocks: [[Int]] = []
    var block = keys
    for group in groups {
      if widths(of: block + group) == nil {
        guard block.count > keys.count, widths(of: keys + group) != nil else { return nil }
        blocks.append(block)
        block = keys
      }
      block += group
    }
    return blocks + [block]
  }

  /// A paragraph for each row: what it is, and each figure behind its heading. A bar says nothing that the figures do not
  /// say, and nothing without the bars above it and below it: it is left out.
  var records: [String] {
    let space = String(repeating: " ", count: indent)
    return grid.rows.flatMap { row -> [String] in
      guard row.count == grid.columns.count else { return between(row) }
      let name = row.prefix(grid.keys).map { Paragraph.lines($0, width: .max).joined() }.filter {
        !$0.isEmpty
      }
      let figures = grid.columns.indices.dropFirst(grid.keys).compactMap { column -> String? in
        let isBar = grid.columns[column].alignment == .left && !grid.columns[column].wraps
        let cell = Paragraph.lines(row[column], width: .max).joined()
        guard !cell.isEmpty, !isBar || !grid.columns[column].headings.allSatisfy(\.isEmpty) else {
          return nil
        }
        let heading = grid.columns[column].headings.filter { !$0.isEmpty }.joined(separator: " ")
        return heading.isEmpty ? cell : "\(heading) \(cell)"
      }
      let title = Paragraph.lines(name.joined(separator: "  "), first: space, width: width)
      if figures.isEmpty { return name.isEmpty ? [] : title }
      return (name.isEmpty ? [] : title)
        + Paragraph.lines(figures.joined(separator: "; "), first: space + "    ", width: width)
    }
  }
}
