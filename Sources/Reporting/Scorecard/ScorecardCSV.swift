import Indicators
import TimeSeries

/// A filled scorecard as comma-separated text: a row for each indicator, numbers at full precision.
public enum ScorecardCSV {
  /// The columns.
  public static let columns = [
    "id", "list", "indicator", "theme", "priority", "definition", "owner", "polarity", "unit", "source",
    "evidence",
    "series", "evidence_note", "period", "value", "published", "lag_days", "age_days", "previous_period",
    "previous",
    "lower_95", "upper_95", "interval_method", "benchmark", "benchmark_value", "benchmark_standing", "region",
    "region_value", "region_standing", "neighbours",
    "rank", "quartile", "neighbours_median", "z", "neighbours_missing", "colour", "rule", "reason", "target",
    "target_by", "target_status", "target_period", "target_median", "target_lower_80", "target_upper_80",
    "target_probability", "target_comparators", "recent_trend", "recent_trend_statistic",
    "recent_trend_basis", "mann_kendall",
    "mann_kendall_p", "sen_slope", "variation", "assurance", "next_period", "next_median", "next_lower_80",
    "next_upper_80", "next_comparators", "forecast_remark", "chart_warnings", "not_available",
  ]

  /// The card as text.
  public static func text(_ report: ScorecardReport) -> String {
    CSVText.row(columns) + report.results.map { row($0, of: report) }.joined()
  }

  private static func row(_ result: ScorecardResult, of report: ScorecardReport) -> String {
    CSVText.row(definition(of: result.indicator) + figures(result) + comparisons(result) + judgement(result))
  }

  private static func definition(of one: ScorecardIndicator) -> [String] {
    let note: String =
      switch one.evidence {
      case .series: ""
      case .proxy(_, let reason), .none(let reason): reason
      }
    return [one.id, one.list, one.name, one.theme, "\(one.priority)", one.definition, one.owner].map(
      CSVText.text)
      + [one.polarity.words, CSVText.text(one.unit), CSVText.text(one.source), one.evidence.kind]
      + [CSVText.text(one.evidence.series ?? ""), CSVText.text(note)]
  }

  private static func figures(_ result: ScorecardResult) -> [String] {
    let latest = result.latest.value
    let previous = result.previous.value
    return [
      latest?.period.label ?? "", number(latest?.value), latest?.publication.map { "\($0.date)" } ?? "",
      latest?.lagDays.map { "\($0)" } ?? "", latest?.ageDays.map { "\($0)" } ?? "",
      previous?.period.label ?? "",
      number(previous?.value),
    ] + interval(result.estimate)
  }

  private static func interval(_ estimate: Estimate?) -> [String] {
    guard let estimate, let limits = estimate.limits(.p95) else { return ["", "", ""] }
    return [number(limits.lower), number(limits.upper), CSVText.text(estimate.method)]
  }

  private static func comparisons(_ result: ScorecardResult) -> [String] {
    let peers = result.neighbours.value
    return standing(result.benchmark.value) + standing(result.region.value) + [
      peers.map { "\($0.count - 1)" } ?? "", peers.map { "\($0.rank)" } ?? "",
      peers?.quartile?.rawValue ?? "",
      number(peers?.median), number(peers?.zScore),
      CSVText.text(peers?.missing.joined(separator: "; ") ?? ""),
    ]
  }

  private static func standing(_ comparison: BenchmarkComparison?) -> [String] {
    guard let comparison else { return ["", "", ""] }
    return [
      CSVText.text(comparison.benchmarkName), number(comparison.benchmark), comparison.standing.rawValue,
    ]
  }

  private static func judgement(_ result: ScorecardResult) -> [String] {
    let target = result.indicator.target
    let outlook = result.outlook?.value
    var forecast = ["", "", ""]
    if case .forecast(let median, let lower, let upper, _)? = outlook?.verdict {
      forecast = [number(median), number(lower), number(upper)]
    }
    let trend = result.trend.value
    let monotonic = result.monotonicTrend.value
    let next = result.forecast.value
    return [
      // A line without figures is told from one that no rule can judge, as the text's summary does.
      result.hasFigure ? result.rating.colour.rawValue : "noFigures", result.rating.rule.rawValue,
      CSVText.text(result.rating.reason),
      number(target?.measurable?.level), target.map { "\($0.date)" } ?? "",
      target == nil ? "" : ScorecardWords.status(result.outlook), outlook?.period.label ?? "",
    ] + forecast + [
      number(outlook?.probability), outlook?.forecastComparators.map { "\($0)" } ?? "",
      result.marker.rawValue, number(trend?.statistic),
      trend?.basis.rawValue ?? "",
      result.monotonicMarker?.rawValue ?? "", number(monotonic?.test.pValue),
      number(monotonic?.test.slope.value),
      result.variation.value?.rawValue ?? "", result.assurance.value?.rawValue ?? "",
      next?.period.label ?? "",
      number(next?.median), number(next?.lower80), number(next?.upper80),
      next.map { "\($0.comparatorCount)" } ?? "", CSVText.text(outlook?.remark ?? next?.remark ?? ""),
      CSVText.text(result.chartWarnings.joined(separator: " | ")),
      CSVText.text(result.missing.map { "\($0.what): \($0.reason)" }.joined(separator: " | ")),
    ]
  }

  private static func number(_ value: Double?) -> String { value.map { CSVText.number($0) } ?? "" }
}

extension TargetOutlook {
  /// The number of other areas that lent strength to the probability; nil where the figure is known.
  var forecastComparators: Int? {
    if case .forecast = verdict { comparatorCount } else { nil }
  }
}

extension Polarity {
  /// The polarity as files have it: `higher is better`.
  var words: String {
    switch self {
    case .higherIsBetter: "higher is better"
    case .lowerIsBetter: "lower is better"
    case .neutral: "neutral"
    }
  }
}
