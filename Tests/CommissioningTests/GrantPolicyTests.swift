import Commissioning
import Testing
import TimeSeries

@Suite("Rules of the grant, with their dates")
struct GrantPolicyTests {
  /// Deficits of 7.8m at March 2023 and 11.51m at March 2024; see ``InventedPlan/grant(_:)``.
  private static func plan(
    grants: [DatedRule<StabilityGrant>] = [], overrides: [DatedRule<CivilDate>] = [],
    after: AfterOverride = .held, limits: [DatedRule<Double>] = [],
    _ change: (inout GrantParts) -> Void = { _ in }
  ) throws -> InventedPlan {
    var plan = try InventedPlan.grant(change)
    plan.policies = Policies(
      blockTransferLimit: limits, statutoryOverride: overrides, afterOverride: after,
      stabilityGrant: grants, fundingBreaks: [])
    return plan
  }

  private static func stability(
    share: Double = 0.9, at date: CivilDate = Invented.date(2024, 3, 31), paidIn year: Int = 2024,
    known: CivilDate = Invented.date(2022, 6, 1), effective: CivilDate = Invented.date(2024, 4, 1)
  ) -> DatedRule<StabilityGrant> {
    Invented.rule(
      StabilityGrant(
        share: share, deficitAt: date, paidInYear: year, eligibleShare: "eligible",
        planApproved: "approved"), effective: effective, known: known)
  }

  // MARK: Stability grant

  @Test("the stability grant is nine tenths of the eligible deficit at its date, if the plan is approved")
  func stabilityGrant() throws {
    var plan = try Self.plan(grants: [Self.stability()])
    let paid = 0.9 * 0.5 * 11.51e6
    let year = try #require(try plan.byYear()[FinancialYear(2024)])
    #expect(agree(year.closingBalance?.known, -16.2525e6 + paid))
    #expect(agree(year.lines.first { $0.id == "stability-grant" }?.amount.known, paid))
    // The in-year balance is that of the service; the grant goes to the balance.
    #expect(agree(year.inYearBalance?.known, 13.8915e6 - 18.634e6))
    plan.assumptions["approved"] = .fixed(0)
    #expect(agree(try plan.byYear()[FinancialYear(2024)]?.closingBalance?.known, -16.2525e6))
  }

  @Test("a plan that may be approved is paid for in as many futures as it is approved in")
  func uncertainApproval() throws {
    var plan = try Self.plan(grants: [Self.stability()])
    plan.assumptions["approved"] = .fixed(0.75)
    plan.draws = 4000
    let year = try #require(try plan.byYear()[FinancialYear(2024)])
    let grant = try #require(year.lines.first { $0.id == "stability-grant" }).amount
    let paid = 0.9 * 0.5 * 11.51e6
    // Four standard errors of a share of three quarters in 4,000 futures.
    #expect(abs(grant.mean / paid - 0.75) < 4 * (0.75 * 0.25 / 4000).squareRoot())
    let distribution = try #require(grant.distribution)
    #expect(distribution.p2_5 == 0)
    #expect(agree(distribution.p97_5, paid))
  }

  @Test("a surplus at the date earns no stability grant")
  func surplus() throws {
    let plan = try Self.plan(grants: [Self.stability()]) {
      $0.openingBalances = [GrantParts.stated(2021, 5e6, known: Invented.date(2022, 7, 1))]
    }
    let year = try #require(try plan.byYear()[FinancialYear(2024)])
    #expect(year.lines.first { $0.id == "stability-grant" }?.amount.known == 0)
  }

  @Test("the deficit is the opening balance itself when the account opens at the grant's date")
  func measuredAtOpening() throws {
    let plan = try Self.plan(
      grants: [Self.stability(at: Invented.date(2022, 3, 31), paidIn: 2022)])
    let year = try #require(try plan.byYear()[FinancialYear(2022)])
    #expect(agree(year.closingBalance?.known, -7.8e6 + 0.9 * 0.5 * 5e6))
  }

  @Test("a deficit measured before the account opens is the one published then")
  func measuredBefore() throws {
    let plan = try Self.plan(
      grants: [Self.stability(at: Invented.date(2021, 3, 31), paidIn: 2022)])
    let year = try #require(try plan.byYear()[FinancialYear(2022)])
    #expect(agree(year.closingBalance?.known, -7.8e6 + 0.9 * 0.5 * 3e6))
  }

  @Test("a deficit measured before the account opens that nobody published is refused, not taken as nothing")
  func measuredUnknown() throws {
    let plan = try Self.plan(
      grants: [Self.stability(at: Invented.date(2020, 3, 31), paidIn: 2022)])
    #expect(
      try plan.refusal().contains("of which the stability grant pays a share, is not known for 2020-03-31"))
  }

  @Test("a grant paid before the account opens stands in the opening balance already")
  func paidBefore() throws {
    let plan = try Self.plan(
      grants: [Self.stability(at: Invented.date(2021, 3, 31), paidIn: 2021)])
    let years = try plan.byYear()
    let year = try #require(years[FinancialYear(2022)])
    #expect(year.lines.allSatisfy { $0.id != "stability-grant" })
    // The balance of 2021/22 moved by the grant as well, so it says nothing of what was spent: no level is set by it.
    #expect(years[FinancialYear(2021)]?.spend == nil)
    #expect(year.lines.allSatisfy { $0.id != "unexplained" })
    #expect(try !plan.notes().contains { $0.contains("stability grant") })
    // Nothing was drawn for it, so its assumptions are not among those the plan rests on.
    #expect(try !plan.outcome().assumptions.contains { $0.id == "approved" })
  }

  @Test("a grant counts from the day it became known")
  func grantKnown() throws {
    let plan = try Self.plan(grants: [Self.stability(known: Invented.date(2023, 2, 9))])
    #expect(agree(try plan.byYear()[FinancialYear(2024)]?.closingBalance?.known, -16.2525e6))
  }

  @Test("of two descriptions of the grant the one with the later date of effect counts, whatever their order")
  func replaced() throws {
    let old = Self.stability(share: 0.1, effective: Invented.date(2023, 4, 1))
    for grants in [[old, Self.stability()], [Self.stability(), old]] {
      let plan = try Self.plan(grants: grants)
      #expect(
        agree(
          try plan.byYear()[FinancialYear(2024)]?.closingBalance?.known,
          -16.2525e6 + 0.9 * 0.5 * 11.51e6))
    }
  }

  @Test(
    "a grant that cannot be is refused",
    arguments: [
      (1.5, Invented.date(2024, 3, 31), 2024), (0.9, Invented.date(2024, 3, 30), 2024),
      (0.9, Invented.date(2024, 3, 31), 2023),
    ])
  func impossibleGrant(_ share: Double, _ date: CivilDate, _ year: Int) throws {
    let plan = try Self.plan(grants: [Self.stability(share: share, at: date, paidIn: year)])
    #expect(try plan.refusal().contains("the share must be 0 to 1, the deficit that of a 31 March"))
  }

  @Test("shares and probabilities above one are refused", arguments: ["eligible", "approved"])
  func sharesAboveOne(_ id: String) throws {
    var plan = try Self.plan(grants: [Self.stability()])
    plan.assumptions[id] = .range(low: 0.5, mostLikely: 0.9, high: 1.1)
    #expect(try plan.refusal().contains("\"\(id)\" is 0.5 to 1.1, most likely 0.9, and a share"))
  }

  // MARK: Statutory override

  private static func override(
    _ end: CivilDate, effective: CivilDate = Invented.date(2020, 11, 29),
    known: CivilDate = Invented.date(2020, 11, 29)
  ) -> DatedRule<CivilDate> { Invented.rule(end, effective: effective, known: known) }

  @Test(
    "the deficit at the end of the override stays, is charged or is paid, as the workspace says",
    arguments: [
      (AfterOverride.held, -16.2525e6, nil),
      (.generalFund, -4.7425e6, "Deficit charged to the General Fund at the end of the override"),
      (.grant, -4.7425e6, "Deficit paid by grant at the end of the override"),
    ] as [(AfterOverride, Double, String?)])
  func endOfOverride(_ after: AfterOverride, _ closing: Double, _ name: String?) throws {
    let plan = try Self.plan(overrides: [Self.override(Invented.date(2024, 3, 31))], after: after)
    let years = try plan.byYear()
    #expect(agree(years[FinancialYear(2023)]?.closingBalance?.known, -11.51e6))
    let year = try #require(years[FinancialYear(2024)])
    #expect(agree(year.closingBalance?.known, closing))
    let line = year.lines.first { $0.id == "end-of-override" }
    #expect(line?.name == name)
    #expect(line.map { agree($0.amount.known, 11.51e6) } ?? (name == nil))
  }

  @Test("an override that ends within a year is over for the next one")
  func midYearEnd() throws {
    let plan = try Self.plan(overrides: [Self.override(Invented.date(2023, 9, 30))], after: .grant)
    let years = try plan.byYear()
    #expect(agree(years[FinancialYear(2023)]?.closingBalance?.known, -11.51e6))
    #expect(agree(years[FinancialYear(2024)]?.closingBalance?.known, -4.7425e6))
  }

  @Test("an extension counts from the day it became known")
  func extended() throws {
    let plan = try Self.plan(
      overrides: [
        Self.override(
          Invented.date(2028, 3, 31), effective: Invented.date(2023, 3, 31),
          known: Invented.date(2022, 12, 31)),
        Self.override(Invented.date(2023, 3, 31)),
      ], after: .generalFund)
    #expect(agree(try plan.byYear()[FinancialYear(2023)]?.closingBalance?.known, -11.51e6))
    var before = plan
    before.asOf = Invented.date(2022, 12, 30)
    // The deficit of 7.8m at March 2023 was then to be charged on 1 April.
    #expect(agree(try before.byYear()[FinancialYear(2023)]?.closingBalance?.known, -3.71e6))
  }

  // MARK: Block transfers

  private static let halfPercent = Invented.rule(
    0.005, effective: Invented.date(2018, 4, 1), known: Invented.date(2017, 9, 30))

  @Test("half a per cent of the year's schools block may be transferred, and adds to what is available")
  func transferAtLimit() throws {
    let plan = try Self.plan(limits: [Self.halfPercent]) {
      $0.transfers = [GrantParts.transfer(2022, 400_000)]
    }
    let years = try plan.byYear()
    #expect(agree(years[FinancialYear(2022)]?.budget?.known, 13e6))
    // For one year only.
    #expect(agree(years[FinancialYear(2023)]?.budget?.known, 13.23e6))
    #expect(
      try plan.notes().contains {
        $0
          == "The schools block of 2022/23 had not been published: its transfer is checked against that of 2021/22."
      })
  }

  @Test("more than that is refused unless the Secretary of State has approved it")
  func transferAboveLimit() throws {
    let plan = try Self.plan(limits: [Self.halfPercent]) {
      $0.transfers = [GrantParts.transfer(2022, 400_001)]
    }
    #expect(
      try plan.refusal()
        == "high-needs: the block transfer of £400,001 in 2022/23 is above the limit of £400,000, 0.5 per cent of the "
        + "schools block of 2021/22; lower it, or record the Secretary of State's approval with "
        + "disapplication: approved")
    let approved = try Self.plan(limits: [Self.halfPercent]) {
      $0.transfers = [GrantParts.transfer(2022, 1e6, isDisapplied: true)]
    }
    #expect(agree(try approved.byYear()[FinancialYear(2022)]?.budget?.known, 13.6e6))
  }

  @Test("two transfers in one year are limited together")
  func splitTransfer() throws {
    let plan = try Self.plan(limits: [Self.halfPercent]) {
      $0.transfers = [GrantParts.transfer(2022, 300_000), GrantParts.transfer(2022, 200_000)]
    }
    #expect(try plan.refusal().contains("£500,000"))
  }

  @Test("a transfer in an outturn year was available, and was spent")
  func pastTransfer() throws {
    let plan = try Self.plan(limits: [Self.halfPercent]) {
      $0.transfers = [GrantParts.transfer(2021, 400_000)]
    }
    let year = try #require(try plan.byYear()[FinancialYear(2021)])
    #expect(agree(year.budget?.known, 12.4e6))
    #expect(agree(year.spend?.known, 14.4e6))
    #expect(agree(year.inYearBalance?.known, -2e6))
  }

  @Test("a transfer counts from the day it became known")
  func transferKnown() throws {
    let plan = try Self.plan(limits: [Self.halfPercent]) {
      $0.transfers = [GrantParts.transfer(2022, 9e6, known: Invented.date(2023, 1, 1))]
    }
    #expect(agree(try plan.byYear()[FinancialYear(2022)]?.budget?.known, 12.6e6))
  }

  @Test("a transfer that no known limit covers is said not to have been checked")
  func uncheckedTransfer() throws {
    for limits in [
      [], [Invented.rule(0.005, effective: Invented.date(2023, 4, 1), known: Invented.date(2020, 1, 1))],
    ] {
      let plan = try Self.plan(limits: limits) { $0.transfers = [GrantParts.transfer(2022, 2e6)] }
      #expect(agree(try plan.byYear()[FinancialYear(2022)]?.budget?.known, 14.6e6))
      #expect(
        try plan.notes().contains(
          "No limit on block transfers in 2022/23 was known: the transfer of £2m is not checked."))
    }
  }

  @Test("a transfer whose limit cannot be computed is refused")
  func noSchoolsBlock() throws {
    var plan = try Self.plan(limits: [Self.halfPercent]) { $0.transfers = [GrantParts.transfer(2022, 1)] }
    plan.remove("schools")
    #expect(try plan.refusal().contains("the schools block (\"schools\")"))
  }

  @Test("a negative transfer is refused, approved or not", arguments: [false, true])
  func negativeTransfer(_ isDisapplied: Bool) throws {
    let plan = try Self.plan { $0.transfers = [GrantParts.transfer(2022, -1, isDisapplied: isDisapplied)] }
    #expect(try plan.refusal().contains("is negative"))
  }

  @Test("the dates on which rules and statements became known can be asked for")
  func knownDates() throws {
    let policies = try Self.plan(
      grants: [Self.stability()], overrides: [Self.override(Invented.date(2024, 3, 31))],
      limits: [Self.halfPercent]
    ).policies
    #expect(
      policies.knownDates == [
        Invented.date(2017, 9, 30), Invented.date(2020, 11, 29), Invented.date(2022, 6, 1),
      ])
    var parts = GrantParts()
    parts.openingBalances = [GrantParts.stated(2021, -6e6, known: Invented.date(2022, 7, 1))]
    parts.transfers = [GrantParts.transfer(2022, 1)]
    #expect(parts.service.knownDates == [Invented.date(2022, 7, 1), Invented.date(2020, 1, 1)])
  }
}
