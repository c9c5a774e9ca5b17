import Commissioning
import Testing
import TimeSeries

@Suite("Levers in a plan")
struct PlanLeverTests {
  static func lever(
    _ flow: String, _ operation: Lever.Operation, _ value: Assumption.Value, from: Int? = nil,
    until: Int? = nil
  ) throws -> Lever {
    let parts = flow.split(separator: ".").map(String.init)
    return try Lever(
      flow: Flow(service: parts[0], name: parts[1]), operation: operation, value: value,
      from: from.map { FinancialYear($0) }, until: until.map { FinancialYear($0) })
  }

  private func years(_ plan: InventedPlan, _ levers: [Lever]) throws -> [FinancialYear: ServiceYear] {
    let paths = try plan.paths(levers: levers)
    let service = try #require(paths.services.first, "\(paths.refusals)")
    return Dictionary(uniqueKeysWithValues: service.years.map { ($0.year, $0) })
  }

  @Test("more capacity in one year treats more children in it, and the list stays shorter afterwards")
  func capacity() throws {
    let years = try years(
      try .waiting(), [try Self.lever("therapy.capacity", .add, .fixed(24), from: 2023, until: 2023)])
    // The list is 40 in October 2021, grows by two a month, and stands still in the year of more capacity.
    #expect(agree(years[FinancialYear(2022)]?.need?.mean, 74))
    #expect(agree(years[FinancialYear(2023)]?.need?.mean, 74))
    #expect(agree(years[FinancialYear(2024)]?.need?.mean, 98))
    #expect(years[FinancialYear(2023)]?.supply?.knownValue == 120)
    #expect(years[FinancialYear(2024)]?.supply?.knownValue == 96)
    #expect(agree(years[FinancialYear(2023)]?.spend?.mean, 120 * 550))
    #expect(agree(years[FinancialYear(2024)]?.spend?.mean, 96 * 605))
  }

  @Test("referrals that grow slower do so in every year from the first, on what is left of them")
  func growth() throws {
    let years = try years(
      try .waiting(), [try Self.lever("therapy.referrals", .growth, .fixed(-0.1), from: 2023)])
    #expect(agree(years[FinancialYear(2022)]?.demand?.mean, 120))
    #expect(agree(years[FinancialYear(2023)]?.demand?.mean, 108))
    #expect(agree(years[FinancialYear(2024)]?.demand?.mean, 97.2))
    #expect(agree(years[FinancialYear(2024)]?.need?.mean, 74 + 108 - 96 + 97.2 - 96))
  }

  @Test("a price and a budget that are set are what they are set to")
  func money() throws {
    let years = try years(
      try .waiting(),
      [
        try Self.lever("therapy.unit-cost", .set, .fixed(600), from: 2023, until: 2023),
        try Self.lever("therapy.budget", .multiply, .fixed(1.1)),
      ])
    #expect(agree(years[FinancialYear(2022)]?.spend?.mean, 96 * 500))
    #expect(agree(years[FinancialYear(2023)]?.spend?.mean, 96 * 600))
    #expect(agree(years[FinancialYear(2024)]?.budget?.mean, 50_000 * 1.02 * 1.02 * 1.1))
    for year in years.values {
      let (budget, spend) = (try #require(year.budget?.mean), try #require(year.spend?.mean))
      #expect(agree(year.inYearBalance?.mean, budget - spend))
    }
  }

  @Test("support for a cohort follows its demand, its places, its price and its budget")
  func cohort() throws {
    let years = try years(
      try .cohort(),
      [
        try Self.lever("neet.places", .add, .fixed(20), from: 2023),
        try Self.lever("neet.demand", .multiply, .fixed(1.1), from: 2024),
        try Self.lever("neet.unit-cost", .multiply, .fixed(0.5), from: 2024),
        try Self.lever("neet.budget", .set, .fixed(1), from: 2024),
      ])
    #expect(agree(years[FinancialYear(2022)]?.spend?.mean, 40 * 1000))
    #expect(agree(years[FinancialYear(2022)]?.unmetNeed?.mean, 10))
    #expect(agree(years[FinancialYear(2023)]?.spend?.mean, 50 * 1100))
    #expect(agree(years[FinancialYear(2023)]?.unmetNeed?.mean, 0))
    #expect(agree(years[FinancialYear(2024)]?.spend?.mean, 55 * 605))
    #expect(agree(years[FinancialYear(2024)]?.budget?.mean, 1))
    #expect(
      try InventedPlan.cohort().services[0].flows.map(\.id) == ["demand", "places", "unit-cost", "budget"])
  }

  @Test("a flow that would become less than nothing is refused with the year and the value")
  func negative() throws {
    let paths = try InventedPlan.waiting().paths(
      levers: [try Self.lever("therapy.referrals", .add, .fixed(-200), from: 2023)])
    #expect(paths.services.isEmpty)
    let reason = try #require(paths.refusals.first).reason
    #expect(
      reason.contains("\"referrals\" becomes -80 in 2023/24") && reason.contains("it must be 0 or more"))
  }

  @Test("a lever that no service heeds is refused, not passed over")
  func unheard() throws {
    let plan = try InventedPlan.waiting()
    let wrong = try plan.paths(levers: [try Self.lever("therapy.beds", .add, .fixed(1))])
    #expect(
      wrong.refusals.map(\.reason) == [
        "therapy: \"beds\" is changed, and the service does not ask about it; its flows are referrals, capacity, "
          + "unit-cost, budget"
      ])
    #expect(wrong.total.isEmpty)
    let missing = try plan.paths(levers: [try Self.lever("surgery.beds", .add, .fixed(1))])
    #expect(
      missing.refusals.map(\.reason) == [
        "surgery: the plan has no service \"surgery\", and surgery.beds is changed"
      ])
    let still = try InventedPlan.placements().paths(
      levers: [try Self.lever("looked-after.beds", .add, .fixed(1))])
    #expect(
      still.refusals.map(\.reason) == [
        "looked-after: \"beds\" is changed, and the service does not ask about it; its flows are price, price.foster, "
          + "price.homes, share.foster, share.homes, share.parents"
      ])
    // A service that is not run has no occasion to ask.
    let both = try InventedPlan.everything()
    let some = try both.paths(levers: [try Self.lever("neet.places", .add, .fixed(1))], only: ["therapy"])
    #expect(some.refusals.isEmpty && some.services.map(\.id) == ["therapy"])
  }

  @Test(
    "a lever outside the plan's years, or two that set one flow in one year, stop the run with a sentence")
  func impossible() throws {
    let plan = try InventedPlan.waiting()
    #expect(throws: CommissioningError.self) {
      try plan.paths(levers: [try Self.lever("therapy.capacity", .add, .fixed(1), from: 2030)])
    }
    #expect(throws: CommissioningError.self) {
      try plan.paths(levers: [
        try Self.lever("therapy.capacity", .set, .fixed(1)),
        try Self.lever("therapy.capacity", .set, .fixed(2), from: 2023),
      ])
    }
  }
}

extension InventedPlan {
  /// The plan in every simulated future, with levers.
  func paths(
    scenario: String = "base", levers: [Lever] = [], only: Set<String>? = nil
  ) throws -> PlanPaths {
    let definition = PlanDefinition(
      area: Invented.area, name: "An invented plan", years: years, draws: draws, seed: seed,
      policies: policies,
      assumptions: try assumptions.sorted { $0.key < $1.key }.map {
        try Assumption(id: $0.key, value: $0.value, unit: "a unit", reason: "invented")
      }, populationBeyondEstimates: populationBeyondEstimates, services: services, levers: levers)
    return try PlanSimulator(definition, evidence: try Panel(series)).paths(
      scenario: scenario,
      options: PlanSimulator.Options(asOf: asOf, draws: draws, seed: seed, jobs: jobs), only: only)
  }
}
