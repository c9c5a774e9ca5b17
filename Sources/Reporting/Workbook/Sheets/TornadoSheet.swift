import Commissioning

/// Which assumption moves the figure that matters most, and how much of its variance each explains.
struct TornadoSheet {
  private let frame: WorkbookFrame

  init(in frame: WorkbookFrame) { self.frame = frame }

  func write() throws(ReportingError) {
    guard let report = frame.report.tornado else { return }
    let number = report.question.figure.isMoney ? CellStyle.Number.pounds : .decimal
    let columns = [
      ListTable.Column("Moved one at a time", width: 44),
      .init("Low end", width: 14, CellStyle(.body, .general)),
      .init("High end", width: 14, CellStyle(.body, .general)),
      .init("Mean at the low end", width: 18, CellStyle(.body, number)),
      .init("Mean at the high end", width: 18, CellStyle(.body, number)),
      .init("Low end less the plan", width: 18, CellStyle(.body, number)),
      .init("High end less the plan", width: 18, CellStyle(.body, number)),
      .init("Swing", width: 18, CellStyle(.body, number)),
      .init("Chance below nought, low end", width: 14, CellStyle(.body, .chance)),
      .init("Chance below nought, high end", width: 14, CellStyle(.body, .chance)),
    ]
    let sheet = try frame.addSheet("Tornado")
    let subject = Self.subject(report.question, in: frame.outcome)
    let row = try frame.begin(
      sheet, "What moves the result: \(subject)",
      explanation: [
        "Each assumption with a range is moved to its own 10th and 90th percentile, each fixed number by a share either way, the probability of an event to 0 and 1, all "
          + "else drawn as before with the same random numbers; \(NumberText.whole(report.heading.draws)) simulated futures."
      ] + report.left, through: columns.count - 1, characters: ListTable.characters(columns))
    try sheet.write("Mean as the plan stands", at: CellPlace(row, 0), CellStyle(.total))
    let base = CellPlace(row, 3)
    for column in 1...2 { try sheet.write("", at: CellPlace(row, column), CellStyle(.total)) }
    try sheet.write(report.tornado.mean.value, at: base, CellStyle(.total, number))
    var table = try ListTable(sheet, row: row + 1, columns: columns)
    for bar in report.tornado.bars {
      let line = table.row + 1
      func end(_ end: Tornado.End?) -> ListTable.Cell { .optional(end?.mean.value) }
      func difference(_ end: Tornado.End?, _ column: String) -> ListTable.Cell {
        end.map { .formula("\(column)\(line)-\(base.fixed)", $0.mean.value - report.tornado.mean.value) }
          ?? .text(NumberText.absent)
      }
      func chance(_ end: Tornado.End?) -> ListTable.Cell {
        end?.probability.map { .styled($0.value, $0.error > 0 ? .chance : .wholePercent) }
          ?? .text(NumberText.absent)
      }
      try table.add([
        .text(bar.candidate.id), .styled(bar.candidate.low, Self.format(bar.candidate.low)),
        .styled(bar.candidate.high, Self.format(bar.candidate.high)), end(bar.low),
        end(bar.high), difference(bar.low, "D"), difference(bar.high, "E"), .number(abs(bar.swing)),
        chance(bar.low), chance(bar.high),
      ])
    }
    let next = try chart(report, subject: subject, table: table)
    try variance(report, sheet, row: next)
    frame.list(sheet, "Which assumptions move the result most, and how much of its variance each explains.")
  }

  /// `closing balance of High needs in 2029/30`.
  static func subject(_ question: PlanQuestion, in outcome: PlanOutcome) -> String {
    let service =
      outcome.services.first { $0.id == question.service }?.name ?? question.service ?? "all services"
    return "\(question.figure.words) of \(service) in \(question.year)"
  }

  /// As many decimals as a number of its size needs.
  private static func format(_ value: Double) -> CellStyle.Number {
    switch value.magnitude {
    case 100...: .people
    case 1..<100: .decimal
    default: .index
    }
  }

  /// The bars of the ten numbers that move it most.
  private func chart(_ report: TornadoReport, subject: String, table: ListTable) throws(ReportingError) -> Int
  {
    let shown = report.tornado.bars.prefix(10).prefix { $0.swing != 0 }
    guard let first = shown.first else { return table.row + 1 }
    let amounts = shown.flatMap { bar in
      [bar.low, bar.high].compactMap { $0.map { $0.mean.value - report.tornado.mean.value } }
    }
    let isMoney = report.question.figure.isMoney
    let (format, unit) = isMoney ? WorkbookChart.format(ofPounds: amounts) : ("#,##0", "Number")
    let top = table.headingRow + 1
    func column(_ index: Int) -> CellRange { table.range(index, from: top, to: top + shown.count - 1) }
    try WorkbookChart(
      kind: .bars, title: "\(first.candidate.id) moves the \(subject) most", categories: column(0),
      series: [
        WorkbookChart.Series("At its low end", column(5), .fill(CellStyle.Colour.turquoise)),
        WorkbookChart.Series("At its high end", column(6), .fill(CellStyle.Colour.dark)),
      ], categoryAxis: "\(unit), less the plan as it stands", valueAxis: "", numberFormat: format
    ).insert(into: table.sheet, of: frame.book, at: CellPlace(table.row + 1, 0), width: 1_000, height: 440)
    return table.row + 26
  }

  private func variance(_ report: TornadoReport, _ sheet: Sheet, row: Int) throws(ReportingError) {
    let columns = [
      ListTable.Column("Share of the variance", width: 44), .init("Kind", width: 14),
      .init("Share", width: 14, CellStyle(.body, .percent)),
      .init("Standard error", width: 18, CellStyle(.body, .percent)),
    ]
    guard report.shares.variance > 0 else {
      try frame.print(sheet, to: CellPlace(row, 9), headingRow: nil)
      return
    }
    sheet.breakPage(before: row)
    var table = try ListTable(sheet, row: row, columns: columns, setsWidths: false)
    for share in report.shares.shares {
      try table.add([.text(share.id), .text(share.kind.rawValue), .number(share.value), .number(share.error)])
    }
    try table.add([
      .text("Together only, or by no single one"), .text(""), .number(report.shares.remainder),
      .number(report.shares.remainderError),
    ])
    let sum = report.shares.shares.reduce(0) { $0 + $1.value } + report.shares.remainder
    try table.add(
      [
        .text("All of the variance"), .blank, .formula("SUM(C\(row + 2):C\(table.row))", sum), .blank,
      ], role: .total)
    try frame.print(sheet, to: CellPlace(table.row, 9), headingRow: nil)
  }
}
