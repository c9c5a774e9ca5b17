import Commissioning

/// Plans by setting, age and year in the shape of the DSG management plan: seven settings and five groups of ages.
///
/// A plan's own settings are fewer than seven, and nothing that it reads splits them by age. So the shares are inputs:
/// those of settings come from the counts of the last census where the settings have them, those of ages are left to the
/// reader, and until then every child stands under "age not known".
struct PlacementsSheet {
  private let services: [ServiceCells]
  private let frame: WorkbookFrame

  init(_ services: [ServiceCells], in frame: WorkbookFrame) {
    self.services = services
    self.frame = frame
  }

  func write() throws(ReportingError) {
    for cells in services where cells.service.isRingFenced && cells.row("units") != nil {
      guard
        let grant = frame.report.definition.services.first(where: { $0.id == cells.service.id })
          as? RingFencedGrant
      else { continue }
      try PlacementRows(cells, grant: grant, in: frame).write()
    }
  }
}

/// The sheet of one grant.
private struct PlacementRows {
  let cells: ServiceCells
  let grant: RingFencedGrant
  let frame: WorkbookFrame
  private let years: [FinancialYear]
  private let lines: [YearOutcome.Line]
  private let categories: [String]
  private let ages: [String]

  init(_ cells: ServiceCells, grant: RingFencedGrant, in frame: WorkbookFrame) {
    self.cells = cells
    self.grant = grant
    self.frame = frame
    years = cells.years.filter { cells.cell("units", $0) != nil }
    lines = cells.lines("spend").filter { cells.row(ServiceCells.units($0.id)) != nil }
    categories = PlanSetting.standard.map(\.name) + ["None of the seven, such as waiting for a place"]
    ages = AgeGroup.standard.map(\.name) + ["Age not known"]
  }

  func write() throws(ReportingError) {
    let sheet = try frame.addSheet("Placements")
    let columns = max(years.count, categories.count + 2)
    let row = try frame.begin(
      sheet, "Placements by setting, age and year (\(cells.service.name))",
      explanation: [
        "In the shape of the DSG management plan: 7 settings and 5 groups of ages, numbers on average over the year. The "
          + "plan's own numbers by setting are values of its simulation; everything below them is a formula over the yellow "
          + "shares.",
        "Shares of settings come from the counts of the last census that the plan reads. Shares of ages are an assumption: not "
          + "published; replace by your own return. Until then every child stands under \"Age not known\", so that no age is "
          + "invented.",
      ], through: YearGrid.firstColumn + columns - 1, characters: 76 + 13 * columns)
    try sheet.setWidth(13.5, columns: YearGrid.firstColumn...(YearGrid.firstColumn + columns))
    var grid = try YearGrid(sheet, years: years, row: row)
    try sheet.setWidth(34, columns: 1...1)
    try sheet.setWidth(13.5, columns: YearGrid.firstColumn...(YearGrid.firstColumn + columns))
    let heading = try grid.heading("The plan's own settings", "Unit")
    let first = grid.row
    for line in lines {
      try grid.add(
        line.name, unit: "number", CellStyle(.body, .decimal),
        years.map { year in
          cells.cell(ServiceCells.units(line.id), year).map { .formula($0.reference, $0.value) } ?? .number(0)
        })
    }
    let last = grid.row - 1
    let total = try grid.add(
      "All plans that are paid for", unit: "number", CellStyle(.total, .decimal),
      years.enumerated().map { index, year in
        .formula(
          "SUM(\(grid.place(index, row: first).name):\(grid.place(index, row: last).name))",
          cells.cell("units", year)?.value ?? 0)
      })
    let shares = try settingShares(&grid)
    let ageShares = try ageShares(&grid)
    try table(&grid, own: first...last, total: total, shares: shares, ages: ageShares)
    try frame.print(
      sheet, to: CellPlace(grid.row, YearGrid.firstColumn + columns), headingRow: heading)
    frame.list(
      sheet,
      "Plans by the 7 settings and 5 groups of ages of the DSG management plan, with shares to replace.")
  }

  // MARK: Inputs

  /// Rows of shares that sum to one, with a live check; returns the first row.
  private func inputs(
    _ grid: inout YearGrid, title: String, rows: [String], columns: [String], source: [String],
    values: [[Double]]
  ) throws(ReportingError) -> Int {
    try grid.section(title)
    let sheet = grid.sheet
    let head = ["Share of", "Where it comes from"] + columns + ["Check"]
    for (index, text) in head.enumerated() {
      let heading = CellStyle(.heading)
      try sheet.write(text, at: CellPlace(grid.row, index), index < 2 ? heading : heading.right)
    }
    try sheet.setHeight(lines: sheet.lines(head.enumerated().map { ($0.offset, $0.element) }), row: grid.row)
    grid.row += 1
    let first = grid.row
    for (index, name) in rows.enumerated() {
      try sheet.write(name, at: CellPlace(grid.row, 0), .wrapped)
      try sheet.write(source[index], at: CellPlace(grid.row, 1), CellStyle(.note, isWrapped: true))
      try sheet.setHeight(lines: sheet.lines([(0, name), (1, source[index])]), row: grid.row)
      for (column, value) in values[index].enumerated() {
        try sheet.write(value, at: CellPlace(grid.row, 2 + column), CellStyle(.input, .percent))
      }
      let start = CellPlace(grid.row, 2)
      let end = CellPlace(grid.row, 1 + columns.count)
      try sheet.write(
        formula: "IF(ABS(SUM(\(start.name):\(end.name))-1)<0.00001,\"OK\",\"Must sum to 100%\")",
        text: abs(values[index].reduce(0, +) - 1) < 0.00001 ? "OK" : "Must sum to 100%",
        at: CellPlace(grid.row, 2 + columns.count), CellStyle(.check).right)
      grid.row += 1
    }
    try sheet.validate(
      from: CellPlace(first, 2), to: CellPlace(grid.row - 1, 1 + columns.count), least: 0, most: 1,
      title: "A share", message: "0% to 100%; the shares of a row sum to 100%, which the last column checks.")
    return first
  }

  private func settingShares(_ grid: inout YearGrid) throws(ReportingError) -> Int {
    var values: [[Double]] = []
    var sources: [String] = []
    for line in lines {
      let (shares, source) = SettingShares(grant, evidence: frame.outcome.evidence).shares(of: line.id)
      values.append(shares)
      sources.append(source)
    }
    return try inputs(
      &grid, title: "Inputs: the plan's settings by the seven of the management plan",
      rows: lines.map(\.name),
      columns: categories, source: sources, values: values)
  }

  private func ageShares(_ grid: inout YearGrid) throws(ReportingError) -> Int {
    let unknown = AgeGroup.standard.map { _ in 0.0 } + [1]
    return try inputs(
      &grid, title: "Inputs: ages of each setting", rows: categories, columns: ages,
      source: categories.map { _ in "not published; replace by your own return" },
      values: categories.map { _ in unknown })
  }

  // MARK: The table

  private func table(
    _ grid: inout YearGrid, own: ClosedRange<Int>, total: Int, shares: Int, ages firstAge: Int
  ) throws(ReportingError) {
    try grid.section("Plans by setting and age")
    let heading = CellStyle(.heading)
    for (index, text) in (["Setting", "Age at 31 August"] + years.map { "\($0)" }).enumerated() {
      try grid.sheet.write(text, at: CellPlace(grid.row, index), index < 2 ? heading : heading.right)
    }
    grid.row += 1
    let top = grid.row
    let defaults = lines.map {
      SettingShares(grant, evidence: frame.outcome.evidence).shares(of: $0.id).shares
    }
    var sums: [Int] = []
    for (category, name) in categories.enumerated() {
      let share = CellPlace(shares, 2 + category)
      let lastShare = CellPlace(shares + lines.count - 1, 2 + category)
      let rows = grid.row...(grid.row + ages.count - 1)
      for (age, label) in ages.enumerated() {
        let cell = CellPlace(firstAge + category, 2 + age)
        try grid.add(
          name, unit: label, CellStyle(.body, .decimal),
          years.enumerated().map { index, year in
            let numbers =
              "\(grid.place(index, row: own.lowerBound).name):\(grid.place(index, row: own.upperBound).name)"
            let value = zip(lines, defaults).reduce(0) {
              $0 + (cells.cell(ServiceCells.units($1.0.id), year)?.value ?? 0) * $1.1[category]
            }
            return .formula(
              "SUMPRODUCT(\(numbers),\(share.fixed):\(lastShare.fixed))*\(cell.fixed)",
              age == ages.count - 1 ? value : 0)
          })
      }
      sums.append(grid.row)
      try grid.add(
        name, unit: "All ages", CellStyle(.total, .decimal),
        years.enumerated().map { index, year in
          let value = zip(lines, defaults).reduce(0) {
            $0 + (cells.cell(ServiceCells.units($1.0.id), year)?.value ?? 0) * $1.1[category]
          }
          return .formula(
            "SUM(\(grid.place(index, row: rows.lowerBound).name):\(grid.place(index, row: rows.upperBound).name))",
            value)
        })
    }
    let all = try grid.add(
      "All settings", unit: "All ages", CellStyle(.total, .decimal),
      years.enumerated().map { index, year in
        .formula(
          sums.map { grid.place(index, row: $0).name }.joined(separator: "+"),
          cells.cell("units", year)?.value ?? 0)
      })
    try grid.add(
      "Check: less the plan's number", unit: "0 when every share is given", CellStyle(.check, .decimal),
      years.indices.map { index in
        .formula(
          "ROUND(\(grid.place(index, row: all).name)-\(grid.place(index, row: total).name),6)", 0)
      })
    try grid.sheet.filter(from: CellPlace(top - 1, 0), to: CellPlace(all, grid.lastColumn))
  }
}
