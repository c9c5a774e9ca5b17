/// A table of rows under a heading that stays in sight: lists of assumptions, sources, differences.
struct ListTable {
  /// A column.
  struct Column {
    let title: String
    let width: Double
    let style: CellStyle

    init(_ title: String, width: Double, _ style: CellStyle = .wrapped) {
      self.title = title
      self.width = width
      self.style = style
    }
  }

  /// A cell.
  enum Cell {
    case text(String)
    case number(Double)
    /// A number that has a format of its own.
    case styled(Double, CellStyle.Number)
    case formula(String, Double)
    case blank

    /// A number, or a dash where there is none.
    static func optional(_ value: Double?) -> Cell { value.map { .number($0) } ?? .text(NumberText.absent) }
  }

  let sheet: Sheet
  let columns: [Column]
  /// The row of the heading.
  let headingRow: Int
  private(set) var row: Int

  /// Writes the heading.
  ///
  /// - Parameter setsWidths: whether the columns of the sheet take the widths; a second table of a sheet leaves them.
  init(_ sheet: Sheet, row: Int, columns: [Column], setsWidths: Bool = true) throws(ReportingError) {
    self.sheet = sheet
    self.columns = columns
    headingRow = row
    self.row = row + 1
    for (index, column) in columns.enumerated() {
      let heading = CellStyle(.heading)
      try sheet.write(
        column.title, at: CellPlace(row, index), column.style.isWrapped ? heading : heading.right)
      if setsWidths { try sheet.setWidth(column.width, columns: index...index) }
    }
    try sheet.setHeight(
      lines: sheet.lines(columns.enumerated().map { ($0.offset, $0.element.title) }), row: row)
    if setsWidths { try sheet.freeze(at: CellPlace(row + 1, 1)) }
  }

  /// Adds a row; returns its number.
  @discardableResult
  mutating func add(_ cells: [Cell], role: CellStyle.Role = .body) throws(ReportingError) -> Int {
    for (index, cell) in cells.enumerated() where index < columns.count {
      let place = CellPlace(row, index)
      var style = columns[index].style
      style.role = role == .body ? style.role : role
      switch cell {
      case .text(let text): try sheet.write(text, at: place, style.isWrapped ? style : style.right)
      case .number(let value): try sheet.write(value, at: place, style)
      case .styled(let value, let number): try sheet.write(value, at: place, style.with(number))
      case .formula(let formula, let value): try sheet.write(formula: formula, value, at: place, style)
      case .blank: if role != .body { try sheet.write("", at: place, style) }
      }
    }
    let texts = cells.enumerated().compactMap { index, cell -> (column: Int, text: String)? in
      if case .text(let text) = cell, index < columns.count, columns[index].style.isWrapped {
        (index, text)
      } else {
        nil
      }
    }
    let lines = sheet.lines(texts)
    if lines > 1 { try sheet.setHeight(lines: lines, row: row) }
    row += 1
    return row - 1
  }

  var lastColumn: Int { columns.count - 1 }

  /// The rows so far of a column.
  func range(_ column: Int, from first: Int, to last: Int) -> CellRange {
    CellRange(sheet, CellPlace(first, column), CellPlace(last, column))
  }

  /// Lets the reader filter it.
  func addFilter() throws(ReportingError) {
    if row > headingRow + 1 {
      try sheet.filter(from: CellPlace(headingRow, 0), to: CellPlace(row - 1, lastColumn))
    }
  }

  /// The characters of a line over all columns.
  static func characters(_ columns: [Column]) -> Int { Int(columns.reduce(0) { $0 + $1.width }) }
}
