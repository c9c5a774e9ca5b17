import Indicators
import Testing
import TimeSeries

@testable import Reporting

@Suite("Charts of an indicator beside other areas") struct ComparatorChartTests {
  private func series(
    _ values: [Double], of area: String, unit: TimeSeries.Unit = .percentage, breakAt: Int? = nil
  ) throws -> Series {
    try Series(
      id: "ranked", area: area, measure: Measure(id: "ranked", unit: unit),
      points: values.enumerated().map { index, value in
        DataPoint(
          period: .calendarYear(2016 + index), observation: .value(value),
          publication: CivilDate(year: 2017 + index, month: 6, day: 30).map { Publication(date: $0) },
          flags: index == breakAt ? [.definitionBreak] : [])
      })
  }

  private func figures(
    unit: TimeSeries.Unit = .percentage, asOf: String = "2024-12-31", ownBreak: Int? = nil
  ) throws -> ComparatorFigures {
    let evidence = [
      try series([40, 42, 44, 46, 48, 50, 52, 54], of: "Here", unit: unit, breakAt: ownBreak),
      try series([30, 31, 32, 33, 34, 35, 36, 37], of: "There", unit: unit),
      try series([60, 61, 62, 63, 64, 65, 66, 67], of: "Elsewhere", unit: unit, breakAt: 5),
      try series([60, 61], of: "Nowhere", unit: unit),
      try series([1, 1, 1, 1, 1, 1, 1, 1], of: "Abroad", unit: .score),
      try series([50, 50, 50, 50, 50, 50, 50, 54.2], of: "England", unit: unit),
    ]
    return try ComparatorFigures(
      of: ScorecardIndicator(
        id: "1.1", list: "score card", name: "Share", theme: "well", priority: 1, definition: "Of all.",
        owner: "a board", polarity: .higherIsBetter, unit: "per cent", source: "a publisher",
        evidence: .series("ranked")),
      evidence: try Panel(evidence),
      context: ScorecardContext(
        area: "Here", benchmark: "England", region: nil,
        neighbours: ["There", "Elsewhere", "Nowhere", "Abroad"],
        asOf: try #require(CivilDate(asOf))))
  }

  @Test("The areas are those of the card, at the latest period and five years before") func rows() throws {
    let figures = try figures()
    #expect(figures.latest == .calendarYear(2023) && figures.earlier == .calendarYear(2018))
    #expect(figures.rows.map(\.area) == ["Here", "There", "Elsewhere", "Nowhere", "Abroad", "England"])
    #expect(figures.rows.map(\.latest) == [54, 37, 67, nil, nil, 54.2])
    // A break, and another unit, are not compared across.
    #expect(figures.rows.map(\.earlier) == [44, 32, nil, nil, nil, 50])
  }

  @Test("Nothing published later is told, and nothing before a break of the area") func knowledge() throws {
    #expect(try figures(asOf: "2022-01-31").latest == .calendarYear(2020))
    #expect(try figures(ownBreak: 6).earlier == .calendarYear(2022))
    #expect(try figures(ownBreak: 7).earlier == nil)
    #expect(throws: ReportingError.self) { try SlopeChart(try figures(ownBreak: 7)) }
    #expect(throws: IndicatorsError.self) { try figures(unit: .count) }
    #expect(throws: IndicatorsError.self) { try figures(asOf: "2010-01-31") }
  }

  @Test("The title says where the area stands, and close percentages are told apart") func charts() throws {
    let chart = try DumbbellChart(try figures())
    #expect(
      chart.title
        == "Share: Here has 54% in 2023, higher than 1 of its 2 statistical neighbours; England has 54%",
      "\(chart.title)")
    #expect(
      chart.rows.map(\.name) == ["Elsewhere", "England (benchmark)", "Here", "There", "Nowhere", "Abroad"])
    #expect(chart.rows.filter(\.isFocus).map(\.name) == ["Here"])
    let slope = try SlopeChart(try figures())
    #expect(slope.incomplete == ["Elsewhere", "Nowhere", "Abroad"])
    for svg in [chart.svg(width: 360), slope.svg(width: 360), chart.svg(width: 1_400)] {
      let reading = try ChartReading(svg)
      #expect(reading.overlaps.isEmpty && reading.strays.isEmpty)
    }
    let close = try DumbbellChart(
      title: "Close", unit: .percentage, fromName: "a", toName: "b",
      rows: [.init("one", from: 65.2, to: 65.4), .init("other", from: 64.8, to: 66.1)])
    #expect(try ChartReading(close.svg()).shows("65.4%"))
  }
}
