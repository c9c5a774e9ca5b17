import Commissioning
import Testing
import TimeSeries

@Suite("Children looked after")
struct PlacementTests {
  private static let explained = 100 * (0.6 * 1000 + 0.2 * 5000) * 365 / 7

  @Test("children times weeks times weekly cost, and the rest is a line of its own")
  func money() throws {
    let year = try #require(try InventedPlan.placements().byYear()[FinancialYear(2021)])
    #expect(year.kind == .outturn)
    #expect(year.spend?.known == 10e6)
    #expect(agree(year.need?.known, 100))
    #expect(agree(year.demand?.known, 60))
    #expect(agree(year.supply?.known, 45))
    #expect(agree(year.unmetNeed?.known, 15))
    let lines = Dictionary(uniqueKeysWithValues: year.lines.map { ($0.id, $0.amount.known ?? .nan) })
    #expect(agree(lines["foster"], 100 * 0.6 * 1000 * 365 / 7))
    #expect(agree(lines["homes"], 100 * 0.2 * 5000 * 365 / 7))
    #expect(agree(lines["other-looked-after-spending"], 10e6 - Self.explained))
    #expect(year.budget == nil)
    #expect(year.spendOnAssumption == 0)
  }

  @Test("every year with an outturn is reproduced exactly, and its lines sum to it")
  func reproduced() throws {
    var plan = try InventedPlan.everything()
    plan.services = plan.services.filter { $0.id == "looked-after" }
    plan.years = FinancialYear(2014)...FinancialYear(2026)
    let outturn = try #require(plan.series.first { $0.id == "outturn" }).known(asOf: plan.asOf)
    let years = try plan.byYear()
    var compared = 0
    for point in outturn.points {
      let start = try #require(point.period.startYear)
      let year = try #require(years[FinancialYear(start)])
      let published = try #require(point.value)
      #expect(year.spend?.known == published)
      guard !year.lines.isEmpty else { continue }
      #expect(agree(year.lines.reduce(0) { $0 + $1.amount.mean }, published))
      compared += 1
    }
    // Placements are known from March 2020.
    #expect(compared == 3)
  }

  @Test("a leap year has two sevenths of a week more")
  func leapYear() throws {
    // 2023/24 holds 29 February 2024; rates are held at one, so that only the days differ.
    let years = try InventedPlan.placements().byYear()
    let leap = try #require(years[FinancialYear(2023)]?.lines.first { $0.id == "foster" }).amount
    #expect(agree(leap.known, 100 * 0.6 * 1000 * 366 / 7))
  }

  @Test("the last outturn raised by the stated uplift is the budget, and all of it is assumed")
  func budget() throws {
    let years = try InventedPlan.placements().byYear()
    #expect(agree(years[FinancialYear(2022)]?.budget?.known, 10.5e6))
    #expect(agree(years[FinancialYear(2024)]?.budget?.known, 10e6 * 1.157625))
    #expect(agree(years[FinancialYear(2024)]?.budgetOnAssumption, 10e6 * 1.157625))
    let year = try #require(years[FinancialYear(2022)])
    #expect(agree(year.inYearBalance?.mean, 10.5e6 - (year.spend?.mean ?? .nan)))
    #expect(year.closingBalance == nil)
    #expect(year.probabilityDeficit == nil)
  }

  @Test("a series too short for any model is held at its last value, counted as assumption and named")
  func held() throws {
    var plan = try InventedPlan.placements()
    plan.replace(try Invented.census("homes-share", 3, 31, from: 2021, [0.19, 0.2], unit: .proportion))
    plan.assumptions["hold"] = .fixed(1.5)
    let year = try #require(try plan.byYear()[FinancialYear(2023)])
    let homes = try #require(year.lines.first { $0.id == "homes" }).amount
    #expect(agree(homes.mean, 100 * 0.3 * 5000 * 366 / 7))
    // The homes by the held share, and no more than a future spends in all; fostering and the cost of a child have their
    // models.
    let assumed = try #require(year.spendOnAssumption)
    #expect(assumed <= homes.mean && assumed > 0.9 * homes.mean)
    #expect(
      try plan.notes().contains(
        "The share of homes has too few years for any model and is held, with a stated spread."))
  }

  @Test("a held share stays within the whole, and shares above the whole are brought back in proportion")
  func proportion() throws {
    var plan = try InventedPlan.placements()
    plan.replace(try Invented.census("homes-share", 3, 31, from: 2021, [0.19, 0.2], unit: .proportion))
    plan.assumptions["hold"] = .fixed(20)
    let year = try #require(try plan.byYear()[FinancialYear(2023)])
    // 60, 100 and 10 per cent are 170: the homes have 100 of the 170.
    let homes = try #require(year.lines.first { $0.id == "homes" }).amount
    #expect(agree(homes.mean, 100 * (100 / 170) * 5000 * 366 / 7))
    #expect(agree(year.demand?.mean, 100 * 60 / 170))
  }

  @Test("when the rate of children is held, all that follows from it rests on assumption")
  func heldChildren() throws {
    var plan = try InventedPlan.placements()
    plan.replace(try Invented.census("children", 3, 31, from: 2021, [100, 100]))
    let year = try #require(try plan.byYear()[FinancialYear(2023)])
    #expect(agree(year.spendOnAssumption, try #require(year.spend).mean))
    #expect(try plan.notes().contains { $0.hasPrefix("The rate of children has too few years") })
  }

  @Test("published shares that sum to more than the whole are refused, rounding apart")
  func sharesAboveWhole() throws {
    var plan = try InventedPlan.placements()
    plan.replace(
      try Invented.census(
        "parents-share", 3, 31, from: 2020, [10, 10, 22, 10, 10, 10, 10], unit: .percentage))
    #expect(
      try plan.refusal()
        == "looked-after: the published shares of placements sum to 102 per cent at 2022-03-31; name placements that "
        + "do not overlap")
    plan.replace(
      try Invented.census(
        "parents-share", 3, 31, from: 2020, [10, 10, 21, 10, 10, 10, 10], unit: .percentage))
    #expect(try plan.outcome().refusals.isEmpty)
  }

  @Test("shares in any other unit are refused")
  func shareUnit() throws {
    var plan = try InventedPlan.placements()
    plan.replace(try Invented.census("parents-share", 3, 31, from: 2020, Array(repeating: 10, count: 7)))
    #expect(try plan.refusal().contains("must be a share: per cent, or a proportion"))
  }

  @Test("a weekly cost that is not known is refused, and one that is not paid is said to be")
  func missingCost() throws {
    var plan = try InventedPlan.placements()
    #expect(try plan.notes().contains { $0.hasPrefix("With parents: no weekly cost here") })
    plan.remove("homes-cost")
    #expect(
      try plan.refusal().contains("Homes has children and no price, because \"homes-cost\" is not known"))
  }

  @Test("without own places there is demand and no unmet need")
  func noPlaces() throws {
    var plan = try InventedPlan.placements()
    plan.remove("own-places")
    let year = try #require(try plan.byYear()[FinancialYear(2022)])
    #expect(year.demand != nil)
    #expect(year.supply == nil && year.unmetNeed == nil)
    #expect(try plan.notes().contains { $0.contains("\"own-places\"") })
    // A placement that does not exist asks for no places.
    let other = try InventedPlan.placements(placedInOwnPlaces: "boats")
    #expect(try other.byYear()[FinancialYear(2022)]?.demand == nil)
  }

  @Test("no year with outturn and children together is refused; an outturn alone is shown as it is")
  func noRemainder() throws {
    var plan = try InventedPlan.placements()
    plan.years = FinancialYear(2018)...FinancialYear(2024)
    #expect(try plan.byYear()[FinancialYear(2018)]?.spend == nil)
    plan.replace(try Invented.yearly("outturn", .pounds, from: 2017, [9e6]))
    #expect(try plan.refusal().contains("a year with outturn and children together"))
    plan.replace(try Invented.yearly("outturn", .pounds, from: 2018, [9e6, 9e6, 9e6, 9e6]))
    plan.replace(try Invented.census("people", 6, 30, from: 2017, Array(repeating: 20_000, count: 10)))
    plan.replace(
      try Invented.yearly(
        "homes-cost", .other("pounds per week"), from: 2020, Array(repeating: 5000, count: 6)))
    let year = try #require(try plan.byYear()[FinancialYear(2018)])
    #expect(year.spend?.known == 9e6)
    #expect(year.lines.isEmpty)
    #expect(year.spendOnAssumption == 0)
  }

  @Test("an average from one census is said to be")
  func oneCensus() throws {
    var plan = try InventedPlan.placements()
    plan.years = FinancialYear(2018)...FinancialYear(2024)
    let notes = try plan.notes()
    #expect(
      notes.contains { $0.hasPrefix("The average number of children of 2018/19 is that of the later census") }
    )
    #expect(notes.contains { $0.hasPrefix("The average share of foster care of 2019/20 is that") })
  }

  @Test("an outturn by another kind of year is refused, and one that is not there is named")
  func wrongYears() throws {
    var plan = try InventedPlan.placements()
    plan.replace(try Invented.series("outturn", .pounds, [(.academicYear(2021), 9e6)]))
    #expect(try plan.refusal().contains("periods such as 2024/25 are needed"))
    plan.remove("outturn")
    #expect(try plan.refusal().contains("there is no series \"outturn\" for Ambridge"))
  }

  @Test("a count on a day is divided by the latest estimate of a day not after it")
  func denominators() throws {
    // The estimate of 30 June 2021 is ten times the others. Counts on 31 March 2022 are divided by it, and on
    // 31 March 2021 by that of 2020: the rates are 50, 5, 50 per 10,000, and the forecast of 2022/23 uses mid-2022.
    var plan = try InventedPlan.placements()
    plan.replace(
      try Invented.census(
        "people", 6, 30, from: 2018,
        [20_000, 20_000, 20_000, 200_000, 20_000, 20_000, 20_000, 20_000, 20_000]))
    plan.replace(try Invented.census("children", 3, 31, from: 2019, [100, 100, 100, 1000]))
    plan.draws = 2
    // A constant rate of 50 per 10,000 has nothing to learn uncertainty from but what chance does to counts.
    let year = try #require(try plan.byYear()[FinancialYear(2023)])
    #expect(abs((year.need?.mean ?? .nan) - 100) < 60)
    #expect(try plan.byYear()[FinancialYear(2021)]?.need?.known == 550)
  }

  @Test("what has been published since stands beside what was forecast")
  func comparison() throws {
    var plan = try InventedPlan.everything()
    plan.asOf = Invented.date(2022, 1, 15)
    plan.comparesOutturn = true
    let outcome = try plan.outcome()
    let figures = Set(outcome.comparisons.map(\.figure))
    #expect(figures == ["children", "outturn", "plans", "closing-balance", "rate"])
    for comparison in outcome.comparisons {
      let inside = comparison.isInside80
      #expect(!inside || comparison.isInside95)
    }
    let spend = try #require(outcome.comparisons.first { $0.figure == "outturn" })
    #expect(spend.actual == plan.series.first { $0.id == "outturn" }?.point(at: spend.period)?.value)
    plan.comparesOutturn = false
    #expect(try plan.outcome().comparisons.isEmpty)
  }
}
