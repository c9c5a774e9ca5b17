import Commissioning
import TimeSeries

/// A plan as comma-separated text, one row for each quantity of each year.
///
/// A known number fills only `mean`; a figure that is neither known nor forecast has no row. A probability stands in
/// `mean`, and its Monte Carlo error in a row of its own. The parts of a year's money are the quantities `line:ID`,
/// and the flows behind its stock `flow:ID`.
/// Where the plan is compared with what has been published since, each figure that was has two rows whose year is the
/// period's label: what was forecast, `forecast:FIGURE`, and what was published, `outturn:FIGURE`.
public enum PlanCSV {
  /// The columns.
  public static let columns = [
    "scenario", "service", "year", "kind", "quantity", "mean", "p2_5", "p10", "p50", "p90", "p97_5",
  ]

  /// The name under which the services together stand.
  public static let totalService = "total"

  /// The scenarios of one run, with a header.
  public static func text(_ outcomes: [PlanOutcome]) -> String {
    CSVText.row(columns) + outcomes.flatMap { rows($0) }.joined()
  }

  /// The rows of one scenario, each with its line feed.
  ///
  /// - Parameters:
  ///   - outcome: what the scenario comes to.
  ///   - first: cells that stand before those of every row, written as ``CSVText/text(_:)`` writes them.
  ///   - last: cells that stand behind them.
  public static func rows(
    _ outcome: PlanOutcome, after first: [String] = [], before last: [String] = []
  ) -> [String] {
    var rows = PlanRows(first: first + [CSVText.text(outcome.scenario)], last: last)
    for service in outcome.services {
      for year in service.years { rows.append(year, of: service.id) }
    }
    for year in outcome.total { rows.append(year, of: totalService) }
    for comparison in outcome.comparisons { rows.append(comparison) }
    return rows.texts
  }
}

/// The rows of one scenario as they are put together.
private struct PlanRows {
  /// The cells before the service.
  let first: [String]
  /// The cells behind the figures.
  let last: [String]
  private(set) var texts: [String] = []

  init(first: [String], last: [String]) {
    self.first = first
    self.last = last
  }

  mutating func append(_ comparison: OutturnComparison) {
    let key = [CSVText.text(comparison.service), CSVText.text(comparison.period.label)]
    for (kind, quantity) in [
      (YearKind.forecast, comparison.forecast), (.outturn, Quantity.known(comparison.actual)),
    ] {
      append("\(kind.rawValue):\(comparison.figure)", quantity, key: key + [kind.rawValue])
    }
  }

  mutating func append(_ year: YearOutcome, of service: String) {
    let key = [CSVText.text(service), "\(year.year)", year.kind.rawValue]
    for figure in PlanFigure.allCases { append(figure.rawValue, figure.quantity(of: year), key: key) }
    append("probabilityOverspend", year.probabilityOverspend, key: key)
    append("probabilityDeficit", year.probabilityDeficit, key: key)
    append("spendOnAssumption", year.spendOnAssumption.map { Quantity.known($0) }, key: key)
    for line in year.lines { append("line:\(line.id)", line.amount, key: key) }
    for flow in year.flows { append("flow:\(flow.id)", flow.people, key: key) }
  }

  private mutating func append(_ name: String, _ probability: Probability?, key: [String]) {
    guard let probability else { return }
    append(name, Quantity.known(probability.value), key: key)
    append(name + "Error", Quantity.known(probability.error), key: key)
  }

  private mutating func append(_ name: String, _ quantity: Quantity?, key: [String]) {
    guard let quantity else { return }
    texts.append(CSVText.row(first + key + [CSVText.text(name)] + Self.cells(quantity) + last))
  }

  /// The six cells of a quantity.
  private static func cells(_ quantity: Quantity) -> [String] {
    let figures: [Double?] =
      switch quantity {
      case .known(let value): [value, nil, nil, nil, nil, nil]
      case .uncertain(let one): [one.mean, one.p2_5, one.p10, one.p50, one.p90, one.p97_5]
      }
    return figures.map { $0.map(CSVText.number) ?? "" }
  }
}
