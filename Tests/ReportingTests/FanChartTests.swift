import Commissioning
import Forecasting
import Foundation
import FoundationXML
import Testing
import TimeSeries

@testable import Reporting

/// Reads a document and counts its elements.
private final class ElementCounter: NSObject, XMLParserDelegate {
  var elements: [String: Int] = [:]
  var text = ""

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    elements[name, default: 0] += 1
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
}

@Suite("Fan charts")
struct FanChartTests {
  /// The elements of a chart, which must be well-formed XML.
  private func parsed(_ chart: FanChart) throws -> (elements: [String: Int], text: String) {
    let svg = chart.svg()
    let parser = XMLParser(data: Data(svg.utf8))
    let counter = ElementCounter()
    parser.delegate = counter
    #expect(parser.parse(), "\(String(describing: parser.parserError))")
    for word in ["nan", "inf", "<script", "href"] { #expect(!svg.contains(word)) }
    return (counter.elements, counter.text)
  }

  @Test("Every figure of every service is drawn, with a title and a description")
  func services() throws {
    let outcome = try InventedPlan.outcome()
    for service in outcome.services {
      for figure in PlanFigure.allCases {
        if service.years.allSatisfy({ figure.quantity(of: $0) == nil }) {
          #expect(throws: ReportingError.self) { try FanChart(service, figure: figure) }
          continue
        }
        let chart = try FanChart(service, figure: figure)
        let (elements, text) = try parsed(chart)
        #expect(elements["title"] == 1)
        #expect(elements["desc"] == 1)
        #expect(text.contains(figure.name(in: service)))
        #expect(chart.svg().contains("role=\"img\""))
      }
    }
  }

  @Test("The balance is described for those who do not see it")
  func summary() throws {
    let service = try #require(try InventedPlan.outcome().services.first)
    let chart = try FanChart(service, figure: .closingBalance)
    #expect(
      chart.summary.hasPrefix("Published from 2023/24, -£8.3m, to 2024/25, -£11.0m. Forecast from 2025/26"))
    #expect(chart.summary.hasSuffix("The axis, £ million, runs from -50 to 0."))
    let (elements, text) = try parsed(chart)
    #expect(elements["polygon"] == 2)
    #expect(elements["polyline"] == 2)
    #expect(text.contains("median"))
  }

  @Test("Text is escaped")
  func escaping() throws {
    let chart = try FanChart(
      title: "<b> & \"c\" 'd' \u{1}\n", axis: .count("a < b"),
      points: [FanChart.Point(label: "<1>", content: .published(3))], identifier: "a\"b c")
    let (_, text) = try parsed(chart)
    #expect(text.contains("<b> & \"c\" 'd'"))
    #expect(chart.identifier == "a-b-c")
    #expect(chart.summary.hasPrefix("Published for <1>: 3.00."))
  }

  @Test("A gap breaks the line, and what is not finite is a gap")
  func gaps() throws {
    let points = [1.0, 2, .nan, 4, 5].enumerated().map {
      FanChart.Point(label: "\($0)", content: .published($1))
    }
    let (elements, _) = try parsed(try FanChart(title: "t", axis: .pounds, points: points))
    #expect(elements["polyline"] == 2)
    #expect(elements["circle"] == 4)
    #expect(throws: ReportingError.emptyChart("t")) {
      try FanChart(title: "t", axis: .pounds, points: [FanChart.Point(label: "x", content: .missing)])
    }
  }

  @Test("A forecast of one period alone is a bar, and one that is certain has one label")
  func single() throws {
    let fan = FanChart.Fan(median: 20_000, interval80: 10_000...30_000, interval95: 5_000...40_000)
    let certain = FanChart.Fan(median: 0, interval80: 0...0, interval95: 0...0)
    let one = try FanChart(
      title: "t", axis: .pounds, points: [FanChart.Point(label: "a", content: .forecast(fan))])
    let (elements, text) = try parsed(one)
    #expect(elements["polygon"] == nil)
    #expect(text.contains("£20k, median"))
    let (_, flat) = try parsed(
      try FanChart(
        title: "t", axis: .pounds, points: [FanChart.Point(label: "a", content: .forecast(certain))]))
    #expect(!flat.contains("median,"))
    #expect(flat.contains("£0"))
  }

  @Test("A series and its forecast are drawn together")
  func series() throws {
    let series = try #require(try InventedPlan.evidence()["neet-rate", area: "Borchester"])
    let fitted = try Naive().fit(try Sample(series))
    let chart = try FanChart(SeriesForecast(series: series, forecast: try Forecast(fitted, horizon: 3)))
    #expect(chart.title == "Not in work or school, Borchester")
    #expect(chart.points.map(\.label).suffix(4) == ["2024/25", "2025/26", "2026/27", "2027/28"])
    #expect(try parsed(chart).elements["polygon"] == 2)
  }

  @Test("Axis ticks are round, span the figures and never number many")
  func ticks() {
    var generator = SeededGenerator(state: 3)
    for _ in 0..<2_000 {
      let scale = Double.random(in: -6...9, using: &generator)
      let a = Double.random(in: -1...1, using: &generator) * Foundation.pow(10, scale)
      let b = Double.random(in: -1...1, using: &generator) * Foundation.pow(10, scale)
      let ticks = AxisTicks(spanning: a, b)
      #expect((2...8).contains(ticks.values.count))
      #expect((ticks.values.first ?? .nan) <= min(a, b) + 1e-9 * abs(a - b))
      #expect((ticks.values.last ?? .nan) >= max(a, b) - 1e-9 * abs(a - b))
    }
    #expect(
      AxisTicks(spanning: .leastNonzeroMagnitude, .leastNormalMagnitude).values == [-1, -0.5, 0, 0.5, 1])
    #expect(AxisTicks(spanning: 0.1, 0.5).values == [0.1, 0.2, 0.3, 0.4, 0.5])
    #expect(AxisTicks(spanning: -37, 0).values == [-40, -30, -20, -10, 0])
    #expect(AxisTicks(spanning: 5, 5).values.count > 1)
    #expect(AxisTicks(spanning: 0, 0).values.count > 1)
  }

  @Test("Labels are moved apart, keep their order and stay inside the frame")
  func labels() {
    var generator = SeededGenerator(state: 11)
    for _ in 0..<1_000 {
      let wanted = (0..<5).map { _ in Double.random(in: 64...352, using: &generator) }.sorted()
      let places = FanChart.apart(wanted, by: 15, within: 64...352)
      for (upper, lower) in zip(places, places.dropFirst()) { #expect(lower - upper >= 15 - 1e-9) }
      #expect((places.first ?? 0) >= 64 - 1e-9)
      #expect((places.last ?? 999) <= 352 + 1e-9)
    }
  }
}
