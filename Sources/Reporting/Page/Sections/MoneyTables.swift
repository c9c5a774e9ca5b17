import Commissioning

/// The money of a service, or of all of them, by year.
struct MoneyTable {
  let years: [YearOutcome]
  let isRingFenced: Bool
  let hasChances: Bool
  let money: MoneyUnit

  func table(_ caption: String) -> PageTable {
    let unit = money.heading
    var columns: [PageTable.Column] = [
      .words("Year"), .words("Kind"), .figures("Spend, \(unit)"), .figures("Spend, \(PageWords.range)"),
      .figures("Budget, \(unit)"), .figures("Budget less spend, \(unit)"),
    ]
    if isRingFenced {
      columns += [
        .figures("Carried forward, \(unit)"), .figures("Carried forward, \(PageWords.range)"),
      ]
    } else {
      columns.append(.figures("Budget less spend, \(PageWords.range)"))
    }
    columns.append(.figures("Chance of overspend"))
    if isRingFenced { columns.append(.figures("Chance of deficit")) }
    return PageTable(caption, columns, years.map(row))
  }

  private func row(_ year: YearOutcome) -> PageTable.Row {
    var cells: [PageTable.Cell] = [
      .words(PageWords.kind(year.kind)), PageWords.cell(year.spend, money.cell), range(year.spend),
      PageWords.cell(year.budget, money.cell), PageWords.cell(year.inYearBalance, money.cell),
    ]
    if isRingFenced {
      cells += [PageWords.cell(year.closingBalance, money.cell), range(year.closingBalance)]
    } else {
      cells.append(range(year.inYearBalance))
    }
    cells.append(PageWords.chance(year.probabilityOverspend, of: year, hasChances: hasChances))
    if isRingFenced {
      cells.append(PageWords.chance(year.probabilityDeficit, of: year, hasChances: hasChances))
    }
    return PageTable.Row("\(year.year)", cells)
  }

  private func range(_ quantity: Quantity?) -> PageTable.Cell {
    PageWords.range(quantity, hasChances: hasChances, money.cell)
  }
}

/// The parts of a service's money: a row for each and a column for each year that has them.
struct MoneyLines {
  let years: [YearOutcome]
  let money: MoneyUnit

  private typealias Figure = KeyPath<YearOutcome, Quantity?>

  func table(_ caption: String) -> PageTable {
    var groups = [
      group("Spend", part: "spend", total: ("All spend", \.spend)),
      group("Budget", part: "budget", total: ("All budget", \.budget)),
    ]
    if years.contains(where: { $0.closingBalance != nil }) {
      groups.append(
        group(
          "Balance", part: "balance", from: ("Budget less spend", \.inYearBalance),
          total: ("Carried forward", \.closingBalance)))
    }
    groups.append(
      group(
        "Beside the grant: General Fund", part: "general-fund",
        total: ("All General Fund costs", \.generalFund)))
    groups.append(
      group(
        "Contributions of others", part: "contribution", from: ("Gross spend", \.spend),
        total: ("Net spend", \.netSpend)))
    return PageTable(
      caption, [.words("Line")] + years.map { .figures("\($0.year)") }, groups: groups.compactMap { $0 })
  }

  /// The lines of one part between the figure that they begin with, where there is one, and their sum; nil without any.
  private func group(
    _ title: String, part: String, from: (name: String, figure: Figure)? = nil,
    total: (name: String, figure: Figure)
  ) -> PageTable.Group? {
    var found: [YearOutcome.Line] = []
    for line in years.flatMap(\.lines)
    where line.part == part && !found.contains(where: { $0.id == line.id }) { found.append(line) }
    if found.isEmpty { return nil }
    var rows = from.map { [row($0.name, $0.figure, isTotal: false)] } ?? []
    for line in found {
      rows.append(
        PageTable.Row(
          line.name,
          years.map { year in
            PageWords.cell(
              year.lines.first { $0.id == line.id && $0.part == part }?.amount, money.cell)
          }))
    }
    rows.append(row(total.name, total.figure, isTotal: true))
    return PageTable.Group(title, rows)
  }

  private func row(_ name: String, _ figure: Figure, isTotal: Bool) -> PageTable.Row {
    PageTable.Row(
      name, years.map { PageWords.cell($0[keyPath: figure], money.cell) }, isTotal: isTotal)
  }
}
