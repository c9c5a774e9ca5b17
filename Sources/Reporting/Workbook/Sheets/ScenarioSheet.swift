import Commissioning

/// Scenarios beside each other, and every difference with its interval.
struct ScenarioSheet {
  private let frame: WorkbookFrame

  init(in frame: WorkbookFrame) { self.frame = frame }

  private static let columns = [
    ListTable.Column("Scenario", width: 24), .init("Service", width: 30), .init("Figure", width: 34),
    .init("Financial year", width: 11), .init("Mean, first scenario", width: 17, CellStyle(.body, .people)),
    .init("Mean, this scenario", width: 17, CellStyle(.body, .people)),
    .init("Mean difference", width: 17, CellStyle(.body, .people)),
    .init("Difference, 10th percentile", width: 17, CellStyle(.quantile, .people)),
    .init("Difference, 90th percentile", width: 17, CellStyle(.quantile, .people)),
    .init("Difference, 2.5th percentile", width: 17, CellStyle(.quantile, .people)),
    .init("Difference, 97.5th percentile", width: 17, CellStyle(.quantile, .people)),
    .init("Chance that it is higher", width: 12, CellStyle(.body, .chance)),
  ]

  func write() throws(ReportingError) {
    guard let comparison = frame.report.comparison else { return }
    let sheet = try frame.addSheet("Scenarios")
    var row = try frame.begin(
      sheet, "Scenarios",
      explanation: [
        "Every scenario is compared with the first, \(comparison.first.name), inside each simulated future, which they share; what is the same in all of them is left out. "
          + "Differences and their percentiles are values: the difference of two percentiles is not a percentile of the difference."
      ], through: Self.columns.count - 1, characters: ListTable.characters(Self.columns))
    row = try sideBySide(sheet, row: row)
    row = try reasons(sheet, row: row, comparison)
    sheet.breakPage(before: row)
    var table = try ListTable(sheet, row: row, columns: Self.columns)
    for pair in comparison.pairs {
      for one in pair.differences where !one.isNone { try table.add(cells(one, scenario: pair.side.name)) }
    }
    try table.addFilter()
    try frame.print(sheet, to: CellPlace(table.row, table.lastColumn), headingRow: table.headingRow)
    frame.list(
      sheet, "What each scenario changes, and what that makes of every figure, with intervals and chances.")
  }

  private func cells(_ one: FigureDifference, scenario: String) -> [ListTable.Cell] {
    let service = frame.outcome.services.first { $0.id == one.service }
    let number = one.figure.isMoney ? CellStyle.Number.pounds : .people
    func styled(_ value: Double?) -> ListTable.Cell {
      value.map { .styled($0, number) } ?? .text(NumberText.absent)
    }
    let interval = frame.hasChances ? one.difference.distribution : nil
    return [
      .text(scenario), .text(service?.name ?? one.service ?? "All services"),
      .text(service.map { one.figure.name(in: $0) } ?? SheetWords.figure(one.figure)), .text("\(one.year)"),
      styled(one.first.mean), styled(one.other.mean), styled(one.difference.mean), styled(interval?.p10),
      styled(interval?.p90), styled(interval?.p2_5), styled(interval?.p97_5),
      frame.hasChances
        ? .styled(one.probabilityAbove.value, one.probabilityAbove.error > 0 ? .chance : .wholePercent)
        : .text(NumberText.absent),
    ]
  }

  /// The last year of every balance and of all services, a row for each scenario, with a chart.
  private func sideBySide(_ sheet: Sheet, row: Int) throws(ReportingError) -> Int {
    let sides = frame.report.sides
    let figures: [(service: ServiceOutcome?, figure: PlanFigure)] =
      frame.outcome.services.filter(\.isRingFenced).map { ($0, .closingBalance) } + [
        (nil, .spend), (nil, .inYearBalance),
      ]
    let columns = figures.compactMap {
      one -> (title: String, value: (PlanOutcome) -> YearOutcome?, figure: PlanFigure)? in
      func last(_ outcome: PlanOutcome) -> YearOutcome? {
        let years =
          one.service.map { service in outcome.services.first { $0.id == service.id }?.years ?? [] }
          ?? outcome.total
        return years.last { one.figure.quantity(of: $0) != nil }
      }
      guard let year = last(frame.outcome)?.year else { return nil }
      let name = one.service.map { one.figure.name(in: $0) } ?? SheetWords.figure(one.figure)
      return ("\(one.service?.name ?? "All services"): \(name), \(year), mean £", last, one.figure)
    }
    guard !columns.isEmpty else { return row }
    for (index, title) in (["Scenario"] + columns.map(\.title)).enumerated() {
      try sheet.write(title, at: CellPlace(row, index == 0 ? 0 : index + 3), CellStyle(.heading))
    }
    for column in 1...3 { try sheet.write("", at: CellPlace(row, column), CellStyle(.heading)) }
    try sheet.setHeight(lines: 5, row: row)
    for (index, side) in sides.enumerated() {
      try sheet.write(side.name, at: CellPlace(row + 1 + index, 0), .wrapped)
      for (column, one) in columns.enumerated() {
        let place = CellPlace(row + 1 + index, column + 4)
        if let year = one.value(side.outcome), let quantity = one.figure.quantity(of: year) {
          try sheet.write(quantity.mean, at: place, CellStyle(.body, .pounds))
        } else {
          try sheet.write(NumberText.absent, at: place, CellStyle.text.right)
        }
      }
    }
    let end = row + sides.count
    let amounts = sides.compactMap { side in
      columns.first.flatMap { one in one.value(side.outcome).flatMap { one.figure.quantity(of: $0)?.mean } }
    }
    if let first = columns.first, sides.count > 1 {
      let (format, unit) = WorkbookChart.format(ofPounds: amounts)
      try WorkbookChart(
        kind: .bars, title: first.title,
        categories: CellRange(sheet, CellPlace(row + 1, 0), CellPlace(end, 0)),
        series: [
          WorkbookChart.Series(
            first.title, CellRange(sheet, CellPlace(row + 1, 4), CellPlace(end, 4)),
            .fill(CellStyle.Colour.dark))
        ], categoryAxis: unit, valueAxis: "Scenario", numberFormat: format
      ).insert(into: sheet, of: frame.book, at: CellPlace(end + 2, 0), width: 760)
      return end + 20
    }
    return end + 2
  }

  /// Why anyone should look at a scenario, and what it changes.
  private func reasons(_ sheet: Sheet, row: Int, _ comparison: ScenarioComparison) throws(ReportingError)
    -> Int
  {
    var row = row
    for pair in comparison.pairs {
      for one in pair.side.chain {
        let changes = one.changes.isEmpty ? "" : " Changes: \(one.changes.joined(separator: "; "))."
        try sheet.paragraph(
          "\(one.name): \(one.reason)\(changes)", row: row, through: Self.columns.count - 1,
          characters: ListTable.characters(Self.columns))
        row += 1
      }
    }
    return row + 1
  }
}

/// Names that several sheets share.
enum SheetWords {
  /// A figure of all services together.
  static func figure(_ figure: PlanFigure) -> String {
    switch figure {
    case .spend: "Spend"
    case .budget: "Budget"
    case .inYearBalance: "Variance (budget less spend)"
    default: figure.words.prefix(1).uppercased() + figure.words.dropFirst()
    }
  }
}
