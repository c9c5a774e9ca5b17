import Commissioning

/// The financial summary by block, in the order of a DSG management plan, with inputs that flow through to the balance.
struct FinancialSheet {
  private let services: [ServiceCells]
  private let frame: WorkbookFrame

  init(_ services: [ServiceCells], in frame: WorkbookFrame) {
    self.services = services
    self.frame = frame
  }

  func write(to sheet: Sheet) throws(ReportingError) {
    let years = frame.report.definition.years.years
    let wide = 76 + 13 * years.count
    let row = try frame.begin(
      sheet, "Financial summary",
      explanation: [
        "Yellow cells are inputs. Leave one empty and the plan's own figure counts; type a figure and everything below it "
          + "follows: numbers, prices, spend, grant and transfers flow into the year's balance and every later one. Growth is "
          + "typed as a percentage on the year before.",
        "The sheet works on means. The percentiles and chances of the other sheets stay the plan's, and rules that depend on "
          + "the deficit (a stability grant, interest) stay at the planned amount unless you type another. For a plan with new "
          + "ranges and chances, change the workspace and plan again.",
      ], through: YearGrid.firstColumn + max(years.count, 1) - 1, characters: wide)
    var grid = try YearGrid(sheet, years: years, row: row)
    let heading = try grid.heading("", "Unit")
    for service in services where service.service.isRingFenced {
      try GrantAccountRows(service, in: frame).write(into: &grid)
    }
    try others(into: &grid)
    try frame.print(sheet, to: CellPlace(grid.row, grid.lastColumn), headingRow: heading)
    frame.list(
      sheet,
      "The account by block with inputs in yellow: change growth, prices, grant or transfers and follow the balance."
    )
  }

  /// The services without a balance that is carried: planned, yours, and the variance.
  private func others(into grid: inout YearGrid) throws(ReportingError) {
    let own = services.filter { !$0.service.isRingFenced && $0.row("budget") != nil }
    guard !own.isEmpty else { return }
    try grid.section("Other services: spend against budget")
    for service in own {
      try grid.add(service.service.name, CellStyle(.total), [])
      func planned(_ key: String) -> [YearCell] {
        grid.years.map { year in service.cell(key, year).map { .formula($0.reference, $0.value) } ?? .absent }
      }
      func inputs(_ key: String) -> [YearCell] {
        grid.years.map { service.cell(key, $0) == nil || service.cell("inYear", $0) == nil ? .blank : .input }
      }
      let pounds = CellStyle(.body, .pounds, isIndented: true)
      let input = CellStyle(.input, .pounds, isIndented: true)
      let spend = try grid.add("Spend, planned", unit: "£", pounds, planned("spend"))
      let ownSpend = try grid.add("Spend, yours", unit: "£, empty: the plan's", input, inputs("spend"))
      let budget = try grid.add("Budget, planned", unit: "£", pounds, planned("budget"))
      let ownBudget = try grid.add("Budget, yours", unit: "£, empty: the plan's", input, inputs("budget"))
      try FinancialInputs.limitPounds(grid, rows: [ownSpend, ownBudget])
      try grid.add(
        "Variance (budget less spend)", unit: "£", CellStyle(.total, .pounds),
        grid.years.enumerated().map { index, year in
          guard let value = service.cell("inYear", year)?.value else { return .absent }
          func used(_ planned: Int, _ own: Int) -> String {
            FinancialInputs.used(grid.place(index, row: own).name, else: grid.place(index, row: planned).name)
          }
          return .formula("\(used(budget, ownBudget))-\(used(spend, ownSpend))", value)
        })
    }
  }
}

/// What inputs of the financial summary have in common.
enum FinancialInputs {
  /// A cell where a number was typed into it, something else where none was.
  static func used(_ input: String, else planned: String) -> String {
    "IF(ISNUMBER(\(input)),\(input),\(planned))"
  }

  static func limitPounds(_ grid: YearGrid, rows: [Int]) throws(ReportingError) {
    for row in rows {
      try grid.sheet.validate(
        from: grid.place(0, row: row), to: CellPlace(row, grid.lastColumn), least: -1e11, most: 1e11,
        title: "Your figure", message: "Pounds, or empty for the plan's own figure. A deficit is negative.")
    }
  }

  static func limitGrowth(_ grid: YearGrid, rows: [Int]) throws(ReportingError) {
    for row in rows {
      try grid.sheet.validate(
        from: grid.place(0, row: row), to: CellPlace(row, grid.lastColumn), least: -0.99, most: 10,
        title: "Your growth", message: "Growth on the year before, such as 4%, or empty for the plan's own.")
    }
  }
}
