import Testing
import TimeSeries

private let price = Measure(id: "price", unit: .pounds)

struct YearConversionTests {
  static let all: [YearConversion] = [.price, .termInvoice, .postSixteen, .januaryCensus, .marchCensus]

  @Test("Weights sum to one", arguments: all)
  func weightsSumToOne(rule: YearConversion) {
    #expect(rule.earlierWeight + rule.laterWeight == 1)
    #expect(abs(rule.value(earlier: 7, later: 7) - 7) < 1e-12)
    #expect(!rule.name.isEmpty)
  }

  @Test("Five twelfths of the year that ends, seven twelfths of the year that begins")
  func prices() throws {
    #expect(abs(YearConversion.price.earlierWeight - 5.0 / 12) < 1e-15)
    #expect(abs(YearConversion.price.value(earlier: 12, later: 24) - 19) < 1e-12)
    let sources = try YearConversion.price.sources(ofFinancialYear: .financialYear(2024))
    #expect(sources.earlier == .academicYear(2023) && sources.later == .academicYear(2024))
    // The days agree: 1 April to 31 August are 5 months of the one, September to March 7 of the other.
    #expect(sources.earlier.end?.description == "2024-08-31")
  }

  @Test("A January census weighs 0.294 before the year and 0.706 within it")
  func januaryWeights() throws {
    #expect((YearConversion.januaryCensus.earlierWeight * 1000).rounded() == 294)
    #expect((YearConversion.januaryCensus.laterWeight * 1000).rounded() == 706)
    let sources = try YearConversion.januaryCensus.sources(ofFinancialYear: .financialYear(2024))
    #expect(sources.earlier.label == "2024-01-15" && sources.later.label == "2025-01-15")
  }

  @Test("Weights from the dates are those of a path summed day by day")
  func weightsFromDates() throws {
    let earlier = try #require(CivilDate("2025-01-16"))
    let later = try #require(CivilDate("2026-01-15"))
    let year = Period.financialYear(2025)
    let weights = try #require(YearConversion.weights(earlier: earlier, later: later, over: year))
    let start = try #require(year.start)
    let daily = (0..<365).map { day in
      Double(earlier.days(to: start.adding(days: day))) / Double(earlier.days(to: later))
    }
    #expect(abs(weights.later - daily.reduce(0, +) / 365) < 1e-12)
    #expect(abs(weights.earlier + weights.later - 1) < 1e-12)
    #expect((0.704...0.709).contains(weights.later))
    #expect(YearConversion.weights(earlier: later, later: earlier, over: year) == nil)
    #expect(YearConversion.weights(earlier: earlier, later: later, over: .index(1, .yearly)) == nil)
  }

  @Test("A stock on 31 March counts half at each end of the year")
  func marchStock() throws {
    let points = try [(2023, 100.0), (2024, 110), (2025, 130)].map { year, value in
      DataPoint(.censusDate(try #require(CivilDate(year: year, month: 3, day: 31))), value)
    }
    let series = try Series(id: "cla", measure: price, points: points)
    let converted = try YearConversion.marchCensus.converted(series)
    #expect(converted.points.map(\.period) == [.financialYear(2023), .financialYear(2024)])
    #expect(converted.values == [105, 120])
  }

  @Test("January censuses on their own days convert")
  func januarySeries() throws {
    let points = try [("2024-01-18", 1000.0), ("2025-01-16", 1100)].map { text, value in
      DataPoint(.censusDate(try #require(CivilDate(text))), value)
    }
    let converted = try YearConversion.januaryCensus.converted(
      Series(id: "s", measure: price, points: points))
    #expect(converted.points.map(\.period.label) == ["2024/25"])
    #expect(abs((converted.points[0].value ?? 0) - 1070.6) < 0.1)
  }

  @Test("A year of which a source is missing is not made up")
  func absences() throws {
    func year(_ first: Observation, _ second: Observation) throws -> Observation? {
      let points = [
        DataPoint(period: .academicYear(2022), observation: first),
        DataPoint(period: .academicYear(2023), observation: second),
      ]
      return try YearConversion.price.converted(Series(id: "a", measure: price, points: points)).points.first?
        .observation
    }
    #expect(try year(.value(1), .notAvailable) == .notAvailable)
    #expect(try year(.notApplicable, .notAvailable) == .notApplicable)
    #expect(try year(.suppressed(nil), .value(1)) == .suppressed(nil))
    #expect(try year(.roundsToZero, .roundsToZero) == .roundsToZero)
    #expect(try year(.value(.infinity), .suppressed(-.infinity ... .infinity)) == .suppressed(nil))
    let bounds = try #require(try year(.value(12), .suppressed(0...12))?.bounds)
    #expect(abs(bounds.lowerBound - 5) < 1e-12 && abs(bounds.upperBound - 12) < 1e-12)
    let gap = [DataPoint(.academicYear(2020), 1), DataPoint(.academicYear(2022), 1)]
    #expect(try YearConversion.price.converted(Series(id: "a", measure: price, points: gap)).points.isEmpty)
  }

  @Test("A converted year is as public as the later source, and breaks where that breaks")
  func provenance() throws {
    let early = Publication(date: try #require(CivilDate("2023-06-01")))
    let late = Publication(date: try #require(CivilDate("2024-06-01")), isApproximate: true)
    let points = [
      DataPoint(
        period: .academicYear(2022), observation: .value(1), publication: early,
        flags: [.definitionBreak, .provisional]),
      DataPoint(
        period: .academicYear(2023), observation: .value(2), publication: late, flags: .reportingBreak),
      DataPoint(period: .academicYear(2024), observation: .value(2)),
    ]
    let converted = try YearConversion.price.converted(Series(id: "a", measure: price, points: points)).points
    #expect(converted[0].publication == late)
    #expect(converted[0].flags == [.reportingBreak, .provisional])
    #expect(converted[1].publication == late && !converted[1].breakBefore)
  }

  @Test("Nothing converts that a rule is not for")
  func refusals() throws {
    let series = try Series(id: "a", measure: price, points: [DataPoint(.financialYear(2022), 1)])
    for rule in Self.all {
      let error = #expect(throws: TimeSeriesError.self) { try rule.converted(series) }
      #expect(error?.description.contains("cannot be converted") == true)
      #expect(throws: TimeSeriesError.self) { try rule.sources(ofFinancialYear: .calendarYear(2024)) }
    }
    #expect(
      try YearConversion.marchCensus.sources(ofFinancialYear: .financialYear(2024)).later.label
        == "2025-03-31")
  }
}
