import Testing

@testable import Commissioning

@Suite("Plans: absurd input is refused, and never traps")
struct HostilePlanTests {
  private func rates() throws -> PlanFlowRates {
    try PlanFlowRates.estimated(
      from: try PlanCounts(
        area: "Here", stock: [2023: 100, 2024: 110], requests: [2022: 20, 2023: 22], newPlans: [2023: 18],
        ceased: [2023: 8]), comparators: [], service: "t")
  }

  @Test("years at the ends of the integers are refused, or known to hold nothing")
  func years() throws {
    for year in [Int.min, 0, 9999, Int.max] {
      #expect(throws: CommissioningError.self) { try PlanCounts(area: "x", stock: [year: 1]) }
      #expect(throws: CommissioningError.self) {
        try PlanCounts(area: "x", stock: [:], issued: [year: PlanDecisions(yes: 1, decided: 2)])
      }
    }
    let counts = try PlanCounts(area: "x", stock: [2023: 1])
    for year in [Int.min, Int.max] {
      #expect(counts.unexplained(in: year) == nil && counts.contradiction(in: year) == nil)
      #expect(counts.requestsBehind(year, sameYearShare: 0.5) == nil)
    }
    let flows = try rates().forward(
      openingStock: Draws(110), firstYear: 2024, requests: [Draws(20)], requestsBefore: Draws(22), paths: 3,
      seed: 1,
      service: "t")
    for year in [Int.min, Int.max] {
      #expect(flows.stock(atJanuary: year) == nil)
      #expect(throws: CommissioningError.self) {
        try flows.adjusted(by: [year: FlowAdjustment()], service: "t")
      }
    }
    let shape = try InventedCohort.shape()
    let outcome = try InventedCohort.rates(shape).forward(
      opening: InventedCohort.opening(shape), firstYear: 2025,
      population: InventedCohort.draws(InventedCohort.population(shape, years: 1)), paths: 2, seed: 1,
      service: "t")
    #expect(outcome.stock(atJanuary: Int.min) == nil && outcome.stock(atJanuary: Int.max) == nil)
  }

  @Test(
    "numbers beyond any count are refused", arguments: [1e10, 1e300, .infinity, -.infinity, .nan] as [Double])
  func numbers(_ value: Double) throws {
    #expect(throws: CommissioningError.self) { try PlanCounts(area: "x", stock: [2023: value]) }
    let rates = try rates()
    #expect(throws: CommissioningError.self) {
      try rates.forward(
        openingStock: Draws(110), firstYear: 2024, requests: [Draws(value)], requestsBefore: Draws(22),
        paths: 3,
        seed: 1, service: "t")
    }
    let flows = try rates.anchored(
      stock: [Draws(110), Draws(120)], firstYear: 2024, requestsBefore: Draws(22), paths: 3, seed: 1,
      service: "t")
    #expect(throws: CommissioningError.self) {
      try flows.adjusted(
        by: [2024: FlowAdjustment(transfers: FlowLever(addition: Draws(value)))], service: "t")
    }
    let shape = try InventedCohort.shape()
    let opening = InventedCohort.opening(shape)
    #expect(throws: CommissioningError.self) {
      try CohortCounts(area: "x", shape: shape, stock: [2023: [value] + opening.dropFirst()])
    }
    #expect(throws: CommissioningError.self) {
      try ShrunkRate.estimated(
        .ratio, own: [RateObservation(count: value, exposure: .leastNormalMagnitude)], comparators: [],
        service: "t",
        what: "x")
    }
  }

  @Test("changes that compound beyond all numbers are refused at the end")
  func compounding() throws {
    let rates = try rates()
    let horizon = 40
    let flows = try rates.forward(
      openingStock: Draws(110), firstYear: 2024, requests: [Draws](repeating: Draws(20), count: horizon),
      requestsBefore: Draws(22), paths: 2, seed: 1, service: "t")
    let growth = FlowAdjustment(requestsGrowth: FlowLever(addition: Draws(1e9)))
    #expect(throws: CommissioningError.self) {
      try flows.adjusted(
        by: Dictionary(uniqueKeysWithValues: (2024..<2024 + horizon).map { ($0, growth) }), service: "t")
    }
    let shape = try InventedCohort.shape()
    let cohort = try InventedCohort.rates(shape)
    let population = InventedCohort.draws(InventedCohort.population(shape, years: horizon))
    #expect(throws: CommissioningError.self) {
      try cohort.forward(
        opening: InventedCohort.opening(shape), firstYear: 2025, population: population,
        levers: [CohortLever(years: 2025...2064, effect: .requestGrowth(addition: Draws(1e9)))], paths: 2,
        seed: 1,
        service: "t")
    }
    #expect(throws: CommissioningError.self) {
      try cohort.forward(
        opening: InventedCohort.opening(shape), firstYear: 2025, population: population,
        requestTrend: RateTrend(perYear: 1e300, standardError: 0), paths: 2, seed: 1, service: "t")
    }
  }

  @Test("more futures or years than a run takes are refused before anything is made")
  func sizes() throws {
    let rates = try rates()
    for paths in [0, Int.max] {
      #expect(throws: CommissioningError.self) {
        try rates.forward(
          openingStock: Draws(1), firstYear: 2024, requests: [Draws(1)], requestsBefore: Draws(1),
          paths: paths,
          seed: 1, service: "t")
      }
      let shape = try InventedCohort.shape()
      #expect(throws: CommissioningError.self) {
        try InventedCohort.rates(shape).forward(
          opening: InventedCohort.opening(shape), firstYear: 2025,
          population: InventedCohort.draws(InventedCohort.population(shape, years: 1)), paths: paths, seed: 1,
          service: "t")
      }
    }
    #expect(throws: CommissioningError.self) {
      try CohortShape(ages: Int.min...Int.max, service: "t")
    }
  }

  @Test("empty stocks and nobody at all run to nothing")
  func nobody() throws {
    let shape = try InventedCohort.shape()
    let outcome = try InventedCohort.rates(shape, strength: 3).forward(
      opening: [Double](repeating: 0, count: shape.cells), firstYear: 2025,
      population: [(0..<shape.ages.count).map { _ in Draws(0) }], paths: 5, seed: 1, service: "t")
    #expect(outcome.stock(atJanuary: 2026)?.mean == 0)
    let flows = try rates().anchored(
      stock: [Draws(0), Draws(0), Draws(5)], firstYear: 2024, requests: [Draws(0), Draws(0)],
      requestsBefore: Draws(0), paths: 5, seed: 1, service: "t")
    #expect(flows.years[1].closing.mean == 5)
    let changed = try flows.adjusted(
      by: [
        2024: FlowAdjustment(
          requestsGrowth: FlowLever(factor: Draws(2)), ceasing: FlowLever(factor: Draws(0.5)))
      ], service: "t")
    #expect(changed.years[1].closing.mean == 5)
  }
}
