import Commissioning

/// What the measures of the register are worth, certain and by their probability.
struct MeasureSheet {
  private let frame: WorkbookFrame

  init(in frame: WorkbookFrame) { self.frame = frame }

  private static let pounds = CellStyle(.body, .pounds)
  private static let columns = [
    ListTable.Column("Measure", width: 42), .init("Owner", width: 24), .init("From", width: 13),
    .init("Probability of delivery", width: 13, CellStyle(.body, .wholePercent)),
    .init("Saved in all years, if delivered, £", width: 15, pounds),
    .init("Saved in all years, by probability, £", width: 15, pounds),
    .init("By probability, 10th percentile", width: 15, CellStyle(.quantile, .pounds)),
    .init("By probability, 90th percentile", width: 15, CellStyle(.quantile, .pounds)),
    .init("Evidence", width: 60),
  ]

  func write() throws(ReportingError) {
    guard let worth = frame.report.measures else { return }
    let sheet = try frame.addSheet("Measures")
    let row = try frame.begin(
      sheet, "Measures",
      explanation: [
        "Pounds saved, on average over \(NumberText.whole(worth.draws)) simulated futures: spending without the measures less "
          + "spending with them. Measures act on each other; each has the mean of what it adds in the order of the register and in "
          + "that order turned round, so that the rows sum to the total."
      ], through: Self.columns.count - 1, characters: ListTable.characters(Self.columns))
    let next = try whole(worth, sheet, row: row)
    let last = try byYear(worth, sheet, row: next)
    try frame.print(
      sheet, to: CellPlace(last, max(Self.columns.count - 1, worth.years.count + 1)), headingRow: nil)
    frame.list(sheet, "What each measure saves, if delivered and by its probability.")
  }

  /// All years together.
  private func whole(_ worth: MeasureWorth, _ sheet: Sheet, row: Int) throws(ReportingError) -> Int {
    var table = try ListTable(sheet, row: row, columns: Self.columns)
    for one in worth.rows {
      let interval = one.weightedInAll.distribution
      try table.add([
        .text(one.measure.name), .text(one.measure.owner), .text("\(one.measure.start)"),
        .number(one.measure.probability), .number(one.certainInAll.mean), .number(one.weightedInAll.mean),
        .optional(interval?.p10), .optional(interval?.p90), .text(one.measure.evidence),
      ])
    }
    if !worth.rows.isEmpty {
      let interval = worth.whole.weightedInAll.distribution
      func sum(_ column: String, _ value: Double) -> ListTable.Cell {
        .formula("SUM(\(column)\(row + 2):\(column)\(table.row))", value)
      }
      let cells: [ListTable.Cell] = [
        .text("All measures"), .blank, .blank, .blank, sum("E", worth.whole.certainInAll.mean),
        sum("F", worth.whole.weightedInAll.mean), .optional(interval?.p10), .optional(interval?.p90), .blank,
      ]
      try table.add(cells, role: .total)
    }
    for one in worth.inBudget {
      try table.add([
        .text("\(one.name) (in the budget already, not counted again)"), .text(one.owner),
        .text("\(one.start)"),
        .number(one.probability), .blank, .blank, .blank, .blank, .text(one.evidence),
      ])
    }
    return table.row + 1
  }

  /// Year by year, if delivered and by probability.
  private func byYear(_ worth: MeasureWorth, _ sheet: Sheet, row: Int) throws(ReportingError) -> Int {
    guard !worth.years.isEmpty, !worth.rows.isEmpty else { return row }
    if worth.years.count + 1 >= Self.columns.count {
      try sheet.setWidth(15, columns: Self.columns.count...(worth.years.count + 1))
    }
    var next = row
    for (title, parts, all) in [
      ("Saved if every measure is delivered, £", worth.rows.map(\.certain), worth.whole.certain),
      ("Saved by probability of delivery, £", worth.rows.map(\.weighted), worth.whole.weighted),
    ] {
      var table = try ListTable(
        sheet, row: next,
        columns: [.init(title, width: 42), .init("", width: 24)]
          + worth.years.map { .init("\($0)", width: 15, Self.pounds) }, setsWidths: false)
      let first = table.row + 1
      for (one, part) in zip(worth.rows, parts) {
        try table.add([.text(one.measure.name), .text("")] + part.map { .number($0.mean) })
      }
      let last = table.row
      try table.add(
        [.text("All measures"), .text("")]
          + all.enumerated().map { index, value in
            let column = CellPlace.letters(index + 2)
            return .formula("SUM(\(column)\(first):\(column)\(last))", value.mean)
          }, role: .total)
      next = table.row + 1
    }
    return next
  }
}
