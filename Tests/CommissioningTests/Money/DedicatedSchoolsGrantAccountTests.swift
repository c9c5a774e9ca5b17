import Commissioning
import Testing
import TimeSeries

@Suite("The account of the Dedicated Schools Grant to the penny")
struct DedicatedSchoolsGrantAccountTests {
  static func rules(
    limits: [(Double, from: Int)] = [(0.005, 2018)], overrideEnd: CivilDate? = nil,
    after: AfterOverride = .held, stability: GrantAccountRules.Stability? = nil
  ) -> GrantAccountRules {
    GrantAccountRules(
      transferLimits: limits.map { limit in
        DatedRule(
          content: limit.0, effective: FinancialYear(limit.from).firstDay,
          known: FinancialYear(limit.from).firstDay, source: "an invented order")
      }, overrideEnd: overrideEnd, afterOverride: after, stability: stability)
  }

  static func year(
    _ start: Int, block: Draws = Draws(100), spend: Draws = Draws(100),
    basis: RecoupmentBasis = .afterRecoupment
  ) -> GrantAccountYear {
    GrantAccountYear(
      year: FinancialYear(start), highNeedsBlock: block, blockBasis: basis,
      spending: [.init(id: "special", name: "Special schools", pounds: spend, basis: basis)])
  }

  static func account(
    _ opening: Draws = Draws(0), rules: GrantAccountRules = rules(), measured: Draws? = nil
  ) throws(CommissioningError) -> DedicatedSchoolsGrantAccount {
    try DedicatedSchoolsGrantAccount(
      opening: opening, at: FinancialYear(2023), rules: rules, measured: measured, service: "high-needs")
  }

  private static func refusal(
    _ change: (inout GrantAccountYear) -> Void, rules: GrantAccountRules = rules()
  ) throws -> String {
    var account = try account(rules: rules)
    var year = year(2024)
    change(&year)
    let error = #expect(throws: CommissioningError.self) { try account.close(year) }
    // A refused year leaves the account as it was.
    #expect(account.lastClosed == FinancialYear(2023) && account.balance.known == .zero)
    return try #require(error).description
  }

  // MARK: What is available

  @Test("available is the block less recoupment and deductions, with transfers, income and the adjustment")
  func available() throws {
    var account = try Self.account(Draws(-1_000))
    var year = Self.year(2024, block: Draws(30_000.01), spend: Draws(26_500.55))
    year.blockBasis = .beforeRecoupment
    year.recoupment = Draws(4_000)
    year.otherDeductions = [.init(id: "fe-places", name: "Places in colleges", pounds: Draws(500))]
    year.schoolsBlock = Draws(100_000)
    year.schoolsTransfers = [.init(pounds: Draws(499.99), approval: .schoolsForum)]
    year.centralTransfer = Draws(2_000)
    year.otherIncome = [.init(id: "health", name: "Health contributions", pounds: Draws(300))]
    year.importExport = Draws(-282)
    year.otherBlocks = Draws(150.5)
    let result = try account.close(year)
    let lines = result.account.lines.map { ($0.id, $0.part, $0.amount.known?.description ?? "") }
    let expected: [(String, LedgerLine.Part, String)] = [
      ("high-needs-block", .budget, "£30,000.01"), ("recoupment", .budget, "-£4,000.00"),
      ("fe-places", .budget, "-£500.00"), ("block-transfer", .budget, "£499.99"),
      ("central-transfer", .budget, "£2,000.00"), ("health", .budget, "£300.00"),
      ("import-export", .budget, "-£282.00"), ("special", .spend, "£26,500.55"),
      ("other-blocks", .movement, "£150.50"),
    ]
    #expect(lines.count == expected.count)
    for (line, wanted) in zip(lines, expected) { #expect(line == wanted) }
    #expect(result.account.budget.known == Pence("£28,018.00"))
    #expect(result.account.inYear.known == Pence("£1,517.45"))
    #expect(result.account.closing.known == Pence("£667.95"))
    #expect(account.balance.known == Pence("£667.95"))
    #expect(result.notes.isEmpty && result.carryingCost == nil && result.residualDeficit == nil)
  }

  @Test("grant and spending on different sides of recoupment are refused, with what the mistake would do")
  func mixedBasis() throws {
    #expect(
      try Self.refusal { $0.blockBasis = .beforeRecoupment }
        == "high-needs: in 2024/25 the grant is counted before recoupment and \"Special schools\" after recoupment: the "
        + "places that the department pays for straight are in the grant and not in the spending, so that the balance "
        + "would be too good by their cost; state the recoupment, or give the spending before it")
    let spending = try Self.refusal {
      $0.spending = [.init(id: "a", name: "A", pounds: Draws(1), basis: .beforeRecoupment)]
    }
    #expect(spending.contains("the balance would be too bad by their cost"))
    #expect(try Self.refusal { $0.recoupment = Draws(1) }.contains("it would be taken off twice"))
  }

  @Test("both before recoupment and both after give the same balance")
  func eitherBasis() throws {
    var before = try Self.account()
    let gross = try before.close(
      Self.year(2024, block: Draws(90), spend: Draws(100), basis: .beforeRecoupment))
    var after = try Self.account()
    var year = Self.year(2024, block: Draws(90), spend: Draws(70))
    year.blockBasis = .beforeRecoupment
    year.recoupment = Draws(30)
    #expect(year.basis == .afterRecoupment)
    #expect(try after.close(year).account.closing == gross.account.closing)
  }

  // MARK: Transfers

  @Test("the forum may move a half per cent of that year's schools block and not a penny more")
  func limit() throws {
    func close(_ pounds: [Double], _ approval: GrantAccountYear.Approval) throws -> Pence? {
      var account = try Self.account()
      var year = Self.year(2024)
      year.schoolsBlock = Draws(80_000_000)
      year.schoolsTransfers = pounds.map { .init(pounds: Draws($0), approval: approval) }
      return try account.close(year).account["block-transfer"]?.amount.known
    }
    #expect(try close([300_000, 100_000], .schoolsForum) == Pence("£400,000.00"))
    #expect(try close([400_000.01], .secretaryOfState) == Pence("£400,000.01"))
    let error = #expect(throws: CommissioningError.self) { try close([300_000, 100_000.01], .schoolsForum) }
    #expect(
      error?.description
        == "high-needs: the block transfer of £400,000.01 in 2024/25 is above the limit of £400,000.00, 0.5 per cent of "
        + "that year's schools block; lower it, or record the Secretary of State's approval with disapplication: approved"
    )
  }

  @Test("a transfer above the limit in one future is refused, and says in how many")
  func uncertainLimit() throws {
    let reason = try Self.refusal {
      $0.schoolsBlock = Draws([20_000, 18_000, 19_000, 21_000])
      $0.schoolsTransfers = [.init(pounds: Draws(100), approval: .schoolsForum)]
    }
    #expect(reason.contains("£100.00 in 2024/25 is above the limit of £90.00"))
    #expect(reason.contains("in 2 of 4 simulated futures"))
  }

  @Test(
    "the limit is that in force on the first day of the year, and without one the transfer is said to be unchecked"
  )
  func dated() throws {
    let reason = try Self.refusal(
      {
        $0.schoolsBlock = Draws(1_000)
        $0.schoolsTransfers = [.init(pounds: Draws(9), approval: .schoolsForum)]
      }, rules: Self.rules(limits: [(0.01, 2020), (0.005, 2024), (0.5, 2025)]))
    #expect(reason.contains("0.5 per cent"))
    var account = try Self.account(rules: Self.rules(limits: []))
    var year = Self.year(2024)
    year.schoolsTransfers = [.init(pounds: Draws(9), approval: .schoolsForum)]
    #expect(
      try account.close(year).notes
        == ["No limit on block transfers in 2024/25 was known: the transfer of £9.00 is not checked."])
  }

  @Test("what high needs receives is not negative, and a transfer needs the schools block")
  func badTransfers() throws {
    #expect(
      try Self.refusal { $0.schoolsTransfers = [.init(pounds: Draws(-1), approval: .secretaryOfState)] }
        .contains("the block transfer of 2024/25 is -1; an amount of 0 or more"))
    #expect(
      try Self.refusal { $0.schoolsTransfers = [.init(pounds: Draws(1), approval: .schoolsForum)] }
        .contains(
          "the schools block, of which a transfer may be at most 0.5 per cent, is not known for 2024/25"))
    #expect(try Self.refusal { $0.centralTransfer = Draws([1, -2]) }.contains("-2 in simulated future 2"))
  }

  @Test("amounts that are none are refused by name")
  func unusable() throws {
    let changes: [((inout GrantAccountYear) -> Void, String)] = [
      ({ $0.highNeedsBlock = Draws(.nan) }, "the high needs block of 2024/25 is nan"),
      (
        { $0.highNeedsBlock = Draws([]) },
        "the high needs block of 2024/25 has a value in no simulated future"
      ),
      ({ $0.importExport = Draws(.infinity) }, "\"Import and export adjustment\" is inf pounds"),
      (
        { $0.otherBlocks = Draws([0, 1e20]) },
        "\"Other blocks, in-year\" is 1e+20 pounds in simulated future 2"
      ),
      (
        { $0.otherDeductions = [.init(id: "a", name: "A", pounds: Draws(-1))] },
        "\"A\" of 2024/25 is -1; an amount of 0 or more is needed"
      ),
      ({ $0.carryingRate = Draws(5) }, "the rate at which the deficit of 2024/25 is financed is 5; a share"),
      ({ $0.year = FinancialYear(2026) }, "2026/27 does not follow; close 2024/25 next"),
    ]
    for (change, reason) in changes {
      let refusal = try Self.refusal(change)
      #expect(refusal.contains(reason), "\(refusal)")
    }
  }

  // MARK: Stability grant

  private static func stability(
    measured: Int = 2024, paid: Int = 2025, share: Double = 0.9, eligible: Draws = Draws(0.8),
    approved: Draws = Draws(1)
  ) -> GrantAccountRules {
    rules(
      stability: .init(
        share: share, measuredAt: FinancialYear(measured), paidIn: FinancialYear(paid), eligible: eligible,
        approved: approved))
  }

  @Test(
    "the stability grant is nine tenths of the eligible deficit where the plan is approved, and the rest is shown"
  )
  func stabilityGrant() throws {
    var account = try Self.account(Draws(0), rules: Self.stability(approved: Draws([1, 0, 1])))
    try account.close(Self.year(2024, spend: Draws([1_100.01, 1_100.01, 50])))
    let result = try account.close(Self.year(2025))
    let grant = try #require(result.account["stability-grant"]?.amount)
    // 0.9 x 0.8 x 1,000.01 = 720.0072; nothing where it is not approved, or where there is a surplus.
    #expect((0..<3).map { grant[$0] } == [Pence("£720.01"), .zero, .zero])
    let residual = try #require(result.residualDeficit)
    #expect((0..<3).map { residual[$0] } == [Pence("£280.00"), Pence("£1,000.01"), .zero])
    #expect(result.account.closing[0] == Pence("-£280.00"))
    // In no other year.
    #expect(try account.close(Self.year(2026)).account["stability-grant"] == nil)
  }

  @Test("a deficit measured when the account opens, or before, is the one that is given")
  func measuredBefore() throws {
    var account = try Self.account(Draws(-100), rules: Self.stability(measured: 2023, paid: 2024))
    #expect(try account.close(Self.year(2024)).account["stability-grant"]?.amount.known == Pence("£72.00"))
    account = try Self.account(
      Draws(-100), rules: Self.stability(measured: 2022, paid: 2024), measured: Draws(-50))
    #expect(try account.close(Self.year(2024)).account["stability-grant"]?.amount.known == Pence("£36.00"))
    let error = #expect(throws: CommissioningError.self) {
      try Self.account(Draws(-100), rules: Self.stability(measured: 2022, paid: 2024))
    }
    #expect(error?.description.contains("is not known for 2023-03-31") == true)
    // A grant paid before the account opens stands in its opening balance.
    account = try Self.account(Draws(-100), rules: Self.stability(measured: 2021, paid: 2023))
    #expect(try account.close(Self.year(2024)).account["stability-grant"] == nil)
  }

  @Test("a part of a grant is paid where approval is a share, and shares beyond one are refused")
  func approvalShare() throws {
    var account = try Self.account(
      Draws(-100), rules: Self.stability(measured: 2023, paid: 2024, approved: Draws(0.5)))
    #expect(try account.close(Self.year(2024)).account["stability-grant"]?.amount.known == Pence("£36.00"))
    for rules in [
      Self.stability(share: 1.1), Self.stability(measured: 2025, paid: 2025),
      Self.stability(eligible: Draws(1.5)), Self.stability(approved: Draws([0, 2])),
      Self.rules(limits: [(5, 2018)]),
    ] {
      #expect(throws: CommissioningError.self) { try Self.account(rules: rules) }
    }
  }

  // MARK: The end of the override and carrying cost

  @Test(
    "at the end of the override the deficit is held, charged to the General Fund or paid by grant, on the day after",
    arguments: [(.held, "-£150.00"), (.generalFund, "-£50.00"), (.grant, "-£50.00")]
      as [(AfterOverride, String)])
  func afterOverride(_ after: AfterOverride, _ closing: String) throws {
    let end = try #require(CivilDate(year: 2025, month: 3, day: 31))
    var account = try Self.account(
      Draws(-50), rules: Self.rules(overrideEnd: end, after: after))
    #expect(try account.close(Self.year(2024, spend: Draws(150))).generalFundCharge == nil)
    let result = try account.close(Self.year(2025, spend: Draws(150)))
    #expect(result.account.closing.known == Pence(closing))
    #expect(result.generalFundCharge?.known == (after == .generalFund ? Pence("£100.00") : nil))
    #expect((result.account["end-of-override"] != nil) == (after != .held))
    #expect(try account.close(Self.year(2026)).account["end-of-override"] == nil)
  }

  @Test("a surplus is not taken when the override ends")
  func surplusStays() throws {
    let end = try #require(CivilDate(year: 2024, month: 3, day: 31))
    var account = try Self.account(
      Draws([50, -20]), rules: Self.rules(overrideEnd: end, after: .generalFund))
    let result = try account.close(Self.year(2024))
    #expect((0..<2).map { result.account.closing[$0]?.count } == [5000, 0])
    #expect((0..<2).map { result.generalFundCharge?[$0]?.count } == [0, 2000])
  }

  @Test(
    "the deficit is financed at the year's rate on the average of both ends, and the grant does not pay for it"
  )
  func carryingCost() throws {
    var account = try Self.account(Draws([-1_000, 1_000, -1_000]))
    var year = Self.year(2024, spend: Draws([600, 2_100, 0]))
    year.carryingRate = Draws([0.05, 0.05, 0.04])
    let result = try account.close(year)
    // Ends of 1,000 and 1,500; a surplus and 1,000; 1,000 and 900.
    let cost = try #require(result.carryingCost)
    #expect((0..<3).map { cost[$0]?.description } == ["£62.50", "£25.00", "£38.00"])
    #expect(
      (0..<3).map { result.account.closing[$0]?.description } == ["-£1,500.00", "-£1,000.00", "-£900.00"])
  }

  @Test("a deficit that leaves the account on the first day is not financed in that year")
  func carryingAfterOverride() throws {
    let end = try #require(CivilDate(year: 2024, month: 3, day: 31))
    var account = try Self.account(Draws(-1_000), rules: Self.rules(overrideEnd: end, after: .generalFund))
    var year = Self.year(2024, spend: Draws(300))
    year.carryingRate = Draws(0.1)
    #expect(try account.close(year).carryingCost?.known == Pence("£10.00"))
  }
}
