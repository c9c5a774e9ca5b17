import Testing
import TimeSeries

@testable import Commissioning

/// The plan of ``InventedPlan/grant(_:)`` in every future.
private func paths(
  seed: UInt64 = 1, _ change: (inout InventedPlan) -> Void = { _ in }
) throws -> PlanPaths {
  var plan = try InventedPlan.grant()
  plan.assumptions["price-growth"] = .range(low: 0.02, mostLikely: 0.05, high: 0.1)
  change(&plan)
  let definition = PlanDefinition(
    area: Invented.area, name: "An invented plan", years: plan.years, draws: plan.draws, seed: seed,
    policies: plan.policies,
    assumptions: try plan.assumptions.sorted { $0.key < $1.key }.map {
      try Assumption(id: $0.key, value: $0.value, unit: "a unit", reason: "invented")
    }, services: plan.services)
  return try PlanSimulator(definition, evidence: try Panel(plan.series)).paths(
    scenario: "base", options: PlanSimulator.Options(asOf: plan.asOf, draws: plan.draws, seed: seed))
}

@Suite("Why a plan's spending is another year's or another plan's")
struct PlanBridgeTests {
  @Test(
    "the bridge between two years is the difference of their spending in every future, and here it is all price"
  )
  func years() throws {
    let plan = try paths()
    let bridge = try CostBridge(
      from: (plan, FinancialYear(2022)), to: (plan, FinancialYear(2024)), service: "high-needs", form: .bennet
    )
    let before = try #require(plan.draws(of: .spend, service: "high-needs", year: FinancialYear(2022)))
    let after = try #require(plan.draws(of: .spend, service: "high-needs", year: FinancialYear(2024)))
    for path in 0..<plan.draws {
      let (first, second) = (try #require(before[path]), try #require(after[path]))
      #expect(bridge.fromCost[path] == (try Pence(pounds: first)))
      #expect(bridge.change[path] == (try Pence(pounds: second).subtracting(Pence(pounds: first))))
    }
    #expect(bridge.totals[.volume]?.isZero == true)
    #expect(bridge.lines.map(\.id) == ["support", "unexplained"])
    #expect(bridge.from == "high-needs, base, 2022/23")
    #expect(try bridge.summary().steps.first { $0.id == "price" }?.mean ?? .zero > .zero)
  }

  @Test("an outturn year is bridged to a forecast one by the same settings and lines")
  func outturn() throws {
    let plan = try paths()
    let bridge = try CostBridge(
      from: (plan, FinancialYear(2021)), to: (plan, FinancialYear(2023)), service: "high-needs",
      form: .baseWeighted)
    #expect(bridge.fromCost.mean == Pence("£14,000,000.00"))
    #expect(bridge.rows.map(\.id) == ["special"])
    #expect(bridge.lines.map(\.id) == ["support", "unexplained"])
    let summary = try bridge.summary()
    #expect(try Pence.sum(summary.steps.map(\.mean)) == summary.change)
  }

  @Test("two plans of one seed are compared inside each future")
  func plans() throws {
    let dearer = try paths {
      $0.assumptions["price-growth"] = .range(low: 0.03, mostLikely: 0.06, high: 0.11)
    }
    let year = FinancialYear(2023)
    let bridge = try CostBridge(
      from: (try paths(), year), to: (dearer, year), service: "high-needs", form: .baseWeighted)
    #expect((0..<64).allSatisfy { (bridge.totals[.price]?[$0] ?? .zero) > .zero })
  }

  @Test(
    "plans of different seeds, services and years that are not there, and years without numbers are refused")
  func refusals() throws {
    let plan = try paths()
    let year = FinancialYear(2023)
    func reason(_ second: PlanPaths, _ year: FinancialYear, _ service: String = "high-needs") -> String {
      let error = #expect(throws: CommissioningError.self) {
        try CostBridge(
          from: (plan, FinancialYear(2023)), to: (second, year), service: service, form: .bennet)
      }
      return error?.description ?? ""
    }
    #expect(reason(try paths(seed: 2), year).contains("run both with one seed"))
    #expect(reason(plan, year, "transport").contains("it has high-needs"))
    #expect(reason(plan, FinancialYear(2040)).contains("the spending of base is not known for 2040/41"))
    // What was spent in 2020/21 is not known.
    #expect(reason(plan, FinancialYear(2020)).contains("what was paid for, by line"))
  }
}
