import Indicators
import TimeSeries

/// Control charts as text for people, as comma-separated text and as JSON.
public struct ControlChartReport: Sendable {
  /// The columns of the comma-separated text.
  public static let columns = [
    "series", "area", "chart", "period", "part", "value", "numerator", "denominator", "centre", "lower",
    "upper",
    "near_lower", "near_upper", "outside_limits", "trend", "two_of_three", "shift", "cause", "variation",
    "target",
  ]

  /// The charts, in the order in which they are reported.
  public let charts: [ControlChart]

  /// Reports charts.
  public init(_ charts: [ControlChart]) { self.charts = charts }

  /// The charts for a terminal, with an empty line between them.
  ///
  /// - Parameters:
  ///   - width: the number of characters in a line; fewer than 60 are taken as 60.
  ///   - style: whether it is coloured.
  public func text(width: Int = 100, style: TextStyle = .plain) -> String {
    charts.map { ControlChartTable($0, width: max(60, width), style: style).text }.joined(separator: "\n")
  }

  /// The charts as comma-separated text: a row for every point.
  public func csv() -> String {
    var text = CSVText.row(Self.columns)
    for chart in charts {
      for (part, segment) in chart.segments.enumerated() {
        for point in chart.points[segment.positions] { text += row(point, part: part + 1, chart) }
      }
    }
    return text
  }

  private func row(_ point: ControlPoint, part: Int, _ chart: ControlChart) -> String {
    func number(_ value: Double?) -> String { value.map(CSVText.number) ?? "" }
    let limits = point.limits
    return CSVText.row(
      [
        CSVText.text(chart.id), CSVText.text(chart.area ?? ""), chart.kind.rawValue,
        CSVText.text(point.period.label),
        "\(part)", number(point.value), number(point.numerator), number(point.denominator),
        number(limits?.centre),
        number(limits?.lower), number(limits?.upper), number(limits?.nearLower), number(limits?.nearUpper),
      ] + ControlRule.allCases.map { Self.sides($0, of: point) } + [
        point.cause?.name ?? "", point.variation(chart.polarity)?.rawValue ?? "",
        number(chart.settings.target),
      ])
  }

  /// On which side a point meets a rule: `high`, `low`, both at the turn of two trends, or nothing.
  private static func sides(_ rule: ControlRule, of point: ControlPoint) -> String {
    point.causes.filter { $0.rule == rule }.map { $0.isHigh ? "high" : "low" }.joined(separator: " ")
  }

  /// The charts as JSON, with a line feed at the end.
  ///
  /// - Throws: ``ReportingError/notRepresentable(_:)``, which charts with limits never cause.
  public func json() throws(ReportingError) -> String {
    try JSONText.text(ControlChartDocument(charts: charts.map(ControlChartDocument.Chart.init)))
  }
}
