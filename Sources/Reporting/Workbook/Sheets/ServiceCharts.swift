import Commissioning

/// The charts of a service: need, spend beside budget, and the balance. They point to the sheet's own rows.
struct ServiceCharts {
  private let cells: ServiceCells
  private let frame: WorkbookFrame

  init(_ cells: ServiceCells, frame: WorkbookFrame) {
    self.cells = cells
    self.frame = frame
  }

  private var service: ServiceOutcome { cells.service }

  /// The last column that they reach.
  static let lastColumn = 10

  /// Draws them under a grid, two beside each other, and moves its next row below them.
  func write(below grid: inout YearGrid) throws(ReportingError) {
    let charts = [try need(grid), try money(grid), try balance(grid)].compactMap { $0 }
    guard !charts.isEmpty else { return }
    grid.sheet.breakPage(before: grid.row + 1)
    try grid.section("Charts")
    for (index, chart) in charts.enumerated() {
      let place = CellPlace(grid.row + index / 2 * 18, index.isMultiple(of: 2) ? 0 : 4)
      try chart.insert(into: grid.sheet, of: frame.book, at: place)
    }
    grid.row += (charts.count + 1) / 2 * 18
  }

  /// The years of a row; nil where it has fewer than two.
  private func span(_ key: String, _ grid: YearGrid) -> (row: Int, years: [YearOutcome])? {
    let years = service.years.filter { cells.place(key, $0.year) != nil }
    guard years.count > 1, let row = years.first.flatMap({ cells.place(key, $0.year)?.row }) else {
      return nil
    }
    return (row, years)
  }

  private func values(_ key: String, _ years: [YearOutcome], _ grid: YearGrid) -> CellRange? {
    guard let first = years.first.flatMap({ cells.index(of: $0.year) }),
      let last = years.last.flatMap({ cells.index(of: $0.year) }), let row = cells.row(key)
    else { return nil }
    return CellRange(grid.sheet, grid.place(first, row: row), grid.place(last, row: row))
  }

  private func categories(_ years: [YearOutcome], _ grid: YearGrid) -> CellRange? {
    guard let first = years.first.flatMap({ cells.index(of: $0.year) }),
      let last = years.last.flatMap({ cells.index(of: $0.year) })
    else { return nil }
    return CellRange(
      grid.sheet, grid.place(first, row: grid.headingRow), grid.place(last, row: grid.headingRow))
  }

  private func need(_ grid: YearGrid) throws(ReportingError) -> WorkbookChart? {
    guard let (_, years) = span("need", grid), let first = years.first, let last = years.last,
      let from = first.need?.mean, let to = last.need?.mean, let categories = categories(years, grid),
      let mean = values("need", years, grid)
    else { return nil }
    var series = [WorkbookChart.Series("Mean", mean, .line(CellStyle.Colour.dark))]
    for (key, name) in [("need.p10", "10th percentile"), ("need.p90", "90th percentile")] {
      let known = years.filter { cells.place(key, $0.year) != nil }
      if !known.isEmpty, let range = values(key, years, grid) {
        series.append(WorkbookChart.Series(name, range, .dashed(CellStyle.Colour.turquoise)))
      }
    }
    return WorkbookChart(
      kind: .lines,
      title:
        "Need goes from \(NumberText.whole(from)) in \(first.year) to \(NumberText.whole(to)) in \(last.year) on average",
      categories: categories, series: series, categoryAxis: "Financial year",
      valueAxis: service.meaning.need, numberFormat: "#,##0")
  }

  private func money(_ grid: YearGrid) throws(ReportingError) -> WorkbookChart? {
    guard let (_, years) = span("spend", grid), let last = years.last, let spent = last.spend?.mean,
      let categories = categories(years, grid), let spend = values("spend", years, grid)
    else { return nil }
    let amounts = years.flatMap { [$0.spend?.mean, $0.budget?.mean].compactMap { $0 } }
    let (format, unit) = WorkbookChart.format(ofPounds: amounts)
    let money = MoneyUnit(suiting: amounts)
    var series = [WorkbookChart.Series("Spend", spend, .fill(CellStyle.Colour.dark))]
    var title = "Spend is \(money.sentence(spent)) in \(last.year)"
    if cells.row("budget") != nil, let budget = values("budget", years, grid) {
      series.append(WorkbookChart.Series("Budget", budget, .fill(CellStyle.Colour.orange)))
      if let available = last.budget?.mean { title += ", the budget \(money.sentence(available))" }
    }
    return WorkbookChart(
      kind: .columns, title: title + ", on average", categories: categories, series: series,
      categoryAxis: "Financial year", valueAxis: unit, numberFormat: format)
  }

  private func balance(_ grid: YearGrid) throws(ReportingError) -> WorkbookChart? {
    guard let (_, years) = span("closing", grid), let last = years.last, let to = last.closingBalance?.mean,
      let categories = categories(years, grid), let mean = values("closing", years, grid)
    else { return nil }
    let amounts = years.compactMap(\.closingBalance?.mean)
    let (format, unit) = WorkbookChart.format(ofPounds: amounts)
    return WorkbookChart(
      kind: .columns,
      title:
        "The balance carried forward from \(last.year) is \(MoneyUnit(suiting: amounts).sentence(to)) on average",
      categories: categories,
      series: [WorkbookChart.Series("Closing balance", mean, .fill(CellStyle.Colour.dark))],
      categoryAxis: "Financial year", valueAxis: "\(unit), a deficit is negative", numberFormat: format)
  }
}
