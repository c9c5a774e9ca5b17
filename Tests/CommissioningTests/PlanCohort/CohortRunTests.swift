import Statistics
import Testing

@testable import Commissioning

private func values(_ draws: Draws, _ paths: Int) -> [Double] { (0..<paths).compactMap { draws[$0] } }

@Suite("A cohort of plans by age and setting")
struct CohortRunTests {
  @Test(
    "opening + new - ceased + net transfers = closing in every path, by age and in total, in whole children")
  func identity() throws {
    let shape = try InventedCohort.shape()
    let rates = try InventedCohort.rates(
      shape, strength: 40,
      transfers: ShrunkBalance(mean: 0.01, standardDeviation: 0.02, yearlyScale: 0.05, notes: []), years: 0.2)
    let opening = InventedCohort.opening(shape)
    let population = InventedCohort.draws(InventedCohort.population(shape, years: 4))
    let years = try (0..<4).map {
      try CohortYearLevers([], year: 2025 + $0, rates: rates, paths: 100, service: "t")
    }
    let people = population.map { $0.map { CohortYearLevers.Values(values: [$0.mean]) } }
    let run = CohortRun(
      rates: rates, opening: opening, people: people, years: years, requestTrend: .none, ceasingTrend: .none,
      paths: 100, seed: 5, service: "t")
    var draw = CohortDraw(shape)
    var state = CohortStep(shape)
    defer {
      draw.deallocate()
      state.deallocate()
    }
    let settings = shape.settings.count
    func byAge(_ table: some Collection<Double>) -> [Double] {
      let table = Array(table)
      return (0..<shape.ages.count).map { table[$0 * settings..<($0 + 1) * settings].reduce(0, +) }
    }
    var wrong = 0
    for path in 0..<100 {
      var before = byAge(opening)
      run.path(path, &draw, &state) { _, state in
        let after = byAge(state.stock)
        for place in 0..<shape.ages.count {
          let came =
            place > 0 ? before[place - 1] - state.ceased[place - 1] + state.transfers[place - 1] : 0
          if after[place] != came + state.new[place] || after[place] != after[place].rounded() { wrong += 1 }
        }
        // Everybody of the last age ceases.
        if state.ceased[shape.ages.count - 1] != before[shape.ages.count - 1] { wrong += 1 }
        for cell in state.stock.indices where state.stock[cell] > 0 {
          if !shape.holds(shape.ages.lowerBound + cell / settings, setting: cell % settings) { wrong += 1 }
        }
        before = after
      }
    }
    #expect(wrong == 0)
    let outcome = try rates.forward(
      opening: opening, firstYear: 2025, population: population, paths: 100, seed: 5, service: "t")
    #expect(outcome.censuses == 2025...2029)
    for flow in outcome.flows {
      let opening = try #require(outcome.stock(atJanuary: flow.year))
      let closing = try #require(outcome.stock(atJanuary: flow.year + 1))
      for path in 0..<100 {
        let sum = [opening[path], flow.newPlans[path], flow.unexplained[path]].compactMap { $0 }.reduce(0, +)
        #expect(sum - (try #require(flow.ceased[path])) == closing[path])
      }
    }
    // Nobody aged 10 or 11 is in the last age, and both groups have new plans.
    #expect(outcome.flows[0].newPlansByGroup.count == 2 && outcome.flows[0].ceasedByGroup.count == 2)
    #expect(outcome.flows[0].ceasedByGroup[1].mean > 100 && outcome.flows[0].newPlansByGroup[0].mean > 10)
    // Settings and groups sum to the whole.
    let whole = try #require(outcome.stock(atJanuary: 2028))
    let settingsSum = Draws.sum(
      try shape.settings.map { try #require(outcome.stock(atJanuary: 2028, setting: $0.id)) })
    let groupsSum = Draws.sum(
      try ["younger", "older"].map { try #require(outcome.stock(atJanuary: 2028, group: $0)) })
    #expect(values(whole, 100) == values(settingsSum, 100) && values(whole, 100) == values(groupsSum, 100))
    #expect(outcome.stock(atJanuary: 2030) == nil && outcome.stock(atJanuary: 2025, setting: "x") == nil)
    #expect(outcome.stock(atJanuary: 2025, group: "x") == nil)
  }

  @Test("one, two and sixteen threads give the same bytes, and another seed others")
  func threads() throws {
    let shape = try InventedCohort.shape()
    let rates = try InventedCohort.rates(shape, strength: 30, years: 0.1)
    func run(_ jobs: Int, seed: UInt64 = 3) throws -> [Double] {
      let outcome = try rates.forward(
        opening: InventedCohort.opening(shape), firstYear: 2025,
        population: InventedCohort.draws(InventedCohort.population(shape, years: 3)), paths: 300, seed: seed,
        jobs: jobs, service: "t")
      return try [2026, 2028].flatMap {
        values(try #require(outcome.stock(atJanuary: $0, setting: "special")), 300)
      }
    }
    let one = try run(1)
    #expect(try run(2) == one)
    #expect(try run(16) == one)
    #expect(try run(1, seed: 4) != one)
  }

  @Test(
    "with certain rates, means and variances are those of V' = P V P' + ...",
    arguments: [0, -0.04, 0.06])
  func moments(transfer: Double) throws {
    let shape = try InventedCohort.shape()
    let rates = try InventedCohort.rates(
      shape, transfers: ShrunkBalance(mean: transfer, standardDeviation: 0, yearlyScale: 0, notes: []))
    let population = InventedCohort.population(shape, years: 3)
    let opening = InventedCohort.opening(shape)
    let exact = try rates.moments(opening: opening, population: population, service: "t")
    let paths = 8_000
    let outcome = try rates.forward(
      opening: opening, firstYear: 2025, population: InventedCohort.draws(population), paths: paths, seed: 11,
      jobs: 2, service: "t")
    #expect(exact.count == 4)
    for (step, moments) in exact.enumerated() where step > 0 {
      for setting in [nil, "main", "special", "late"] as [String?] {
        let draws = values(try #require(outcome.stock(atJanuary: 2025 + step, setting: setting)), paths)
        let mean = try #require(moments.mean(setting: setting))
        let variance = try #require(moments.variance(setting: setting))
        let error = (variance / Double(paths)).squareRoot()
        #expect(abs((try DescriptiveStatistics.mean(draws)) - mean) < 4.5 * error)
        #expect(
          abs((try DescriptiveStatistics.variance(draws)) / variance - 1) < 4.5
            * (2 / Double(paths)).squareRoot())
      }
    }
    #expect(exact[0].mean() == opening.reduce(0, +) && exact[0].variance() == 0)
    #expect(exact[0].mean(setting: "x") == nil && exact[0].variance(setting: "x") == nil)
  }

  @Test("moments of rates that are not certain are refused, because they are not linear")
  func momentsRefused() throws {
    let shape = try InventedCohort.shape()
    #expect(throws: CommissioningError.self) {
      try InventedCohort.rates(shape, strength: 10).moments(
        opening: InventedCohort.opening(shape), population: [], service: "t")
    }
    #expect(throws: CommissioningError.self) {
      try InventedCohort.rates(shape).moments(
        opening: InventedCohort.opening(shape), population: [[1]], service: "t")
    }
  }

  @Test("what is known of rates widens the futures, and leaves the mean")
  func parameters() throws {
    let shape = try InventedCohort.shape()
    let population = InventedCohort.draws(InventedCohort.population(shape, years: 3))
    func spread(_ strength: Double, years: Double = 0) throws -> (mean: Double, variance: Double) {
      let outcome = try InventedCohort.rates(shape, strength: strength, years: years).forward(
        opening: InventedCohort.opening(shape), firstYear: 2025, population: population, paths: 4000, seed: 2,
        service: "t")
      let draws = values(try #require(outcome.stock(atJanuary: 2028)), 4000)
      return (try DescriptiveStatistics.mean(draws), try DescriptiveStatistics.variance(draws))
    }
    let certain = try spread(.infinity)
    let known = try spread(30)
    let yearly = try spread(.infinity, years: 0.3)
    #expect(known.variance > 1.3 * certain.variance)
    #expect(yearly.variance > 1.3 * certain.variance)
    #expect(abs(known.mean / certain.mean - 1) < 0.02)
  }

  @Test("a trend moves the rate by its sum, damped, and its error widens it")
  func trend() throws {
    let shape = try InventedCohort.shape()
    let rates = try InventedCohort.rates(shape)
    let population = InventedCohort.draws(InventedCohort.population(shape, years: 3))
    func run(_ requests: RateTrend, _ ceasing: RateTrend = .none) throws -> CohortOutcome {
      try rates.forward(
        opening: InventedCohort.opening(shape), firstYear: 2025, population: population,
        requestTrend: requests,
        ceasingTrend: ceasing, paths: 4000, seed: 2, service: "t")
    }
    let flat = try run(.none)
    let up = try run(RateTrend(perYear: 0.2, standardError: 0, damping: 0.5))
    // In the third year 0.2 + 0.1 + 0.05 of logarithms.
    let expected = flat.flows[2].requests.mean * 1.419068
    #expect(abs(up.flows[2].requests.mean / expected - 1) < 0.01)
    let unsure = try run(RateTrend(perYear: 0, standardError: 0.3))
    #expect(
      try DescriptiveStatistics.variance(values(unsure.flows[2].requests, 4000))
        > 2 * DescriptiveStatistics.variance(values(flat.flows[2].requests, 4000)))
    let more = try run(.none, RateTrend(perYear: 0.3, standardError: 0))
    #expect(more.flows[0].ceased.mean > 1.03 * flat.flows[0].ceased.mean)
    for trend in [
      RateTrend(perYear: .nan, standardError: 0), RateTrend(perYear: 0, standardError: -1),
      RateTrend(perYear: 0, standardError: 0, damping: 2),
    ] {
      #expect(throws: CommissioningError.self) { try run(trend) }
    }
  }

  @Test("a trend is the least-squares slope of log odds or of logarithms, with its error")
  func trendEstimate() throws {
    // Reference: NumPy polyfit of log(count/exposure) on the year.
    let years = [2020: 82.0, 2021: 76, 2022: 93, 2023: 114].mapValues {
      RateObservation(count: $0, exposure: 1000)
    }
    let trend = try #require(RateTrend.estimated(.ratio, years: years))
    #expect(abs(trend.perYear - 0.1190304) < 1e-6)
    #expect(trend.standardError > 0 && trend.damping == 0.8)
    let share = try #require(
      RateTrend.estimated(
        .share, years: [1: 0.1, 2: 0.2, 3: 0.3].mapValues { RateObservation(count: $0 * 100, exposure: 100) })
    )
    #expect(abs(share.perYear - 0.674963) < 1e-5)
    #expect(RateTrend.estimated(.ratio, years: [1: RateObservation(count: 0, exposure: 1)]) == nil)
  }

  @Test("what cannot be run is refused")
  func refused() throws {
    let shape = try InventedCohort.shape()
    let rates = try InventedCohort.rates(shape)
    let opening = InventedCohort.opening(shape)
    let population = InventedCohort.draws(InventedCohort.population(shape, years: 2))
    func run(
      _ opening: [Double], _ population: [[Draws]], year: Int = 2025, paths: Int = 2,
      _ levers: [CohortLever] = []
    ) throws {
      _ = try rates.forward(
        opening: opening, firstYear: year, population: population, levers: levers, paths: paths, seed: 1,
        service: "t")
    }
    try run(opening, population)
    #expect(throws: CommissioningError.self) { try run([1], population) }
    #expect(throws: CommissioningError.self) { try run([-1] + opening.dropFirst(), population) }
    #expect(throws: CommissioningError.self) { try run([1.5] + opening.dropFirst(), population) }
    // Nobody aged 10 can stand in the setting of the last ages.
    #expect(throws: CommissioningError.self) { try run([1, 1, 1] + opening.dropFirst(3), population) }
    #expect(throws: CommissioningError.self) { try run(opening, []) }
    #expect(throws: CommissioningError.self) { try run(opening, [[Draws(1)]]) }
    #expect(throws: CommissioningError.self) { try run(opening, population, paths: 0) }
    #expect(throws: CommissioningError.self) { try run(opening, population, year: 0) }
    #expect(throws: CommissioningError.self) {
      try run(opening, [[Draws(-1)] + population[0].dropFirst()])
    }
    #expect(throws: CommissioningError.self) {
      try run(
        opening, population, [CohortLever(years: 2030...2031, effect: .requests(factor: Draws(0.9)))])
    }
  }
}
