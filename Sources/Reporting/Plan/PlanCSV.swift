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
    var text = CSVText.row(columns)
    for outcome in outcomes {
      for service in outcome.services {
        for year in service.years { append(year, of: service.id, in: outcome.scenario, to: &text) }
      }
      for year in outcome.total { append(year, of: totalService, in: outcome.scenario, to: &text) }
      for comparison in outcome.comparisons { append(comparison, in: outcome.scenario, to: &text) }
    }
    return text
  }

  private static func append(
    _ comparison: OutturnComparison, in scenario: String, to text: inout String
  ) {
    let key = [
      CSVText.text(scenario), CSVText.text(comparison.service), CSVText.text(comparison.period.label),
    ]
    for (kind, quantity) in [
      (YearKind.forecast, comparison.forecast), (.outturn, Quantity.known(comparison.actual)),
    ] {
      let name = CSVText.text("\(kind.rawValue):\(comparison.figure)")
      text += CSVText.row(key + [kind.rawValue, name] + cells(quantity))
    }
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

  private static func append(
    _ year: YearOutcome, of service: String, in scenario: String, to text: inout String
  ) {
    let key = [CSVText.text(scenario), CSVText.text(service), "\(year.year)", year.kind.rawValue]
    func append(_ name: String, _ quantity: Quantity?) {
      guard let quantity else { return }
      text += CSVText.row(key + [CSVText.text(name)] + cells(quantity))
    }
    func append(_ name: String, _ probability: Probability?) {
      guard let probability else { return }
      append(name, Quantity.known(probability.value))
      append(name + "Error", Quantity.known(probability.error))
    }
    for figure in PlanFigure.allCases { append(figure.rawValue, figure.quantity(of: year)) }
    append("probabilityOverspend", year.probabilityOverspend)
    append("probabilityDeficit", year.probabilityDeficit)
    append("spendOnAssumption", year.spendOnAssumption.map { Quantity.known($0) })
    for line in year.lines { append("line:\(line.id)", line.amount) }
    for flow in year.flows { append("flow:\(flow.id)", flow.people) }
  }
}
