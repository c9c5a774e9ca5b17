import Statistics
import Testing
import TimeSeries

@testable import Commissioning

@Suite("Assumptions, draws and years")
struct QuantityTests {
  // MARK: Assumptions

  @Test("a range is drawn from PERT, whose mean is (low + 4 mostLikely + high) / 6")
  func pert() throws {
    let assumption = try Assumption(
      id: "x", value: .range(low: 2, mostLikely: 3, high: 10), unit: "", reason: "")
    let draws = assumption.draws(20_000, seed: 5)
    // The variance is (mean - low)(high - mean) / 7; four standard errors.
    let error = ((4.0 - 2) * (10 - 4) / 7 / 20_000).squareRoot()
    #expect(abs(draws.mean - 4) < 4 * error)
    for path in 0..<20_000 {
      let value = try #require(draws[path])
      #expect((2...10).contains(value))
    }
    #expect(assumption.text == "2 to 10, most likely 3")
  }

  @Test("a range of one value, and a fixed value, are certain")
  func certain() throws {
    #expect(
      try Assumption(id: "x", value: .range(low: 3, mostLikely: 3, high: 3), unit: "", reason: "").draws(
        9, seed: 1
      )
      .knownValue == 3)
    let fixed = try Assumption(id: "x", value: .fixed(0.5), unit: "", reason: "")
    #expect(fixed.draws(9, seed: 1).knownValue == 0.5)
    #expect(fixed.text == "0.5")
    #expect(try Assumption(id: "x", value: .fixed(1e300), unit: "", reason: "").text == "1e+300")
  }

  @Test(
    "a value that is no number, or a range out of order, is refused",
    arguments: [
      .fixed(.nan), .fixed(.infinity), .range(low: 2, mostLikely: 1, high: 3),
      .range(low: 1, mostLikely: 4, high: 3), .range(low: .nan, mostLikely: 1, high: 3),
      .range(low: -1.7e308, mostLikely: 0, high: 1.7e308), .range(low: 0, mostLikely: 1, high: .infinity),
    ] as [Assumption.Value])
  func invalid(_ value: Assumption.Value) {
    #expect(throws: CommissioningError.self) {
      try Assumption(id: "x", value: value, unit: "", reason: "")
    }
  }

  // MARK: Draws

  @Test("arithmetic on draws is arithmetic in each future, known or not")
  func arithmetic() {
    let sampled = Draws([1, 2, 3])
    let known = Draws(10)
    func values(_ draws: Draws) -> [Double?] { (0..<3).map { draws[$0] } }
    #expect(values(sampled + known) == [11, 12, 13])
    #expect(values(known - sampled) == [9, 8, 7])
    #expect(values(sampled * sampled) == [1, 4, 9])
    #expect(values(sampled / 2) == [0.5, 1, 1.5])
    #expect(values(sampled.lesser(Draws(2))) == [1, 2, 2])
    #expect(values((-sampled + 2).positivePart) == [1, 0, 0])
    #expect(values((sampled + -2).magnitude) == [1, 0, 1])
    #expect((known / known).knownValue == 1)
    #expect(Draws.sum([]).knownValue == 0)
    #expect(sampled.mean == 2)
    #expect(sampled.knownValue == nil)
    #expect(sampled[3] == nil && sampled[-1] == nil)
    #expect(Draws([Double]()).mean.isNaN)
  }

  @Test("draws of different runs do not become a shorter quantity: what they do not share is no number")
  func mismatch() {
    let sum = Draws([1, 2, 3]) + Draws([1, 1])
    #expect(sum[1] == 3)
    #expect(sum[2]?.isNaN == true)
    #expect(throws: CommissioningError.self) { try Quantity(sum) }
    #expect(throws: CommissioningError.self) { try Quantity(Draws(.nan)) }
    #expect(throws: CommissioningError.self) { try Quantity(Draws([Double]())) }
    #expect(throws: CommissioningError.self) { try Probability(negative: Draws([Double]())) }
  }

  @Test("a probability counts futures and knows its error")
  func probability() throws {
    let probability = try Probability(negative: Draws((0..<400).map { $0 < 100 ? -1 : 0 }))
    #expect(probability.value == 0.25)
    #expect(abs(probability.error - (0.25 * 0.75 / 400).squareRoot()) < 0.001)
    #expect(try Probability(negative: Draws(0)).value == 0)
    #expect(try Probability(negative: Draws(-1)).error == 0)
  }

  @Test("quantiles are in order and hold what they say")
  func quantiles() throws {
    let quantity = try Quantity(Draws((0...1000).map(Double.init)))
    let distribution = try #require(quantity.distribution)
    #expect(distribution.p2_5 == 25 && distribution.p10 == 100 && distribution.p50 == 500)
    #expect(distribution.p90 == 900 && distribution.p97_5 == 975)
    #expect(quantity.mean == 500)
    let inside = OutturnComparison(
      service: "s", figure: "f", name: "n", period: .financialYear(2020), isMoney: false, forecast: quantity,
      actual: 950)
    #expect(!inside.isInside80 && inside.isInside95)
    let known = OutturnComparison(
      service: "s", figure: "f", name: "n", period: .financialYear(2020), isMoney: false, forecast: .known(3),
      actual: 3)
    #expect(known.isInside80 && known.isInside95)
    #expect(known.forecast.distribution == nil)
  }

  // MARK: Years

  @Test("a financial year runs from 1 April to 31 March and has 52 weeks and one or two days")
  func financialYear() {
    for start in [1900, 1969, 1999, 2000, 2019, 2023, 2099, 2100, 2199] {
      let year = FinancialYear(start)
      #expect(year.firstDay == year.period.start)
      #expect(year.lastDay == year.period.end)
      #expect(year.weeks * 7 == Double(year.period.days ?? 0))
      #expect(year.next.previous == year)
      #expect(year.previous < year)
    }
    #expect(FinancialYear(2023).weeks * 7 == 366)
    #expect("\(FinancialYear(2023))" == "2023/24")
    #expect(FinancialYear(Int.max) == FinancialYear(9998))
    #expect(FinancialYear(Int.min).previous == FinancialYear(1))
  }

  @Test("a census on the day of an estimate is divided by that estimate, one before it by the year's before")
  func midYear() throws {
    let definition = PlanDefinition(
      area: Invented.area, name: "", years: FinancialYear(2020)...FinancialYear(2022), draws: 4, seed: 1,
      policies: Invented.noPolicies, assumptions: [], services: [])
    let people = try Invented.census("people", 6, 30, from: 2018, [1, 2, 3, 4, 5, 6])
    let context = try SimulationContext(
      definition: definition, evidence: try Panel([people]), asOf: Invented.date(2022, 1, 1), draws: 4,
      seed: 1, jobs: 1)
    let population = try AnnualPopulation("people", in: context, service: "s")
    func estimate(_ day: CivilDate) -> Double? {
      population.people(at: population.period(onOrBefore: day))?.knownValue
    }
    #expect(estimate(Invented.date(2021, 6, 30)) == 4)
    #expect(estimate(Invented.date(2021, 6, 29)) == 3)
    #expect(estimate(Invented.date(2021, 3, 31)) == 3)
    #expect(estimate(Invented.date(2021, 12, 31)) == 4)
    #expect(population.estimate(for: FinancialYear(2021))?.knownValue == 4)
  }

  @Test("shares that scatter sum to one in every future, and nothing scatters where there is nothing")
  func scatter() throws {
    let definition = PlanDefinition(
      area: Invented.area, name: "", years: FinancialYear(2020)...FinancialYear(2022), draws: 300, seed: 1,
      policies: Invented.noPolicies, assumptions: [], services: [])
    let context = try SimulationContext(
      definition: definition, evidence: try Panel([]), asOf: Invented.date(2022, 1, 1), draws: 300, seed: 1,
      jobs: 1)
    let shares = context.scattered([0.5, 0, 0.3, 0.2], concentration: Draws(0.01), name: "mix")
    for path in 0..<300 {
      let sum = shares.reduce(0) { $0 + ($1[path] ?? .nan) }
      #expect(abs(sum - 1) < 1e-12)
      #expect(shares[1][path] == 0)
    }
    #expect(context.scattered([0, 1], concentration: Draws(5), name: "mix").map(\.knownValue) == [0, 1])
  }

  @Test("something certain happens in every future, something impossible in none")
  func occurs() throws {
    let definition = PlanDefinition(
      area: Invented.area, name: "", years: FinancialYear(2020)...FinancialYear(2022), draws: 100, seed: 1,
      policies: Invented.noPolicies, assumptions: [], services: [])
    let context = try SimulationContext(
      definition: definition, evidence: try Panel([]), asOf: Invented.date(2022, 1, 1), draws: 100, seed: 1,
      jobs: 1)
    #expect(context.occurs(Draws(1), name: "x").knownValue == 1)
    #expect(context.occurs(Draws(0), name: "x").knownValue == 0)
    let often = context.occurs(Draws(0.9), name: "x")
    let seldom = context.occurs(Draws(0.1), name: "x")
    // One number for each future: what happens at a low probability happens at a high one.
    for path in 0..<100 where seldom[path] == 1 { #expect(often[path] == 1) }
  }
}
