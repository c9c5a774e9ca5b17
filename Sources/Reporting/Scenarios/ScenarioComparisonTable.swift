import Commissioning
import TimeSeries

/// A comparison of scenarios for a terminal.
///
/// The wording may change from version to version; programs read ``ScenarioComparisonCSV`` or
/// ``ScenarioComparisonDocument``.
public struct ScenarioComparisonTable: Sendable {
  private let comparison: ScenarioComparison
  private let width: Int
  private let style: TextStyle

  /// Describes a table; fewer than 60 characters in a line are taken as 60.
  public init(_ comparison: ScenarioComparison, width: Int = 100, style: TextStyle = .plain) {
    self.comparison = comparison
    self.width = max(60, width)
    self.style = style
  }

  /// The text, with a line feed at the end.
  public func text() -> String {
    let parts = [heading] + comparison.pairs.flatMap { sections(of: $0) } + [refusals]
    return parts.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private var first: ScenarioComparison.Side { comparison.first }
  private var hasChances: Bool { first.paths.draws > 1 }

  private var heading: [String] {
    let futures =
      hasChances ? "\(NumberText.whole(first.paths.draws)) simulated futures" : "1 simulated future"
    var lines = Paragraph.lines(
      "\(comparison.name): \(first.paths.area), scenarios compared with \(first.name)", width: width)
    lines.append("As known on \(first.paths.asOf); \(futures), seed \(first.paths.seed).")
    if !comparison.overrides.isEmpty {
      lines += Paragraph.lines(
        "Changed in every scenario: \(comparison.overrides.joined(separator: "; "))", width: width)
    }
    var reading =
      "Differences are taken inside each simulated future, which the scenarios share; a year in which nothing differs is "
      + "left out."
    if hasChances {
      reading +=
        " Behind a chance stands its simulation error (one standard error), in percentage points; no error stands behind "
        + "what is the same in every future."
    } else {
      reading += " One simulated future says nothing about chance: there are no intervals and no chances."
    }
    lines += Paragraph.lines(reading, width: width)
    return lines + first.chain.flatMap { ["", "A, \(first.name)"] + $0.lines(width: width) }
  }

  private func sections(of pair: ScenarioComparison.Pair) -> [[String]] {
    var lines = underlined("\(pair.side.name) (B) against \(first.name) (A)")
    for one in pair.side.chain { lines += one.lines(width: width) }
    if !first.chain.isEmpty, !pair.removed.isEmpty {
      lines += Paragraph.lines(
        "Not in B, and in A: \(pair.removed.joined(separator: "; ")).", width: width)
    }
    for change in pair.assumptions {
      lines += Paragraph.lines(
        "Assumption \(change.other.id): \(change.first.text) in A; \(change.other.text) in B.", width: width)
    }
    for sentence in pair.notCompared {
      lines += Paragraph.lines("Not compared: \(sentence).", width: width)
    }
    var unchanged: [String] = []
    var tables: [[String]] = []
    for service in services(of: pair) {
      let rows = pair.differences.filter { $0.service == service?.id }
      if rows.isEmpty { continue }
      if rows.allSatisfy(\.isNone) {
        unchanged.append(service?.name ?? "all services")
      } else {
        tables.append(table(of: service, rows))
      }
    }
    if !unchanged.isEmpty {
      lines += Paragraph.lines(
        "The same to the last digit in every simulated future: \(unchanged.joined(separator: "; ")).",
        width: width)
    }
    return [lines] + tables
  }

  /// The services, and nil at the end for all of them together.
  private func services(of pair: ScenarioComparison.Pair) -> [ServicePaths?] {
    pair.side.paths.services.map { $0 as ServicePaths? } + [nil]
  }

  private func table(of service: ServicePaths?, _ rows: [FigureDifference]) -> [String] {
    let money = MoneyUnit(
      suiting: rows.filter { $0.figure.isMoney && !$0.isNone }.flatMap { [$0.first.mean, $0.other.mean] })
    var grid = TextGrid([
      .init("", alignment: .left), .init("A", "mean"), .init("B", "mean"), .init("B less A", "mean"),
      .init("80% interval"), .init("95% interval"), .init("chance that", "B is above"),
    ])
    for figure in PlanFigure.allCases {
      let own = rows.filter { $0.figure == figure && !$0.isNone }
      if own.isEmpty { continue }
      grid.addLine(title(of: figure, in: service, money: money))
      let decimals = NumberText.decimals(showing: own.flatMap { [$0.first.mean, $0.other.mean] })
      for row in own { grid.add(cells(row, money: money, decimals: decimals)) }
    }
    let title = service.map { "\($0.name) (\($0.id))" } ?? "All services"
    return underlined(title) + grid.lines(indent: 0, width: width, style: style)
  }

  private func title(of figure: PlanFigure, in service: ServicePaths?, money: MoneyUnit) -> String {
    let isRingFenced = service?.years.contains { $0.closingBalance != nil } ?? false
    let name: String =
      switch figure {
      case .need: "Need: \(service?.meaning.need ?? "")"
      case .demand: "Demand: \(service?.meaning.demand ?? "")"
      case .supply: "Supply: \(service?.meaning.supply ?? "")"
      case .unmetNeed: "Unmet need: \(service?.meaning.unmetNeed ?? "")"
      case .spend: "Spend"
      case .budget: "Budget"
      case .inYearBalance: isRingFenced ? "In-year balance" : "Variance (budget less spend)"
      case .closingBalance: "DSG balance carried forward (deficit negative)"
      case .generalFund: "Cost to the General Fund beside the grant"
      case .netSpend: "Net spend, after contributions of others"
      }
    return figure.isMoney ? "  \(name), \(money.heading)" : "  \(name)"
  }

  private func cells(_ row: FigureDifference, money: MoneyUnit, decimals: Int) -> [String] {
    func text(_ value: Double) -> String {
      row.figure.isMoney ? money.cell(value) : NumberText.fixed(value, decimals: decimals)
    }
    var cells = ["    \(row.year)", text(row.first.mean), text(row.other.mean), text(row.difference.mean)]
    switch row.difference {
    case .known: cells += ["the same", "the same", chance(row)]
    case .uncertain(let one) where hasChances:
      cells += [
        "\(text(one.p10)) to \(text(one.p90))", "\(text(one.p2_5)) to \(text(one.p97_5))", chance(row),
      ]
    case .uncertain: cells += [NumberText.absent, NumberText.absent, NumberText.absent]
    }
    return cells
  }

  private func chance(_ row: FigureDifference) -> String {
    let chance = NumberText.percent(row.probabilityAbove)
    guard row.probabilityAbove.error > 0 else { return chance }
    return "\(chance) (\(NumberText.fixed(row.probabilityAbove.error, decimals: 1, dividedByTenTo: -2)))"
  }

  private var refusals: [String] {
    if comparison.refusals.isEmpty { return [] }
    return underlined("Not planned")
      + comparison.refusals.flatMap { one in
        Paragraph.lines("\(one.scenario): \(one.refusal.reason)", first: "- ", width: width)
      }
      + Paragraph.lines(
        "There is no total of a scenario in which a service could not be planned.", width: width)
  }

  private func underlined(_ title: String) -> [String] {
    style.underlined(title, width: width)
  }
}
