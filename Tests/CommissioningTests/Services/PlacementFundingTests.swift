import Commissioning
import Testing
import TimeSeries

/// A hundred children; 20 in homes at 5,000 pounds a week: 5,214,285.71 in the 365 days of 2021/22.
@Suite("Gross and net spending on placements")
struct PlacementFundingTests {
  private static func plan(_ funding: Placements.Funding?) throws -> InventedPlan {
    var plan = try InventedPlan.placements()
    let service = try #require(plan.services.first as? Placements)
    plan.services = [
      Placements(
        id: service.id, name: service.name, meaning: service.meaning, evidence: service.evidence,
        placements: service.placements, placedInOwnPlaces: service.placedInOwnPlaces,
        budgetUplift: service.budgetUplift, holdSpread: service.holdSpread, funding: funding)
    ]
    plan.assumptions.merge([
      "number": .fixed(2), "weekly": .fixed(800), "agreed": .fixed(1), "five": .fixed(5),
    ]) { $1 }
    return plan
  }

  private static let split = Placements.Funding.Split(
    placement: "homes", shares: [.care: 0.7, .education: 0.2, .health: 0.1], rounding: 0)

  private static func rates(from day: CivilDate = Invented.date(2015, 4, 1)) -> [DatedRule<Double>] {
    [Invented.rule(1001, effective: day, known: day)]
  }

  private static let group = Placements.Funding.ContinuingCareGroup(
    id: "complex", name: "Complex needs", placement: "homes", children: "number",
    weeklyContribution: "weekly",
    probability: "agreed")

  private func pounds(_ year: YearOutcome?, _ id: String) -> Double? {
    year?.lines.first { $0.id == "contribution.\(id)" && $0.part == "contribution" }?.amount.known
  }

  @Test(
    "shares, continuing care and the grant for unaccompanied children are taken off the gross, to the penny")
  func worked() throws {
    let funding = Placements.Funding(
      bearer: .care, splits: [Self.split], continuingCare: [Self.group],
      unaccompanied: [
        .init(id: "under-18", name: "Under 18", children: .assumption("five"), weeklyRates: Self.rates())
      ])
    let year = try #require(try Self.plan(funding).byYear()[FinancialYear(2021)])
    #expect(pounds(year, "health-homes") == 521_428.57)
    #expect(pounds(year, "education-homes") == 1_042_857.14)
    // 2 x 800 x 365/7, and 5 x 143 x 365.
    #expect(pounds(year, "continuing-care-complex") == 83_428.57)
    #expect(pounds(year, "unaccompanied-under-18") == 260_975.00)
    #expect(year.spend?.known == 10e6)
    #expect(year.netSpend?.known == 8_091_310.72)
  }

  @Test(
    "spend, budget and balance are what they are without contributions, and without the key there is no net")
  func gross() throws {
    let (with, without) = (
      try Self.plan(Placements.Funding(bearer: .care, splits: [Self.split])).byYear(),
      try Self.plan(nil).byYear()
    )
    for (year, own) in without {
      let other = try #require(with[year])
      #expect(own.netSpend == nil)
      #expect(other.spend == own.spend)
      #expect(other.budget == own.budget)
      #expect(other.inYearBalance == own.inYearBalance)
      #expect(other.spendOnAssumption == own.spendOnAssumption)
      #expect(other.lines.filter { $0.part == "spend" }.map(\.amount) == own.lines.map(\.amount))
    }
  }

  @Test("children of a series are averaged over the year between two censuses")
  func series() throws {
    var plan = try Self.plan(
      Placements.Funding(
        bearer: .care, splits: [],
        unaccompanied: [
          .init(id: "band", name: "Band", children: .series("unaccompanied"), weeklyRates: Self.rates())
        ]))
    plan.replace(try Invented.census("unaccompanied", 3, 31, from: 2020, [4, 6, 8, 8, 8, 8, 8]))
    #expect(pounds(try plan.byYear()[FinancialYear(2021)], "unaccompanied-band") == 365_365.00)
  }

  @Test("a year before the first rate is left without contributions, and said")
  func beforeRates() throws {
    let plan = try Self.plan(
      Placements.Funding(
        bearer: .care, splits: [],
        unaccompanied: [
          .init(
            id: "band", name: "Band", children: .assumption("five"),
            weeklyRates: Self.rates(from: Invented.date(2022, 4, 1)))
        ]))
    let years = try plan.byYear()
    #expect(years[FinancialYear(2021)]?.netSpend == nil)
    #expect(years[FinancialYear(2022)]?.netSpend != nil)
    #expect(
      try plan.notes().contains {
        $0.hasPrefix("What others pay in 2021/22 is not planned: the weekly rate for Band")
      })
  }

  @Test("a remainder is stated with its reason, and stays in the net")
  func remainder() throws {
    let split = Placements.Funding.Split(
      placement: "homes", shares: [.care: 0.7, .health: 0.2], rounding: 0,
      remainder: FundingSplit.Remainder(share: 0.1, reason: "in dispute"))
    let plan = try Self.plan(Placements.Funding(bearer: .care, splits: [split]))
    #expect(
      try plan.notes().contains {
        $0.contains("10 per cent of the cost is agreed with nobody and stays with care: in dispute")
      })
    #expect(try plan.byYear()[FinancialYear(2021)]?.netSpend?.known == 8_957_142.86)
  }

  @Test("shares that do not sum to one, and contributions above the cost, are refused")
  func refusals() throws {
    let wrong = Placements.Funding.Split(placement: "homes", shares: [.care: 0.7, .health: 0.2], rounding: 0)
    #expect(
      try Self.plan(Placements.Funding(bearer: .care, splits: [wrong])).refusal().contains("sum to 0.9"))
    var plan = try Self.plan(Placements.Funding(bearer: .care, splits: [], continuingCare: [Self.group]))
    plan.assumptions["weekly"] = .fixed(80_000)
    #expect(try plan.refusal().contains("more for Homes in"))
  }
}
