import Commissioning
import Forecasting
import Foundation
import Testing
import TimeSeries

@testable import Reporting

@Suite("Fan charts of plans and forecasts")
struct FanChartTests {
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
        let reading = try ChartReading(chart.svg())
        let named = "\(service.name), \(figure.name(in: service)): "
        #expect(reading.title.lowercased().hasPrefix(named.lowercased()), "\(reading.title)")
        #expect(reading.summary == chart.description && !chart.description.isEmpty)
        #expect(reading.overlaps.isEmpty && reading.strays.isEmpty)
      }
    }
  }

  @Test("The balance is described for those who do not see it")
  func summary() throws {
    let service = try #require(try InventedPlan.outcome().services.first)
    let chart = try FanChart(service, figure: .closingBalance)
    #expect(
      chart.description.hasPrefix(
        "Published from 2023/24, -£8.3m, to 2024/25, -£11.0m. Forecast from 2025/26"))
    let reading = try ChartReading(chart.svg())
    #expect(reading.shapes("polygon").count == 2 && reading.shapes("polyline").count == 2)
    #expect(reading.texts.contains { $0.content.hasSuffix(", median") })
    #expect(
      chart.title
        == "High needs, DSG balance carried forward (deficit negative): -£11.0m in 2024/25, median -£27.5m in 2027/28"
    )
    #expect(try FanChart(service, figure: .spend).title.hasPrefix("High needs, spend: £"))
    #expect(try FanChart(service, figure: .inYearBalance).title.hasPrefix("High needs, in-year balance: "))
  }

  @Test("Beside spend stands the budget")
  func budget() throws {
    let service = try #require(try InventedPlan.outcome().services.first)
    let chart = try FanChart(service, figure: .spend)
    #expect(chart.points.allSatisfy { $0.level != nil })
    #expect(!(try ChartReading(chart.svg()).shapes("polyline", .level)).isEmpty)
    #expect(try FanChart(service, figure: .closingBalance).points.allSatisfy { $0.level == nil })
  }

  @Test("A series and its forecast are drawn together")
  func series() throws {
    let series = try #require(try InventedPlan.evidence()["neet-rate", area: "Borchester"])
    let fitted = try Naive().fit(try Sample(series))
    let chart = try FanChart(SeriesForecast(series: series, forecast: try Forecast(fitted, horizon: 3)))
    #expect(chart.title.hasPrefix("Not in work or school, Borchester: "), "\(chart.title)")
    #expect(chart.title.hasSuffix(" in 2027/28"), "\(chart.title)")
    #expect(chart.points.map(\.label).suffix(4) == ["2024/25", "2025/26", "2026/27", "2027/28"])
    #expect(try ChartReading(chart.svg()).shapes("polygon").count == 3)
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
      let places = LabelPlacement.apart(wanted, by: 15, within: 64...352)
      for (upper, lower) in zip(places, places.dropFirst()) { #expect(lower - upper >= 15 - 1e-9) }
      #expect((places.first ?? 0) >= 64 - 1e-9)
      #expect((places.last ?? 999) <= 352 + 1e-9)
    }
  }
}
