import Commissioning
import Testing
import TimeSeries

/// The invented grant closes at -5, -7.8, -11.51 and -16.2525 million at the end of 2021/22 to 2024/25.
@Suite("What high needs costs the General Fund beside the grant")
struct GrantGeneralFundTests {
  private typealias Terms = RingFencedGrant.GeneralFund

  private static let years = (2022...2024).map { FinancialYear($0) }

  private static func days(known: CivilDate = Invented.date(2020, 1, 1)) -> [DatedRule<Double>] {
    [Invented.rule(190, effective: Invented.date(2015, 4, 1), known: known)]
  }

  private static func transport(from year: Int = 2022, days: [DatedRule<Double>] = days()) -> Terms.Transport
  {
    Terms.Transport(
      settings: [Terms.Transport.Travel(setting: "special", share: "travel", costPerDay: "day")],
      priceYear: FinancialYear(year), priceGrowth: "price-growth", schoolDays: days)
  }

  private static func reserves(_ usable: Double, known: CivilDate = Invented.date(2022, 6, 30))
    -> Terms.ReservesHeld
  {
    Terms.ReservesHeld(
      usable: GrantParts.stated(2021, usable, known: known),
      plannedUse: [FinancialYear(2022): 1e6, FinancialYear(2023): 1e6],
      budgeted: [FinancialYear(2022): 3e6, FinancialYear(2023): 3e6],
      minimum: [Invented.rule(4e6, effective: Invented.date(2021, 4, 1), known: Invented.date(2021, 2, 1))])
  }

  private static func plan(
    _ terms: Terms?, after: AfterOverride = .held, _ change: (inout GrantParts) -> Void = { _ in }
  ) throws -> InventedPlan {
    var plan = try InventedPlan.grant {
      $0.generalFund = terms
      change(&$0)
    }
    plan.assumptions.merge([
      "travel": .fixed(0.6), "day": .fixed(30), "rate": .fixed(0.04), "borrowing": .fixed(0.05),
      "granted": .fixed(0.4), "leaving": .fixed(0.1),
    ]) { $1 }
    plan.policies = Policies(
      blockTransferLimit: [],
      statutoryOverride: [
        Invented.rule(
          Invented.date(2024, 3, 31), effective: Invented.date(2021, 4, 1), known: Invented.date(2021, 1, 1))
      ], afterOverride: after, stabilityGrant: [], fundingBreaks: [])
    return plan
  }

  private static func pounds(_ year: YearOutcome?, _ id: String) -> Double? {
    year?.lines.first { $0.id == "general-fund.\(id)" && $0.part == "general-fund" }?.amount.known
  }

  @Test(
    "transport is children by setting x the part that travels x a day's cost x school days x prices, to the penny"
  )
  func transport() throws {
    let years = try Self.plan(Terms(transport: Self.transport())).byYear()
    // 1,000 x 0.6 x 30 x 190, a tenth more each year.
    for (year, pounds) in zip(Self.years, [3_420_000.00, 3_762_000.00, 4_138_200.00]) {
      #expect(Self.pounds(years[year], "transport.special") == pounds)
      #expect(years[year]?.generalFund?.known == pounds)
      let line = years[year]?.lines.first { $0.id == "general-fund.transport.special" }
      #expect(agree(line?.units?.mean, 600))
    }
    #expect(years[FinancialYear(2021)]?.generalFund == nil)
  }

  @Test("the carrying cost is the rate on the average of the deficit at both ends of the year")
  func carrying() throws {
    let years = try Self.plan(Terms(carryingCost: "rate")).byYear()
    for (year, pounds) in zip(Self.years, [256_000.00, 386_200.00, 555_250.00]) {
      #expect(Self.pounds(years[year], "carrying-cost") == pounds)
    }
  }

  @Test("what the end of the override charges is a cost of the next year, and is not financed in it")
  func charge() throws {
    let years = try Self.plan(Terms(carryingCost: "rate"), after: .generalFund).byYear()
    #expect(Self.pounds(years[FinancialYear(2023)], "deficit-charged") == nil)
    let after = years[FinancialYear(2024)]
    #expect(Self.pounds(after, "deficit-charged") == 11_510_000.00)
    #expect(Self.pounds(after, "carrying-cost") == 94_850.00)
    #expect(after?.generalFund?.known == 11_604_850.00)
    #expect(
      try Self.plan(Terms(carryingCost: "rate"), after: .grant).byYear()[FinancialYear(2024)]?.lines.contains
      {
        $0.id == "general-fund.deficit-charged"
      } == false)
  }

  @Test("the grant's own account is the same to the last bit, and without the key no cost is shown")
  func account() throws {
    let terms = Terms(transport: Self.transport(), carryingCost: "rate", reserves: Self.reserves(20e6))
    var (with, without) = (try Self.plan(terms), try Self.plan(nil))
    for plan in [0, 1] {
      let range = Assumption.Value.range(low: 0, mostLikely: 0.05, high: 0.1)
      if plan == 0 {
        with.assumptions["grant-growth"] = range
      } else {
        without.assumptions["grant-growth"] = range
      }
    }
    let (left, right) = (try with.byYear(), try without.byYear())
    for (year, own) in right {
      let other = try #require(left[year])
      #expect(own.generalFund == nil)
      #expect(other.spend == own.spend)
      #expect(other.budget == own.budget)
      #expect(other.inYearBalance == own.inYearBalance)
      #expect(other.closingBalance == own.closingBalance)
      #expect(other.lines.filter { $0.part != "general-fund" }.map(\.amount) == own.lines.map(\.amount))
      // The means of the parts sum to their total to the penny.
      let parts = other.lines.filter { $0.part == "general-fund" }.reduce(0) {
        $0 + ($1.amount.mean * 100).rounded()
      }
      #expect(parts == ((other.generalFund?.mean ?? 0) * 100).rounded())
    }
  }

  @Test("places that open are charged as an annuity from the year after, less what a grant pays")
  func capital() throws {
    let opening = RingFencedGrant.PlacesChange(
      isOpening: true, places: .fixed(100), from: Invented.date(2022, 9, 1), capitalPerPlace: .fixed(50_000),
      reason: "a new school")
    func change(_ parts: inout GrantParts) {
      parts.settings.append(
        RingFencedGrant.Setting(
          id: "mainstream", name: "Mainstream", plans: ["plans-mainstream"], spend: ["spend-mainstream"]))
      parts.capacities = [
        RingFencedGrant.SettingCapacity(
          setting: "special", starting: .init(places: 2000, on: Invented.date(2021, 9, 1)),
          changes: [opening],
          usable: nil, routes: [.init(setting: "mainstream", share: "travel")], leaving: "leaving",
          pricedWhileWaitingAs: "mainstream")
      ]
    }
    let loan = Terms.Capital.Borrowing(rate: "borrowing", years: 2)
    let years = try Self.plan(Terms(capital: Terms.Capital(grantShare: "granted", borrowing: loan)), change)
      .byYear()
    let id = "capital.special.2022-09-01"
    #expect(Self.pounds(years[FinancialYear(2022)], "\(id).provision") == nil)
    // 3m borrowed of 5m; 1.05^2 - 1 = 0.1025, and so 1,613,414.63 a year.
    for (year, provision, interest) in [(2023, 1_463_414.63, 150_000.00), (2024, 1_536_585.37, 76_829.27)] {
      #expect(Self.pounds(years[FinancialYear(year)], "\(id).provision") == provision)
      #expect(Self.pounds(years[FinancialYear(year)], "\(id).interest") == interest)
    }
    let unpaid = try Self.plan(Terms(capital: Terms.Capital(grantShare: "granted", borrowing: nil)), change)
    #expect(try unpaid.refusal().contains("there is no loan for the rest"))
  }

  @Test("reserves are tested at the end of the override, with a headroom and its chance")
  func reserves() throws {
    func note(_ usable: Double, known: CivilDate = Invented.date(2022, 6, 30), from year: Int = 2022) throws
      -> String
    {
      let terms = Terms(
        transport: Self.transport(from: year), carryingCost: "rate",
        reserves: Self.reserves(usable, known: known))
      return try #require(try Self.plan(terms).notes().first { $0.lowercased().contains("reserves") })
    }
    // 20 - 2 - 4 - 11.51 - (3.42 + 3.762 + 0.256 + 0.3862) + 6 = 0.6658 million.
    let enough = try note(20e6)
    #expect(enough.contains("Reserves on 31 March 2024, the end of the statutory override: £20m usable"))
    #expect(enough.contains("leaves a headroom of £0.7m on average"))
    #expect(enough.contains("with a probability of 0 per cent, Monte Carlo error 0 per cent"))
    let short = try note(19e6)
    #expect(short.contains("a headroom of -£0.3m on average"))
    #expect(short.contains("a probability of 100 per cent"))
    #expect(
      try note(20e6, known: Invented.date(2023, 6, 30)).contains(
        "not tested against reserves: those of 2021/22 became"))
    #expect(try note(20e6, from: 2023).contains("in 2022/23 is not planned"))
  }

  @Test("an uncertain headroom has quantiles, and a chance with its Monte Carlo error")
  func uncertain() throws {
    var plan = try Self.plan(Terms(carryingCost: "rate", reserves: Self.reserves(15e6)))
    plan.assumptions["price-growth"] = .range(low: 0, mostLikely: 0.1, high: 0.2)
    let note = try #require(try plan.notes().first { $0.hasPrefix("Reserves on") })
    #expect(note.contains(" in 80 per cent of futures, median "))
    #expect(!note.contains("Monte Carlo error 0 per cent"))
    plan.jobs = 4
    #expect(try plan.notes().contains(note))
  }

  @Test(
    "a year of planned use that is missing is refused with its name, and the account is not put aside in silence"
  )
  func missingUse() throws {
    let held = Self.reserves(20e6)
    let terms = Terms(
      reserves: Terms.ReservesHeld(
        usable: held.usable, plannedUse: [FinancialYear(2022): 0], budgeted: held.budgeted,
        minimum: held.minimum))
    let reason = try Self.plan(terms).refusal()
    #expect(reason.contains("general-fund.reserves"))
    #expect(reason.contains("the planned use of reserves is not known for 2023/24"))
  }

  @Test("school days that were not known leave transport out, and a carrying rate must be a share")
  func unknown() throws {
    let late = Self.days(known: Invented.date(2023, 6, 1))
    let years = try Self.plan(Terms(transport: Self.transport(days: late))).byYear()
    #expect(years[FinancialYear(2023)]?.generalFund == nil)
    #expect(years[FinancialYear(2023)]?.spend != nil)
    var plan = try Self.plan(Terms(carryingCost: "rate"))
    plan.assumptions["rate"] = .fixed(4)
    #expect(try plan.refusal().contains("a share, 0 to 1"))
  }
}
