import Commissioning

/// The account of a ring-fenced grant on the financial summary: inputs, the high needs block, what else moves the
/// balance, and the balance carried forward.
struct GrantAccountRows {
  let cells: ServiceCells
  let frame: WorkbookFrame

  static let pounds = CellStyle(.body, .pounds, isIndented: true)
  static let input = CellStyle(.input, .pounds, isIndented: true)

  /// The line that follows the spending which the prices explain, in proportion.
  static let proportional = "unexplained"
  /// The line that holds the blocks other than the service's own.
  static let otherBlocks = "other-blocks"

  init(_ cells: ServiceCells, in frame: WorkbookFrame) {
    self.cells = cells
    self.frame = frame
  }

  var service: ServiceOutcome { cells.service }

  /// Whether the year is part of the account: it has a grant, spending and a balance by line.
  func isAccounted(_ year: FinancialYear) -> Bool {
    cells.cell("opening", year) != nil && cells.cell("closing", year) != nil
      && cells.lines("budget").contains { cells.cell(ServiceCells.line("budget", $0.id), year) != nil }
  }

  func write(into grid: inout YearGrid) throws(ReportingError) {
    let numbers = try growth(
      of: "units", "Growth in the numbers that are paid for", index: "Numbers", into: &grid)
    let prices = try growth(of: "price", "Growth in the cost of one", index: "Prices", into: &grid)
    let income = try income(into: &grid)
    let spend = try spend(numbers: numbers, prices: prices, into: &grid)
    let inYear = try grid.add(
      "In-year balance of the block (income less spend)", unit: "£", CellStyle(.total, .pounds),
      accounted(grid, key: "inYear") { index in
        "\(grid.place(index, row: income).name)-\(grid.place(index, row: spend).name)"
      })
    let moves = try movements(into: &grid)
    try balance(inYear: inYear, movements: moves, into: &grid)
  }

  /// A row of formulae over the years of the account.
  func accounted(_ grid: YearGrid, key: String, _ formula: (Int) -> String) -> [YearCell] {
    grid.years.enumerated().map { index, year in
      guard isAccounted(year), let value = cells.cell(key, year)?.value else { return .absent }
      return .formula(formula(index), value)
    }
  }

  // MARK: Growth

  /// Planned growth, the reader's, and the index that follows from both: one where nothing was typed.
  private func growth(
    of key: String, _ label: String, index name: String, into grid: inout YearGrid
  ) throws(ReportingError) -> Int? {
    let years = grid.years
    func planned(_ year: FinancialYear) -> (reference: String, value: Double)? {
      isAccounted(year) ? cells.cell("growth.\(key)", year) : nil
    }
    guard years.contains(where: { planned($0) != nil }) else { return nil }
    try grid.section("\(service.name): inputs, \(name.lowercased())")
    let plan = try grid.add(
      "\(label), planned", unit: "on the year before", CellStyle(.body, .percent, isIndented: true),
      years.map { year in planned(year).map { .formula($0.reference, $0.value) } ?? .absent })
    let own = try grid.add(
      "\(label), yours", unit: "empty: the plan's", CellStyle(.input, .percent, isIndented: true),
      years.map { planned($0) == nil ? .blank : .input })
    try FinancialInputs.limitGrowth(grid, rows: [own])
    try frame.book.define(service.id, "\(name.lowercased())_growth_input", grid.range(own))
    let row = grid.row
    return try grid.add(
      "\(name) against the plan", unit: "1 is the plan", CellStyle(.body, .index, isIndented: true),
      years.enumerated().map { index, year in
        guard isAccounted(year) else { return .absent }
        let before =
          index > 0 && isAccounted(years[index - 1]) ? grid.place(index - 1, row: row).name : "1"
        guard planned(year) != nil else { return .formula(before, 1) }
        let (typed, plan) = (grid.place(index, row: own).name, grid.place(index, row: plan).name)
        return .formula("\(before)*IF(ISNUMBER(\(typed)),(1+\(typed))/(1+\(plan)),1)", 1)
      })
  }

  // MARK: The block

  /// A line as planned, as the reader has it, and as it counts; the row in which it counts is returned by its label.
  func inputs(
    _ lines: [YearOutcome.Line], part: String, into grid: inout YearGrid
  ) throws(ReportingError) -> [(line: YearOutcome.Line, planned: Int, own: Int)] {
    var rows: [(line: YearOutcome.Line, planned: Int, own: Int)] = []
    for line in lines {
      let key = ServiceCells.line(part, line.id)
      let planned = try grid.add(
        "\(line.name), planned", unit: "£", Self.pounds,
        grid.years.map { year in
          guard isAccounted(year) else { return .absent }
          return cells.cell(key, year).map { .formula($0.reference, $0.value) } ?? .number(0)
        })
      let own = try grid.add(
        "\(line.name), yours", unit: "£, empty: the plan's", Self.input,
        grid.years.map { isAccounted($0) ? .input : .blank })
      rows.append((line, planned, own))
    }
    try FinancialInputs.limitPounds(grid, rows: rows.map(\.own))
    return rows
  }

  /// The rows that count, as formulae over planned and typed ones.
  func counted(
    _ rows: [(line: YearOutcome.Line, planned: Int, own: Int)], part: String, into grid: inout YearGrid
  ) throws(ReportingError) -> ClosedRange<Int>? {
    let first = grid.row
    for row in rows {
      try grid.add(
        row.line.name, unit: "£", Self.pounds,
        grid.years.enumerated().map { index, year in
          guard isAccounted(year) else { return .absent }
          let value = cells.cell(ServiceCells.line(part, row.line.id), year)?.value ?? 0
          return .formula(
            FinancialInputs.used(
              grid.place(index, row: row.own).name, else: grid.place(index, row: row.planned).name), value)
        })
    }
    return grid.row > first ? first...(grid.row - 1) : nil
  }

  func sum(_ rows: ClosedRange<Int>?, _ index: Int, _ grid: YearGrid) -> String {
    guard let rows else { return "0" }
    return
      "SUM(\(grid.place(index, row: rows.lowerBound).name):\(grid.place(index, row: rows.upperBound).name))"
  }

  private func income(into grid: inout YearGrid) throws(ReportingError) -> Int {
    try grid.section("\(service.name): inputs, income")
    let rows = try inputs(cells.lines("budget"), part: "budget", into: &grid)
    if let grant = rows.first { try frame.book.define(service.id, "grant_input", grid.range(grant.own)) }
    try grid.section("High needs block: income (\(service.name))")
    let counted = try counted(rows, part: "budget", into: &grid)
    let now = grid
    return try grid.add(
      "Income", unit: "£", CellStyle(.total, .pounds),
      accounted(grid, key: "budget") { sum(counted, $0, now) })
  }

  private func spend(numbers: Int?, prices: Int?, into grid: inout YearGrid) throws(ReportingError) -> Int {
    try grid.section("High needs block: spend (\(service.name))")
    let lines = cells.lines("spend")
    let explained = lines.filter { $0.id != Self.proportional }
    let hasUnits = Set(explained.map(\.id).filter { cells.row(ServiceCells.units($0)) != nil })
    let first = grid.row
    for line in explained {
      let factors = (hasUnits.contains(line.id) ? [numbers, prices] : [prices]).compactMap { $0 }
      try grid.add(
        line.name, unit: hasUnits.contains(line.id) ? "£, numbers × price" : "£, follows prices", Self.pounds,
        grid.years.enumerated().map { index, year in
          guard isAccounted(year) else { return .absent }
          guard let planned = cells.cell(ServiceCells.line("spend", line.id), year) else { return .number(0) }
          let names = factors.map { grid.place(index, row: $0).name }
          return .formula(([planned.reference] + names).joined(separator: "*"), planned.value)
        })
    }
    let last = grid.row - 1
    if let line = lines.first(where: { $0.id == Self.proportional }), last >= first {
      let key = ServiceCells.line("spend", line.id)
      try grid.add(
        line.name, unit: "£, in proportion", Self.pounds,
        grid.years.enumerated().map { index, year in
          guard isAccounted(year) else { return .absent }
          guard let planned = cells.cell(key, year), let whole = cells.cell("spend", year) else {
            return .number(0)
          }
          let others = "(\(whole.reference)-\(planned.reference))"
          return .formula(
            "\(planned.reference)*IF(\(others)=0,1,\(sum(first...last, index, grid))/\(others))",
            planned.value)
        })
    }
    let all = grid.row - 1
    let own = try grid.add(
      "Spend in all, yours", unit: "£, empty: the sum", Self.input,
      grid.years.map { isAccounted($0) ? .input : .blank })
    try FinancialInputs.limitPounds(grid, rows: [own])
    try frame.book.define(service.id, "spend_input", grid.range(own))
    let now = grid
    return try grid.add(
      "Spend", unit: "£", CellStyle(.total, .pounds),
      accounted(grid, key: "spend") { index in
        FinancialInputs.used(
          now.place(index, row: own).name, else: all >= first ? sum(first...all, index, now) : "0")
      })
  }
}
