import Commissioning

/// The sheet of one service: people, money by line with live totals, the balance, prices, notes and charts.
struct ServiceSheet {
  private let service: ServiceOutcome
  private let frame: WorkbookFrame
  private var cells: ServiceCells
  private var grid: YearGrid
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

  private var years: [YearOutcome] { service.years }

  // MARK: Rows

  /// A row that others may point to.
  @discardableResult
  private mutating func add(
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

  private func means(_ figure: (YearOutcome) -> Quantity?) -> [YearCell] {
    years.map { figure($0).map { .number($0.mean) } ?? .absent }
  }

  /// The percentiles of a figure that has any.
  private mutating func quantiles(
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

  private mutating func growth(of key: String, _ label: String) throws(ReportingError) {
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
  private mutating func part(
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

  private mutating func chance(
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

  private mutating func balance() throws(ReportingError) {
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

  private mutating func beside() throws(ReportingError) {
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

  /// What the lines pay for, and what one costs: the mean cost over the mean number.
  private mutating func prices() throws(ReportingError) {
    let lines = cells.lines("spend").filter { line in
      years.contains { $0.lines.contains { $0.id == line.id && $0.part == "spend" && $0.units != nil } }
    }
    guard !lines.isEmpty else { return }
    try grid.section("Numbers that the spend pays for")
    let first = grid.row
    for line in lines {
      try add(
        ServiceCells.units(line.id), line.name, unit: "number", CellStyle(.body, .decimal, isIndented: true),
        years.map { year in
          year.lines.first { $0.id == line.id && $0.part == "spend" }?.units.map { .number($0.mean) }
            ?? .absent
        })
    }
    let last = grid.row - 1
    func sum(_ year: YearOutcome) -> Double? {
      let own = year.lines.filter { $0.part == "spend" }.compactMap(\.units)
      return own.isEmpty ? nil : own.reduce(0) { $0 + $1.mean }
    }
    try add(
      "units", "All of them", unit: "number", CellStyle(.total, .decimal),
      years.enumerated().map { index, year in
        sum(year).map {
          .formula("SUM(\(grid.place(index, row: first).name):\(grid.place(index, row: last).name))", $0)
        } ?? .absent
      })
    try growth(of: "units", "Growth")
    try grid.section("Cost of one: mean spend divided by mean number")
    for line in lines {
      try add(
        "price:\(line.id)", line.name, unit: "£ a year", CellStyle(.body, .pounds, isIndented: true),
        years.map { year in
          guard let cost = cells.own(ServiceCells.line("spend", line.id), year.year),
            let units = cells.own(ServiceCells.units(line.id), year.year), units.value > 0
          else { return .absent }
          return .formula("\(cost.name)/\(units.name)", cost.value / units.value)
        })
    }
    try add(
      "price", "On average over all of them", unit: "£ a year", CellStyle(.total, .pounds),
      years.map { year in
        let parts = lines.filter { cells.own(ServiceCells.units($0.id), year.year) != nil }
          .compactMap { cells.own(ServiceCells.line("spend", $0.id), year.year) }
        guard let units = cells.own("units", year.year), units.value > 0, !parts.isEmpty else {
          return .absent
        }
        return .formula(
          "(\(parts.map(\.name).joined(separator: "+")))/\(units.name)",
          parts.reduce(0) { $0 + $1.value } / units.value)
      })
    try growth(of: "price", "Growth")
  }

  private mutating func flows() throws(ReportingError) {
    var found: [YearOutcome.Flow] = []
    for flow in years.flatMap(\.flows) where !found.contains(where: { $0.id == flow.id }) {
      found.append(flow)
    }
    guard !found.isEmpty else { return }
    try grid.section("Flows\(service.flowSpan.map { ", \($0)" } ?? "") (what leaves is negative)")
    for flow in found {
      try add(
        "flow:\(flow.id)", flow.name, unit: flow.isInStock ? "people" : "beside the stock",
        CellStyle(.body, .people, isIndented: true),
        years.map { year in year.flows.first { $0.id == flow.id }.map { .number($0.people.mean) } ?? .absent }
      )
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
