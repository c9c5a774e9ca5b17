import Testing
import TimeSeries

@testable import Commissioning

@Suite("Measures: what they do to flows and pounds")
struct MitigationTests {
  // MARK: Effects

  @Test("a measure multiplies its flow by its size, by as much as it is in place")
  func factor() throws {
    let measure = try InventedMeasures.measure("early", [InventedMeasures.times(0.94)], start: "2026-09-01")
    #expect(try InventedMeasures.change([measure], year: 2028).factor.knownValue == 0.94)
    let first = try #require(try InventedMeasures.change([measure], year: 2026).factor.knownValue)
    #expect(abs(first - (1 - 0.06 * 7 / 12)) < 1e-12)
    #expect(try InventedMeasures.change([measure], year: 2028, flow: InventedMeasures.ceasing).isNone)
  }

  @Test("a measure that adds half a point to a hazard does so in the hazard's own units")
  func addition() throws {
    let measure = try InventedMeasures.measure(
      "review", [InventedMeasures.plus(0.005, InventedMeasures.ceasing)], ramp: .years([0.5, 1]))
    #expect(
      try InventedMeasures.change([measure], year: 2026, flow: InventedMeasures.ceasing).addition.knownValue
        == 0.0025)
    #expect(
      try InventedMeasures.change([measure], year: 2027, flow: InventedMeasures.ceasing).addition.knownValue
        == 0.005)
  }

  @Test("measures act after the scenario, factors before additions, whatever their order")
  func order() throws {
    let measures = [
      try InventedMeasures.measure("a", [InventedMeasures.plus(7, cohort: "post-16")]),
      try InventedMeasures.measure("b", [InventedMeasures.times(0.5, cohort: "early years")]),
    ]
    let levers = [try LeverTests.lever(.add, 20), try LeverTests.lever(.multiply, 2)]
    for listed in [measures, measures.reversed()] {
      let changes = try InventedMeasures.changes(try InventedMeasures.register(listed), levers: levers)
      let change = changes.change(of: "requests", in: "high-needs", year: FinancialYear(2027))
      #expect(change.applied(to: Draws(100)).knownValue == 117)
    }
  }

  @Test("on the day of a census a measure acts as it does on that day")
  func census() throws {
    let measure = try InventedMeasures.measure("places", [InventedMeasures.plus(60)], start: "2026-09-01")
    let changes = try InventedMeasures.changes(try InventedMeasures.register([measure]))
    func addition(_ text: String) throws -> Double? {
      let day = try InventedMeasures.day(text)
      return changes.change(of: "requests", in: "high-needs", over: day...day).addition.knownValue
    }
    #expect(try addition("2026-08-31") == 0)
    #expect(try addition("2027-01-21") == 60)
  }

  @Test("what the budget has already is shown with its pounds and changes nothing")
  func inBudget() throws {
    let register = try InventedMeasures.register([
      try InventedMeasures.measure("old", [], start: "2024-04-01", status: .inBudget(saving: 1_200_000)),
      try InventedMeasures.measure("new", [InventedMeasures.times(0.9)]),
    ])
    #expect(register.inBudget.map(\.id) == ["old"])
    #expect(register.savingInBudget == 1_200_000)
    let change = try InventedMeasures.changes(register).change(
      of: "requests", in: "high-needs", year: FinancialYear(2027))
    #expect(change.factor.knownValue == 0.9)
    let value = #expect(throws: CommissioningError.self) {
      try MitigationValue(of: register.measures[0], certain: [:], weighted: [:])
    }
    #expect(value?.description.contains("in the budget already") == true)
    let counted = #expect(throws: CommissioningError.self) {
      try InventedMeasures.changes(register, including: ["old"])
    }
    #expect(counted?.description.contains("the budget has it already") == true)
  }

  // MARK: Modes

  @Test("without measures nothing changes; with some of them only those act")
  func modes() throws {
    let register = try InventedMeasures.register(
      [
        try InventedMeasures.measure("a", [InventedMeasures.times(0.9)]),
        try InventedMeasures.measure(
          "b", [InventedMeasures.plus(0.01, InventedMeasures.ceasing), InventedMeasures.saves(5)]),
      ], lines: [InventedMeasures.ceasing: [], InventedMeasures.requests: []])
    let none = try InventedMeasures.changes(register, .none)
    #expect(none.change(of: "requests", in: "high-needs", year: FinancialYear(2027)).isNone)
    #expect(
      try none.saving(on: "1.2.3", of: "high-needs", year: FinancialYear(2027), from: Draws(9)).knownValue
        == 0)
    let one = try InventedMeasures.changes(register, including: ["b"])
    #expect(one.change(of: "requests", in: "high-needs", year: FinancialYear(2027)).isNone)
    #expect(
      one.change(of: "ceasing", in: "high-needs", year: FinancialYear(2027)).addition.knownValue == 0.01)
    let error = #expect(throws: CommissioningError.self) {
      try InventedMeasures.changes(register, including: ["c"])
    }
    #expect(error?.description.contains("\"a\", \"b\"") == true)
  }

  @Test("certain and weighted measures have the moments of their distributions")
  func moments() throws {
    let draws = 20_000
    let register = try InventedMeasures.register([
      try InventedMeasures.measure(
        "a", [InventedMeasures.times(0.9)], ramp: .years([0.5, 1]), probability: 0.3,
        spread: .range(low: 0.5, mostLikely: 1, high: 1.2))
    ])
    // PERT: mean (low + 4 mode + high) / 6, variance (mean - low)(high - mean) / 7.
    let mean = (0.5 + 4 + 1.2) / 6
    let variance = (mean - 0.5) * (1.2 - mean) / 7
    for (mode, probability) in [(MitigationMode.certain, 1.0), (.weighted, 0.3)] {
      let factor = try InventedMeasures.changes(register, mode, draws: draws).change(
        of: "requests", in: "high-needs", year: FinancialYear(2026)
      ).factor
      let values = (0..<draws).compactMap { factor[$0] }
      // Half strength: a twentieth off for each unit of the multiple.
      let expected = 1 - 0.05 * mean * probability
      let spread =
        0.05 * 0.05 * (probability * (variance + mean * mean) - probability * probability * mean * mean)
      let average = values.reduce(0, +) / Double(draws)
      #expect(abs(average - expected) < 4 * (spread / Double(draws)).squareRoot())
      let found = values.reduce(0) { $0 + ($1 - average) * ($1 - average) } / Double(draws - 1)
      #expect(abs(found / spread - 1) < 0.05)
    }
  }

  @Test("in one future a measure is the same in every scenario, whatever stands beside it")
  func shared() throws {
    let size = MitigationEffect(
      .multiply(InventedMeasures.requests), size: .range(low: 0.8, mostLikely: 0.9, high: 1))
    let a = try InventedMeasures.measure("a", [size])
    let b = try InventedMeasures.measure("b", [InventedMeasures.plus(0.01, InventedMeasures.ceasing)])
    func factor(_ measures: [Mitigation], levers: [Lever] = []) throws -> [Double?] {
      let change = try InventedMeasures.changes(
        try InventedMeasures.register(measures), .weighted, levers: levers, draws: 500
      ).change(of: "requests", in: "high-needs", year: FinancialYear(2027))
      return (0..<500).map { change.factor[$0] }
    }
    let alone = try factor([a])
    #expect(alone.contains(1) && Set(alone).count > 100)
    #expect(try factor([b, a]) == alone)
    #expect(try factor([b, a], levers: [LeverTests.lever(.add, 3)]) == alone)
  }

  @Test("what is delivered at one probability is delivered at every higher one")
  func monotone() throws {
    func delivered(_ probability: Double) throws -> [Double?] {
      let measure = try InventedMeasures.measure("a", [InventedMeasures.plus(1)], probability: probability)
      let change = try InventedMeasures.changes(
        try InventedMeasures.register([measure]), .weighted, draws: 2_000
      )
      .change(of: "requests", in: "high-needs", year: FinancialYear(2027))
      return (0..<2_000).map { change.addition[$0] }
    }
    let (low, high) = (try delivered(0.5), try delivered(0.75))
    #expect(zip(low, high).allSatisfy { ($0 ?? 0) <= ($1 ?? 0) })
    let share = high.compactMap { $0 }.reduce(0, +) / 2_000
    #expect(abs(share - 0.75) < 4 * (0.75 * 0.25 / 2_000).squareRoot())
    #expect(try delivered(0) == Array(repeating: 0, count: 2_000))
    #expect(try delivered(1) == Array(repeating: 1, count: 2_000))
  }

  @Test("a spread moves all the effects of a measure together")
  func together() throws {
    let measure = try InventedMeasures.measure(
      "a", [InventedMeasures.plus(10), InventedMeasures.plus(-0.02, InventedMeasures.ceasing)],
      spread: .range(low: 0, mostLikely: 1, high: 1.5))
    let changes = try InventedMeasures.changes(try InventedMeasures.register([measure]), draws: 200)
    let up = changes.change(of: "requests", in: "high-needs", year: FinancialYear(2027)).addition
    let down = changes.change(of: "ceasing", in: "high-needs", year: FinancialYear(2027)).addition
    for path in 0..<200 {
      let (more, less) = (try #require(up[path]), try #require(down[path]))
      #expect(abs(more / 10 + less / 0.02) < 1e-12)
    }
  }

  @Test("the same seed gives the same measures, and another seed others")
  func seeds() throws {
    let measure = try InventedMeasures.measure(
      "a", [InventedMeasures.times(0.9)], spread: .range(low: 0, mostLikely: 1, high: 2),
      cost: Mitigation.Cost(oneOff: .range(low: 1, mostLikely: 2, high: 3)))
    func values(_ seed: UInt64) throws -> [Double?] {
      let changes = try InventedMeasures.changes(
        try InventedMeasures.register([measure]), .weighted, draws: 50, seed: seed)
      let factor = changes.change(of: "requests", in: "high-needs", year: FinancialYear(2026)).factor
      let cost = try #require(changes.mitigations?.costs(in: FinancialYear(2026)).first?.amount)
      return (0..<50).flatMap { [factor[$0], cost[$0]] }
    }
    #expect(try values(7) == values(7))
    #expect(try values(7) != values(8))
  }

  // MARK: Parts

  @Test("half of a measure has half of its effects for half of its cost, in the same futures")
  func scaled() throws {
    let whole = try InventedMeasures.measure(
      "a",
      [
        MitigationEffect(
          .multiply(InventedMeasures.requests), size: .range(low: 0.8, mostLikely: 0.9, high: 1)),
        InventedMeasures.plus(60, InventedMeasures.ceasing, cohort: "post-16"),
        InventedMeasures.saves(500, cohort: "early years"),
      ], cost: Mitigation.Cost(oneOff: .fixed(10), recurring: .range(low: 0, mostLikely: 1, high: 8)))
    func run(_ measure: Mitigation) throws -> FlowChanges {
      try InventedMeasures.changes(
        try InventedMeasures.register(
          [measure], lines: [InventedMeasures.requests: [], InventedMeasures.ceasing: []]), draws: 100)
    }
    let (one, half) = (try run(whole), try run(try whole.scaled(by: 0.5)))
    let year = FinancialYear(2026)
    func off(_ changes: FlowChanges, _ path: Int) throws -> Double {
      1 - (try #require(changes.change(of: "requests", in: "high-needs", year: year).factor[path]))
    }
    func cost(_ changes: FlowChanges, _ path: Int) throws -> Double {
      try #require(changes.mitigations?.costs(in: year).first?.amount[path])
    }
    for path in 0..<100 {
      #expect(abs(2 * (try off(half, path)) - (try off(one, path))) < 1e-12)
      #expect(abs(2 * (try cost(half, path)) - (try cost(one, path))) < 1e-9)
    }
    #expect(half.change(of: "ceasing", in: "high-needs", year: year).addition.knownValue == 30)
    #expect(try half.saving(on: "1.2.3", of: "high-needs", year: year, from: Draws(1e6)).knownValue == 250)
    let none = try run(try whole.scaled(by: 0)).change(of: "requests", in: "high-needs", year: year)
    #expect((0..<100).allSatisfy { none.factor[$0] == 1 })
  }

  @Test(
    "less than nothing of a measure, more than the whole of a flow, or part of what the budget has, is refused"
  )
  func scaledRefused() throws {
    let measure = try InventedMeasures.measure("a", [InventedMeasures.times(0.5)])
    for part in [-0.1, .nan, .infinity] {
      #expect(throws: CommissioningError.self) { try measure.scaled(by: part) }
    }
    #expect(throws: CommissioningError.self) { try InventedMeasures.register([try measure.scaled(by: 2.5)]) }
    let budgeted = try InventedMeasures.measure("b", [], status: .inBudget(saving: 5))
    let error = #expect(throws: CommissioningError.self) { try budgeted.scaled(by: 0.5) }
    #expect(error?.description.contains("in the budget already") == true)
  }

  // MARK: Pounds

  @Test("pounds are saved on their line by the part of the year, and never more than the line has")
  func saving() throws {
    let register = try InventedMeasures.register([
      try InventedMeasures.measure("a", [InventedMeasures.saves(120_000)], start: "2026-09-01")
    ])
    let changes = try InventedMeasures.changes(register)
    func saving(_ year: Int, from amount: Draws) throws -> Double? {
      try changes.saving(on: "1.2.3", of: "high-needs", year: FinancialYear(year), from: amount).knownValue
    }
    #expect(changes.neverAskedLines == [SavedLine(service: "high-needs", line: "1.2.3")])
    #expect(abs(try #require(try saving(2026, from: Draws(1e6))) - 70_000) < 1e-6)
    #expect(try saving(2027, from: Draws([1e6, 120_000])) == 120_000)
    #expect(changes.neverAskedLines.isEmpty)
    let error = #expect(throws: CommissioningError.self) { try saving(2027, from: Draws([1e6, 100_000])) }
    #expect(error?.description.contains("£20,000 more on the line \"1.2.3\" in 2027/28") == true)
    #expect(throws: CommissioningError.self) { try saving(2027, from: Draws(.nan)) }
    #expect(
      try FlowChanges(levers: [], years: InventedMeasures.years, draws: 1, seed: 1)
        .saving(on: "x", of: "y", year: FinancialYear(2027), from: Draws(0)).knownValue == 0)
  }

  @Test("a flow that only a measure changes is listed until a service asks for it, wherever measures count")
  func neverAsked() throws {
    let register = try InventedMeasures.register([
      try InventedMeasures.measure("a", [InventedMeasures.times(0.9)])
    ])
    for mode in MitigationMode.allCases {
      let changes = try InventedMeasures.changes(register, mode)
      // A register that does not count changes nothing, and nobody need ask.
      #expect(changes.neverAsked == (mode == .none ? [] : [InventedMeasures.requests]))
      _ = changes.change(of: "requests", in: "high-needs", year: FinancialYear(2027))
      #expect(changes.neverAsked.isEmpty)
    }
  }

  // MARK: Costs

  @Test(
    "delivery costs once in the first year, and every year by the part of it in which the measure is in place"
  )
  func costs() throws {
    let cost = Mitigation.Cost(oneOff: .fixed(100), recurring: .fixed(1_200), service: "high-needs")
    let register = try InventedMeasures.register([
      try InventedMeasures.measure(
        "a", [InventedMeasures.times(0.9)], start: "2026-09-01", end: "2028-06-30", ramp: .months(24),
        cost: cost),
      try InventedMeasures.measure("free", [InventedMeasures.plus(1, InventedMeasures.ceasing)]),
    ])
    let changes = try #require(try InventedMeasures.changes(register).mitigations)
    func costs(_ year: Int) -> [Double?] { changes.costs(in: FinancialYear(year)).map(\.amount.knownValue) }
    #expect(costs(2026) == [800])
    #expect(costs(2027) == [1_200])
    #expect(costs(2028) == [300])
    #expect(costs(2029) == [])
    #expect(changes.costs(in: FinancialYear(2026)).first?.measure.cost.service == "high-needs")
    #expect(
      try InventedMeasures.changes(register, .none).mitigations?.costs(in: FinancialYear(2026)).isEmpty
        == true)
  }

  @Test("what is paid in advance is paid in futures without delivery too, and what is not is not")
  func paidInAdvance() throws {
    for (advance, share) in [(true, 1.0), (false, 0.6)] {
      let cost = Mitigation.Cost(recurring: .fixed(10), evenIfNotDelivered: advance)
      let register = try InventedMeasures.register([
        try InventedMeasures.measure("a", [InventedMeasures.times(0.9)], cost: cost)
      ])
      let changes = try #require(try InventedMeasures.changes(register, .weighted, draws: 4_000).mitigations)
      let amount = try #require(changes.costs(in: FinancialYear(2027)).first?.amount)
      #expect(abs(amount.mean / 10 - share) <= 4 * (share * (1 - share) / 4_000).squareRoot())
    }
  }
}
