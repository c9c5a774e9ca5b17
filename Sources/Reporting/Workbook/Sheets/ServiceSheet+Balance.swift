import Commissioning

/// The balance that is carried, and what stands beside the account.
extension ServiceSheet {
  mutating func balance() throws(ReportingError) {
    guard service.isRingFenced else { return }
    try grid.section("Balance carried forward (a deficit is negative)")
    let moves = cells.lines("balance")
    func moved(_ year: YearOutcome) -> Double {
      year.lines.filter { $0.part == "balance" }.reduce(0) { $0 + $1.amount.mean }
    }
    let openingRow = grid.row
    let closingRow = openingRow + moves.count + 2
    let opening = years.enumerated().map { index, year -> YearCell in
      if index > 0, let before = years[index - 1].closingBalance?.mean {
        return .formula(grid.place(index - 1, row: closingRow).name, before)
      }
      guard let closing = year.closingBalance?.mean, let inYear = year.inYearBalance?.mean,
        year.lines.contains(where: { $0.part == "budget" })
      else { return .absent }
      return .number(Self.pence(closing - inYear - moved(year)))
    }
    try add("opening", "Opening balance", unit: "£", CellStyle(.body, .pounds), opening)
    let inYear = years.map { year -> YearCell in
      cells.own("inYear", year.year).map { .formula($0.name, $0.value) } ?? .absent
    }
    try grid.add("In-year balance", unit: "£", CellStyle(.body, .pounds), inYear)
    for line in moves {
      try add(
        ServiceCells.line("balance", line.id), line.name, unit: "£",
        CellStyle(.body, .pounds, isIndented: true),
        years.map { year in
          year.lines.first { $0.id == line.id && $0.part == "balance" }.map { .number($0.amount.mean) }
            ?? .absent
        })
    }
    let closing = years.enumerated().map { index, year -> YearCell in
      guard let value = year.closingBalance?.mean else { return .absent }
      guard let opens = cells.own("opening", year.year), let inYear = year.inYearBalance?.mean,
        abs(opens.value + inYear + moved(year) - value) < 0.005
      else { return .number(value) }
      return .formula(
        "SUM(\(grid.place(index, row: openingRow).name):\(grid.place(index, row: closingRow - 1).name))",
        value)
    }
    try add("closing", "Closing balance", unit: "£", CellStyle(.total, .pounds), closing)
    try quantiles("closing", .pounds, \.closingBalance)
    try chance("deficit", "Chance that it is a deficit", \.probabilityDeficit)
  }

  mutating func beside() throws(ReportingError) {
    if !cells.lines("general-fund").isEmpty {
      try grid.section("Beside the grant: cost to the General Fund")
      try part("general-fund", key: "generalFund", total: "All General Fund costs", \.generalFund)
    }
    let contributions = cells.lines("contribution")
    guard !contributions.isEmpty else { return }
    try grid.section("Gross and net")
    let first = grid.row
    for line in contributions {
      try add(
        ServiceCells.line("contribution", line.id), line.name, unit: "£",
        CellStyle(.body, .pounds, isIndented: true),
        years.map { year in
          year.lines.first { $0.id == line.id && $0.part == "contribution" }.map { .number($0.amount.mean) }
            ?? .absent
        })
    }
    let last = grid.row - 1
    let net = years.enumerated().map { index, year -> YearCell in
      guard let value = year.netSpend?.mean else { return .absent }
      let sum = year.lines.filter { $0.part == "contribution" }.reduce(0) { $0 + $1.amount.mean }
      guard let spend = cells.own("spend", year.year), abs(spend.value - sum - value) < 0.005 else {
        return .number(value)
      }
      return .formula(
        "\(spend.name)-SUM(\(grid.place(index, row: first).name):\(grid.place(index, row: last).name))", value
      )
    }
    try add(
      "netSpend", "Net spend, after contributions of others", unit: "£", CellStyle(.total, .pounds), net)
    try quantiles("netSpend", .pounds, \.netSpend)
  }
}
