/// Finds the rows that head a table.
///
/// The heading is the first row with at least two different texts, dates or years and no other figures in it, that names
/// every column in which the fifty rows below have figures. Where merged cells of it stand over cells that are headings
/// too, those rows belong to it, four rows at most. Where no row names every such column, the first with two texts over
/// figures is taken, and the columns that it leaves without a name are said.
struct HeadingSearch {
  private let sheet: Sheet
  private let columns: ClosedRange<Int>
  /// The first rows of the range that hold something, and what their cells may be.
  private let rows: [Int]
  private let readings: [[CellReading]]

  /// How many rows that hold something are looked at.
  static let depth = 150
  /// How many rows below a row are looked at for figures.
  static let rowsBelow = 50
  /// The most rows of one heading.
  static let tallest = 4

  init(_ sheet: Sheet, _ range: CellRange) {
    self.sheet = sheet
    columns = range.columns
    // A sheet of very many columns is looked at less deeply, so that the search stays within some megabytes.
    let depth = max(10, min(Self.depth, 2_000_000 / range.columns.count))
    let numbers = sheet.positions(in: range).prefix(4 * depth).map { sheet.store.rows[$0].number }
    var rows: [Int] = []
    var readings: [[CellReading]] = []
    for row in numbers where rows.count < depth {
      let contents = sheet.contents(ofRow: row, columns: range.columns).map(CellReading.init)
      if contents.allSatisfy(\.isEmpty) { continue }
      rows.append(row)
      readings.append(contents)
    }
    self.rows = rows
    self.readings = readings
  }

  /// The rows of the heading; nil where no row is one.
  func heading() -> ClosedRange<Int>? {
    let candidates = rows.indices.filter { isHeading($0) }
    guard
      let first = candidates.first(where: { names($0, all: figureColumns(below: $0)) }) ?? candidates.first
    else { return nil }
    var last = first
    while last + 1 < rows.count, last - first + 1 < Self.tallest, rows[last + 1] == rows[last] + 1,
      continues(last)
    {
      last += 1
    }
    return rows[first]...rows[last]
  }

  /// Whether a row has two different labels, no figure that cannot be a label, and figures below it.
  private func isHeading(_ index: Int) -> Bool {
    guard readings[index].allSatisfy({ $0.isEmpty || $0.contains(.label) }) else { return false }
    return labels(index) >= 2 && !figureColumns(below: index).isEmpty
  }

  /// How many labels a row has; those of a merged range count once.
  private func labels(_ index: Int) -> Int {
    let merges = sheet.merges.reaching(row: rows[index])
    var count = 0
    var column = columns.lowerBound
    for merge in merges where merge.columns.overlaps(columns) {
      while column < merge.columns.lowerBound {
        if readings[index][column - columns.lowerBound].contains(.label) { count += 1 }
        column += 1
      }
      let first = max(merge.columns.lowerBound, columns.lowerBound)
      if readings[index][first - columns.lowerBound].contains(.label) { count += 1 }
      column = merge.columns.upperBound + 1
    }
    while column <= columns.upperBound {
      if readings[index][column - columns.lowerBound].contains(.label) { count += 1 }
      column += 1
    }
    return count
  }

  /// The columns, by position, in which rows below have figures that are not also labels; where there are none, those
  /// with numbers that could be years.
  private func figureColumns(below index: Int) -> [Int] {
    let below = rows.indices.dropFirst(index + 1).prefix(Self.rowsBelow)
    let plain = (0..<columns.count).filter { column in below.contains { readings[$0][column] == .figure } }
    if !plain.isEmpty { return plain }
    return (0..<columns.count).filter { column in below.contains { readings[$0][column].contains(.figure) } }
  }

  private func names(_ index: Int, all figures: [Int]) -> Bool {
    figures.allSatisfy { readings[index][$0].contains(.label) }
  }

  /// Whether the row after a row of the heading belongs to it: it stands under merged cells of more than one column, and
  /// holds labels alone, at least two under those cells.
  private func continues(_ index: Int) -> Bool {
    let next = readings[index + 1]
    guard next.allSatisfy({ $0.isEmpty || $0.contains(.label) }), !figureColumns(below: index + 1).isEmpty
    else {
      return false
    }
    let wide = sheet.merges.reaching(row: rows[index]).filter {
      $0.columns.count > 1 && $0.rows.upperBound == rows[index] && $0.columns.overlaps(columns)
    }
    let under = wide.reduce(0) { count, merge in
      count
        + merge.columns.clamped(to: columns).count { next[$0 - columns.lowerBound].contains(.label) }
    }
    return under >= 2
  }
}
