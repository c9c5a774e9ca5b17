import Commissioning
import Testing
import TimeSeries

@Suite("Waiting lists")
struct WaitingListTests {
  @Test("the list at the end is the list at the start, and arrivals, less the treated")
  func conservation() throws {
    // 40 wait at the end of October 2021. Ten come and eight are seen each month: 50 by March 2022, 74 by March 2023.
    let years = try InventedPlan.waiting().byYear()
    #expect(years[FinancialYear(2021)] == nil)
    let first = try #require(years[FinancialYear(2022)])
    #expect(agree(first.need?.known, 50 + 24))
    #expect(agree(first.demand?.known, 120))
    #expect(agree(first.supply?.known, 96))
    #expect(agree(first.spend?.known, 96 * 500))
    #expect(agree(first.budget?.known, 50_000))
    #expect(agree(first.inYearBalance?.known, 2000))
    let second = try #require(years[FinancialYear(2023)])
    #expect(agree(second.need?.known, 98))
    #expect(agree(second.spend?.known, 96 * 550))
    #expect(agree(second.budget?.known, 51_000))
    #expect(second.spendOnAssumption == second.spend?.known)
    #expect(second.budgetOnAssumption == second.budget?.known)
  }

  @Test("what the list holds beyond the number treated in the target wait is unmet need")
  func target() throws {
    let year = try #require(try InventedPlan.waiting().byYear()[FinancialYear(2022)])
    // 96 a year of 365/7 weeks: 33.1 in eighteen weeks.
    #expect(agree(year.unmetNeed?.known, 74 - 96 * 18 / (365.0 / 7)))
  }

  @Test("the rules of queues say what a list that grows beyond its target takes")
  func relief() throws {
    // 120 come and 96 are seen a year of 365/7 weeks: 2.3 and 1.8 a week, a load of 1.25. The list stands at 74 in March
    // 2023, where 120 x 18 / 52.14 = 41 go with a mean wait of eighteen weeks: less than twice as many.
    let note = try #require(try InventedPlan.waiting().notes().first { $0.contains("a load of") })
    #expect(
      note
        == "In 2022/23, at the means, 2.3 children a week join the list and stay: a load of 1.25; at 1 or above the list "
        + "grows without end. It stands at 74 at the end of the year. A list of up to twice the 41 that go with a mean wait "
        + "of 18 weeks calls for no relief; capacity for 2.4 children a week keeps the wait there in the long run (target "
        + "capacity), and there is capacity for 1.8.")
    var longer = try InventedPlan.waiting()
    longer.assumptions["capacity"] = .fixed(60)
    // 125, 84 above the target: 3.2 a week for 26 weeks, beside the 2.3 who come.
    let relief = try #require(try longer.notes().first { $0.contains("relief capacity") })
    #expect(relief.contains("a load of 2;"))
    #expect(
      relief.contains(
        "takes capacity for 5.5 children a week (relief capacity), and there is capacity for 1.2."))
    var settled = try InventedPlan.waiting()
    settled.assumptions["capacity"] = .fixed(240)
    #expect(try settled.notes().contains { $0.contains("a load of 0.5, below 1, at which the list settles") })
    #expect(try !InventedPlan.waiting(target: nil).notes().contains { $0.contains("a load of") })
  }

  @Test("without a target everyone waiting is unmet need")
  func noTarget() throws {
    let plan = try InventedPlan.waiting(target: nil)
    let year = try #require(try plan.byYear()[FinancialYear(2022)])
    #expect(year.unmetNeed == year.need)
    #expect(try plan.notes().contains("Unmet need is everyone waiting: nobody has set one."))
  }

  @Test("a list is never negative, and nobody is treated who is not there")
  func neverNegative() throws {
    var plan = try InventedPlan.waiting()
    plan.assumptions["capacity"] = .fixed(100_000)
    let year = try #require(try plan.byYear()[FinancialYear(2022)])
    #expect(year.need?.known == 0)
    #expect(agree(year.spend?.known, 120 * 500))
    #expect(year.unmetNeed?.known == 0)
  }

  @Test("children are conserved in every future, whatever is assumed")
  func conservedInDraws() throws {
    var plan = try InventedPlan.waiting()
    plan.assumptions["referrals"] = .range(low: 60, mostLikely: 120, high: 200)
    plan.assumptions["leavers"] = .range(low: 0, mostLikely: 0.1, high: 0.3)
    plan.assumptions["capacity"] = .range(low: 50, mostLikely: 96, high: 180)
    plan.assumptions["price-growth"] = .fixed(0)
    let service = try #require(try plan.outcome().services.first)
    for (before, year) in zip(service.years, service.years.dropFirst()) {
      // Sums and means commute, so the identity of every future is also that of the means.
      let treated = try #require(year.spend).mean / 500
      let opening = try #require(before.need).mean
      let arrivals = try #require(year.demand).mean
      // What was treated is read from money that is held to the penny.
      #expect(agree(year.need?.mean, opening + arrivals - treated, within: 1e-6))
      #expect(try #require(year.need?.distribution).p2_5 >= 0)
    }
  }

  @Test("those who leave without being treated never join the list")
  func leavers() throws {
    var plan = try InventedPlan.waiting()
    plan.assumptions["leavers"] = .fixed(0.5)
    #expect(agree(try plan.byYear()[FinancialYear(2022)]?.demand?.known, 60))
  }

  @Test("referrals follow the population and their own growth from the base year")
  func growth() throws {
    var plan = try InventedPlan.waiting()
    plan.assumptions["referral-growth"] = .fixed(0.1)
    plan.replace(
      try Invented.census(
        "people", 6, 30, from: 2017, [20, 20, 20, 20, 20, 20, 30, 30, 30].map { $0 * 1000 }))
    let years = try plan.byYear()
    #expect(agree(years[FinancialYear(2022)]?.demand?.known, 120))
    #expect(agree(years[FinancialYear(2023)]?.demand?.known, 120 * 1.5 * 1.1))
  }

  @Test("a later list moves no price: money is in prices of the stated base year")
  func basePrices() throws {
    var plan = try InventedPlan.waiting(base: 2020)
    #expect(agree(try plan.byYear()[FinancialYear(2022)]?.spend?.known, 96 * 500 * 1.21))
    plan.replace(
      try Invented.series(
        "list", .count, [(try #require(Period.month(year: 2022, month: 6)), 400)], area: "Borsetshire"))
    plan.asOf = Invented.date(2022, 12, 31)
    #expect(agree(try plan.byYear()[FinancialYear(2023)]?.spend?.known, 96 * 500 * 1.331))
  }

  @Test(
    "the months left to 31 March are counted from the end of the list's month",
    arguments: [(4, 11), (10, 5), (3, 0), (1, 2)])
  func months(_ month: Int, _ left: Int) throws {
    var plan = try InventedPlan.waiting()
    let year = month >= 4 ? 2021 : 2022
    plan.replace(
      try Invented.series(
        "list", .count, [(try #require(Period.month(year: year, month: month)), 400)], area: "Borsetshire"))
    // Two more wait at the end of every month.
    #expect(agree(try plan.byYear()[FinancialYear(2022)]?.need?.known, 40 + 2 * Double(left + 12)))
  }

  @Test("counts after a reporting break are kept, named, and not fitted through")
  func reportingBreak() throws {
    var plan = try InventedPlan.waiting()
    let months = try (8...12).map { try #require(Period.month(year: 2021, month: $0)) }
    plan.replace(
      try Series(
        id: "list", area: "Borsetshire", measure: Measure(id: "list", unit: .count),
        points: zip(months, [380, 390, 400, 90, 900.0]).map { month, value in
          DataPoint(
            period: month, observation: .value(value), flags: value == 90 ? .reportingBreak : [])
        }))
    #expect(agree(try plan.byYear()[FinancialYear(2022)]?.need?.known, 74))
    #expect(
      try plan.notes().contains(
        "Counts of 2021-11 to 2021-11 are after a reporting break; they are kept and not fitted through."))
  }

  @Test("years before the list was counted are not invented, and that is said")
  func earlyYears() throws {
    #expect(
      try InventedPlan.waiting().notes().contains {
        $0
          == "The list was counted in 2021/22, at 2021-10: the account begins with the next financial year, 2022/23; "
          + "earlier years are not known."
      })
    var plan = try InventedPlan.waiting()
    plan.years = FinancialYear(2022)...FinancialYear(2024)
    #expect(try !plan.notes().contains { $0.contains("the account begins") })
  }

  @Test(
    "assumptions outside what they are used for are refused",
    arguments: [
      ("share", 1.2), ("leavers", -0.1), ("leavers", 1.01), ("capacity", -1), ("referrals", -1),
      ("unit-cost", -1), ("price-growth", -1), ("budget", -1), ("uplift", -2), ("referral-growth", -1),
    ])
  func unfit(_ id: String, _ value: Double) throws {
    var plan = try InventedPlan.waiting()
    plan.assumptions[id] = .fixed(value)
    #expect(try plan.refusal().contains("the assumption \"\(id)\""))
  }

  @Test("a list, a target or a population that is none is refused")
  func badEvidence() throws {
    var plan = try InventedPlan.waiting()
    plan.replace(try Invented.series("target", .count, [(.financialYear(2020), 18)]))
    #expect(try plan.refusal().contains("must be in weeks"))
    plan = try InventedPlan.waiting()
    plan.replace(
      try Invented.series(
        "list", .other("balance"), [(try #require(Period.month(year: 2021, month: 6)), -4)],
        area: "Borsetshire"))
    #expect(try plan.refusal().contains("\"list\" is -4"))
    plan = try InventedPlan.waiting()
    plan.replace(try Invented.census("people", 6, 30, from: 2017, [0, 0, 0, 0, 0, 0, 0, 0, 0]))
    #expect(try plan.refusal().contains("\"people\" is 0 in 2022/23"))
    plan = try InventedPlan.waiting(base: 1990)
    #expect(
      try plan.refusal()
        == "therapy: base-year is 1990/91, for which \"people\" is neither known nor forecast; it is known to 2026-06-30 "
        + "and forecast to 2024/25")
    plan = try InventedPlan.waiting()
    plan.remove("list")
    #expect(try plan.refusal().contains("there is no series \"list\" for Borsetshire"))
    plan = try InventedPlan.waiting()
    plan.replace(
      try Invented.series("people", .count, [(try #require(Period.month(year: 2021, month: 6)), 20_000)]))
    #expect(try plan.refusal().contains("yearly figures are needed"))
  }

  @Test("nothing is published of a list that an assumption shares out")
  func nothingPublished() throws {
    let service = try #require(try InventedPlan.waiting().services.first)
    #expect(
      service.published("list", at: .financialYear(2022), in: try Panel([]), area: Invented.area) == nil)
    #expect(service.knownDates.isEmpty)
  }
}
