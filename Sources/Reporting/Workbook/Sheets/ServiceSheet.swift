import Commissioning

/// The sheet of one service: people, money by line with live totals, the balance, prices, notes and charts.
struct ServiceSheet {
  let service: ServiceOutcome
  let frame: WorkbookFrame
  var cells: ServiceCells
  var grid: YearGrid
  private let headingRow: Int

  init(_ service: ServiceOutcome, in frame: WorkbookFrame) throws(ReportingError) {
    self.service = service
    self.frame = frame
    let sheet = try frame.addSheet(service.name)
    cells = ServiceCells(service, sheet: sheet)
    let years = service.years.map(\.year)
    let wide = 76 + 13 * years.count
    let row = try frame.begin(
      sheet, service.name,
      explanation: [
        "Figures are means over the simulated futures, money to the penny. Totals, balances, growth and unit costs are "
          + "formulae. The 10th and 90th percentiles are values: four futures in five lie between them, and percentiles of "
          + "parts do not add up to those of the whole. A dash is a figure that is neither known nor forecast."
      ], through: YearGrid.firstColumn + max(years.count, 1) - 1, characters: wide)
    grid = try YearGrid(sheet, years: years, row: row)
    headingRow = try grid.heading("", "Unit", kinds: service.years.map(\.kind.rawValue))
    frame.list(sheet, "Need, demand, supply, money by line, balance and prices of the service, years across.")
  }

  /// Writes it, and says where its figures stand.
  consuming func write() throws(ReportingError) -> ServiceCells {
    try people()
    try money()
    try balance()
    try beside()
    try prices()
    try flows()
    try ServiceCharts(cells, frame: frame).write(below: &grid)
    if !service.notes.isEmpty {
      try grid.section("Notes")
      for note in service.notes { try grid.note(note) }
    }
    try frame.print(
      cells.sheet, to: CellPlace(grid.row, max(grid.lastColumn, ServiceCharts.lastColumn)),
      headingRow: headingRow)
    try names()
    return cells
  }

  var years: [YearOutcome] { service.years }

  // MARK: Rows

  /// A row that others may point to.
  @discardableResult
  mutating func add(
    _ key: String, _ label: String, unit: String = "", _ style: CellStyle, _ content: [YearCell]
  ) throws(ReportingError) -> Int {
    let row = try grid.add(label, unit: unit, style, content)
    for (index, cell) in content.enumerated() {
      switch cell {
      case .number(let value), .formula(_, let value):
        cells.set(key, years[index].year, grid.place(index, row: row), value)
      default: break
      }
    }
    return row
  }

  func means(_ figure: (YearOutcome) -> Quantity?) -> [YearCell] {
    years.map { figure($0).map { .number($0.mean) } ?? .absent }
  }

  /// The percentiles of a figure that has any.
  mutating func quantiles(
    _ key: String, _ number: CellStyle.Number, _ figure: (YearOutcome) -> Quantity?
  ) throws(ReportingError) {
    guard frame.hasChances, years.contains(where: { figure($0)?.distribution != nil }) else { return }
    for (name, suffix, end) in [
      ("10th percentile", "p10", \Quantity.Distribution.p10), ("90th percentile", "p90", \.p90),
    ] {
      let row = years.map { year -> YearCell in
        guard let quantity = figure(year) else { return .absent }
        // Every percentile of what is known is the figure itself.
        return .number(quantity.distribution?[keyPath: end] ?? quantity.mean)
      }
      try add("\(key).\(suffix)", name, unit: "value", CellStyle(.quantile, number, isIndented: true), row)
    }
  }

  mutating func growth(of key: String, _ label: String) throws(ReportingError) {
    let row = years.map { year -> YearCell in
      guard let now = cells.own(key, year.year), let before = cells.own(key, year.year.previous),
        before.value > 0
      else { return .absent }
      return .formula("\(now.name)/\(before.name)-1", now.value / before.value - 1)
    }
    guard row.contains(where: { if case .formula = $0 { true } else { false } }) else { return }
    try add(
      "growth.\(key)", label, unit: "on the year before", CellStyle(.quantile, .percent, isIndented: true),
      row)
  }

  private mutating func figure(
    _ key: String, _ label: String, unit: String, _ number: CellStyle.Number,
    _ figure: (YearOutcome) -> Quantity?
  ) throws(ReportingError) {
    guard years.contains(where: { figure($0) != nil }) else { return }
    try add(key, label, unit: unit, CellStyle(.body, number), means(figure))
    try quantiles(key, number, figure)
  }

  // MARK: Parts

  private mutating func people() throws(ReportingError) {
    try grid.section("People and places")
    try figure("population", "Population that need is a share of", unit: "people", .people, \.population)
    try figure("need", "Need: \(service.meaning.need)", unit: "number", .people, \.need)
    try growth(of: "need", "Growth of need")
    try figure("demand", "Demand: \(service.meaning.demand)", unit: "number", .people, \.demand)
    try figure("supply", "Supply: \(service.meaning.supply)", unit: "number", .people, \.supply)
    try figure("unmet", "Unmet need: \(service.meaning.unmetNeed)", unit: "number", .people, \.unmetNeed)
  }

  /// The lines of a part and their sum as a formula. Where a year has no lines its total is a value.
  mutating func part(
    _ part: String, key: String, total label: String, _ figure: (YearOutcome) -> Quantity?
  ) throws(ReportingError) {
    let lines = cells.lines(part)
    guard !lines.isEmpty || years.contains(where: { figure($0) != nil }) else { return }
    let first = grid.row
    for line in lines {
      try add(
        ServiceCells.line(part, line.id), line.name, unit: "£", CellStyle(.body, .pounds, isIndented: true),
        years.map { year in
          year.lines.first { $0.id == line.id && $0.part == part }.map { .number($0.amount.mean) } ?? .absent
        })
    }
    let last = grid.row - 1
    let totals = years.enumerated().map { index, year -> YearCell in
      guard let whole = figure(year)?.mean else { return .absent }
      let sum = year.lines.filter { $0.part == part }.reduce(0) { $0 + $1.amount.mean }
      // A year without lines has its total from a publication.
      guard year.lines.contains(where: { $0.part == part }), abs(sum - whole) < 0.005 else {
        return .number(whole)
      }
      return .formula(
        "SUM(\(grid.place(index, row: first).name):\(grid.place(index, row: last).name))", whole)
    }
    try add(key, label, unit: "£", CellStyle(.total, .pounds), totals)
    try quantiles(key, .pounds, figure)
    try growth(of: key, "Growth")
  }

  private mutating func money() throws(ReportingError) {
    try grid.section("Spend")
    try part("spend", key: "spend", total: "All spend", \.spend)
    if years.contains(where: { $0.spendOnAssumption != nil }) {
      try add(
        "assumed", "Of the spend rests on assumption", unit: "£", CellStyle(.body, .pounds, isIndented: true),
        years.map { $0.spendOnAssumption.map { .number($0) } ?? .absent })
    }
    guard years.contains(where: { $0.budget != nil }) else { return }
    try grid.section("Budget")
    try part("budget", key: "budget", total: "All budget", \.budget)
    try grid.section("In-year balance")
    let label = service.isRingFenced ? "In-year balance (budget less spend)" : "Variance (budget less spend)"
    let row = years.map { year -> YearCell in
      guard let value = year.inYearBalance?.mean else { return .absent }
      guard let budget = cells.own("budget", year.year), let spend = cells.own("spend", year.year),
        abs(budget.value - spend.value - value) < 0.005
      else { return .number(value) }
      return .formula("\(budget.name)-\(spend.name)", value)
    }
    try add("inYear", label, unit: "£", CellStyle(.total, .pounds), row)
    try quantiles("inYear", .pounds, \.inYearBalance)
    try chance("overspend", "Chance that the year is overspent", \.probabilityOverspend)
  }

  mutating func chance(
    _ key: String, _ label: String, _ figure: (YearOutcome) -> Probability?
  ) throws(ReportingError) {
    guard frame.hasChances, years.contains(where: { figure($0) != nil }) else { return }
    let row = years.map { year -> YearCell in figure(year).map { .chance($0) } ?? .absent }
    let own = try grid.add(label, unit: "of all futures", CellStyle(.body, isIndented: true), row)
    for (index, year) in years.enumerated() {
      if let probability = figure(year) {
        cells.set(key, year.year, grid.place(index, row: own), probability.value)
      }
    }
  }

  /// Names for the rows that formulae elsewhere are most likely to want.
  private func names() throws(ReportingError) {
    for (key, what) in [
      ("need", "need"), ("spend", "spend"), ("budget", "budget"), ("inYear", "in_year_balance"),
      ("closing", "closing_balance"),
    ] {
      let places = years.compactMap { cells.place(key, $0.year) }
      guard let row = places.first?.row else { continue }
      try frame.book.define(service.id, what, grid.range(row))
    }
  }

  /// An amount made from amounts to the penny, to the penny.
  static func pence(_ pounds: Double) -> Double { (pounds * 100).rounded() / 100 }
}
