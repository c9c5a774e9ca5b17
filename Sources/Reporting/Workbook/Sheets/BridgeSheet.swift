import Commissioning

/// Why the spending of each service changes, as a bridge whose steps sum.
struct BridgeSheet {
  private let frame: WorkbookFrame

  init(in frame: WorkbookFrame) { self.frame = frame }

  private static let columns = [
    ListTable.Column("Step", width: 52), .init("£", width: 18, CellStyle(.body, .pounds)),
    .init("Running total, £", width: 18, CellStyle(.body, .pounds)),
    .init("Chart: below the bar", width: 18, CellStyle(.quantile, .pounds)),
    .init("Chart: total", width: 18, CellStyle(.quantile, .pounds)),
    .init("Chart: up", width: 18, CellStyle(.quantile, .pounds)),
    .init("Chart: down", width: 18, CellStyle(.quantile, .pounds)),
  ]

  func write() throws(ReportingError) {
    guard !frame.report.bridges.isEmpty else { return }
    let sheet = try frame.addSheet("Bridge")
    var row = try frame.begin(
      sheet, "Why spending changes",
      explanation: [
        "Steps are worked out inside each simulated future and shown as means to the penny; the end is the start and the sum of "
          + "the steps, as a formula. Volume, mix and price are weighed by the averages of both sides (Bennet)."
      ], through: Self.columns.count - 1, characters: ListTable.characters(Self.columns))
    for (index, column) in Self.columns.enumerated() {
      try sheet.setWidth(column.width, columns: index...index)
    }
    for (index, bridge) in frame.report.bridges.enumerated() {
      if index > 0 { sheet.breakPage(before: row) }
      row = try write(bridge, sheet, row: row)
    }
    try frame.print(sheet, to: CellPlace(row, Self.columns.count - 1), headingRow: nil)
    frame.list(
      sheet, "Why the spending of each service goes from its first year to its last: steps that sum.")
  }

  private func write(_ report: BridgeReport, _ sheet: Sheet, row: Int) throws(ReportingError) -> Int {
    let name = frame.outcome.services.first { $0.id == report.service }?.name ?? report.service
    let summary = report.summary
    try sheet.write(
      "\(name): from \(report.bridge.from) to \(report.bridge.to)", at: CellPlace(row, 0), CellStyle(.section)
    )
    var table = try ListTable(sheet, row: row + 1, columns: Self.columns, setsWidths: false)
    var running = summary.from.pounds
    var runs = [running]
    let first = table.row
    try table.add([
      .text("Spend, \(report.bridge.from)"), .number(running), .formula("B\(first + 1)", running), .number(0),
      .formula("B\(first + 1)", running), .number(0), .number(0),
    ])
    for step in summary.steps {
      let (line, before) = (table.row + 1, running)
      running = ServiceSheet.pence(running + step.mean.pounds)
      runs.append(running)
      try table.add([
        .text(step.name), .number(step.mean.pounds), .formula("C\(line - 1)+B\(line)", running),
        .formula("MIN(C\(line - 1),C\(line))", min(before, running)), .number(0),
        .formula("MAX(B\(line),0)", max(step.mean.pounds, 0)),
        .formula("MAX(-B\(line),0)", max(-step.mean.pounds, 0)),
      ])
    }
    let last = table.row
    try table.add(
      [
        .text("Spend, \(report.bridge.to)"), .formula("SUM(B\(first + 1):B\(last))", summary.to.pounds),
        .formula("B\(last + 1)", summary.to.pounds), .number(0),
        .formula("B\(last + 1)", summary.to.pounds), .number(0), .number(0),
      ], role: .total)
    return try chart(report, name: name, table: table, rows: first...last, runs: runs)
  }

  /// Floating bars: what is below them is drawn and not seen. That cannot show a total that goes below nought, and then
  /// the steps are drawn by themselves.
  private func chart(
    _ report: BridgeReport, name: String, table: ListTable, rows: ClosedRange<Int>, runs: [Double]
  ) throws(ReportingError) -> Int {
    let (format, unit) = WorkbookChart.format(ofPounds: runs)
    let money = MoneyUnit(suiting: runs)
    let title =
      "\(name): spend goes from \(money.sentence(report.summary.from.pounds)) in \(report.bridge.from) to "
      + "\(money.sentence(report.summary.to.pounds)) in \(report.bridge.to)"
    func column(_ index: Int) -> CellRange { table.range(index, from: rows.lowerBound, to: rows.upperBound) }
    let isAbove = runs.allSatisfy { $0 >= 0 }
    try WorkbookChart(
      kind: isAbove ? .stackedColumns : .columns, title: title, categories: column(0),
      series: isAbove
        ? [
          WorkbookChart.Series("Below", column(3), .invisible),
          WorkbookChart.Series("Spend", column(4), .fill(CellStyle.Colour.dark)),
          WorkbookChart.Series("Adds to it", column(5), .fill(CellStyle.Colour.orange)),
          WorkbookChart.Series("Takes from it", column(6), .fill(CellStyle.Colour.turquoise)),
        ] : [WorkbookChart.Series("Step", column(1), .fill(CellStyle.Colour.dark))],
      categoryAxis: "Step", valueAxis: unit, numberFormat: format
    ).insert(into: table.sheet, of: frame.book, at: CellPlace(table.row + 1, 0), width: 1_000, height: 400)
    return table.row + 24
  }
}
