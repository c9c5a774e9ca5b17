import Testing

@testable import Reporting

@Suite("Small multiples") struct SmallMultiplesTests {
  private func flat(_ figure: Double, _ unit: ChartUnit = .pounds) throws -> FanChart {
    try FanChart(
      title: "Chart of \(figure)", unit: unit,
      points: ["2023", "2024"].map { FanChart.Point(label: $0, content: .published(figure)) })
  }

  @Test("Charts stand beside each other as the width allows, each under its title")
  func columns() throws {
    let charts = try (1...6).map { try flat(Double($0)) }
    let multiples = try SmallMultiples(title: "t", charts: charts)
    for (width, columns) in [(360.0, 1), (760, 3), (1_400, 5)] {
      let reading = try ChartReading(multiples.svg(width: width))
      let titles = reading.texts.filter { $0.content.hasPrefix("Chart of") }
      #expect(titles.count == 6 && Set(titles.map(\.x)).count == columns, "\(width)")
      #expect(reading.shapes("polyline").count == 6)
    }
  }

  @Test("On one scale equal heights are equal figures; on its own, each fills its chart")
  func scales() throws {
    let charts = [try flat(100), try flat(400)]
    func heights(_ sharesScale: Bool) throws -> [Double] {
      try ChartReading(try SmallMultiples(title: "t", charts: charts, sharesScale: sharesScale).svg())
        .shapes("polyline").map { $0.places[0].y }
    }
    let shared = try heights(true)
    #expect(shared[0] - shared[1] > 40)
    #expect(try heights(false)[0] == heights(false)[1])
  }

  @Test("Charts of different units never share a scale, and it is said that each has its own")
  func units() throws {
    let mixed = try SmallMultiples(
      title: "t", charts: [try flat(1), try flat(2, .percentage)], sharesScale: true)
    #expect(!mixed.sharesScale)
    #expect(try ChartReading(mixed.svg()).shows("Each chart has an axis of its own."))
    let shared = try SmallMultiples(title: "t", charts: [try flat(1), try flat(2)], sharesScale: true)
    #expect(shared.sharesScale)
    #expect(try !ChartReading(shared.svg()).shows("Each chart has an axis of its own."))
  }

  @Test("The last figure of each chart is written, and what its lines mean below all of them, once")
  func legend() throws {
    let reading = try ChartReading(try ChartSamples.multiples.svg(width: 1_400))
    #expect(reading.texts.filter { $0.content == "-£38.0m" }.count == 2)
    #expect(reading.texts.filter { $0.content == "2,960" }.count == 3)
    for beginning in ["Dashed line:", "Rings:", "Line of dashes and dots: budget."] {
      #expect(reading.texts.filter { $0.content.hasPrefix(beginning) }.count == 1, "\(beginning)")
    }
    for chart in try ChartSamples.multiples.charts {
      #expect(try ChartSamples.multiples.description.contains("\(chart.title): \(chart.description)"))
    }
  }

  @Test("One period, a chart that ends in a gap and no chart at all")
  func special() throws {
    let one = try FanChart(
      title: "", unit: .percentage, points: [FanChart.Point(label: "2024", content: .published(0))])
    let gap = try FanChart(
      title: "g", unit: .percentage,
      points: [
        FanChart.Point(label: "2023", content: .published(4)),
        FanChart.Point(label: "2024", content: .missing),
      ])
    let reading = try ChartReading(try SmallMultiples(title: "t", charts: [one, gap]).svg())
    #expect(reading.texts.filter { $0.content == "2024" }.count == 2 && reading.shows("4.0%"))
    #expect(reading.overlaps.isEmpty && reading.strays.isEmpty)
    #expect(throws: ReportingError.emptyChart("t")) { try SmallMultiples(title: "t", charts: []) }
  }
}
