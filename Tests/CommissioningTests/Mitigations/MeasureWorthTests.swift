import Testing

@testable import Commissioning

@Suite("What the measures of a register are worth")
struct MeasureWorthTests {
  private let years = [FinancialYear(2026), FinancialYear(2027)]

  /// Spending of 100 and 200 in two futures, of which each measure that counts takes a share; by its probability, in
  /// the first future alone.
  private func spending(
    _ shares: [String: Double]
  ) -> (MitigationMode, Set<String>) throws(CommissioningError) -> [Draws] {
    { (mode: MitigationMode, ids: Set<String>) throws(CommissioningError) -> [Draws] in
      let left = shares.keys.sorted().reduce(1.0) { ids.contains($1) ? $0 * (1 - (shares[$1] ?? 0)) : $0 }
      return [
        Draws([100 * left, 200 * (mode == .weighted ? 1 : left)]),
        Draws([110 * left, 220 * (mode == .weighted ? 1 : left)]),
      ]
    }
  }

  private func worth(_ shares: [String: Double]) throws -> MeasureWorth {
    let register = try InventedMeasures.register(
      try ["a", "b"].map {
        try InventedMeasures.measure($0, [InventedMeasures.saves(1, "line-\($0)")], probability: 0.5)
      } + [
        try InventedMeasures.measure("done", [], probability: 1, status: .inBudget(saving: 250_000))
      ])
    return try MeasureWorth(of: register, years: years, draws: 2, spending: spending(shares))
  }

  @Test func `The parts of all measures sum to what they save together`() throws {
    let worth = try worth(["a": 0.2, "b": 0.5])
    #expect(worth.rows.map(\.measure.id) == ["a", "b"])
    for year in 0..<2 {
      let parts = worth.rows.reduce(0.0) { $0 + $1.certain[year].mean }
      #expect(abs(parts - worth.whole.certain[year].mean) < 1e-9)
    }
    // Of 150 on average 90 is spent on neither: 0.6 of 150 and of 165.
    #expect(abs(worth.whole.certain[0].mean - 90) < 1e-9)
    #expect(abs(worth.whole.certainInAll.mean - 189) < 1e-9)
    #expect(abs(worth.rows.reduce(0.0) { $0 + $1.certainInAll.mean } - 189) < 1e-9)
  }

  @Test func `What two measures have in common is shared equally`() throws {
    let worth = try worth(["a": 0.2, "b": 0.5])
    // Alone a saves 30 of 150, after b 15; b saves 75 and 60.
    #expect(abs(worth.rows[0].certain[0].mean - 22.5) < 1e-9)
    #expect(abs(worth.rows[1].certain[0].mean - 67.5) < 1e-9)
  }

  @Test func `By its probability a measure saves only in the futures in which it is delivered`() throws {
    let worth = try worth(["a": 0.2, "b": 0.5])
    #expect(abs(worth.whole.weighted[0].mean - 30) < 1e-9)
    #expect(worth.whole.weightedInAll.mean < worth.whole.certainInAll.mean)
  }

  @Test func `A measure that the budget has already is shown and not counted again`() throws {
    let worth = try worth(["a": 0.2, "b": 0.5])
    #expect(worth.inBudget.map(\.id) == ["done"])
    #expect(worth.years == years && worth.draws == 2)
  }

  @Test func `A measure that costs more than it saves is worth less than nothing`() throws {
    let worth = try worth(["a": -0.1, "b": 0])
    #expect(abs(worth.rows[0].certain[0].mean + 15) < 1e-9)
    #expect(abs(worth.rows[1].certain[0].mean) < 1e-9)
  }

  @Test func `A register names the services that its measures act on or are paid out of`() throws {
    let register = try InventedMeasures.register([
      try InventedMeasures.measure(
        "a", [InventedMeasures.saves(1)], cost: Mitigation.Cost(oneOff: .fixed(5), service: "therapy")),
      try InventedMeasures.measure("done", [], status: .inBudget(saving: 1)),
    ])
    #expect(register.services == ["high-needs", "therapy"])
  }
}
