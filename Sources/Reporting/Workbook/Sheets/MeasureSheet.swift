import Commissioning

/// What the measures of the register are worth, certain and by their probability.
struct MeasureSheet {
  private let frame: WorkbookFrame

  init(in frame: WorkbookFrame) { self.frame = frame }

  func write() throws(ReportingError) {
    guard let worth = frame.report.measures else { return }
    let sheet = try frame.addSheet("Measures")
    let columns =
      [
        ListTable.Column("Measure", width: 38), .init("Owner", width: 24), .init("From", width: 12),
        .init("Probability of delivery", width: 12, CellStyle(.body, .wholePercent)),
      ] + worth.years.map { .init("\($0), if delivered, £", width: 15, CellStyle(.body, .pounds)) }
      + worth.years.map { .init("\($0), by probability, £", width: 15, CellStyle(.body, .pounds)) } + [
        .init("All years, if delivered, £", width: 16, CellStyle(.body, .pounds)),
        .init("All years, by probability, £", width: 16, CellStyle(.body, .pounds)),
        .init("By probability, 10th percentile", width: 16, CellStyle(.quantile, .pounds)),
        .init("By probability, 90th percentile", width: 16, CellStyle(.quantile, .pounds)),
        .init("Evidence", width: 60),
      ]
    let row = try frame.begin(
      sheet, "Measures",
      explanation: [
        "Pounds saved, on average over \(NumberText.whole(worth.draws)) simulated futures: spending without the measures less "
          + "spending with them. Measures act on each other; each has the mean of what it adds in the order of the register and in "
          + "that order turned round, so that the rows sum to the total."
      ], through: columns.count - 1, characters: min(220, ListTable.characters(columns)))
    var table = try ListTable(sheet, row: row, columns: columns)
    for one in worth.rows {
      let interval = one.weightedInAll.distribution
      try table.add(
        [
          .text(one.measure.name), .text(one.measure.owner), .text("\(one.measure.start)"),
          .number(one.measure.probability),
        ] + one.certain.map { .number($0.mean) } + one.weighted.map { .number($0.mean) }
          + [
            .number(one.certainInAll.mean), .number(one.weightedInAll.mean), .optional(interval?.p10),
            .optional(interval?.p90), .text(one.measure.evidence),
          ])
    }
    if !worth.rows.isEmpty {
      let sums =
        worth.whole.certain.map(\.mean) + worth.whole.weighted.map(\.mean)
        + [worth.whole.certainInAll.mean, worth.whole.weightedInAll.mean]
      let last = table.row - 1
      let interval = worth.whole.weightedInAll.distribution
      try table.add(
        [.text("All measures"), .blank, .blank, .blank]
          + sums.enumerated().map { index, value in
            let (first, end) = (CellPlace(row + 1, index + 4), CellPlace(last, index + 4))
            return .formula("SUM(\(first.name):\(end.name))", value)
          } + [.optional(interval?.p10), .optional(interval?.p90), .blank], role: .total)
    }
    for one in worth.inBudget {
      try table.add([
        .text("\(one.name) (in the budget already, not counted again)"), .text(one.owner), .text("\(one.start)"),
        .number(one.probability),
      ])
    }
    try frame.print(sheet, to: CellPlace(table.row, table.lastColumn), headingRow: row)
    frame.list(sheet, "What each measure saves, if delivered and by its probability.")
  }
}
