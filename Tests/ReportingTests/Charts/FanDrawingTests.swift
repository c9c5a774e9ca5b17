import Testing

@testable import Reporting

@Suite("Fan charts, drawn") struct FanDrawingTests {
  private typealias Point = FanChart.Point

  private func published(_ values: [Double]) -> [Point] {
    values.enumerated().map { Point(label: "\($0.offset)", content: .published($0.element)) }
  }

  private func reading(_ points: [Point], width: Double = 760) throws -> ChartReading {
    try ChartReading(try FanChart(title: "t", unit: .count("plans"), points: points).svg(width: width))
  }

  @Test("Bands lie under the median, which goes on from the last published dot")
  func bands() throws {
    let reading = try ChartReading(try ChartSamples.balance.svg())
    let bands = reading.shapes("polygon")
    #expect(bands.map(\.colour) == ["outerBand", "band", "innerBand"])
    let median = try #require(
      reading.shapes("polyline", .first).first { $0.attributes["stroke-dasharray"] != nil })
    let line = try #require(reading.shapes("polyline", .first).last)
    let (from, to) = (try #require(line.places.last), try #require(median.places.first))
    #expect(from == to && bands.allSatisfy { $0.places.contains { $0 == from } })
    #expect(reading.shapes("circle", .first).count == 4)
    #expect(reading.shapes("polyline", .level).count == 1)
  }

  @Test("The end of every line is labelled, on a telephone by its figure alone")
  func labels() throws {
    let wide = try ChartReading(try ChartSamples.balance.svg(width: 760))
    for text in ["-£38.0m, median", "-£20.0m, budget", "-£45.2m, 80% lower", "-£26.0m, 95% upper"] {
      #expect(wide.shows(text), "\(text)")
    }
    let narrow = try ChartReading(try ChartSamples.balance.svg(width: 360))
    for text in ["-£38.0m", "-£20.0m", "-£45.2m", "-£26.0m"] { #expect(narrow.shows(text), "\(text)") }
    #expect(wide.shows("forecast") && wide.shows("published"))
  }

  @Test("What is not plain from the drawing is said below it, and only that")
  func legend() throws {
    let full = try ChartReading(try ChartSamples.balance.svg(width: 1_400))
    #expect(
      full.texts.suffix(4).map(\.content) == [
        "Dashed line: median of the forecast; bands, from dark to pale: "
          + "50, 80 and 95 in 100 futures lie inside.",
        "Rings: what was forecast for a period before its figure was published.",
        "Line of dashes and dots: budget.", "Source: schools forum papers.",
      ])
    #expect(try reading(published([1, 2])).texts.allSatisfy { !$0.content.contains(":") })
  }

  @Test("A gap breaks the line, and what is no number is a gap")
  func gaps() throws {
    for gap in [Double.nan, .infinity, -.infinity, 1.1e300] {
      let reading = try reading(published([1, 2, gap, 4, 5]))
      #expect(reading.shapes("polyline").count == 2 && reading.shapes("circle").count == 4)
    }
    let fan = FanChart.Fan(median: 1, interval80: 0...2, interval95: -(.infinity)...2)
    #expect(throws: ReportingError.emptyChart("t")) {
      try FanChart(title: "t", unit: .pounds, points: [Point(label: "a", content: .forecast(fan), level: 1)])
    }
    #expect(throws: ReportingError.emptyChart("t")) { try FanChart(title: "t", unit: .pounds, points: []) }
    let without = try FanChart(
      title: "t", unit: .pounds,
      points: [Point(label: "a", content: .published(1), level: .nan, hindcast: .infinity)])
    #expect(without.points[0].level == nil && without.points[0].hindcast == nil)
  }

  @Test("A forecast of one period alone is a bar, and one that is certain has one label")
  func single() throws {
    let fan = FanChart.Fan(median: 20, interval80: 10...30, interval95: 5...40)
    let one = try reading([Point(label: "a", content: .forecast(fan))])
    #expect(one.shapes("polygon").isEmpty && one.shapes("line", .outerBand).count == 1)
    #expect(one.shows("20.0, median") && one.shapes("line", .first).count == 1)
    let certain = try reading([Point(label: "a", content: .forecast(FanChart.Fan(certain: 7)))])
    #expect(certain.shows("7.00") && !certain.texts.contains { $0.content.contains("upper") })
  }

  @Test("An axis of nothing but zeros, of tiny, vast or a hundred figures is drawn")
  func extremes() throws {
    let sets: [[Double]] = [
      [0], [0, 0, 0], [1e300, -1e300], [.leastNormalMagnitude / 8, 0],
      (0..<100).map { Double($0) },
    ]
    for values in sets {
      for width in ChartLayoutTests.widths {
        let reading = try reading(published(values), width: width)
        #expect(reading.shapes("circle").count == values.count && reading.strayShapes.isEmpty)
        #expect(reading.overlaps.isEmpty && reading.strays.isEmpty, "\(values) \(width)")
      }
    }
  }

  @Test("A reader who does not see the chart is told its figures in sentences")
  func description() throws {
    #expect(
      try ChartSamples.balance.description
        == "High needs, Sefton: closing balance of the dedicated schools grant. "
        + "Published from 2020/21, -£4.5m, to 2023/24, -£19.0m. "
        + "Forecast from 2024/25 to 2026/27, for which the median is -£38.0m, the 80 per cent interval "
        + "-£45.2m to -£30.8m and the 95 per cent interval -£50.0m to -£26.0m. "
        + "The budget for 2026/27 is -£20.0m. "
        + "For 2021/22, -£8.0m had been forecast and -£9.9m came. "
        + "For 2022/23, -£13.0m had been forecast and -£14.0m came. Source: schools forum papers.")
    #expect(
      try FanChart(title: "t", unit: .count("plans"), points: published([3])).description
        == "Published for 0: 3.00. Unit: plans.")
  }
}
