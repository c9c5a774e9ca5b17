import Testing
import TimeSeries

@testable import Commissioning

/// A plan of high needs with everything that its account can hold, uncertain where it can be.
private func everything(after: AfterOverride) throws -> InventedPlan {
  var plan = try InventedPlan.grant {
    $0.transfers = [GrantParts.transfer(2023, 123_456.78)]
    $0.openingBalances = [GrantParts.stated(2021, -5_000_001.23, known: Invented.date(2022, 7, 1))]
  }
  plan.assumptions["price-growth"] = .range(low: 0.01, mostLikely: 0.05, high: 0.12)
  plan.assumptions["grant-growth"] = .range(low: 0.01, mostLikely: 0.03, high: 0.04)
  plan.assumptions["other-blocks"] = .range(low: -300_000, mostLikely: 50_000, high: 200_000)
  plan.assumptions["import-export"] = .range(low: -100_000, mostLikely: 0, high: 20_000)
  plan.assumptions["approved"] = .fixed(0.7)
  plan.policies = Policies(
    blockTransferLimit: [
      Invented.rule(0.005, effective: Invented.date(2018, 4, 1), known: Invented.date(2018, 4, 1))
    ],
    statutoryOverride: [
      Invented.rule(
        Invented.date(2024, 3, 31), effective: Invented.date(2020, 11, 29), known: Invented.date(2020, 11, 29))
    ], afterOverride: after,
    stabilityGrant: [
      Invented.rule(
        StabilityGrant(
          share: 0.9, deficitAt: Invented.date(2023, 3, 31), paidInYear: 2024, eligibleShare: "eligible",
          planApproved: "approved"), effective: Invented.date(2024, 4, 1), known: Invented.date(2022, 6, 1))
    ], fundingBreaks: [])
  plan.draws = 500
  return plan
}

@Suite("The account to the penny beside the account in floating point")
struct GrantEquivalenceTests {
  /// What the floating-point account took in, put into the account of pence.
  private static func input(_ year: ServiceYear) throws -> GrantAccountYear {
    func amount(_ id: String) throws -> Draws { try #require(year.lines.first { $0.id == id }).amount }
    var input = GrantAccountYear(
      year: year.year, highNeedsBlock: try amount("high-needs-block"), blockBasis: .afterRecoupment,
      spending: year.lines.filter { $0.part == .spend }.map {
        .init(id: $0.id, name: $0.name, pounds: $0.amount, basis: .afterRecoupment)
      })
    input.schoolsBlock = Draws(80e6)
    input.schoolsTransfers = [GrantAccountYear.transfer(try amount("block-transfer"), isDisapplied: false)]
    input.importExport = try amount("import-export")
    input.otherBlocks = try amount("other-blocks")
    return input
  }

  @Test(
    "lines are the same to half a penny, totals to half a penny a line, and reported means to the penny",
    arguments: AfterOverride.allCases)
  func equivalence(_ after: AfterOverride) throws {
    let years = try everything(after: after).pathsByYear()
    // Whether the local plan is approved in a future can be seen in what was paid.
    let paid = try #require(years[FinancialYear(2024)]?.lines.first { $0.id == "stability-grant" }).amount
    let stability = GrantAccountRules.Stability(
      share: 0.9, measuredAt: FinancialYear(2022), paidIn: FinancialYear(2024), eligible: Draws(0.5),
      approved: paid.map { $0 > 0 ? 1 : 0 })
    var account = try DedicatedSchoolsGrantAccount(
      opening: Draws(-5_000_001.23), at: FinancialYear(2021),
      rules: DedicatedSchoolsGrantAccountTests.rules(
        overrideEnd: Invented.date(2024, 3, 31), after: after, stability: stability), service: "high-needs")
    var lines = 0.0
    for start in 2022...2024 {
      let old = try #require(years[FinancialYear(start)])
      let result = try account.close(try Self.input(old))
      var new = ServiceYear(year: old.year, kind: old.kind)
      new.take(result.account, units: ["special": try #require(old.lines.first).units ?? Draws(0)])
      lines += Double(new.lines.count)
      #expect(Set(new.lines.map(\.id)) == Set(old.lines.map(\.id)))
      #expect(new.lines.first { $0.id == "special" }?.units != nil)
      let summary = try result.account.summary()
      for line in old.lines {
        let other = try #require(new.lines.first { $0.id == line.id })
        #expect(other.part == line.part && other.name == line.name)
        // The grant and the end of the override follow balances, which have gathered halves of pennies.
        let follows = line.id == "stability-grant" || line.id == "end-of-override"
        try Self.compare(line.amount, other.amount, within: follows ? 0.005 * (1 + lines) : 0.005)
        let mean = try #require(summary.lines.first { $0.id == line.id }).mean
        #expect(abs(mean.pounds - line.amount.mean) < 0.01 + 1e-6)
      }
      for (figure, mean) in [
        (PlanFigure.spend, summary.spend), (.budget, summary.budget), (.inYearBalance, summary.inYear),
        (.closingBalance, summary.closing),
      ] {
        let before = try #require(figure.draws(of: old))
        try Self.compare(before, try #require(figure.draws(of: new)), within: 0.005 * lines)
        let allowed = figure == .inYearBalance ? 0.02 : 0.01
        #expect(abs(mean.pounds - before.mean) < allowed + 1e-6, "\(figure) of \(start)")
      }
    }
  }

  private static func compare(_ left: Draws, _ right: Draws, within pounds: Double) throws {
    for path in 0..<500 {
      let (first, second) = (try #require(left[path]), try #require(right[path]))
      guard abs(first - second) <= pounds + 1e-7 else {
        Issue.record("\(first) and \(second) in future \(path)")
        return
      }
    }
  }

  @Test("both refuse the same transfer")
  func transfer() throws {
    var plan = try everything(after: .held)
    plan.services = [
      {
        var parts = GrantParts()
        parts.transfers = [GrantParts.transfer(2023, 400_000.01)]
        return parts.service
      }()
    ]
    #expect(try plan.refusal().contains("above the limit of £400,000"))
    var account = try DedicatedSchoolsGrantAccountTests.account(Draws(0))
    var year = DedicatedSchoolsGrantAccountTests.year(2024)
    year.schoolsBlock = Draws(80e6)
    year.schoolsTransfers = [GrantAccountYear.transfer(Draws(400_000.01), isDisapplied: false)]
    #expect(throws: CommissioningError.self) { try account.close(year) }
    year.schoolsTransfers = [GrantAccountYear.transfer(Draws(400_000.01), isDisapplied: true)]
    try account.close(year)
  }
}
