import CXLSXWriter

/// One sheet of a workbook that is being written.
final class Sheet {
  /// Its name, as its tab has it.
  let name: String
  private let sheet: UnsafeMutablePointer<lxw_worksheet>
  private unowned let book: WorkbookFile
  /// The widths of columns in characters, where they were set.
  private var widths: [Int: Double] = [:]
  private var breaks: [lxw_row_t] = []

  init(_ sheet: UnsafeMutablePointer<lxw_worksheet>, name: String, in book: WorkbookFile) {
    self.sheet = sheet
    self.name = name
    self.book = book
  }

  // MARK: Cells

  /// A text, which stays a text whatever it begins with.
  func write(_ text: String, at place: CellPlace, _ style: CellStyle = .text) throws(ReportingError) {
    let (row, column) = try index(place)
    let format = try book.format(style)
    // An empty text would be an empty cell without its look.
    let answer =
      text.isEmpty
      ? worksheet_write_blank(sheet, row, column, format)
      : worksheet_write_string(sheet, row, column, WorkbookText.cell(text), format)
    try WorkbookFile.check(answer, what(place))
  }

  /// A number.
  func write(_ number: Double, at place: CellPlace, _ style: CellStyle) throws(ReportingError) {
    guard number.isFinite else { throw .workbook("\(what(place)) would be \(number), which is no number") }
    let (row, column) = try index(place)
    try WorkbookFile.check(
      worksheet_write_number(sheet, row, column, number, try book.format(style)), what(place))
  }

  /// A formula, with what it comes to for those who only look.
  func write(
    formula: String, _ value: Double, at place: CellPlace, _ style: CellStyle
  ) throws(ReportingError) {
    guard value.isFinite else { throw .workbook("\(what(place)) would be \(value), which is no number") }
    let (row, column) = try index(place)
    try WorkbookFile.check(
      worksheet_write_formula_num(sheet, row, column, "=\(formula)", try book.format(style), value),
      what(place))
  }

  /// A formula whose result is a text.
  func write(
    formula: String, text: String, at place: CellPlace, _ style: CellStyle
  ) throws(ReportingError) {
    let (row, column) = try index(place)
    try WorkbookFile.check(
      worksheet_write_formula_str(
        sheet, row, column, "=\(formula)", try book.format(style), WorkbookText.cell(text)), what(place))
  }

  /// A link to the first cell of a sheet of the same book.
  func link(to other: Sheet, _ text: String, at place: CellPlace) throws(ReportingError) {
    let (row, column) = try index(place)
    try WorkbookFile.check(
      worksheet_write_url_opt(
        sheet, row, column, "internal:\(CellRange.quoted(other.name))!A1", try book.format(CellStyle(.link)),
        WorkbookText.cell(text), nil), what(place))
  }

  /// A paragraph over several columns, in a row that is high enough for it.
  func paragraph(
    _ text: String, row: Int, through column: Int, characters: Int, _ style: CellStyle = .wrapped
  ) throws(ReportingError) {
    var own = style
    own.isWrapped = true
    let (number, last) = try index(CellPlace(row, column))
    let format = try book.format(own)
    if column > 0 {
      try WorkbookFile.check(
        worksheet_merge_range(sheet, number, 0, number, last, WorkbookText.cell(text), format),
        what(CellPlace(row, 0)))
    } else {
      try write(text, at: CellPlace(row, 0), own)
    }
    try setHeight(lines: Self.lines(text, characters: characters), row: row)
  }

  /// How many lines a text takes in a column so many characters wide.
  static func lines(_ text: String, characters: Int) -> Int {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .reduce(0) { $0 + 1 + $1.count / max(1, characters) }
  }

  /// The address of a cell of this sheet in a formula of any sheet: `'High needs'!$K$30`.
  func reference(_ place: CellPlace) -> String { "\(CellRange.quoted(name))!\(place.fixed)" }

  // MARK: The sheet

  /// The width of some columns, in characters.
  func setWidth(_ width: Double, columns: ClosedRange<Int>) throws(ReportingError) {
    let (_, first) = try index(CellPlace(0, columns.lowerBound))
    let (_, last) = try index(CellPlace(0, columns.upperBound))
    try WorkbookFile.check(worksheet_set_column(sheet, first, last, width, nil), "a column of \"\(name)\"")
    for column in columns { widths[column] = width }
  }

  /// The height of a row that holds so many lines. Spreadsheets do not all fit rows to their text by themselves.
  func setHeight(lines: Int, row: Int) throws(ReportingError) {
    let (number, _) = try index(CellPlace(row, 0))
    // 409 points is the most that a row has.
    try WorkbookFile.check(
      worksheet_set_row(sheet, number, min(409, Double(max(1, lines)) * 15 + (lines > 1 ? 2 : 0)), nil),
      what(CellPlace(row, 0)))
  }

  /// How many lines the texts of a row take, each in its column.
  func lines(_ texts: [(column: Int, text: String)]) -> Int {
    texts.map { Self.lines($0.text, characters: Int((widths[$0.column] ?? 8.43) * 1.08)) }.max() ?? 1
  }

  /// Begins a new page with a row when it is printed.
  func breakPage(before row: Int) {
    if let row = lxw_row_t(exactly: row), row > 0, breaks.last.map({ $0 < row }) ?? true {
      breaks.append(row)
    }
  }

  /// Keeps the rows above and the columns left of a cell in sight.
  func freeze(at place: CellPlace) throws(ReportingError) {
    let (row, column) = try index(place)
    worksheet_freeze_panes(sheet, row, column)
  }

  /// Lets the reader filter a table, its heading first.
  func filter(from first: CellPlace, to last: CellPlace) throws(ReportingError) {
    let (row, column) = try index(first)
    let (lastRow, lastColumn) = try index(last)
    try WorkbookFile.check(
      worksheet_autofilter(sheet, row, column, lastRow, lastColumn), "the filter of \"\(name)\"")
  }

  /// Prints on A4 across, as wide as a page, with the heading on every page.
  func setPrint(to last: CellPlace, headingRow: Int?, header: String, footer: String) throws(ReportingError) {
    let (row, column) = try index(last)
    worksheet_set_landscape(sheet)
    worksheet_set_paper(sheet, 9)
    worksheet_fit_to_pages(sheet, 1, 0)
    if !breaks.isEmpty {
      // The list ends with a nought.
      var list = breaks + [0]
      try WorkbookFile.check(worksheet_set_h_pagebreaks(sheet, &list), "the pages of \"\(name)\"")
    }
    worksheet_set_margins(sheet, 0.5, 0.5, 0.7, 0.7)
    try WorkbookFile.check(worksheet_print_area(sheet, 0, 0, row, column), "the print area of \"\(name)\"")
    if let headingRow {
      let (heading, _) = try index(CellPlace(headingRow, 0))
      try WorkbookFile.check(worksheet_repeat_rows(sheet, heading, heading), "the heading of \"\(name)\"")
    }
    try WorkbookFile.check(
      worksheet_set_header(sheet, "&L\(WorkbookText.header(header, to: 200))&R&A"),
      "the header of \"\(name)\"")
    try WorkbookFile.check(
      worksheet_set_footer(sheet, "&L\(WorkbookText.header(footer, to: 200))&RPage &P of &N"),
      "the footer of \"\(name)\"")
  }

  func hideGridlines() { worksheet_gridlines(sheet, UInt8(LXW_HIDE_ALL_GRIDLINES.rawValue)) }

  func setTab(_ colour: lxw_color_t) { worksheet_set_tab_color(sheet, colour) }

  /// Puts a chart with its corner into a cell, so many pixels wide and high.
  func insert(
    _ chart: UnsafeMutablePointer<lxw_chart>, at place: CellPlace, width: Double, height: Double,
    description: String
  ) throws(ReportingError) {
    let (row, column) = try index(place)
    let text = OwnedText(WorkbookText.line(description, to: 1_000))
    var options = lxw_chart_options()
    // The library's own size is 480 by 288.
    options.x_scale = width / 480
    options.y_scale = height / 288
    options.description = text.pointer
    let answer = worksheet_insert_chart_opt(sheet, row, column, chart, &options)
    withExtendedLifetime(text) {}
    try WorkbookFile.check(answer, "a chart of \"\(name)\"")
  }

  /// Lets only numbers within limits be typed into some cells, and says why.
  func validate(
    from first: CellPlace, to last: CellPlace, least: Double, most: Double, title: String, message: String
  ) throws(ReportingError) {
    let (row, column) = try index(first)
    let (lastRow, lastColumn) = try index(last)
    let texts = [OwnedText(WorkbookText.line(title, to: 32)), OwnedText(WorkbookText.line(message, to: 255))]
    var rule = lxw_data_validation()
    rule.validate = UInt8(LXW_VALIDATION_TYPE_DECIMAL.rawValue)
    rule.criteria = UInt8(LXW_VALIDATION_CRITERIA_BETWEEN.rawValue)
    rule.ignore_blank = UInt8(LXW_VALIDATION_ON.rawValue)
    rule.show_input = UInt8(LXW_VALIDATION_ON.rawValue)
    rule.show_error = UInt8(LXW_VALIDATION_ON.rawValue)
    rule.minimum_number = least
    rule.maximum_number = most
    rule.input_title = texts[0].pointer
    rule.input_message = texts[1].pointer
    rule.error_title = texts[0].pointer
    rule.error_message = texts[1].pointer
    let answer = worksheet_data_validation_range(sheet, row, column, lastRow, lastColumn, &rule)
    withExtendedLifetime(texts) {}
    try WorkbookFile.check(answer, "the inputs of \"\(name)\"")
  }

  // MARK: Places

  private func index(_ place: CellPlace) throws(ReportingError) -> (lxw_row_t, lxw_col_t) {
    guard let row = lxw_row_t(exactly: place.row), let column = lxw_col_t(exactly: place.column) else {
      throw .workbook("\(what(place)) lies outside what a sheet can hold")
    }
    return (row, column)
  }

  private func what(_ place: CellPlace) -> String { "cell \(place.name) of \"\(name)\"" }
}
