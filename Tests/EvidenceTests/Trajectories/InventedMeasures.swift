import Evidence
import TimeSeries

/// Performance measures in YAML and series for them, none of them published.
enum InventedMeasures {
  /// Series of an invented area, and of England.
  static func evidence() throws -> Panel {
    func series(
      _ id: String, _ area: String, _ unit: TimeSeries.Unit, _ values: [Double],
      polarity: String = "higher is better"
    ) throws -> Series {
      try Series(
        id: id, area: area, measure: Measure(id: id, unit: unit),
        points: values.enumerated().map { DataPoint(.calendarYear(2018 + $0.offset), $0.element) },
        attributes: [Series.Attribute(name: "polarity", value: polarity)])
    }
    return try Panel([
      series("in-time", "Here", .percentage, [40, 45, 50]),
      series("in-time", "England", .percentage, [50, 51, 52]),
      series("in-time", "There", .percentage, [44, 46, 47]),
      series("wait", "Here", .weeks, [30], polarity: "lower is better"),
      series("wait-target", "Here", .weeks, [29, 28, 27]),
    ])
  }

  static func read(_ kpis: String, settings: String = "{baseline-plus: points}") throws -> TrajectoryFile {
    let text = """
      needscast: 1
      plan: A plan
      settings: \(settings)
      actions: {1: First, 2: Second}
      kpis:
      \(kpis)
      """
    return try TrajectoryFile(
      FileContents(path: "kpis.yaml", bytes: Array(text.utf8)), evidence: try evidence(), area: "Here")
  }

  /// A sound measure; its first line is line 6 of the file.
  static func measure(
    id: String = "1/1", unit: String = "per cent", polarity: String = "higher is better",
    baseline: String = "{value: 17%, date: 2019-12-31}",
    milestones: String = "{by: 2020-12-31, wording: 50%}",
    more: String = ""
  ) -> String {
    """
      - id: \(id)
        reference: KPI 1/1
        action: 1
        wording: Plans in time
        unit: \(unit)
        polarity: \(polarity)
        baseline: \(baseline)
        milestones: [\(milestones)]
    \(more)
    """
  }
}
