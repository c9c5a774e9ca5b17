import Testing
import TimeSeries

@testable import Commissioning

/// Plans that grow, with requests, new plans and ceased plans by calendar year.
@Suite("The flows behind the number of plans")
struct GrantFlowTests {
  private static let names = RingFencedGrant.FlowEvidence(
    requests: "requests", newPlans: "new", ceased: "ceased")

  /// 100 more plans every year from 1,000 in 2019: 200 requests, 160 new plans, 50 ceased, 10 not explained... less.
  private func plan() throws -> InventedPlan {
    var plan = try InventedPlan.grant { $0.flows = Self.names }
    plan.replace(try Invented.census("plans", 1, 15, from: 2019, [1000, 1100, 1200, 1300, 1400]))
    plan.asOf = Invented.date(2023, 12, 31)
    plan.years = FinancialYear(2020)...FinancialYear(2026)
    for (id, value) in [("requests", 200.0), ("new", 160), ("ceased", 50)] {
      plan.series.append(
        try Invented.series(
          id, .count, (2019...2022).map { (Period.calendarYear($0), value) }))
    }
    return plan
  }

  private func flow(_ id: String, in year: ServiceYear) throws -> Draws {
    try #require(year.flows.first { $0.id == id }, "\(id) in \(year.year)").draws
  }

  @Test(
    "opening, new plans, ceased plans and the rest make the closing stock in every future, with and without levers"
  )
  func identity() throws {
    for levers in [[], try [lever(.growth, -0.1)], try [lever(.multiply, 0.5), lever(.add, 20)]] {
      var plan = try plan()
      plan.levers = levers
      let service = try #require(try plan.paths().services.first)
      var before: Draws?
      for year in service.years where year.year >= FinancialYear(2023) {
        let opening = try flow("opening", in: year)
        let sum = try Draws.sum(
          [opening] + ["new-plans", "ceased", "unexplained"].map { try flow($0, in: year) })
        let closing = try flow("closing", in: year)
        for path in 0..<plan.draws {
          let (left, right) = (try #require(sum[path]), try #require(closing[path]))
          #expect(abs(left - right) < 1e-9 * right)
          if let before { #expect(before[path] == opening[path]) }
        }
        before = closing
      }
    }
  }

  @Test("published flows are shown with what they leave unexplained")
  func published() throws {
    let year = try #require(try plan().paths().services.first?.years.first { $0.year == FinancialYear(2021) })
    #expect(try flow("requests", in: year).knownValue == 200)
    #expect(try flow("new-plans", in: year).knownValue == 160)
    #expect(try flow("ceased", in: year).knownValue == -50)
    #expect(try flow("unexplained", in: year).knownValue == -10)
    #expect(try flow("opening", in: year).knownValue == 1200)
    #expect(try flow("closing", in: year).knownValue == 1300)
  }

  @Test("without levers the stock is the trend's own, to the last bit")
  func unchanged() throws {
    var bare = try plan()
    bare.services = [try #require(try InventedPlan.grant().services.first)]
    let (with, without) = (try plan().paths(), try bare.paths())
    for year in (2020...2026).map({ FinancialYear($0) }) {
      let left = try #require(with.draws(of: .need, service: "high-needs", year: year))
      let right = try #require(without.draws(of: .need, service: "high-needs", year: year))
      for path in 0..<64 { #expect(left[path] == right[path]) }
    }
  }

  @Test("half the requests from a year on halve the new plans of the next, and later stocks cease less")
  func halved() throws {
    var changed = try plan()
    changed.levers = [try lever(.multiply, 0.5)]
    let (left, right) = (try plan().paths(), try changed.paths())
    let year = FinancialYear(2026)
    let base = try #require(left.services.first?.years.first { $0.year == year })
    let half = try #require(right.services.first?.years.first { $0.year == year })
    // Two calendar years after the change both years' requests behind the new plans are halved.
    for path in 0..<64 {
      let new = try #require(try flow("new-plans", in: base)[path])
      #expect(abs(try #require(try flow("new-plans", in: half)[path]) - new / 2) < 1e-6 * max(1, new))
      #expect(
        try #require(try flow("closing", in: half)[path]) <= #require(try flow("closing", in: base)[path]))
    }
    #expect(try flow("ceased", in: half).mean > (try flow("ceased", in: base).mean))
  }

  @Test("a change to a flow that high needs does not have is refused with those it has")
  func unknown() throws {
    var plan = try plan()
    plan.levers = [
      try Lever(
        flow: Flow(service: "high-needs", name: "request"), operation: .multiply, value: .fixed(0.5))
    ]
    let reason = try plan.refusal()
    #expect(reason.contains("\"request\" is changed"))
    #expect(reason.contains("requests, new-plans-per-request, ceasing, transfers"))
  }

  @Test("prices, shares and the block can be changed, and the shares left alone take what is left")
  func pricesAndShares() throws {
    func spend(_ name: String, _ operation: Lever.Operation, _ value: Double) throws -> YearOutcome {
      var plan = try InventedPlan.grant { parts in
        parts.settings.append(
          RingFencedGrant.Setting(
            id: "mainstream", name: "Mainstream", plans: ["plans-mainstream"], spend: ["spend-mainstream"]))
      }
      plan.levers = [
        try Lever(
          flow: Flow(service: "high-needs", name: name), operation: operation, value: .fixed(value),
          from: FinancialYear(2023))
      ]
      plan.assumptions["mix"] = .fixed(1e12)
      return try #require(try plan.byYear()[FinancialYear(2023)])
    }
    func line(_ id: String, _ year: YearOutcome) throws -> Double {
      try #require(year.lines.first { $0.id == id && $0.part == "spend" }).amount.mean
    }
    let base = try spend("price", .multiply, 1)
    let dearer = try spend("price", .multiply, 1.1)
    #expect(agree(try line("special", dearer), try line("special", base) * 1.1))
    #expect(agree(try line("mainstream", dearer), try line("mainstream", base) * 1.1))
    let special = try spend("price.special", .add, 1000)
    #expect(agree(try line("special", special), try line("special", base) + 1000 * 250, within: 1e-5))
    #expect(agree(try line("mainstream", special), try line("mainstream", base)))
    // A quarter of the plans are in special schools; at half of them two thirds of mainstream's share is left.
    let mixed = try spend("share.special", .set, 0.5)
    #expect(agree(try line("special", mixed), try line("special", base) * 2, within: 1e-5))
    #expect(agree(try line("mainstream", mixed), try line("mainstream", base) * 2 / 3, within: 1e-5))
    #expect(agree(try spend("grant", .multiply, 0.9).budget?.mean, (base.budget?.mean ?? .nan) * 0.9))
  }

  @Test("a share above the whole is refused and not cut")
  func shareAboveOne() throws {
    var plan = try InventedPlan.grant()
    plan.levers = [
      try Lever(
        flow: Flow(service: "high-needs", name: "share.special"), operation: .set, value: .fixed(1.5))
    ]
    #expect(try plan.refusal().contains("\"share.special\" becomes 1.5"))
  }

  @Test("where no ceased plans were published a note says that the flows are not known")
  func unpublished() throws {
    var plan = try plan()
    plan.remove("ceased")
    #expect(try plan.notes().contains { $0.hasPrefix("No ceased plans had been published") })
    #expect(try plan.paths().services.first?.years.allSatisfy { $0.flows.isEmpty } == true)
  }

  private func lever(_ operation: Lever.Operation, _ value: Double) throws -> Lever {
    try Lever(
      flow: Flow(service: "high-needs", name: "requests"), operation: operation, value: .fixed(value),
      from: FinancialYear(2024))
  }
}
