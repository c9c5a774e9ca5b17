import Indicators
import TimeSeries

/// One control chart as text: what it finds, its points, and how it was drawn up.
struct ControlChartTable {
  let chart: ControlChart
  let width: Int
  let style: TextStyle

  init(_ chart: ControlChart, width: Int, style: TextStyle = .plain) {
    self.chart = chart
    self.style = style
    self.width = width
  }

  /// The text, with a line feed at the end.
  var text: String {
    let finding = ControlChartFinding(chart)
    var lines = Paragraph.lines(heading, width: width).map { style.painted($0, .heading) } + [""]
    lines += Paragraph.lines(finding.icons, width: width)
    for sentence in finding.sentences { lines += Paragraph.lines(sentence, width: width) }
    for warning in chart.warnings { lines += Paragraph.lines(warning + ".", first: "! ", width: width) }
    lines += [""] + table + [""]
    let course = course.lines("all points", indent: 2, width: width, style: style)
    if !course.isEmpty { lines += course + [""] }
    if !chart.suggestions.isEmpty {
      lines += Paragraph.lines(
        "Limits might be worked out anew from these points; nothing is until somebody gives a reason:",
        width: width)
      for suggestion in chart.suggestions {
        lines += Paragraph.lines(finding.sentence(suggestion), first: "- ", width: width)
      }
      lines.append("")
    }
    for note in method + chart.notes { lines += Paragraph.lines(note + ".", width: width) }
    return lines.joined(separator: "\n") + "\n"
  }

  private var heading: String {
    let name = chart.area.map { "\(chart.id), \($0)" } ?? chart.id
    let count = chart.points.count { $0.value != nil }
    let span = chart.points.first.flatMap { first in
      chart.points.last.map { " from \(first.period) to \($0.period)" }
    }
    return "\(name) (\(chart.unit)): \(chart.kind.label) of \(count) points\(span ?? "")"
  }

  private var method: [String] {
    let way =
      switch chart.polarity {
      case .higherIsBetter: "higher is better"
      case .lowerIsBetter: "lower is better"
      case .neutral: "neither direction is judged"
      }
    let chosen = chart.kindReason.map { "; the chart was chosen because \($0)" } ?? ""
    return [
      "Method: \(chart.method); \(way)\(chosen)",
      "Rules in order of priority: outside the limits; 7 rising or falling points; 2 of 3 points near a limit; 7 points on one "
        + "side of the centre",
    ]
  }

  /// The points as a line of blocks.
  private var course: SparklineTable {
    let figures = ControlChartFigures(chart)
    return SparklineTable(
      labels: chart.points.map(\.period.label),
      rows: [
        SparklineTable.Row("value", Sparkline(chart.points.map(\.value))) { figures.cell($0) }
      ])
  }

  private var table: [String] {
    let figures = ControlChartFigures(chart)
    var grid = TextGrid([
      .init("period", alignment: .left), .init("value"), .init(chart.kind == .g ? "median" : "mean"),
      .init("lower", "limit"),
      .init("upper", "limit"), .init("signal", alignment: .left),
      .init(
        "", alignment: .left, isBeside: true,
        tone: { $0 == "improvement" ? .good : $0 == "concern" ? .bad : nil }),
    ])
    for segment in chart.segments {
      if let recalculation = segment.recalculation {
        for line in Paragraph.lines(
          "limits anew from \(recalculation.from): \(recalculation.reason)", first: "-- ", width: width - 2)
        {
          grid.addLine(line)
        }
      }
      for point in chart.points[segment.positions] {
        grid.add([
          point.period.label, figures.cell(point.value), figures.cell(point.limits?.centre),
          figures.cell(point.limits?.lower), figures.cell(point.limits?.upper),
          point.causes.map(Self.short).joined(separator: ", "), Self.judgement(point, chart.polarity),
        ])
      }
    }
    return grid.lines(indent: 2, width: width, style: style)
  }

  /// A cause in a column; the first of a point names it.
  private static func short(_ cause: SpecialCause) -> String {
    switch cause {
    case .aboveLimit: "above limit"
    case .belowLimit: "below limit"
    case .rising: "rising"
    case .falling: "falling"
    case .nearUpperLimit: "near upper limit"
    case .nearLowerLimit: "near lower limit"
    case .aboveCentre: "run above"
    case .belowCentre: "run below"
    }
  }

  private static func judgement(_ point: ControlPoint, _ polarity: Polarity) -> String {
    switch point.variation(polarity) {
    case .improvementHigh, .improvementLow: "improvement"
    case .concernHigh, .concernLow: "concern"
    case .neutralHigh: "high"
    case .neutralLow: "low"
    case .commonCause, nil: ""
    }
  }
}
