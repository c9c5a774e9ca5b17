import Commissioning

/// The first sheet: what the plan comes to, the services at a glance, and the contents.
struct SummarySheet {
  private let services: [ServiceCells]
  private let frame: WorkbookFrame

  private static let last = 8
  private static let characters = 165

  init(_ services: [ServiceCells], in frame: WorkbookFrame) {
    self.services = services
    self.frame = frame
  }

  func write(to sheet: Sheet) throws(ReportingError) {
    let summary = ExecutiveSummary(frame.report)
    sheet.hideGridlines()
    sheet.setTab(CellStyle.Colour.dark)
    try sheet.setWidth(44, columns: 0...0)
    try sheet.setWidth(16, columns: 1...Self.last)
    var row = try frame.begin(
      sheet, "\(frame.report.name): \(frame.report.area)", explanation: [], through: Self.last,
      characters: Self.characters)
    row -= 1
    try sheet.paragraph(
      summary.headline, row: row, through: Self.last, characters: 110, CellStyle(.total, isWrapped: true))
    row += 2
    row = try table(sheet, row: row)
    row = try findings(sheet, summary, row: row)
    row = try contents(sheet, row: row)
    if !frame.report.omissions.isEmpty {
      row = try heading(sheet, "What was left out, and why", row: row)
      for one in frame.report.omissions {
        try sheet.paragraph(
          "\(one.part): \(one.reason)", row: row, through: Self.last, characters: Self.characters)
        row += 1
      }
      row += 1
    }
    for refusal in frame.outcome.refusals {
      try sheet.paragraph(
        "Not planned: \(refusal.reason)", row: row, through: Self.last, characters: Self.characters)
      row += 1
    }
    try sheet.paragraph(
      HedgedWord.legend, row: row, through: Self.last, characters: Self.characters, CellStyle(.note))
    try frame.print(sheet, to: CellPlace(row, Self.last), headingRow: nil)
  }

  private func heading(_ sheet: Sheet, _ text: String, row: Int) throws(ReportingError) -> Int {
    for column in 0...Self.last {
      try sheet.write(column == 0 ? text : "", at: CellPlace(row, column), CellStyle(.section))
    }
    return row + 1
  }

  /// The last year of every service, as formulae over their sheets.
  private func table(_ sheet: Sheet, row: Int) throws(ReportingError) -> Int {
    let titles = [
      "Service", "Financial year", "Need", "Spend, £", "Budget, £", "In-year balance, £",
      "Chance of overspend",
      "Closing balance, £", "Chance of deficit",
    ]
    for (index, title) in titles.enumerated() {
      let heading = CellStyle(.heading)
      try sheet.write(title, at: CellPlace(row, index), index < 2 ? heading : heading.right)
    }
    try sheet.setHeight(lines: 2, row: row)
    var row = row + 1
    for service in services {
      guard let year = service.years.last(where: { service.cell("spend", $0) != nil }) ?? service.years.last
      else { continue }
      try sheet.link(to: service.sheet, service.service.name, at: CellPlace(row, 0))
      try sheet.write("\(year)", at: CellPlace(row, 1))
      let own = service.service.years.first { $0.year == year }
      func chance(_ probability: Probability?) -> CellStyle.Number {
        (probability?.error ?? 0) > 0 ? .chance : .wholePercent
      }
      for (column, key, number) in [
        (2, "need", CellStyle.Number.people), (3, "spend", .pounds), (4, "budget", .pounds),
        (5, "inYear", .pounds),
        (6, "overspend", chance(own?.probabilityOverspend)), (7, "closing", .pounds),
        (8, "deficit", chance(own?.probabilityDeficit)),
      ] {
        let place = CellPlace(row, column)
        if let cell = service.cell(key, year) {
          try sheet.write(formula: cell.reference, cell.value, at: place, CellStyle(.body, number))
        } else {
          try sheet.write(NumberText.absent, at: place, CellStyle.text.right)
        }
      }
      row += 1
    }
    if let total = frame.outcome.total.last { row = try all(total, sheet, row: row) }
    return row + 1
  }

  /// All services together in the last year that each of them has: sums of means, and the chance of their total.
  private func all(_ total: YearOutcome, _ sheet: Sheet, row: Int) throws(ReportingError) -> Int {
    try sheet.write("All services", at: CellPlace(row, 0), CellStyle(.total))
    try sheet.write("\(total.year)", at: CellPlace(row, 1), CellStyle(.total))
    for column in [2, 7, 8] { try sheet.write("", at: CellPlace(row, column), CellStyle(.total)) }
    for (column, key, quantity) in [
      (3, "spend", total.spend), (4, "budget", total.budget), (5, "inYear", total.inYearBalance),
    ] {
      let parts = services.compactMap { $0.cell(key, total.year)?.reference }
      guard let value = quantity?.mean, !parts.isEmpty else { continue }
      try sheet.write(
        formula: parts.joined(separator: "+"), value, at: CellPlace(row, column), CellStyle(.total, .pounds))
    }
    if let probability = total.probabilityOverspend, frame.hasChances {
      try sheet.write(
        probability.value, at: CellPlace(row, 6),
        CellStyle(.total, probability.error > 0 ? .chance : .wholePercent))
    }
    return row + 1
  }

  private func findings(_ sheet: Sheet, _ summary: ExecutiveSummary, row: Int) throws(ReportingError) -> Int {
    var row = try heading(sheet, "What the plan finds", row: row)
    for finding in summary.findings {
      try sheet.paragraph(
        "\(finding.topic). \(finding.text)", row: row, through: Self.last, characters: Self.characters)
      row += 1
    }
    return row + 1
  }

  private func contents(_ sheet: Sheet, row: Int) throws(ReportingError) -> Int {
    var row = try heading(sheet, "Contents", row: row)
    for sheets in frame.orderedContents {
      try sheet.link(to: sheets.sheet, sheets.sheet.name, at: CellPlace(row, 0))
      try sheet.write(sheets.text, at: CellPlace(row, 1))
      row += 1
    }
    return row + 1
  }
}
