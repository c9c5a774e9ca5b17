import Testing

@testable import Reporting

@Suite("Dumbbell charts") struct DumbbellChartTests {
  private func chart(_ rows: [DumbbellChart.Row]) throws(ReportingError) -> DumbbellChart {
    try DumbbellChart(title: "t", unit: .count("plans"), fromName: "2019", toName: "2024", rows: rows)
  }

  @Test("A ring is the first figure and a full dot the second, whichever is greater")
  func dots() throws {
    let reading = try ChartReading(try ChartSamples.dumbbell.svg())
    let rings = reading.shapes("circle", .paper)
    let dots = reading.shapes("circle", .first)
    #expect(rings.count == 9 && dots.count == 8)
    #expect(rings[0]["cx"] < dots[0]["cx"] && rings[0]["cy"] == dots[0]["cy"])
    // Calderdale fell; North Tyneside, before it, has no second figure.
    #expect(rings[7]["cx"] > dots[6]["cx"] && rings[7]["cy"] == dots[6]["cy"])
    #expect(reading.shows("Ring: 2019. Full dot: 2024."))
  }

  @Test("Both figures of each area are written, those looked at in bold")
  func figures() throws {
    let reading = try ChartReading(try ChartSamples.dumbbell.svg())
    for row in ChartSamples.areas {
      let name = try #require(reading.texts.first { $0.content == row.name })
      #expect(name.isBold == row.isFocus)
      let figures = reading.texts.filter { $0.y == name.y && $0.content != row.name }
      #expect(figures.count == [row.from, row.to].compactMap { $0 }.count, "\(row.name)")
      #expect(figures.allSatisfy { $0.isBold == row.isFocus })
    }
    let description = try ChartSamples.dumbbell.description
    #expect(description.contains("Sefton: 60.0 and 88.0; "))
    #expect(description.contains("North Tyneside: 63.0 and no figure"))
    #expect(description.hasSuffix("Unit: per 10,000 children."))
  }

  @Test("Equal figures show both marks, an area without figures says so")
  func special() throws {
    let rows = [DumbbellChart.Row("a", from: 5, to: 5), DumbbellChart.Row("b", from: .nan, to: 1e301)]
    #expect(rows[1].from == nil && rows[1].to == nil)
    let reading = try ChartReading(try chart(rows).svg(width: 360))
    #expect(reading.shapes("circle").count == 2 && reading.shows("no figure"))
    #expect(reading.shapes("circle")[0]["r"] > reading.shapes("circle")[1]["r"])
    #expect(throws: ReportingError.emptyChart("t")) { try chart([rows[1]]) }
    #expect(throws: ReportingError.emptyChart("t")) { try chart([]) }
  }

  @Test("Sixty areas stand one below the other")
  func many() throws {
    let rows = (0..<60).map { DumbbellChart.Row("Area \($0)", from: Double($0), to: Double(60 - $0)) }
    let reading = try ChartReading(try chart(rows).svg(width: 360))
    #expect(reading.overlaps.isEmpty && reading.strays.isEmpty && reading.shapes("circle").count == 120)
    #expect(rows.allSatisfy { reading.shows($0.name) })
  }
}
