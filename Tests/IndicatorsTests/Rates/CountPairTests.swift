import Indicators
import Testing
import TimeSeries

@Suite("A count and what it is among") struct CountPairTests {
  private func pair(_ count: Double, _ denominator: Double) throws -> CountPair {
    try CountPair(count, of: denominator, series: "admissions, Sefton", period: "2023/24")
  }

  @Test("Every estimate says what it is, how its limits were found, and both levels") func saysWhatItIs()
    throws
  {
    let rate = try pair(65, 52_000).estimate(in: .rate(per: 10_000))
    #expect(rate.value == 12.5)
    #expect(rate.unit == .rate(per: 10_000))
    #expect(rate.statistic == "crude rate")
    #expect(rate.method == "Byar")
    #expect(rate.limits.map(\.confidence) == [.p95, .p998])
    #expect(rate.numerator == 65)
    #expect(rate.denominator == 52_000)
    let share = try pair(3, 8).estimate(in: .proportion)
    #expect(share.value == 0.375)
    #expect(share.statistic == "proportion")
    #expect(share.method == "Wilson score")
    #expect(try pair(3, 8).proportion(limits: .clopperPearson).method == "exact binomial (Clopper-Pearson)")
  }

  @Test("Limits widen with the level and hold the value") func nested() throws {
    for count in [0.0, 1, 9, 10, 200] {
      for unit in [TimeSeries.Unit.rate(per: 1_000), .proportion, .percentage] {
        let estimate = try pair(count, 400).estimate(in: unit)
        let (inner, outer) = (try #require(estimate.limits(.p95)), try #require(estimate.limits(.p998)))
        #expect(outer.lower <= inner.lower)
        #expect(inner.lower <= estimate.value)
        #expect(estimate.value <= inner.upper)
        #expect(inner.upper < outer.upper)
      }
    }
  }

  @Test("There may be more events than people, but no share above the whole") func events() throws {
    #expect(try pair(12, 10).crudeRate(per: 100).value == 120)
    #expect(
      throws: IndicatorsError.countAboveDenominator(
        series: "admissions, Sefton", period: "2023/24", count: 12, denominator: 10)
    ) { try pair(12, 10).proportion() }
  }

  @Test("Nobody below the line, a negative count and no number are refused with the place where they stand")
  func refusals() throws {
    #expect(
      throws: IndicatorsError.noPopulation(
        series: "admissions, Sefton", period: "2023/24", denominator: 0)
    ) { try pair(3, 0) }
    #expect(
      throws: IndicatorsError.impossibleCount(
        series: "admissions, Sefton", period: "2023/24", count: -1)
    ) { try pair(-1, 10) }
    #expect(throws: IndicatorsError.self) { try pair(.nan, 10) }
    #expect(throws: IndicatorsError.self) { try pair(1, .infinity) }
    #expect(throws: IndicatorsError.self) { try pair(1, 10).crudeRate(per: 0) }
    #expect(throws: IndicatorsError.self) { try pair(1, 10).estimate(in: .pounds) }
    #expect(throws: IndicatorsError.self) { try PoissonLimits.byar.limits(of: -1, at: .p95) }
    #expect(throws: IndicatorsError.self) { try PoissonLimits.exact.limits(of: 1e12, at: .p95) }
    #expect(throws: IndicatorsError.self) { try BinomialLimits.wilson.limits(of: 3, among: 2, at: .p95) }
  }

  @Test("Byar's limit below 0 is given as it is, and said") func belowZero() throws {
    let estimate = try pair(1, 1_000).crudeRate(per: 1_000, limits: .byar)
    #expect(try #require(estimate.limits(.p998)).lower < 0)
    #expect(estimate.remark != nil)
    #expect(try pair(1, 1_000).crudeRate(per: 1_000).remark == nil)
  }

  @Test("A rate and a population imply the count that they were made of") func implied() throws {
    let implied = try CountPair(
      impliedBy: 12.5, in: .rate(per: 10_000), population: 52_000, series: "s", period: "2024")
    #expect(implied.numerator == 65)
    #expect(throws: IndicatorsError.self) {
      try CountPair(impliedBy: 12.5, in: .weeks, population: 52_000, series: "s", period: "2024")
    }
  }

  @Test("A figure without its counts says which series and period") func notKnown() throws {
    let series = try Series(
      id: "neet", area: "Sefton", measure: Measure(id: "neet", unit: .percentage),
      points: [DataPoint(period: .calendarYear(2024), observation: .value(3), numerator: 30)])
    #expect(
      throws: IndicatorsError.countsNotKnown(series: "neet, Sefton", period: "2024", method: "a rate")
    ) { try CountPair(series.points[0], of: series, for: "a rate") }
  }
}
