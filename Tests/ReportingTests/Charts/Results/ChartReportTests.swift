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
        for row in panel.rows {
          // A long label goes on below.
          for word in row.label.split(separator: " ") {
            #expect(text.contains(word), "\(name): \(row.label)")
          }
        }
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

  @Test(
    "Every figure keeps its head on a narrow terminal, and a cell without one has a dash",
    arguments: [60, 80])
  func heads(width: Int) throws {
    let chart = try TornadoChart(
      title: "t", unit: .pounds, base: 1e6,
      bars: [TornadoChart.Bar("a-rather-long-name-of-an-assumption: 2.19% to 5.21%", low: 1.2e6, high: 2.3e6)]
    )
    let text = ChartReport(chart, kind: "tornado").text(width: width)
    for line in text.split(separator: "\n") { #expect(line.count <= width, "\(line)") }
    let cells = text.split(whereSeparator: \.isWhitespace)
    #expect(cells.count { $0 == "–" } == 3, "\(text)")
    #expect(text.contains("at its low value") && text.contains("at its high value"))
  }

  @Test("Percentages that differ by a tenth are told apart in a table, however far others lie") func tenths()
    throws
  {
    let chart = try DumbbellChart(
      title: "Close", unit: .percentage, fromName: "a", toName: "b",
      rows: [.init("one", from: 20, to: 65.2), .init("other", from: 64.9, to: 65.1)])
    let text = ChartReport(chart, kind: "neighbours").text()
    for figure in ["65.2%", "65.1%", "64.9%", "20.0%"] { #expect(text.contains(figure), "\(text)") }
  }

  @Test("A formula in a label is no formula in a spreadsheet") func formulas() throws {
    let csv = ChartReport(try ChartSamples.deficit, kind: "bridge").csv()
    #expect(csv.contains("\n,'=cmd(),change,1000000,pounds\n"), "\(csv)")
  }
}
