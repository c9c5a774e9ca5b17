import RealModule
import Statistics
import Testing
import TimeSeries

@testable import Forecasting

@Suite("Reconciled intervals hold what they promise")
struct ReconciliationCoverageTests {
  @Test("of simulated futures eight in ten lie within the 80 per cent intervals, of parts and of the total")
  func parts() throws {
    let hierarchy = try Hierarchy(parents: [
      .init("t"), .init("a", of: "t"), .init("b", of: "t"), .init("c", of: "t"), .init("d", of: "t"),
    ])
    let (years, ahead, trials) = (25, 3, 250)
    var inside: [String: Double] = [:]
    for trial in 0..<trials {
      var stream = RandomStream(seed: 8, name: "coverage", path: UInt64(trial))
      var levels = [100.0, 100, 100, 100]
      let rows = (0..<(years + ahead)).map { _ in
        let common = stream.normal()
        for part in levels.indices { levels[part] += 2 * (0.7 * common + 0.7 * stream.normal()) }
        return levels.map { ($0 * 100).rounded() / 100 }
      }
      let all = try rows.map { try hierarchy.aggregated($0) }
      var base: [String: Forecast] = [:]
      for (node, name) in hierarchy.nodes.enumerated() {
        let past = try annual(all.prefix(years).map { $0[node] }, .pounds)
        base[name] = try Forecast(try Naive().fit(try Sample(past, scale: .natural)), horizon: ahead)
      }
      let found = try ReconciledForecast(
        base, hierarchy: hierarchy, method: .minimumTrace(.shrunkCovariance), paths: 300, seed: UInt64(trial))
      for (node, name) in hierarchy.nodes.enumerated() {
        let isInside = try found.interval(0.8, of: name, step: ahead).contains(all[years + ahead - 1][node])
        let forecast = try #require(base[name])
        let isInsideBase = try forecast.interval(0.8, step: ahead).contains(all[years + ahead - 1][node])
        let share = name == "t" ? 1 / Double(trials) : 0.25 / Double(trials)
        inside[name == "t" ? "total" : "part", default: 0] += isInside ? share : 0
        inside[name == "t" ? "total alone" : "part alone", default: 0] += isInsideBase ? share : 0
      }
    }
    // Four standard errors of 250 trials are 0.1; the parts, four to a trial, are surer.
    #expect(abs((inside["total"] ?? 0) - 0.8) < 0.1)
    #expect(abs((inside["part"] ?? 0) - 0.8) < 0.07)
    // The same futures lie within the intervals of each series by itself: nothing is lost by joining them.
    #expect(abs((inside["total"] ?? 0) - (inside["total alone"] ?? 0)) < 0.025)
    #expect(abs((inside["part"] ?? 0) - (inside["part alone"] ?? 0)) < 0.025)
  }

  @Test("of simulated years eight in ten lie within the 80 per cent intervals of a temporal hierarchy")
  func years() throws {
    let (months, trials) = (96, 150)
    let first = try #require(Period.month(year: 2012, month: 4))
    var year = 0.0
    var month = 0.0
    for trial in 0..<trials {
      var stream = RandomStream(seed: 9, name: "coverage of years", path: UInt64(trial))
      var level = 1000.0
      let values = (0..<(months + 12)).map { _ in
        level += 10 * stream.normal()
        return level.rounded()
      }
      let series = try Series(
        id: "spend", measure: Measure(id: "spend", unit: .pounds),
        points: values.prefix(months).enumerated().map { DataPoint(first.advanced(by: $0), $1) })
      let found = try TemporalForecast(
        try TemporalHierarchy(series, by: .sum, years: .financial), years: 1, model: Naive(), paths: 200,
        seed: UInt64(trial))
      let actual = values.suffix(12).reduce(0, +)
      year += (try found.interval(0.8, .year, step: 1).contains(actual)) ? 1 / Double(trials) : 0
      month +=
        (try found.interval(0.8, .month, step: 6).contains(values[months + 5])) ? 1 / Double(trials) : 0
    }
    #expect(abs(year - 0.8) < 0.13, "\(year)")
    #expect(abs(month - 0.8) < 0.13, "\(month)")
  }
}
