import Commissioning

/// The parts of a service's money, a row for each and a column for each year that has them.
struct LineTable {
  private let years: [YearOutcome]
  private let money: MoneyUnit

  init(_ service: ServiceOutcome, money: MoneyUnit) {
    years = service.years.filter { !$0.lines.isEmpty }
    self.money = money
  }

  /// The lines, in as many blocks of years as the width asks for; none when no year has any.
  func lines(width: Int, style: TextStyle = .plain) -> [String] {
    let beside = years.contains { $0.generalFund != nil } ? [Self.allGeneralFund] : []
    let names =
      years.flatMap(\.lines).map(\.name) + ["All spend", "All budget", "Closing balance"] + beside
    let nameWidth = min((names.map { DisplayText.width(of: $0) }.max() ?? 0) + 4, width / 2)
    let cells = years.flatMap {
      $0.lines.map(\.amount)
        + [$0.spend, $0.budget, $0.closingBalance, $0.generalFund, $0.netSpend].compactMap { $0 }
    }
    let cellWidth = max(7, cells.map { money.cell($0.mean).count }.max() ?? 0) + 2
    let perBlock = max(1, (width - nameWidth) / cellWidth)
    return stride(from: 0, to: years.count, by: perBlock).flatMap { start in
      [""] + block(Array(years[start..<min(start + perBlock, years.count)]), width: width, style: style)
    }
  }

  private func block(_ years: [YearOutcome], width: Int, style: TextStyle) -> [String] {
    var grid = TextGrid(
      [.init("Lines, \(money.heading)", alignment: .left)] + years.map { .init("\($0.year)") })
    add(part: "spend", in: years, total: ("All spend", \.spend), to: &grid)
    add(part: "budget", in: years, total: ("All budget", \.budget), to: &grid)
    if years.contains(where: { $0.closingBalance != nil }) {
      addFigure("In-year balance", \.inYearBalance, of: years, to: &grid)
      add(part: "balance", in: years, total: ("Closing balance", \.closingBalance), to: &grid)
    }
    return grid.lines(indent: 0, width: width, style: style)
      + beside(
        "Beside the grant: General Fund", part: "general-fund", total: (Self.allGeneralFund, \.generalFund),
        in: years, width: width, style: style)
      + beside(
        "Gross and net", part: "contribution", total: (Self.net, \.netSpend), from: ("Gross spend", \.spend),
        in: years, width: width, style: style)
  }

  private static let allGeneralFund = "All General Fund costs"
  private static let net = "Net spend"

  /// A block of its own for what stands beside the account; none where no year has any of it.
  private func beside(
    _ title: String, part: String, total: (name: String, figure: KeyPath<YearOutcome, Quantity?>),
    from gross: (name: String, figure: KeyPath<YearOutcome, Quantity?>)? = nil, in years: [YearOutcome],
    width: Int, style: TextStyle
  ) -> [String] {
    guard years.contains(where: { $0.lines.contains { $0.part == part } }) else { return [] }
    var grid = TextGrid(
      [.init("\(title), \(money.heading)", alignment: .left)] + years.map { .init("\($0.year)") })
    if let gross { addFigure(gross.name, gross.figure, of: years, to: &grid) }
    add(part: part, in: years, total: total, to: &grid)
    return [""] + grid.lines(indent: 0, width: width, style: style)
  }

  private func add(
    part: String, in years: [YearOutcome], total: (name: String, figure: KeyPath<YearOutcome, Quantity?>),
    to grid: inout TextGrid
  ) {
    var found: [YearOutcome.Line] = []
    for line in years.flatMap(\.lines) where line.part == part && !found.contains(where: { $0.id == line.id })
    {
      found.append(line)
    }
    if found.isEmpty { return }
    for line in found {
      grid.add(
        ["  " + line.name]
          + years.map { year in
            year.lines.first { $0.id == line.id && $0.part == part }.map { money.cell($0.amount.mean) }
              ?? NumberText.absent
          })
    }
    addFigure(total.name, total.figure, of: years, to: &grid)
  }

  private func addFigure(
    _ name: String, _ figure: KeyPath<YearOutcome, Quantity?>, of years: [YearOutcome],
    to grid: inout TextGrid
  ) {
    grid.add(
      [name] + years.map { $0[keyPath: figure].map { money.cell($0.mean) } ?? NumberText.absent })
  }
}
