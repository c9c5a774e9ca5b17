import Foundation
import FoundationXML
import Indicators
import Testing
import TimeSeries

@testable import Reporting

/// Charts of invented months, for the tests of their reports.
enum InventedCharts {
  static let noise = [1.0, -2, 3, -1, 2, -3, 0, 1, -1, 2, -2, 0, 3, -3, 1, -1]

  static func series(
    _ values: [Double?], name: String = "Seen in time", area: String? = "Exampleshire",
    unit: TimeSeries.Unit = .percentage,
    polarity: Polarity = .higherIsBetter, flags: [Int: DataFlags] = [:]
  ) throws -> Series {
    let first = try #require(Period.month(year: 2022, month: 4))
    return try Series(
      id: "seen-in-time", area: area,
      measure: Measure(id: "seen-in-time", name: name, unit: unit, polarity: polarity),
      points: values.enumerated().map { index, value in
        DataPoint(
          period: first.advanced(by: index), observation: value.map { .value($0) } ?? .notAvailable,
          flags: flags[index] ?? [])
      })
  }

  /// Sixteen months about 80, then others.
  static func chart(
    _ more: [Double?] = [], settings: ControlChartSettings = .init(target: 92), name: String = "Seen in time",
    polarity: Polarity = .higherIsBetter, flags: [Int: DataFlags] = [:]
  ) throws -> ControlChart {
    try ControlChart(
      of: series(noise.map { 80 + $0 } + more, name: name, polarity: polarity, flags: flags),
      settings: settings)
  }
}

@Suite("Control charts in words") struct ControlChartFindingTests {
  @Test("A target on limits without width lies on them") func withoutWidth() throws {
    let series = try InventedCharts.series(Array(repeating: 5, count: 14), unit: .weeks)
    func assurance(_ target: Double) throws -> String {
      ControlChartFinding(try ControlChart(of: series, settings: .init(target: target))).assurance
    }
    #expect(
      try assurance(5)
        == "The target of 5 lies on the limits, which have no width: as the process is, it will be passed every time."
    )
    #expect(try assurance(6).contains("lies above the upper process limit, 5"))
  }

  private func sentence(
    _ more: [Double?], baseline: Bool = true, polarity: Polarity = .higherIsBetter
  ) throws -> String {
    let settings = ControlChartSettings(baseline: baseline ? .points(16) : nil, target: 92)
    return ControlChartFinding(try InventedCharts.chart(more, settings: settings, polarity: polarity))
      .variation
  }

  @Test("Each rule has its sentence, which says why") func rules() throws {
    #expect(
      try sentence([]).hasPrefix(
        "The last point, 79 at 2023-07, is common cause variation: it lies within the process limits"))
    #expect(
      try sentence([60]).hasPrefix(
        "The last point, 60 at 2023-08, is special cause: concern, low, because it lies below the lower process limit of 7"
      ))
    #expect(
      try sentence([99], polarity: .lowerIsBetter).contains(
        "special cause: concern, high, because it lies above the upper process limit of 8"))
    #expect(
      try sentence([81, 82, 81, 82, 81, 82, 81]).hasSuffix(
        "special cause: improvement, high, because 7 consecutive points lie above the mean."))
    #expect(
      try sentence([79, 78, 79, 78, 79, 78, 79, 79.5], polarity: .neutral).hasSuffix(
        "special cause: neither good nor bad, low, because 9 consecutive points lie below the mean."))
    #expect(
      try sentence([77, 78, 79, 80, 81, 82, 82.5]).hasSuffix(
        "because it ends 7 points that rise without a break."))
    #expect(
      try sentence([82.5, 82, 81, 80, 79, 78, 77]).contains(
        "because it ends 7 points that fall without a break."))
    #expect(
      try sentence([87.5, 81, 87.5]).hasSuffix(
        "because it is one of two of three consecutive points near the upper process limit."))
    #expect(try sentence([72.5, 79, 72.5]).contains("near the lower process limit"))
  }

  @Test("Other rules that the point meets are said too") func others() throws {
    #expect(
      try sentence([81, 82, 81, 82, 81, 82, 99]).hasSuffix(
        " It is also part of a run of points above the centre line."))
    #expect(
      try sentence([81, 82, 81, 82, 81, 87.5, 87.6]).hasSuffix(
        " It is also part of a run of points above the centre line."))
  }

  @Test("Of the target, what the limits say of it") func assurance() throws {
    func sentence(_ target: Double?, _ polarity: Polarity = .higherIsBetter) throws -> String {
      ControlChartFinding(try InventedCharts.chart(settings: .init(target: target), polarity: polarity))
        .assurance
    }
    #expect(
      try sentence(92).contains("lies above the upper process limit")
        && sentence(92).hasSuffix("failed every time."))
    #expect(try sentence(92, .lowerIsBetter).hasSuffix("passed every time."))
    #expect(
      try sentence(60).contains("lies below the lower process limit")
        && sentence(60).hasSuffix("passed every time."))
    #expect(try sentence(80).contains("chance decides whether it is met"))
    #expect(try sentence(80, .neutral).contains("nobody has said whether higher or lower is better"))
    #expect(try sentence(nil) == "No target was given, so that nothing is said of whether it will be met.")
  }

  @Test("Without limits at its end a chart judges neither the last point nor the target") func noLimits()
    throws
  {
    let event = Recalculation(from: try #require(Period.month(year: 2023, month: 8)), reason: "New team")
    let finding = ControlChartFinding(
      try InventedCharts.chart([90, 91], settings: .init(recalculations: [event], target: 92)))
    #expect(finding.variation == "The last point, 91 at 2023-09, has no limits to be judged by.")
    #expect(finding.assurance == "The target of 92 cannot be judged without limits at the end of the chart.")
    #expect(finding.icons == "No limits at the end of the chart.")
  }

  @Test("A suggestion asks for a reason") func suggestions() throws {
    let moved = InventedCharts.noise.map { 95 + $0 }
    let chart = try InventedCharts.chart(moved.map { $0 }, flags: [4: .definitionBreak, 8: .reportingBreak])
    let sentences = chart.suggestions.map(ControlChartFinding(chart).sentence)
    #expect(
      sentences.allSatisfy {
        $0.hasSuffix("only if somebody can say what happened, and give that as the reason.")
      })
    #expect(sentences[0].hasPrefix("2022-08: what is measured changed, by the series' own account ("))
    #expect(sentences[1].contains("collecting or reporting changed"))
    #expect(sentences[2].hasPrefix("2023-08: a new level seems to begin (up 15"))
    let wide = [9.0, -9, 8, -10, 9, -8, 10, -9]
    let run = try ControlChart(
      of: InventedCharts.series(wide + [1.0, 0.5, 1.2, 0.4, 0.9, 0.6, 1.1, 0.8] + wide, unit: .score))
    #expect(
      run.suggestions.map(ControlChartFinding(run).sentence)[0].contains(
        ": a run of 9 points on one side of the mean begins (up"))
  }

  @Test("Figures have decimals that show the width of the limits") func decimals() throws {
    for (scale, decimals) in [(100.0, 0), (3, 1), (0.3, 2), (0.03, 3), (0.003, 4), (0.00003, 6)] {
      let values = InventedCharts.noise.map { $0 * scale }
      #expect(
        ControlChartFigures(try ControlChart(of: InventedCharts.series(values, unit: .score))).decimals
          == decimals)
    }
    let flat = try ControlChart(of: InventedCharts.series(Array(repeating: 0, count: 14)))
    #expect(ControlChartFigures(flat).decimals == 1)
  }
}

@Suite("Control charts as text, CSV and JSON") struct ControlChartReportTests {
  /// A text on one line, as sentences read that were broken to fit.
  private func unbroken(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private func chart() throws -> ControlChart {
    let event = Recalculation(
      from: try #require(Period.month(year: 2023, month: 8)), reason: "New, \"better\" team")
    var values: [Double?] = InventedCharts.noise.map { 95 + $0 } + [110]
    values[2] = nil
    return try InventedCharts.chart(values, settings: .init(recalculations: [event], target: 92))
  }

  @Test("The text has a row for every period, the event where it happened, and fits 100 columns") func text()
    throws
  {
    let text = ControlChartReport([try chart()]).text()
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.allSatisfy { $0.count <= 100 })
    #expect(
      lines[0] == "seen-in-time, Exampleshire (per cent): XmR chart of 32 points from 2022-04 to 2024-12")
    #expect(text.contains("\nSpecial cause: improvement, high. Hit and miss.\n"))
    #expect(text.contains("\n  -- limits anew from 2023-08: New, \"better\" team\n"))
    #expect(lines.count { $0.hasPrefix("  20") } == 33)
    #expect(lines.contains { $0.hasPrefix("  2023-10      –") })
    #expect(lines.contains { $0.hasPrefix("  2024-12  110.0") && $0.hasSuffix("above limit  improvement") })
    #expect(
      text.contains(
        "Method: XmR chart, limits 2.66 mean moving ranges, moving ranges screened; higher is better."))
    #expect(text.hasSuffix("\n") && !text.hasSuffix("\n\n"))
  }

  @Test("What is wrong with a chart stands above its points, what might be recalculated below")
  func warnings() throws {
    let broken = try InventedCharts.chart([70, 71, 70, 69, 70, 71, 70, 72, 70], flags: [5: .definitionBreak])
    let text = ControlChartReport([broken]).text()
    let warning = try #require(text.range(of: "! WHAT IS MEASURED CHANGED before 2022-09"))
    let table = try #require(text.range(of: "  period"))
    let suggestion = try #require(text.range(of: "- 2022-09: what is measured changed"))
    #expect(warning.lowerBound < table.lowerBound && table.lowerBound < suggestion.lowerBound)
    #expect(text.contains("concern"))
    for polarity in [Polarity.lowerIsBetter, .neutral] {
      let other = ControlChartReport([try InventedCharts.chart([60, 99], polarity: polarity)]).text()
      #expect(
        unbroken(other).contains(polarity == .neutral ? "neither direction is judged" : "lower is better"))
    }
  }

  @Test("Charts stand in their order with an empty line between them") func several() throws {
    let one = try InventedCharts.chart()
    let text = ControlChartReport([one, one]).text(width: 20)
    let single = ControlChartReport([one]).text(width: 60)
    #expect(text == single + "\n" + single)
  }

  @Test("CSV has a row for every period of every part, figures at full precision") func csv() throws {
    let chart = try chart()
    let rows = ControlChartReport([chart]).csv().split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(rows[0] == ControlChartReport.columns)
    #expect(rows.count == 34 && rows.allSatisfy { $0.count == 20 })
    #expect(rows[1][...5] == ["seen-in-time", "Exampleshire", "xmr", "2022-04", "1", "81"])
    let last = rows[33]
    #expect(
      last[4] == "2" && last[13] == "high" && last[17] == "aboveLimit" && last[18] == "improvementHigh"
        && last[19] == "92")
    #expect(Double(last[10]) == chart.segments[1].limits?.upper)
    #expect(rows[19][5].isEmpty && rows[19][17].isEmpty)
  }

  @Test(
    "JSON has limits by part and point, icons, sentences and suggestions; what there is none of is left out")
  func json() throws {
    let text = try ControlChartReport([try chart(), try InventedCharts.chart(settings: .init())]).json()
    let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let charts = try #require(document["charts"] as? [[String: Any]])
    #expect(charts.count == 2)
    let segments = try #require(charts[0]["segments"] as? [[String: Any]])
    #expect(segments.map { $0["from"] as? String } == ["2022-04", "2023-08"])
    #expect(segments[1]["reason"] as? String == "New, \"better\" team" && segments[0]["reason"] == nil)
    let points = try #require(charts[0]["points"] as? [[String: Any]])
    #expect(
      points.count == 33 && points[18]["value"] == nil && points[32]["causes"] as? [String] == ["aboveLimit"])
    #expect(charts[0]["variation"] as? String == "improvementHigh" && charts[0]["target"] as? Double == 92)
    #expect((charts[0]["findings"] as? [String])?.count == 2)
    #expect(charts[1]["target"] == nil && charts[1]["assurance"] as? String == "notApplicable")
  }

  @Test("A chart of counts gives its counts, its kind and why it was chosen") func counts() throws {
    let first = try #require(Period.month(year: 2022, month: 4))
    let series = try Series(
      id: "seen", measure: Measure(id: "seen", unit: .percentage),
      points: (0..<14).map {
        DataPoint(period: first.advanced(by: $0), observation: .value(25), numerator: 10, denominator: 40)
      })
    let report = ControlChartReport([try ControlChart(of: series, kind: nil)])
    #expect(report.csv().contains("\nseen,,p,2022-04,1,25,10,40,25,"))
    #expect(unbroken(report.text()).contains("the chart was chosen because it is a share"))
    #expect(try report.json().contains("\"chartReason\" : \"it is a share"))
    let events = try Series(
      id: "events", measure: Measure(id: "events", unit: .other("cases")),
      points: (0..<14).map { DataPoint(.index($0, .other), Double(5 + $0 % 3)) })
    #expect(ControlChartReport([try ControlChart(of: events, kind: .g)]).text().contains("median"))
  }
}
