import Commissioning

/// A cell of a row of years.
enum YearCell {
  /// Neither known nor forecast.
  case absent
  case blank
  case number(Double)
  case text(String)
  /// A formula and what it comes to.
  case formula(String, Double)
  case chance(Probability)
  /// For the reader to fill in.
  case input
}

/// Rows of figures with the years across, as finance sets them out.
struct YearGrid {
  let sheet: Sheet
  let years: [FinancialYear]
  /// The next row.
  var row: Int
  /// The row that names the years.
  private(set) var headingRow = 0

  /// The column of the first year; names and units stand before it.
  static let firstColumn = 2

  init(_ sheet: Sheet, years: [FinancialYear], row: Int) throws(ReportingError) {
    self.sheet = sheet
    self.years = years
    self.row = row
    try sheet.setWidth(52, columns: 0...0)
    try sheet.setWidth(24, columns: 1...1)
    try sheet.setWidth(13.5, columns: Self.firstColumn...max(Self.firstColumn, lastColumn))
  }

  var lastColumn: Int { Self.firstColumn + max(years.count, 1) - 1 }

  /// The characters of a line over all columns.
  var characters: Int { 76 + 13 * years.count }

  func place(_ index: Int, row: Int) -> CellPlace { CellPlace(row, Self.firstColumn + index) }

  /// The cells of a row, all its years.
  func range(_ row: Int) -> CellRange { CellRange(sheet, place(0, row: row), CellPlace(row, lastColumn)) }

  /// The years along the top, in a row that stays in sight.
  mutating func heading(_ title: String, _ unit: String, kinds: [String]? = nil) throws(ReportingError) -> Int
  {
    let heading = CellStyle(.heading)
    let first = row
    headingRow = row
    try sheet.write(title, at: CellPlace(row, 0), heading)
    try sheet.write(unit, at: CellPlace(row, 1), heading)
    for (index, year) in years.enumerated() {
      try sheet.write("\(year)", at: place(index, row: row), heading.right)
    }
    row += 1
    if let kinds {
      try sheet.write("How the year is known", at: CellPlace(row, 0), CellStyle(.note))
      for (index, kind) in kinds.enumerated() {
        try sheet.write(kind, at: place(index, row: row), CellStyle(.note).right)
      }
      row += 1
    }
    try sheet.freeze(at: CellPlace(row, Self.firstColumn))
    return first
  }

  /// A heading of some rows, with a space before it.
  mutating func section(_ title: String) throws(ReportingError) {
    row += 1
    for column in 0...lastColumn {
      try sheet.write(column == 0 ? title : "", at: CellPlace(row, column), CellStyle(.section))
    }
    row += 1
  }

  /// A row of figures; returns its number.
  @discardableResult
  mutating func add(
    _ label: String, unit: String = "", _ style: CellStyle, _ cells: [YearCell]
  ) throws(ReportingError) -> Int {
    let own = row
    row += 1
    var name = style.with(.general)
    if name.role == .input { name = CellStyle(.body, isIndented: name.isIndented) }
    name.isWrapped = true
    try sheet.write(label, at: CellPlace(own, 0), name)
    let lines = sheet.lines([(0, label)])
    if lines > 1 { try sheet.setHeight(lines: lines, row: own) }
    try sheet.write(unit, at: CellPlace(own, 1), style.role == .total ? name : CellStyle(.note))
    // An indent would put numbers at the left.
    var style = style
    style.isIndented = false
    for (index, cell) in cells.enumerated() {
      let place = place(index, row: own)
      switch cell {
      case .absent: try sheet.write(NumberText.absent, at: place, style.right)
      case .blank: break
      case .number(let value): try sheet.write(value, at: place, style)
      case .text(let text): try sheet.write(text, at: place, style.right)
      case .formula(let formula, let value):
        try sheet.write(formula: formula, value, at: place, style)
      case .chance(let probability):
        try sheet.write(
          probability.value, at: place, style.with(probability.error > 0 ? .chance : .wholePercent))
      case .input: try sheet.write("", at: place, CellStyle(.input, style.number))
      }
    }
    return own
  }

  /// A sentence over all columns.
  mutating func note(_ text: String) throws(ReportingError) {
    try sheet.paragraph(
      text, row: row, through: lastColumn, characters: characters, CellStyle(.note))
    row += 1
  }
}
