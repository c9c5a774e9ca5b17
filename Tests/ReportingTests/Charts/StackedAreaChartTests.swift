import Testing

@testable import Reporting

@Suite("Stacked area charts") struct StackedAreaChartTests {
  private typealias Layer = StackedAreaChart.Layer

  private func chart(_ labels: [String], _ layers: [Layer]) throws(ReportingError) -> StackedAreaChart {
    try StackedAreaChart(title: "t", unit: .count("plans"), labels: labels, layers: layers)
  }

  @Test("Each layer lies on the one below, and together they reach the whole")
  func layers() throws {
    let reading = try ChartReading(try ChartSamples.ages.svg())
    let areas = reading.shapes("polygon")
    #expect(areas.map(\.colour) == ChartColour.categories.prefix(5).map(\.rawValue))
    for (lower, upper) in zip(areas, areas.dropFirst()) {
      let edge = lower.places.prefix(12).map(\.y)
      #expect(edge == upper.places.suffix(12).reversed().map(\.y))
    }
    // A line of paper parts each from the next.
    #expect(reading.shapes("polyline", .paper).count == 5)
  }

  @Test("Every layer is named beside its end, from above as it lies, and where the forecast begins is said")
  func labels() throws {
    let reading = try ChartReading(try ChartSamples.ages.svg())
    let names = ["20 to 25, 620", "16 to 19, 494", "11 to 15, 368", "5 to 10, 242", "Under 5, 116"]
    let texts = reading.texts.filter { names.contains($0.content) }
    #expect(texts.map(\.content) == names)
    #expect(zip(texts, texts.dropFirst()).allSatisfy { $0.y < $1.y })
    #expect(reading.shows("published") && reading.shows("forecast"))
    #expect(try ChartSamples.ages.description.contains("All together from 850 to 1,840."))
  }

  @Test("Beyond six, the smallest become one that names them")
  func others() throws {
    let layers = (1...8).map { Layer("Part \($0)", [1, Double($0)]) }
    let chart = try chart(["2023", "2024"], layers)
    #expect(chart.layers.map(\.name) == ["Part 4", "Part 5", "Part 6", "Part 7", "Part 8", "all others"])
    #expect(chart.layers.last?.values == [3, 6])
    #expect(chart.notes == ["All others: Part 1, Part 2, Part 3."])
    #expect(try self.chart(["2023", "2024"], Array(layers.prefix(6))).layers.count == 6)
  }

  @Test("One period is a bar in parts, and nothing but zeros is drawn")
  func single() throws {
    let bars = try ChartReading(try chart(["2024"], [Layer("a", [3]), Layer("b", [1])]).svg()).shapes("rect")
    // Two parts, and two squares beside their names.
    #expect(bars.count == 4 && abs(bars[0]["height"] - 3 * bars[1]["height"]) < 0.05)
    let none = try ChartReading(try chart(["a", "b"], [Layer("", [0, 0])]).svg(width: 360))
    #expect(none.strayShapes.isEmpty && none.strays.isEmpty)
  }

  @Test("A name that does not fit beside its area stands beneath it, and its figure beside it")
  func long() throws {
    let chart = try chart(["a", "b"], [Layer(String(repeating: "long ", count: 40), [1, 1_234])])
    let reading = try ChartReading(chart.svg(width: 360))
    #expect(reading.shows("1,234") && reading.texts.contains { $0.content.hasPrefix("long long") })
    #expect(reading.overlaps.isEmpty && reading.strays.isEmpty)
    let short = try ChartReading(try self.chart(["a", "b"], [Layer("short", [1, 1_234])]).svg(width: 360))
    #expect(short.shows("short, 1,234") && !short.shows("1,234"))
  }

  @Test("What is no part of a whole is refused")
  func refusals() {
    let bad: [([String], [Layer])] = [
      ([], [Layer("a", [])]), (["a"], []), (["a"], [Layer("a", [1, 2])]), (["a"], [Layer("a", [-1])]),
      (["a"], [Layer("a", [.nan])]), (["a"], [Layer("a", [.infinity])]), (["a"], [Layer("a", [1e301])]),
    ]
    for (labels, layers) in bad {
      #expect(throws: ReportingError.emptyChart("t"), "\(layers)") { try chart(labels, layers) }
    }
  }

  @Test("A forecast that begins outside the periods begins nowhere", arguments: [-1, 2, .max, .min])
  func forecast(start: Int) throws {
    let chart = try StackedAreaChart(
      title: "t", unit: .pounds, labels: ["a", "b"], layers: [Layer("a", [1, 2])], forecastStart: start)
    #expect(chart.forecastStart == nil)
    #expect(try !ChartReading(chart.svg()).shows("forecast"))
  }
}
