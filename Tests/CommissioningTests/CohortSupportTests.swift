import Commissioning
import Testing
import TimeSeries

@Suite("Support for a part of a cohort")
struct CohortSupportTests {
  @Test("rate times cohort need it, the places limit what is spent")
  func money() throws {
    let years = try InventedPlan.cohort().byYear()
    let year = try #require(years[FinancialYear(2022)])
    #expect(agree(year.need?.known, 100))
    #expect(agree(year.demand?.known, 50))
    #expect(agree(year.supply?.known, 40))
    #expect(agree(year.unmetNeed?.known, 10))
    #expect(agree(year.spend?.known, 40_000))
    #expect(agree(year.inYearBalance?.known, 1000))
    let later = try #require(years[FinancialYear(2024)])
    #expect(agree(later.spend?.known, 48_400))
    #expect(agree(later.budget?.known, 41_000 * 1.0404))
    #expect(later.probabilityOverspend?.isCertain == true)
    #expect(later.closingBalance == nil)
  }

  @Test("a population beyond its last estimate is an assumption, and one before it is not")
  func populationBeyondEstimates() throws {
    var plan = try InventedPlan.cohort()
    plan.series = try plan.series.map { series in
      series.id == "people"
        ? try Series(
          id: series.id, area: series.area, measure: series.measure,
          points: series.points.filter { ($0.period.end?.year ?? 0) <= 2022 }) : series
    }
    let plain = try plan.byYear()
    plan.populationBeyondEstimates = "beyond"
    plan.assumptions["beyond"] = .fixed(2)
    let doubled = try plan.byYear()
    #expect(doubled[FinancialYear(2022)]?.need == plain[FinancialYear(2022)]?.need)
    for year in [2023, 2024] {
      let before = try #require(plain[FinancialYear(year)]?.need)
      let after = try #require(doubled[FinancialYear(year)]?.need)
      #expect(agree(after.mean, 2 * before.mean))
    }
    #expect(try plan.outcome().assumptions.map(\.id).contains("beyond"))
    plan.assumptions["beyond"] = .fixed(0)
    #expect(try plan.refusal().contains("beyond"))
  }

  @Test("before the base year there is need and no money")
  func baseYear() throws {
    let year = try #require(try InventedPlan.cohort().byYear()[FinancialYear(2021)])
    #expect(agree(year.need?.known, 100))
    #expect(year.spend == nil && year.budget == nil && year.supply == nil)
  }

  @Test("a proportion and a rate in per cent are the same rate")
  func units() throws {
    var plan = try InventedPlan.cohort()
    plan.replace(try Invented.yearly("rate", .proportion, from: 2019, Array(repeating: 0.05, count: 7)))
    #expect(agree(try plan.byYear()[FinancialYear(2022)]?.need?.known, 100))
    plan.replace(try Invented.yearly("rate", .count, from: 2019, Array(repeating: 5, count: 7)))
    #expect(try plan.refusal().contains("must be a share"))
  }

  @Test("years of which nothing is known are named, not filled")
  func unknownYears() throws {
    var plan = try InventedPlan.cohort()
    plan.years = FinancialYear(2017)...FinancialYear(2024)
    #expect(try plan.byYear()[FinancialYear(2018)] == nil)
    #expect(
      try plan.notes().contains("Nothing is known of the rate or the population of 2017/18, 2018/19."))
  }

  @Test("a rate too short for any model is held, and never above the whole")
  func held() throws {
    var plan = try InventedPlan.cohort()
    plan.replace(try Invented.yearly("rate", .percentage, from: 2020, [50, 60]))
    plan.assumptions["hold"] = .fixed(2)
    #expect(agree(try plan.byYear()[FinancialYear(2023)]?.need?.known, 2000))
    #expect(try plan.notes().contains { $0.hasPrefix("The rate has too few years") })
  }

  @Test("a zero cannot be held with a spread, and is refused")
  func heldZero() throws {
    var plan = try InventedPlan.cohort()
    plan.replace(try Invented.yearly("rate", .percentage, from: 2020, [0, 0]))
    plan.assumptions["hold"] = .range(low: 0.8, mostLikely: 1, high: 1.2)
    #expect(try plan.refusal().contains("a multiple of zero has no spread"))
  }

  @Test("shares above one and negative amounts are refused", arguments: ["cohort", "take-up"])
  func shares(_ id: String) throws {
    var plan = try InventedPlan.cohort()
    plan.assumptions[id] = .fixed(1.5)
    #expect(try plan.refusal().contains("a share, 0 to 1"))
    plan = try InventedPlan.cohort()
    plan.assumptions["places"] = .fixed(-1)
    #expect(try plan.refusal().contains("not negative"))
  }

  @Test("an assumption that is not defined is named")
  func unknownAssumption() throws {
    var plan = try InventedPlan.cohort()
    plan.assumptions["take-up"] = nil
    #expect(
      try plan.refusal()
        == "neet: the assumption \"take-up\" is not defined; add it under assumptions, with a value and a reason"
    )
  }

  @Test("a value outside its unit is refused even where a series could be held")
  func outOfBounds() throws {
    var plan = try InventedPlan.cohort()
    plan.replace(try Invented.yearly("rate", .percentage, from: 2019, [5, 120, 5]))
    #expect(try plan.refusal().contains("outside what the unit"))
  }
}
