import Commissioning

/// What all sheets of a plan's workbook share: the report, the file, and how a sheet begins and is printed.
final class WorkbookFrame {
  let report: PlanReport
  let book: WorkbookFile
  /// What each sheet holds, for the contents, in their order.
  private(set) var contents: [(sheet: Sheet, text: String)] = []

  init(_ report: PlanReport, book: WorkbookFile) {
    self.report = report
    self.book = book
  }

  /// The contents in the order of the sheets.
  var orderedContents: [(sheet: Sheet, text: String)] {
    book.sheets.compactMap { sheet in contents.first { $0.sheet === sheet } }
  }

  var outcome: PlanOutcome { report.outcome }

  /// Whether chance is anything that can be told of the plan.
  var hasChances: Bool { outcome.draws > 1 }

  func setProperties() throws(ReportingError) {
    try book.setProperties(
      title: "\(report.name): \(report.area)",
      subject: "Scenario \(outcome.scenario), as known on \(outcome.asOf)",
      comments: "\(futures), seed \(outcome.seed), needscast \(report.manifest.version)", day: outcome.asOf)
  }

  func addSheet(_ name: String) throws(ReportingError) -> Sheet { try book.addSheet(name) }

  /// Names a sheet in the contents.
  func list(_ sheet: Sheet, _ text: String) { contents.append((sheet, text)) }

  var futures: String {
    outcome.draws == 1 ? "1 simulated future" : "\(NumberText.whole(outcome.draws)) simulated futures"
  }

  /// The line under every title.
  var standing: String {
    "\(report.name), \(report.area); scenario \(outcome.scenario); as known on \(outcome.asOf); \(futures), seed "
      + "\(outcome.seed)."
  }

  /// Title and standing line; the row after them.
  func begin(_ sheet: Sheet, _ title: String, explanation: [String], through column: Int, characters: Int)
    throws(ReportingError) -> Int
  {
    try sheet.write(title, at: CellPlace(0, 0), CellStyle(.title))
    try sheet.setHeight(lines: 2, row: 0)
    try sheet.write(standing, at: CellPlace(1, 0), CellStyle(.subtitle))
    var row = 2
    for text in explanation {
      try sheet.paragraph(text, row: row, through: column, characters: characters, CellStyle(.note))
      row += 1
    }
    return row + 1
  }

  func print(_ sheet: Sheet, to last: CellPlace, headingRow: Int?) throws(ReportingError) {
    try sheet.setPrint(
      to: last, headingRow: headingRow, header: "\(report.name), \(report.area)",
      footer: "As known on \(outcome.asOf); scenario \(outcome.scenario)")
  }
}
