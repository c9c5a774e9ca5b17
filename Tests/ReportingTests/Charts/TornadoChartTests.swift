import Testing

@testable import Reporting

@Suite("Tornado charts") struct TornadoChartTests {
  @Test("What moves the outcome most stands at the top, equals in the order given")
  func order() throws {
    #expect(
      try ChartSamples.tornado.bars.map(\.name)
        == ["Growth of plans", "Price of independent places, a year", "Grant", "Mitigation"])
    let equal = try TornadoChart(
      title: "t", unit: .pounds, base: 0,
      bars: ["b", "a", "c"].map { TornadoChart.Bar($0, low: $0 == "c" ? 3 : -1, high: $0 == "c" ? 1 : 1) })
    #expect(equal.bars.map(\.name) == ["b", "a", "c"])
  }

  @Test("Which end is the low value is said by a triangle and by words, not by colour alone")
  func ends() throws {
    let reading = try ChartReading(try ChartSamples.tornado.svg())
    for text in ["▼ -£30.0m", "▲ -£62.0m", "▼ -£47.0m", "▲ -£43.0m"] {
      #expect(reading.shows(text), "\(text)")
    }
    let (low, high) = (
      try #require(reading.texts.first { $0.content == "▼ -£30.0m" }),
      try #require(reading.texts.first { $0.content == "▲ -£62.0m" })
    )
    #expect(low.anchor == "start" && high.anchor == "end" && high.x < low.x && low.y == high.y)
    #expect(
      try ChartSamples.tornado.description.contains(
        "Grant: -£47.0m at its low value, -£43.0m at its high value"))
    #expect(try ChartSamples.tornado.description.contains("With every assumption as it is: -£45.2m."))
  }

  @Test("Where both ends lie on one side, the nearer is seen over the farther")
  func sameSide() throws {
    for (low, high) in [(2.0, 5.0), (5, 2), (-5, -2), (-2, -5)] {
      let chart = try TornadoChart(
        title: "t", unit: .pounds, base: 0, bars: [TornadoChart.Bar("a", low: low, high: high)])
      let bars = try ChartReading(chart.svg()).shapes("rect")
      #expect(bars.count == 2 && bars[0]["width"] > bars[1]["width"])
      #expect(bars[0].colour == (abs(low) > abs(high) ? "second" : "first"))
    }
  }

  @Test("A bar of nothing is drawn, a figure that is none refused")
  func refusals() throws {
    let flat = try TornadoChart(
      title: "t", unit: .pounds, base: 0, bars: [TornadoChart.Bar("", low: 0, high: 0)])
    #expect(try ChartReading(flat.svg(width: 360)).shapes("rect").allSatisfy { $0["width"] == 0 })
    #expect(throws: ReportingError.emptyChart("t")) {
      try TornadoChart(title: "t", unit: .pounds, base: 0, bars: [])
    }
    for figure in [Double.nan, -.infinity, 1e301] {
      let bad = TornadoChart.Bar("a", low: figure, high: 0)
      #expect(throws: ReportingError.emptyChart("t")) {
        try TornadoChart(title: "t", unit: .pounds, base: 0, bars: [bad])
      }
      #expect(throws: ReportingError.emptyChart("t")) {
        try TornadoChart(
          title: "t", unit: .pounds, base: figure, bars: [TornadoChart.Bar("a", low: 1, high: 0)])
      }
    }
  }
}
