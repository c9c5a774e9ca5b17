import RealModule
import Statistics
import Testing
import TimeSeries

@testable import Forecasting

@Suite("Together or alone") struct PoolContestTests {
  private func contest(_ pool: [Sample], horizon: Int = 2) -> PoolContest? {
    PoolContest(pool, horizon: horizon) { try Automatic().fit($0) }
  }

  @Test("areas that follow one trend in noise of their own are better together, and the account says so")
  func together() throws {
    let example = PoolExample(areas: 12, years: 15, growth: 0.04, growthSpread: 0.03, ownSpread: 0.02)
    let pool = try example.samples(example.values(path: 21), known: 15)
    let found = try #require(contest(pool))
    #expect(found.together < found.alone && !found.isWonAlone)
    // Three ends of the pool, two steps from each, twelve areas.
    #expect(found.count == 72)
    let model = try #require(try Automatic().fit(pool: pool, horizon: 2).first?.get())
    #expect(model is FittedPooledTrend)
    #expect(model.remarks.contains { $0.hasPrefix("over 72 earlier forecasts of the pool") })
  }

  @Test("series that have nothing in common but their column are forecast each by itself")
  func alone() throws {
    var stream = RandomStream(seed: 5, name: "alone")
    let example = PoolExample(areas: 8, years: 24)
    // Straight lines of very different slopes: what a series does by itself is all there is to know.
    let pool = try (0..<8).map { area in
      let slope = Double(area - 4) * 3
      return try example.sample(
        (0..<24).map { 200 + slope * Double($0) + 0.3 * stream.normal() }, name: "area \(area)")
    }
    let found = try #require(contest(pool))
    #expect(found.alone < found.together && found.isWonAlone)
    let models = try Automatic().fit(pool: pool, horizon: 2).map { try $0.get() }
    #expect(models.allSatisfy { !($0 is FittedPooledTrend) && $0.specification == "automatic" })
  }

  @Test("short series are not taken shorter") func short() throws {
    let example = PoolExample(areas: 6)
    #expect(contest(try example.samples(example.values(path: 1), known: 9)) == nil)
    #expect(contest([]) == nil)
  }

  @Test("a season within the year, and a pool of three, leave each series to itself") func apart() throws {
    let months = try (0..<5).map { area in
      try Sample(
        Series(
          id: "area \(area)", measure: Measure(id: "m", unit: .other("")),
          points: (0..<30).compactMap { step in
            Period.month(year: 2020 + step / 12, month: step % 12 + 1).map {
              DataPoint($0, 100 + 10 * Double.sin(Double(step)) + Double(area))
            }
          }))
    }
    let example = PoolExample(areas: 3)
    for pool in [months, try example.samples(example.values(path: 2), known: 7)] {
      let models = try Automatic().fit(pool: pool, horizon: 2).map { try $0.get() }
      #expect(models.count == pool.count && models.allSatisfy { !($0 is FittedPooledTrend) })
    }
  }

  @Test("a flagged break is bridged in its own series and leaves the others as they were") func flagged()
    throws
  {
    let example = PoolExample(areas: 10)
    let values = example.values(path: 4)
    let plain = try example.samples(values, known: 8)
    var flagged = plain
    flagged[3] = try Sample(
      Series(
        id: "area 13", measure: Measure(id: "m", unit: .other("")),
        points: values[3].prefix(8).enumerated().map { year, value in
          DataPoint(
            period: .calendarYear(2010 + year), observation: .value(year < 4 ? value : 2 * value),
            flags: year == 4 ? .definitionBreak : [])
        }))
    let models = try Automatic().fit(pool: flagged, horizon: 2).map { try $0.get() }
    #expect(models[3].specification == "shocks(pooled-trend,search=flagged)")
    #expect(models[3].remarks.contains { $0.contains("2014") })
    #expect(models[0].specification == "pooled-trend")
    let forecast = try Forecast(models[3], horizon: 1)
    #expect((0.8...1.3).contains(try forecast.median(step: 1) / (2 * values[3][7])))
  }
}
