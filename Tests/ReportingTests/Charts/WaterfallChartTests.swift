import Testing

@testable import Reporting

@Suite("Waterfall charts") struct WaterfallChartTests {
  @Test("Each step begins where the one before ended, and the end is the start and all steps")
  func steps() throws {
    let chart = try ChartSamples.spending
    #expect(abs(chart.end.value - 47.4e6) < 1e-6 && chart.end.name == "Spending 2025/26")
    let bars = try ChartReading(chart.svg()).shapes("rect")
    #expect(bars.map(\.colour) == ["first", "fourth", "fourth", "fourth", "second", "first"])
    func left(_ index: Int) -> Double { bars[index].places[0].x }
    func right(_ index: Int) -> Double { bars[index].places[1].x }
    #expect(left(0) == left(5))
    #expect(abs(right(0) - left(1)) < 0.02 && abs(right(1) - left(2)) < 0.02)
    #expect(abs(right(3) - right(4)) < 0.02 && abs(left(4) - right(5)) < 0.02)
  }

  @Test("Lengths are in proportion, also across nothing")
  func lengths() throws {
    let bars = try ChartReading(try ChartSamples.deficit.svg()).shapes("rect")
    let amounts = [2.1, 1, 5, 0.4, 1.5]
    let pixels = bars[0]["width"] / amounts[0]
    for (bar, amount) in zip(bars, amounts) { #expect(abs(bar["width"] - pixels * amount) < 0.05) }
    // What begins above nothing and ends below it.
    #expect(bars[2].places[0].x < bars[4].places[1].x && bars[2].places[1].x > bars[0].places[1].x)
  }

  @Test(
    "Changes that are small beside the amounts can be seen and read, and a note says that the axis is broken",
    arguments: [1.0, -1])
  func small(sign: Double) throws {
    let chart = try WaterfallChart(
      title: "t", unit: .pounds, start: .init("before", sign * 185.2e6),
      steps: [.init("one", sign * -5.3e6), .init("other", sign * 0.02e6)], endName: "after")
    let reading = try ChartReading(chart.svg())
    #expect(reading.shows(sign > 0 ? "+£0.02m" : "-£0.02m"))
    #expect(reading.shapes("rect").count == 4 && reading.shapes("rect")[1]["width"] > 50)
    #expect(chart.description.contains("The axis does not reach £0"))
    #expect(reading.overlaps.isEmpty && reading.strays.isEmpty)
    #expect(!(try ChartSamples.deficit.description.contains("The axis does not reach")))
  }

  @Test("Every amount stands beside its step with its sign, so that colour says nothing more")
  func signs() throws {
    let reading = try ChartReading(try ChartSamples.deficit.svg())
    for text in ["£2.1m", "+£1.0m", "-£5.0m", "+£0.4m", "-£1.5m", "=cmd()", "תוכנית 🎉"] {
      #expect(reading.shows(text), "\(text)")
    }
    #expect(
      try ChartSamples.deficit.description
        == "Balance 2024: £2.1m. Steps: =cmd() +£1.0m; Spending <script>alert(1)</script> -£5.0m; "
        + "תוכנית 🎉 +£0.4m. Balance 2025: -£1.5m.")
  }

  @Test("A bridge without steps stands, one with a figure that is none does not")
  func refusals() throws {
    let start = WaterfallChart.Amount("a", 0)
    let none = try WaterfallChart(title: "t", unit: .percentage, start: start, steps: [], endName: "b")
    #expect(none.end.value == 0 && none.description == "a: 0.0%. b: 0.0%.")
    #expect(try ChartReading(none.svg()).shapes("rect").count == 2)
    for figure in [Double.nan, .infinity, 1e301] {
      #expect(throws: ReportingError.emptyChart("t")) {
        try WaterfallChart(
          title: "t", unit: .pounds, start: start, steps: [WaterfallChart.Amount("b", figure)], endName: "c")
      }
    }
    let vast = try WaterfallChart(
      title: "t", unit: .pounds, start: start,
      steps: (0..<60).map { WaterfallChart.Amount("\($0)", 1e300) }, endName: "c")
    #expect(vast.end.value.isFinite)
    #expect(try ChartReading(vast.svg(width: 360)).strayShapes.isEmpty)
  }
}
