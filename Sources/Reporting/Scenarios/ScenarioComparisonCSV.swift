import Commissioning
import TimeSeries

/// A comparison of scenarios as comma-separated text: a row for each figure of each year, service and scenario.
///
/// A difference that is the same in every simulated future fills `difference_mean` alone and leaves its quantiles empty.
public enum ScenarioComparisonCSV {
  /// The columns.
  public static let columns = [
    "scenario", "against", "service", "year", "kind", "figure", "against_mean", "scenario_mean",
    "difference_mean", "difference_p2_5", "difference_p10", "difference_p50", "difference_p90",
    "difference_p97_5", "probability_above", "probability_above_error", "probability_below",
    "probability_below_error",
  ]

  /// The comparison, with a header.
  public static func text(_ comparison: ScenarioComparison) -> String {
    var text = CSVText.row(columns)
    for pair in comparison.pairs {
      let names = [CSVText.text(pair.side.name), CSVText.text(comparison.first.name)]
      for one in pair.differences {
        let quantiles: [Double?] =
          switch one.difference {
          case .known: [nil, nil, nil, nil, nil]
          case .uncertain(let spread): [spread.p2_5, spread.p10, spread.p50, spread.p90, spread.p97_5]
          }
        let numbers: [Double?] =
          [one.first.mean, one.other.mean, one.difference.mean] + quantiles + [
            one.probabilityAbove.value, one.probabilityAbove.error, one.probabilityBelow.value,
            one.probabilityBelow.error,
          ]
        text += CSVText.row(
          names
            + [
              CSVText.text(one.service ?? PlanCSV.totalService), "\(one.year)", one.kind.rawValue,
              one.figure.rawValue,
            ] + numbers.map { $0.map(CSVText.number) ?? "" })
      }
    }
    return text
  }
}
