import Testing

@testable import Reporting

@Suite("Slope charts") struct SlopeChartTests {
  @Test("Every area with both figures is a line, the one that is looked at over the others")
  func lines() throws {
    let reading = try ChartReading(try ChartSamples.slope.svg())
    let slopes = reading.shapes("line").filter { $0["stroke-width"] > 1 }
    #expect(slopes.count == 8 && slopes.last?.colour == "first")
    #expect(slopes.dropLast().allSatisfy { $0.colour == "muted" })
    // Calderdale's alone falls.
    #expect(slopes.filter { $0["y2"] > $0["y1"] }.count == 1)
    #expect(reading.shows("88.0 Sefton") && reading.shows("64.0 Calderdale") && reading.shows("2019"))
  }

  @Test("Equal figures of the first time are written once, in bold where the area is looked at")
  func equal() throws {
    let reading = try ChartReading(try ChartSamples.slope.svg())
    let written = reading.texts.filter { $0.content == "60.0" }
    #expect(written.count == 1 && written.first?.isBold == true)
    #expect(reading.texts.filter { $0.content == "63.0" }.map(\.isBold) == [false])
  }

  @Test("An area without both figures is named, not dropped")
  func incomplete() throws {
    let chart = try ChartSamples.slope
    #expect(chart.incomplete == ["North Tyneside"] && chart.rows.count == 8)
    #expect(try ChartReading(chart.svg()).shows("Without a figure for both: North Tyneside."))
    #expect(chart.description.hasSuffix("Without a figure for both: North Tyneside."))
    #expect(throws: ReportingError.emptyChart("t")) {
      try SlopeChart(
        title: "t", unit: .pounds, fromName: "a", toName: "b",
        rows: [DumbbellChart.Row("x", from: 1, to: nil), DumbbellChart.Row("y", from: .nan, to: 1)])
    }
  }

  @Test("Sixty areas, long names and vast figures keep apart")
  func many() throws {
    for width in ChartLayoutTests.widths {
      let rows = (0..<60).map {
        DumbbellChart.Row(
          $0 == 5 ? String(repeating: "name ", count: 40) : "Area \($0)", from: Double($0 % 7) * 1e299,
          to: -1e299)
      }
      let chart = try SlopeChart(
        title: "t", unit: .pounds, fromName: String(repeating: "from ", count: 40), toName: "", rows: rows)
      let reading = try ChartReading(chart.svg(width: width))
      #expect(reading.overlaps.isEmpty && reading.strays.isEmpty && reading.strayShapes.isEmpty, "\(width)")
    }
  }
}
