import Indicators
import Testing
import TimeSeries

@Suite("A series told as rates") struct RatedSeriesTests {
  private func series(
    _ unit: TimeSeries.Unit, _ points: [DataPoint], names: [String] = []
  ) throws -> Series {
    try Series(
      id: "s", area: "Sefton",
      measure: Measure(id: "s", name: "Things", unit: unit, polarity: .lowerIsBetter),
      points: points, covariateNames: names)
  }

  private func population(_ count: Double = 50_000) throws -> PopulationBase {
    try PopulationBase(
      Series(
        id: "people", area: "Sefton", measure: Measure(id: "people", unit: .count),
        points: (2020...2024).map { DataPoint(.calendarYear($0), count) }))
  }

  @Test("Counts are believed, and a value that is not their quotient is doubted") func counts() throws {
    func doubt(_ value: Double, rounding: Double? = nil) throws -> String? {
      let rated = try RatedSeries(
        series(
          .percentage,
          [
            DataPoint(
              period: .calendarYear(2024), observation: .value(value), rounding: rounding, numerator: 31,
              denominator: 240)
          ]))
      #expect(rated.figures[0].estimate?.value == 31.0 / 240 * 100)
      #expect(rated.series.points[0].value == 31.0 / 240 * 100)
      return rated.figures[0].doubt
    }
    // 31/240 is 12.916…%.
    #expect(try doubt(12.9) == nil)
    #expect(try doubt(13) == nil)
    #expect(try doubt(12.92) == nil)
    #expect(
      try doubt(12.4)?.contains("is not 31 among 240, which is 12.917 per cent; the counts are used") == true)
    #expect(try doubt(12.8) != nil)
    #expect(try doubt(15, rounding: 5) == nil)
    #expect(try doubt(20, rounding: 5) != nil)
  }

  @Test("Counts without a value are a rate all the same") func noValue() throws {
    let rated = try RatedSeries(
      series(
        .rate(per: 1_000),
        [DataPoint(period: .calendarYear(2024), observation: .notAvailable, numerator: 5, denominator: 100)]))
    #expect(rated.estimate(at: .calendarYear(2024))?.value == 50)
    #expect(rated.estimate(at: .calendarYear(2023)) == nil)
  }

  @Test("A suppressed figure is not worked out from its counts, nor pooled, and says so") func suppressed()
    throws
  {
    func point(_ year: Int, _ observation: Observation) -> DataPoint {
      DataPoint(period: .calendarYear(year), observation: observation, numerator: 5, denominator: 10)
    }
    let own = try series(
      .percentage,
      [
        point(2020, .suppressed(nil)), point(2021, .suppressed(40...60)), point(2022, .notApplicable),
        point(2023, .notAvailable), point(2024, .value(50)),
      ])
    let rated = try RatedSeries(own)
    #expect(rated.figures.map { $0.estimate != nil } == [false, false, false, true, true])
    #expect(rated.figures.allSatisfy { !$0.isFault })
    #expect(
      rated.figures[0].reason
        == "s, Sefton: no figure for 2020: suppressed, so that it is not worked out from its counts")
    #expect(rated.figures[1].reason?.contains("suppressed within bounds (40-60), so that") == true)
    #expect(rated.figures[2].reason?.hasSuffix("not applicable") == true)
    #expect(rated.series.points[0].numerator == nil)
    #expect(rated.series.points[0].observation == .suppressed(nil))
    let pooled = try PooledYears(of: own, over: 2)
    #expect(pooled.refusals.first?.description.contains("the figure for 2020 is suppressed") == true)
    #expect(pooled.series.points.last?.numerator == 10)
  }

  @Test("A series without a unit says that none is given") func withoutUnit() throws {
    let bare = try series(.other(""), [DataPoint(.calendarYear(2024), 5)])
    let error = #expect(throws: IndicatorsError.self) { try RatedSeries(bare) }
    #expect(error?.description.contains("because no unit is given; give a share") == true)
    let marker = #expect(throws: IndicatorsError.self) { try RecentTrend(of: bare) }
    #expect(marker?.description.contains("because no unit is given;") == true)
  }

  @Test("A count becomes a rate of its population, and says of which") func ofPopulation() throws {
    let points = [DataPoint(.calendarYear(2023), 500), DataPoint(.calendarYear(2030), 500)]
    let rated = try RatedSeries(series(.count, points), by: .init(population: population(), per: 10_000))
    #expect(rated.series.measure.unit == .rate(per: 10_000))
    #expect(rated.series.measure.polarity == .lowerIsBetter)
    #expect(rated.figures[0].estimate?.value == 100)
    #expect(rated.figures[0].estimate?.remark == "people of 2023")
    #expect(rated.figures[1].isFault)
    #expect(rated.figures[1].reason?.contains("people, Sefton has no figure for 2030") == true)
    #expect(throws: IndicatorsError.self) { try RatedSeries(series(.count, points)) }
    for unit in [TimeSeries.Unit.pounds, .weeks, .score, .other("places")] {
      #expect(throws: IndicatorsError.self) { try RatedSeries(series(unit, points)) }
    }
  }

  @Test("A published rate has the limits that the population implies; a share has none of it")
  func published() throws {
    let point = [DataPoint(.calendarYear(2023), 80)]
    let rate = try RatedSeries(series(.rate(per: 10_000), point), by: .init(population: population()))
    #expect(rate.figures[0].isImplied)
    #expect(rate.figures[0].counts?.numerator == 400)
    #expect(rate.figures[0].estimate?.remark?.contains("the rate and people of 2023 imply") == true)
    let share = try RatedSeries(series(.percentage, point), by: .init(population: population()))
    #expect(share.figures[0].estimate?.limits.isEmpty == true)
    #expect(share.figures[0].estimate?.remark?.contains("no limits") == true)
    let bare = try RatedSeries(series(.rate(per: 10_000), point))
    #expect(bare.figures[0].estimate == .published(80, unit: .rate(per: 10_000)))
  }

  @Test("A published rate makes an expected count of the population; what was counted, and a share, does not")
  func expected() throws {
    func figure(
      _ unit: TimeSeries.Unit, limits: [Double?] = [], people: Double = 50_000,
      counts: (Double, Double)? = nil
    ) throws -> RatedSeries.Figure {
      let point = DataPoint(
        period: .calendarYear(2023), observation: .value(80), numerator: counts?.0, denominator: counts?.1,
        covariates: limits)
      let names = limits.isEmpty ? [] : ["lower_limit", "upper_limit"]
      return try RatedSeries(
        series(unit, [point], names: names),
        by: .init(population: population(people), hasPublishedLimits: !limits.isEmpty)
      ).figures[0]
    }
    let implied = try #require(try figure(.rate(per: 10_000)).expected)
    #expect(implied.value == 400 && implied.unit == .count && implied.limits.count == 2)
    let published = try #require(try figure(.rate(per: 10_000), limits: [70, 91]).expected)
    #expect(published.value == 400)
    #expect(published.limits == [ConfidenceLimits(.p95, lower: 350, upper: 455)])
    #expect(try figure(.percentage).expected == nil)
    #expect(try figure(.rate(per: 10_000), counts: (400, 50_000)).expected == nil)
    let without = try figure(.rate(per: 10_000), limits: [70, 91], people: 0)
    #expect(without.expected == nil && without.estimate?.value == 80)
    #expect(
      without.estimate?.remark?.contains("no expected count, because of s, Sefton: the denominator") == true)
  }

  @Test(
    "A fault of the population names the series that it is wanted for, and is told from faults of the series")
  func populationFaults() throws {
    let counts = [DataPoint(.calendarYear(2023), 500), DataPoint(.calendarYear(2024), -5)]
    let nobody = try RatedSeries(series(.count, counts), by: .init(population: population(0)))
    #expect(
      nobody.figures[0].reason
        == "s, Sefton: the denominator at 2023, from people, Sefton, is 0; a rate needs a number above 0")
    #expect(nobody.figures[0].isFaultOfPopulation)
    let negative = try RatedSeries(series(.count, counts), by: .init(population: population()))
    #expect(negative.figures.map(\.isFault) == [false, true])
    #expect(!negative.figures[1].isFaultOfPopulation)
    let own = try RatedSeries(
      series(
        .percentage,
        [DataPoint(period: .calendarYear(2023), observation: .value(1), numerator: 1, denominator: 0)]),
      by: .init(population: population(0)))
    #expect(own.figures[0].isFault && !own.figures[0].isFaultOfPopulation)
    let unknown = try RatedSeries(
      series(.count, [DataPoint(.calendarYear(2030), 5)]), by: .init(population: population()))
    #expect(unknown.figures[0].isFaultOfPopulation)
    #expect(unknown.figures[0].populationFault == .notKnown)
    #expect(nobody.figures.map(\.populationFault) == [.number(0), .number(0)])
    #expect(unknown.figures[0].reason?.hasPrefix("s, Sefton: people, Sefton has no figure for 2030") == true)
  }

  @Test("Counts that are not whole, and more than a hundred events a person, are doubted once for a series")
  func doubtfulCounts() throws {
    func doubts(_ pairs: [(Double, Double)], _ unit: TimeSeries.Unit) throws -> [String] {
      let rated = try RatedSeries(
        series(
          unit,
          pairs.enumerated().map { year, pair in
            DataPoint(
              period: .calendarYear(2020 + year), observation: .notAvailable, numerator: pair.0,
              denominator: pair.1)
          }))
      return rated.doubts(about: rated.figures)
    }
    #expect(try doubts([(3, 10), (4, 10)], .percentage).isEmpty)
    #expect(
      try doubts([(3, 10), (3.5, 10), (4, 9.5)], .percentage) == [
        "s, Sefton: 3.5 among 10 at 2021 and 1 other period are not whole numbers, and limits take them for counts of people or events"
      ])
    // Person-years need not be whole.
    #expect(try doubts([(3, 10.5)], .rate(per: 100)).isEmpty)
    #expect(try doubts([(1_000, 10)], .rate(per: 100)).isEmpty)
    #expect(
      try doubts([(5, 10), (1_001, 10), (5_000, 10), (5_000, 10)], .rate(per: 100)) == [
        "s, Sefton: 1001 events among 10 at 2021 and 2 other periods are more than 100 for each; look at the two counts"
      ])
    let implied = try RatedSeries(
      series(.rate(per: 10_000), [DataPoint(.calendarYear(2023), 80.01)]),
      by: .init(population: population()))
    #expect(implied.doubts(about: implied.figures).isEmpty)
  }

  @Test("Limits that were published with a value are its limits, when they hold it") func publishedLimits()
    throws
  {
    func figure(_ lower: Double?, _ upper: Double?) throws -> RatedSeries {
      try RatedSeries(
        series(
          .rate(per: 100_000),
          [DataPoint(period: .calendarYear(2024), observation: .value(30), covariates: [lower, upper])],
          names: ["lower_limit", "upper_limit"]), by: .init(hasPublishedLimits: true))
    }
    let rated = try figure(28, 33)
    #expect(rated.figures[0].estimate?.limits == [ConfidenceLimits(.p95, lower: 28, upper: 33)])
    #expect(rated.limits[.calendarYear(2024)] == ConfidenceLimits(.p95, lower: 28, upper: 33))
    #expect(try figure(nil, 33).figures[0].estimate?.limits.isEmpty == true)
    #expect(try figure(31, 33).figures[0].isFault)
  }

  @Test("What is held back is no fault; what cannot be is one") func missing() throws {
    let rated = try RatedSeries(
      series(
        .percentage,
        [
          DataPoint(period: .calendarYear(2019), observation: .suppressed(nil)),
          DataPoint(period: .calendarYear(2020), observation: .suppressed(1...7)),
          DataPoint(period: .calendarYear(2021), observation: .notApplicable),
          DataPoint(period: .calendarYear(2022), observation: .roundsToZero),
          DataPoint(period: .calendarYear(2023), observation: .notAvailable),
          DataPoint(period: .calendarYear(2024), observation: .value(110), numerator: 11, denominator: 10),
          DataPoint(period: .calendarYear(2025), observation: .value(1), numerator: 1, denominator: 0),
        ]))
    #expect(rated.figures.map(\.isFault) == [false, false, false, false, false, true, true])
    #expect(rated.figures.allSatisfy { $0.reason?.isEmpty == false })
    #expect(rated.figures[1].reason?.contains("suppressed within bounds (1-7)") == true)
    #expect(rated.series.points[0].observation == .suppressed(nil))
    #expect(rated.series.points[5].observation == .notAvailable)
  }

  @Test("Standardised rates keep their limits for the test of their trend") func standardised() throws {
    let measure = Measure(id: "dsr", unit: .rate(per: 100_000))
    let estimates = (0..<5).map { year in
      (
        period: Period.calendarYear(2024 - year),
        estimate: Result<Estimate, IndicatorsError>.success(
          Estimate(
            value: 100 - Double(year) * 10, unit: measure.unit, statistic: "directly standardised rate",
            method: "Dobson", limits: [ConfidenceLimits(.p95, lower: 90 - Double(year) * 10, upper: 110)]))
      )
    }
    let rated = try RatedSeries(estimates: estimates, measure: measure, area: "Sefton")
    #expect(rated.figures.map(\.period.label) == ["2020", "2021", "2022", "2023", "2024"])
    let trend = try RecentTrend(of: rated.series, limits: rated.limits)
    #expect(trend.basis == .givenLimits)
    #expect(trend.slope > 0)
    let scarce = IndicatorsError.tooFewEvents(
      series: "s", period: "2023", method: "m", found: 3, needed: 10)
    let wrong = IndicatorsError.noPopulation(series: "s", period: "2024", denominator: 0)
    let prose = IndicatorsError.unfit(
      series: "s", method: "m", reason: "there are only bands that overlap", remedy: "r")
    let failed = try RatedSeries(
      estimates: [
        (.calendarYear(2023), .failure(scarce)), (.calendarYear(2024), .failure(wrong)),
        (.calendarYear(2025), .failure(prose)),
      ],
      measure: measure, area: nil)
    #expect(failed.figures.map(\.isFault) == [false, true, true])
    #expect(throws: IndicatorsError.self) {
      try RatedSeries(estimates: estimates + estimates, measure: measure, area: nil)
    }
  }
}
