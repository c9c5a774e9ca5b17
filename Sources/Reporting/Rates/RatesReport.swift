import Indicators
import TimeSeries

/// Rates as tables for people, as comma-separated text and as JSON.
public struct RatesReport: Sendable {
  let document: RatesDocument

  /// Reports rates.
  ///
  /// - Parameter document: what is said of them.
  public init(_ document: RatesDocument) { self.document = document }

  /// The report as JSON, keys sorted.
  ///
  /// - Throws: ``ReportingError/notRepresentable(_:)`` where a number is not finite.
  public func json() throws(ReportingError) -> String { try JSONText.text(document) }

  /// The suffix of the columns of a level: `95`, `998`.
  private func suffix(_ level: Double) -> String { Confidence(level)?.suffix ?? NumberText.plain(level) }

  /// The figures as comma-separated text, a row for each.
  public func csv() -> String {
    let before = ["series", "area", "period", "unit", "value"]
    let after = [
      "numerator", "denominator", "statistic", "method", "remark", "reason", "benchmark", "benchmark_value",
      "standing", "region", "region_value", "region_standing", "rank", "ranked", "quartile", "z",
      "peers_median", "peers_lowest", "peers_highest", "peers_missing", "peers_reason", "funnel_benchmark",
      "funnel", "change_since", "change", "change_statistic", "change_lower_95", "change_upper_95",
      "change_p",
      "expected_count",
    ]
    let limits = document.levels.flatMap { ["lower_\(suffix($0))", "upper_\(suffix($0))"] }
    let expected = limits.map { "expected_\($0)" }
    var text = CSVText.row(before + limits + after + expected)
    for entry in document.series {
      if entry.figures.isEmpty, entry.reason != nil {
        text += row(entry, RatesDocument.Figure(reason: entry.reason))
      }
      for figure in entry.figures { text += row(entry, figure) }
    }
    return text
  }

  private func row(_ entry: RatesDocument.Entry, _ figure: RatesDocument.Figure) -> String {
    var cells = [entry.series, entry.area ?? "", figure.period, entry.unit].map(CSVText.text)
    cells.append(number(figure.value))
    cells += limits(figure.limits, at: document.levels)
    cells += [number(figure.numerator), number(figure.denominator)]
    cells += [figure.statistic, figure.method, figure.remark, figure.reason].map { CSVText.text($0 ?? "") }
    for other in [figure.benchmark, figure.region] {
      cells += [CSVText.text(other?.area ?? ""), number(other?.value), CSVText.text(other?.standing ?? "")]
    }
    let peers = figure.peers
    let rank = peers?.rank.map { "\($0)" } ?? ""
    cells += [rank, peers.map { "\($0.ranked)" } ?? "", peers?.quartile ?? ""]
    cells += [number(peers?.z), number(peers?.median), number(peers?.lowest), number(peers?.highest)]
    cells += [peers?.missing.joined(separator: "; ") ?? "", peers?.reason ?? ""].map(CSVText.text)
    cells += [number(figure.funnel?.benchmark), figure.funnel?.position ?? ""]
    let change = figure.change
    cells += [
      CSVText.text(change?.since ?? ""), number(change?.effect), CSVText.text(change?.statistic ?? ""),
    ]
    cells += limits(change?.limits ?? [], at: [0.95])
    cells += [number(change?.p), number(figure.expected?.value)]
    cells += limits(figure.expected?.limits ?? [], at: document.levels)
    return CSVText.row(cells)
  }

  /// The trends as comma-separated text, a row for each test of each series.
  public func trendsCSV() -> String {
    let levels = document.levels
    var text = CSVText.row(
      ["series", "area", "test", "first", "last", "slope", "slope_unit"]
        + levels.flatMap { ["lower_\(suffix($0))", "upper_\(suffix($0))"] }
        + [
          "statistic", "statistic_name", "p", "direction", "marker", "polarity", "method", "remark", "reason",
        ])
    for entry in document.series {
      for trend in entry.trends {
        var cells = [entry.series, entry.area ?? "", trend.test, trend.first ?? "", trend.last ?? ""].map(
          CSVText.text)
        cells += [number(trend.slope), CSVText.text(trend.slopeUnit ?? "")]
        cells += limits(trend.limits, at: levels)
        cells += [number(trend.statistic), CSVText.text(trend.statisticName ?? ""), number(trend.p)]
        cells += [trend.direction, trend.marker, entry.polarity, trend.method, trend.remark, trend.reason].map
        {
          CSVText.text($0 ?? "")
        }
        text += CSVText.row(cells)
      }
    }
    return text
  }

  private func limits(_ limits: [RatesDocument.Limits], at levels: [Double]) -> [String] {
    levels.flatMap { level in
      let own = limits.first { $0.level == level }
      return [number(own?.lower), number(own?.upper)]
    }
  }

  private func number(_ value: Double?) -> String { value.map { CSVText.number($0) } ?? "" }
}
