import Commissioning
import Foundation
import Testing
import TimeSeries

@testable import Reporting

@Suite("The figures behind a chart") struct ChartReportTests {
  private static var charts: [(name: String, chart: any TabulatedChart)] {
    get throws {
      try ChartSamples.all.map { name, chart in (name, try #require(chart as? any TabulatedChart)) }
    }
  }

  @Test("Text, CSV and JSON hold every figure of every kind, the same") func agreement() throws {
    for (name, chart) in try Self.charts {
      let report = ChartReport(chart, kind: name)
      let figures = chart.table.panels.flatMap(\.rows).flatMap(\.figures).map(\.value)
      #expect(!figures.isEmpty, "\(name)")
      let rows = readCSV(report.csv())
      #expect(rows.first == ChartReport.columns)
      #expect(rows.dropFirst().compactMap { Double($0[3]) } == figures, "\(name)")
      let document = try JSONDecoder().decode(ChartDocument.self, from: Data(report.json().utf8))
      #expect(document.panels.flatMap(\.rows).flatMap(\.figures).map(\.value) == figures, "\(name)")
      #expect(document.title == chart.title && document.kind == name && document.notes == chart.notes)
      let text = report.text()
      #expect(text.hasPrefix(String(chart.title.prefix(30))), "\(name)")
      for panel in chart.table.panels {
        for row in panel.rows { #expect(text.contains(row.label), "\(name): \(row.label)") }
      }
    }
  }

  @Test(
    "Tables give way to the width in blocks of columns, and lose no figure", arguments: [60, 80, 100, 140])
  func width(width: Int) throws {
    let stack = try ChartSamples.ages
    let text = ChartReport(stack, kind: "stack").text(width: width)
    for line in text.split(separator: "\n") { #expect(line.count <= width, "\(line)") }
    let cells = Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
    for value in stack.layers.flatMap(\.values) { #expect(cells.contains(NumberText.whole(value))) }
    for label in stack.labels { #expect(cells.contains(label)) }
  }

  @Test("A formula in a label is no formula in a spreadsheet") func formulas() throws {
    let csv = ChartReport(try ChartSamples.deficit, kind: "bridge").csv()
    #expect(csv.contains("\n,'=cmd(),change,1000000,pounds\n"), "\(csv)")
  }
}
