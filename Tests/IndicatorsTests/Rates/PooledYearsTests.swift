import Indicators
import Testing
import TimeSeries

@Suite("Pooled years and rates times population") struct PooledYearsTests {
  private func series(
    _ counts: [Double?], unit: TimeSeries.Unit = .rate(per: 1_000), breakAt: Int? = nil,
    periods: (Int) -> Period = { .financialYear(2019 + $0) }
  ) throws -> Series {
    try Series(
      id: "alcohol", area: "Sefton", measure: Measure(id: "alcohol", unit: unit),
      points: counts.enumerated().map { position, count in
        DataPoint(
          period: periods(position), observation: count.map { .value($0) } ?? .suppressed(nil),
          numerator: count, denominator: 1_000 + Double(position),
          flags: position == breakAt ? .reportingBreak : [])
      })
  }

  @Test("Three years pooled are the sums of their counts") func sums() throws {
    let pooled = try PooledYears(of: series([4, 6, 5, 9]), over: 3)
    #expect(pooled.refusals.isEmpty)
    #expect(pooled.series.points.map(\.period.label) == ["2019/20-21/22", "2020/21-22/23"])
    #expect(pooled.series.points[0].numerator == 15)
    #expect(pooled.series.points[0].denominator == 3_003)
    #expect(pooled.series.points[0].value == 15.0 / 3_003 * 1_000)
    #expect(pooled.series.area == "Sefton")
  }

  @Test("Censuses are pooled as calendar years") func censuses() throws {
    let pooled = try PooledYears(
      of: series(
        [4, 6, 5],
        periods: { year in
          .censusDate(CivilDate(year: 2021 + year, month: 3, day: 31) ?? CivilDate(daysSinceEpoch: 0))
        }), over: 3)
    #expect(pooled.series.points.map(\.period) == [try #require(.pooledYears(2021, 2023, .calendar))])
  }

  @Test("Gaps, breaks and counts that are not known are refused, and the other years pooled") func refusals()
    throws
  {
    let holed = try PooledYears(of: series([4, 6, nil, 9, 7, 8]), over: 2)
    #expect(holed.series.points.count == 3)
    #expect(holed.refusals.count == 2)
    let broken = try PooledYears(of: series([4, 6, 5, 9], breakAt: 2), over: 2)
    #expect(broken.series.points.map(\.period.label) == ["2019/20-20/21", "2021/22-22/23"])
    #expect(broken.refusals.map(\.description).allSatisfy { $0.contains("breaks before 2021/22") })
    #expect(throws: IndicatorsError.self) {
      try PooledYears(of: series([4, 6], periods: { .financialYear(2019 + 2 * $0) }), over: 2)
    }
    #expect(throws: IndicatorsError.self) { try PooledYears(of: series([4, 6, 5]), over: 4) }
    #expect(throws: IndicatorsError.self) { try PooledYears(of: series([4, 6, 5]), over: 1) }
    #expect(throws: IndicatorsError.self) { try PooledYears(of: series([]), over: 2) }
    #expect(throws: IndicatorsError.self) { try PooledYears(of: series([4, 6], unit: .pounds), over: 2) }
    #expect(throws: IndicatorsError.self) {
      try PooledYears(
        of: series([4, 6], periods: { .month(year: 2024, month: 1 + $0) ?? .calendarYear(1) }), over: 2)
    }
  }

  @Test("A rate makes a count of a population, and a count makes a population of a rate") func bothWays()
    throws
  {
    let rate = try CountPair(65, of: 52_000, series: "s", period: "2024").crudeRate(per: 10_000)
    let count = try rate.expectedCount(among: 104_000, subject: "s")
    #expect(agree(count.value, 130, within: 1e-12))
    #expect(count.unit == .count)
    let limits = try #require(count.limits(.p95))
    let own = try #require(rate.limits(.p95))
    #expect(agree(limits.lower, own.lower * 10.4, within: 1e-12))
    let people = try rate.impliedPopulation(of: 130, subject: "s")
    #expect(agree(people.value, 104_000, within: 1e-12))
    let turned = try #require(people.limits(.p95))
    #expect(turned.lower < 104_000 && turned.upper > 104_000)
    #expect(agree(turned.upper, 130 / own.lower * 10_000, within: 1e-12))
    let none = try CountPair(0, of: 100, series: "s", period: "2024").crudeRate(per: 100)
    #expect(throws: IndicatorsError.self) { try none.impliedPopulation(of: 5, subject: "s") }
    #expect(throws: IndicatorsError.self) { try rate.impliedPopulation(of: -5, subject: "s") }
    #expect(throws: IndicatorsError.self) { try rate.expectedCount(among: 0, subject: "s") }
    #expect(throws: IndicatorsError.self) {
      try Estimate.published(5, unit: .weeks).expectedCount(among: 10, subject: "s")
    }
  }

  @Test("A population belongs to a period that holds its day, or ends within a year after it") func base()
    throws
  {
    let population = try Series(
      id: "population", area: "Sefton", measure: Measure(id: "population", unit: .count),
      points: (2020...2022).map { year in
        DataPoint(.censusDate(try #require(CivilDate(year: year, month: 6, day: 30))), Double(year))
      })
    let base = try PopulationBase(population)
    let other = try series([1])
    #expect(try base.people(for: .calendarYear(2021), of: other).count == 2_021)
    #expect(try base.people(for: .financialYear(2021), of: other).count == 2_021)
    // The academic year 2020/21 holds 30 June 2021; a census of 31 March 2022 has the estimate of June before.
    #expect(try base.people(for: .academicYear(2020), of: other).count == 2_021)
    let march = try #require(CivilDate(year: 2022, month: 3, day: 31))
    #expect(try base.people(for: .censusDate(march), of: other).source == "2021-06-30")
    let three = try base.people(for: try #require(.pooledYears(2020, 2022, .calendar)), of: other)
    #expect(three.count == 2_020 + 2_021 + 2_022)
    #expect(throws: IndicatorsError.self) { try base.people(for: .calendarYear(2024), of: other) }
    #expect(throws: IndicatorsError.self) { try base.people(for: .index(3, .yearly), of: other) }
    #expect(throws: IndicatorsError.self) { try PopulationBase(other) }
    let empty = try Series(
      id: "p", measure: Measure(id: "p", unit: .count), points: [DataPoint(.calendarYear(2020), 0)])
    #expect(
      throws: IndicatorsError.noPopulation(
        series: "alcohol, Sefton", period: "2020, from p,", denominator: 0)
    ) { try PopulationBase(empty).people(for: .calendarYear(2020), of: other) }
  }
}
