import Commissioning

/// What moves the balance beside the block, and the balance carried forward.
extension GrantAccountRows {
  func movements(into grid: inout YearGrid) throws(ReportingError) -> ClosedRange<Int>? {
    let lines = cells.lines("balance")
    guard !lines.isEmpty else { return nil }
    grid.sheet.breakPage(before: grid.row + 1)
    try grid.section("Other blocks and other movements of the balance: inputs")
    var blocks: [Int] = []
    if lines.contains(where: { $0.id == Self.otherBlocks }) {
      for block in ["Schools block", "Central school services block", "Early years block"] {
        blocks.append(
          try grid.add(
            "\(block), in-year balance, yours", unit: "£, not in the plan", Self.input,
            grid.years.map { isAccounted($0) ? .input : .blank }))
      }
      try FinancialInputs.limitPounds(grid, rows: blocks)
    }
    let rows = try inputs(lines.filter { $0.id != Self.otherBlocks }, part: "balance", into: &grid)
    try grid.section("Other blocks and other movements of the balance")
    let first = grid.row
    for line in lines where line.id == Self.otherBlocks {
      try grid.add(
        "\(line.name) (the plan's one figure unless a block is typed)", unit: "£", Self.pounds,
        grid.years.enumerated().map { index, year in
          guard isAccounted(year), let top = blocks.first, let bottom = blocks.last else { return .absent }
          let typed = "\(grid.place(index, row: top).name):\(grid.place(index, row: bottom).name)"
          let planned = cells.cell(ServiceCells.line("balance", line.id), year)
          return .formula(
            "IF(COUNT(\(typed))>0,SUM(\(typed)),\(planned?.reference ?? "0"))", planned?.value ?? 0)
        })
    }
    let counted = try counted(rows, part: "balance", into: &grid)
    return first...max(first, counted?.upperBound ?? grid.row - 1)
  }

  func balance(
    inYear: Int, movements: ClosedRange<Int>?, into grid: inout YearGrid
  ) throws(ReportingError) {
    try grid.section("Balance carried forward (a deficit is negative)")
    let years = grid.years
    let own = try grid.add(
      "Balance brought forward, yours", unit: "£, empty: see below", Self.input,
      years.map { isAccounted($0) ? .input : .blank })
    try FinancialInputs.limitPounds(grid, rows: [own])
    let opening = grid.row
    let closing = opening + 3
    let start = grid
    try grid.add(
      "Balance brought forward", unit: "£", Self.pounds,
      years.enumerated().map { index, year in
        guard isAccounted(year), let planned = cells.cell("opening", year) else { return .absent }
        let before =
          index > 0 && isAccounted(years[index - 1])
          ? start.place(index - 1, row: closing).name : planned.reference
        return .formula(FinancialInputs.used(start.place(index, row: own).name, else: before), planned.value)
      })
    try grid.add(
      "In-year balance of the block", unit: "£", Self.pounds,
      accounted(grid, key: "inYear") { start.place($0, row: inYear).name })
    let moved = years.map { year -> Double in
      cells.lines("balance").reduce(0) {
        $0 + (cells.cell(ServiceCells.line("balance", $1.id), year)?.value ?? 0)
      }
    }
    try grid.add(
      "Other blocks and other movements", unit: "£", Self.pounds,
      years.enumerated().map { index, year in
        isAccounted(year) ? .formula(sum(movements, index, start), moved[index]) : .absent
      })
    try grid.add(
      "Balance carried forward", unit: "£", CellStyle(.total, .pounds),
      accounted(grid, key: "closing") { sum(opening...(closing - 1), $0, start) })
    try frame.book.define(service.id, "closing_balance_with_inputs", grid.range(closing))
    try grid.add(
      "Difference from the plan", unit: "£, 0 is the plan", CellStyle(.check, .pounds),
      years.enumerated().map { index, year in
        guard isAccounted(year), let planned = cells.cell("closing", year) else { return .absent }
        return .formula("ROUND(\(start.place(index, row: closing).name)-\(planned.reference),2)", 0)
      })
    try chart(closing: closing, into: &grid)
  }

  private func chart(closing: Int, into grid: inout YearGrid) throws(ReportingError) {
    let years = grid.years.enumerated().filter { isAccounted($0.element) }
    guard let first = years.first, let last = years.last, years.count > 1,
      let planned = cells.row("closing"), let from = cells.index(of: first.element),
      let to = cells.index(of: last.element)
    else { return }
    let amounts = years.compactMap { cells.cell("closing", $0.element)?.value }
    let (format, unit) = WorkbookChart.format(ofPounds: amounts)
    func row(_ row: Int) -> CellRange {
      CellRange(grid.sheet, grid.place(first.offset, row: row), grid.place(last.offset, row: row))
    }
    grid.row += 1
    try WorkbookChart(
      kind: .columns, title: "\(service.name): the balance with your inputs beside the plan's",
      categories: row(grid.headingRow),
      series: [
        WorkbookChart.Series(
          "The plan's",
          CellRange(
            cells.sheet, CellPlace(planned, YearGrid.firstColumn + from),
            CellPlace(planned, YearGrid.firstColumn + to)), .fill(CellStyle.Colour.dark)),
        WorkbookChart.Series("With your inputs", row(closing), .fill(CellStyle.Colour.orange)),
      ], categoryAxis: "Financial year", valueAxis: "\(unit), a deficit is negative", numberFormat: format
    ).insert(into: grid.sheet, of: frame.book, at: CellPlace(grid.row, 0), width: 900)
    grid.row += 18
  }
}
