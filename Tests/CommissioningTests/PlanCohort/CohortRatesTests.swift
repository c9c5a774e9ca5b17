import Testing

@testable import Commissioning

@Suite("Rates of a cohort")
struct CohortRatesTests {
  // MARK: Estimation

  @Test("with its own and comparators' tables every rate lies between them, and rows sum to one")
  func estimated() throws {
    let shape = try InventedCohort.shape()
    let own = try InventedCohort.counts("Here", shape, size: 1)
    let others = try [1.0, 1.2, 0.8, 1.1].enumerated().map { number, ceasing in
      try InventedCohort.counts("Comparator \(number)", shape, size: 20, ceasing: ceasing + 0.6, seed: number)
    }
    let alone = try CohortRates.estimated(from: own, comparators: [], service: "t")
    let together = try CohortRates.estimated(from: own, comparators: others, service: "t")
    let without = try CohortRates.estimated(
      from: try CohortCounts(area: "Here", shape: shape, stock: own.stock), comparators: others, service: "t")
    func ceased(_ rates: CohortRates) -> Double {
      zip(rates.ceasing.mean, InventedCohort.opening(shape)).reduce(0) { $0 + $1.0 * $1.1 }
    }
    #expect(ceased(alone) < ceased(together) && ceased(together) < ceased(without))
    #expect(together.ceasing.mean.suffix(3) == [1, 1, 1])
    for cell in 0..<(shape.cells - 3) {
      let row = together.moves.mean[cell * 3..<cell * 3 + 3]
      #expect(abs(row.reduce(0, +) - 1) < 1e-12)
    }
    #expect(together.assessed != nil && together.issued != nil)
    // Requests are of the year that has them: 30 of 1,000 at the first age.
    #expect(abs(together.requests.mean[0] - 0.03) < 0.001)
    #expect(without.notes.contains { $0.hasPrefix("Here has no ceased plans by age") })
    #expect(without.notes.contains { $0.hasPrefix("Here has no moves between settings") })
    #expect(without.notes.contains { $0.hasPrefix("Here has no new plans by setting") })
    // And they run.
    let outcome = try together.forward(
      opening: InventedCohort.opening(shape), firstYear: 2025,
      population: InventedCohort.draws(InventedCohort.population(shape, years: 2)), paths: 50, seed: 1,
      service: "t")
    #expect(outcome.flows.count == 2)
  }

  @Test("comparators that differ leave a large area its own rates, and pull a small one")
  func sizes() throws {
    let shape = try InventedCohort.shape()
    let others = try (0..<4).map {
      try InventedCohort.counts("C\($0)", shape, size: 30, ceasing: 1.8 + 0.1 * Double($0), seed: $0)
    }
    func ceasing(_ size: Double) throws -> Double {
      let own = try InventedCohort.counts("Here", shape, size: size)
      return try CohortRates.estimated(from: own, comparators: others, service: "t").ceasing.mean[0]
    }
    let large = try ceasing(50)
    let small = try ceasing(0.5)
    #expect(small > large)
    #expect(abs(large - 0.05) < 0.01)
  }

  @Test("what a missing table leaves unsaid is said")
  func missing() throws {
    let shape = try InventedCohort.shape()
    let full = try InventedCohort.counts("Here", shape, size: 1)
    let bare = try CohortCounts(
      area: "Here", shape: shape, stock: full.stock, new: full.new, ceased: full.ceased,
      population: full.population)
    let rates = try CohortRates.estimated(from: bare, comparators: [], service: "t")
    let notes = rates.notes.joined(separator: "\n")
    #expect(notes.contains("No moves between settings are known"))
    #expect(notes.contains("Requests by age are not known"))
    #expect(notes.contains("Decisions to assess or to issue are not known"))
    #expect(rates.moves.mean[0] == 1)
    // Requests are then new plans: those of the first age by its people.
    let new = (full.new[2023] ?? []).prefix(3).reduce(0, +)
    #expect(abs(rates.requests.mean[0] - new / 1000) < 0.002)
    let unplaced = try CohortCounts(
      area: "Here", shape: shape, stock: full.stock, ceased: full.ceased, requests: full.requests,
      population: full.population)
    let placed = try CohortRates.estimated(from: unplaced, comparators: [], service: "t")
    #expect(placed.notes.contains { $0.hasPrefix("The settings of new plans are not known") })
    #expect(placed.notes.contains { $0.hasPrefix("No spread of ceasing") })
    #expect(throws: CommissioningError.self) {
      try CohortRates.estimated(
        from: try CohortCounts(area: "Here", shape: shape, stock: full.stock), comparators: [], service: "t")
    }
    #expect(throws: CommissioningError.self) {
      try CohortRates.estimated(
        from: try CohortCounts(area: "Here", shape: shape, stock: full.stock, ceased: full.ceased),
        comparators: [], service: "t")
    }
    let other = try InventedCohort.shape(ages: 9...14)
    #expect(throws: CommissioningError.self) {
      try CohortRates.estimated(
        from: full, comparators: [try InventedCohort.counts("x", other, size: 1)], service: "t")
    }
  }

  @Test("ages at which nobody is counted have nobody new, and are named")
  func unknownAges() throws {
    let shape = try InventedCohort.shape()
    let full = try InventedCohort.counts("Here", shape, size: 1)
    let children = full.population.mapValues { [0] + $0.dropFirst() }
    let part = try CohortCounts(
      area: "Here", shape: shape, stock: full.stock, new: [:], ceased: full.ceased,
      requests: full.requests.mapValues { [0] + $0.dropFirst() }, population: children)
    let rates = try CohortRates.estimated(from: part, comparators: [], service: "t")
    #expect(rates.requests.mean[0] == 0)
    #expect(rates.notes.contains { $0.hasPrefix("Nothing is known of requests at ages 10;") })
  }

  @Test("the spread of years is that of the totals, in log odds or logarithms")
  func years() {
    func observations(_ rates: [Double]) -> [RateObservation] {
      rates.map { RateObservation(count: $0 * 1e9, exposure: 1e9) }
    }
    // Two years of each area, so that nothing is bounded but by the rule: the solution is close to the plain
    // spread.
    let spread = CohortEstimation.yearSpread(
      (0..<40).map { observations([0.1 * (1 + 0.001 * Double($0 % 3)), 0.12]) }, .ratio, nil)
    #expect(spread > 0.08 && spread < 0.2)
    #expect(CohortEstimation.yearSpread([observations([0.1])], .ratio, nil) == 0)
  }

  // MARK: Refusals

  @Test("tables that cannot be are refused")
  func refusedCounts() throws {
    let shape = try InventedCohort.shape()
    let stock = InventedCohort.opening(shape)
    func refuse(
      stock: [Int: [Double]]? = nil, new: [Int: [Double]] = [:], ceased: [Int: [Double]] = [:],
      moves: [Int: [Double]] = [:], requests: [Int: [Double]] = [:], population: [Int: [Double]] = [:],
      _ text: String
    ) {
      do {
        _ = try CohortCounts(
          area: "Here", shape: shape, stock: stock ?? [2024: InventedCohort.opening(shape)], new: new,
          ceased: ceased,
          moves: moves, requests: requests, population: population)
        Issue.record("not refused: \(text)")
      } catch {
        #expect("\(error)".contains(text))
      }
    }
    refuse(stock: [2024: [1]], "15")
    refuse(stock: [2024: [-1] + stock.dropFirst()], "-1 aged 10 in Mainstream")
    refuse(
      new: [2024: [0, 0, 5] + [Double](repeating: 0, count: 12)],
      "5 aged 10 in Late, which does not hold that age")
    refuse(
      ceased: [2024: [999] + [Double](repeating: 0, count: 14)],
      "999 plans aged 10 in Mainstream ceased in 2024")
    refuse(moves: [2024: [1]], "45 counts")
    refuse(requests: [2024: [1]], "5 counts")
    refuse(population: [2024: [1, 1, 1, 1, -1]], "5 counts")
    refuse(
      requests: [2024: [9, 0, 0, 0, 0]], population: [2024: [0, 1, 1, 1, 1]],
      "9 requests or new plans in 2024")
  }

  @Test("shapes, rates and rows that cannot be are refused")
  func refusedRates() throws {
    let service = "t"
    #expect(throws: CommissioningError.self) { try CohortShape(ages: 0...99, service: service) }
    #expect(throws: CommissioningError.self) { try CohortShape(settings: [], service: service) }
    #expect(throws: CommissioningError.self) {
      try CohortShape(
        settings: [PlanSetting(id: "a", name: "A"), PlanSetting(id: "a", name: "B")], service: service)
    }
    #expect(throws: CommissioningError.self) { try CohortShape(ages: 0...26, service: service) }
    let standard = try CohortShape(service: service)
    #expect(standard.settings.count == 7 && standard.ages.count == 26 && standard.groups.count == 5)
    #expect(standard.setting("post-16") == 5 && standard.setting("x") == nil)

    let shape = try InventedCohort.shape()
    func refuse(
      ceasing: [Double]? = nil, moves: [Double]? = nil, requests: [Double]? = nil, placement: [Double]? = nil,
      strength: Double = 1, years: Double = 0
    ) {
      let zeros = [Double](repeating: 0.1, count: 15)
      func table(_ mean: [Double], _ rows: Int) -> CohortRates.Table {
        CohortRates.Table(mean: mean, strength: [Double](repeating: strength, count: rows))
      }
      #expect(throws: CommissioningError.self) {
        try CohortRates(
          shape: shape, ceasing: table(ceasing ?? zeros, 15),
          moves: table(moves ?? InventedCohort.moves(shape), 15),
          requests: table(requests ?? [0, 0, 0, 0, 0], 5),
          placement: table(placement ?? InventedCohort.placement(shape), 5), ceasingYears: years,
          service: service)
      }
    }
    refuse(ceasing: [1])
    refuse(ceasing: [1.1] + [Double](repeating: 0, count: 14))
    refuse(requests: [-1, 0, 0, 0, 0])
    refuse(moves: [0.5, 0.4, 0] + InventedCohort.moves(shape).dropFirst(3))
    refuse(moves: [0.5, 0.4, 0.1] + InventedCohort.moves(shape).dropFirst(3))
    refuse(placement: [0, 0, 1] + InventedCohort.placement(shape).dropFirst(3))
    refuse(strength: 0)
    refuse(years: -1)
    #expect(throws: CommissioningError.self) {
      try ShrunkRate.stated(.share, mean: 1, strength: 1, service: service, what: "x")
    }
    #expect(throws: CommissioningError.self) {
      try ShrunkRate.stated(.ratio, mean: 2, strength: 0, service: service, what: "x")
    }
    #expect(try ShrunkRate.stated(.ratio, mean: 2, strength: 3, service: service, what: "x").mean == 2)
  }
}
