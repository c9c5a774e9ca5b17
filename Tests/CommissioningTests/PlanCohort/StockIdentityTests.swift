import Testing

@testable import Commissioning

// England 2024: Department for Education, Education, health and care plans, 2025.
@Suite("Published stocks, flows and shares of plans")
struct StockIdentityTests {
  @Test("England's plans of January 2024 and 2025: 9,386 of a growth of 62,271 are unexplained")
  func england() throws {
    let year = try StockIdentity(
      year: 2024, opening: 576_474, closing: 638_745, new: 97_747, ceased: 44_862, service: "import")
    #expect(year.growth == 62_271)
    #expect(year.explained == 52_885)
    #expect(year.unexplained == 9_386)
    #expect((year.ceased / year.opening * 1000).rounded() / 10 == 7.8)
    #expect(year.remark(above: 0.05) == nil)
    #expect(
      year.remark(above: 0.01)
        == "2024: of a growth of 62,271 plans the published flows explain 52,885; 9,386 are unexplained, "
        + "more than 1 per cent of the 576,474 at January")
    // 13,953 of the ceased went to another area: added back, the flows explain more than the growth.
    let moved = try StockIdentity(
      year: 2024, opening: 576_474, closing: 638_745, new: 97_747, ceased: 44_862, netTransfers: 13_953,
      service: "import")
    #expect(moved.explained == 66_838)
    #expect(moved.unexplained == -4_567)
  }

  @Test("the totals of an area give the same unexplained line")
  func sameLine() throws {
    let counts = try PlanCounts(
      area: "England", stock: [2024: 576_474, 2025: 638_745], newPlans: [2024: 97_747], ceased: [2024: 44_862]
    )
    #expect(counts.unexplained(in: 2024) == 9_386)
    #expect(counts.unexplained(in: 2023) == nil)
    #expect(counts.contradiction(in: 2024) == nil)
  }

  @Test(
    "England's requests of 2024: 72.2% of decisions are to assess; 93.9% issued needs about 104,950 decisions"
  )
  func funnel() throws {
    let funnel = try PlanFunnel(
      requests: 154_489, assess: 101_045, notAssess: 38_889, undecided: 12_038, withdrawn: 2_517,
      service: "import")
    #expect((funnel.decisions.share * 1000).rounded() / 10 == 72.2)
    let decided = try PlanDecisions.wholes(share: 0.939, part: 98_547, decimals: 1, service: "import")
    #expect(decided.lowerBound.rounded() == 104_893 && decided.upperBound.rounded() == 105_005)
    // The assessments, 105,340, hold some that were not decided.
    #expect(decided.upperBound < 105_340)
    #expect(try PlanDecisions.wholes(share: 1, part: 5, decimals: 0, service: "x").lowerBound == 5)
    #expect(try PlanDecisions.wholes(share: 0.004, part: 5, decimals: 0, service: "x").upperBound > 1e300)
  }

  @Test("shares sum to one within their rounding, or with a stated remainder")
  func shares() throws {
    let thirds = [("a", 0.333), ("b", 0.333), ("c", 0.333)].map { (name: $0.0, share: $0.1) }
    try requireWholeShares(thirds, decimals: 1, service: "x", what: "settings")
    try requireWholeShares(
      [(name: "a", share: 0.7)], decimals: 1, remainder: 0.3, service: "x", what: "settings")
    #expect(
      throws: CommissioningError.invalid(
        service: "x",
        reason:
          "settings: the shares sum to 99.9 per cent; give shares that sum to 100 per cent within "
          + "rounding, or state a remainder of 0.001")
    ) {
      try requireWholeShares(thirds, decimals: 3, service: "x", what: "settings")
    }
    #expect(throws: CommissioningError.self) {
      try requireWholeShares([(name: "a", share: 1.2)], decimals: 1, service: "x", what: "settings")
    }
    #expect(throws: CommissioningError.self) {
      try requireWholeShares([(name: "a", share: .nan)], decimals: 1, service: "x", what: "settings")
    }
  }

  @Test("counts that cannot be are refused")
  func refused() {
    func identity(_ opening: Double, _ new: Double, _ ceased: Double, _ transfers: Double = 0) throws {
      _ = try StockIdentity(
        year: 2024, opening: opening, closing: 1, new: new, ceased: ceased, netTransfers: transfers,
        service: "x")
    }
    #expect(throws: CommissioningError.self) { try identity(-1, 0, 0) }
    #expect(throws: CommissioningError.self) { try identity(1, .nan, 0) }
    #expect(throws: CommissioningError.self) { try identity(1, 1, 3) }
    #expect(throws: CommissioningError.self) { try identity(1, 1, 1, .infinity) }
    func funnel(_ requests: Double, _ assess: Double) throws {
      _ = try PlanFunnel(
        requests: requests, assess: assess, notAssess: 3, undecided: 0, withdrawn: 0, service: "x")
    }
    #expect(throws: CommissioningError.self) { try funnel(10, 6) }
    #expect(throws: CommissioningError.self) { try funnel(10, 8) }
    #expect(throws: CommissioningError.self) { try funnel(2, -1) }
    #expect(throws: CommissioningError.self) {
      try PlanDecisions.wholes(share: 0, part: 1, decimals: 1, service: "x")
    }
  }
}
