import Testing
import TimeSeries

@testable import Commissioning

@Suite("What a measure is worth")
struct AttributionTests {
  // MARK: Values

  @Test("an autumn measure saves seven twelfths of its full-year value in its first year")
  func partYear() throws {
    let measure = try InventedMeasures.measure(
      "a", [InventedMeasures.saves(120_000)], start: "2026-09-01", probability: 0.75)
    let value = try MitigationValue(
      of: measure, unitValues: [Draws(1)], years: InventedMeasures.years, draws: 4_000, seed: 1)
    #expect(abs(try #require(value.partYear.knownValue) - 70_000) < 1e-6)
    #expect(value.fullYear?.knownValue == 120_000)
    #expect(abs(try #require(value.certain.knownValue) - 550_000) < 1e-6)
    // By its probability: three quarters of it, within the error of 4,000 futures.
    let error = 550_000 * (0.75 * 0.25 / 4_000).squareRoot()
    #expect(abs(value.weighted.mean - 0.75 * 550_000) < 4 * error)
    #expect(value.years.map(\.year.start) == [2026, 2027, 2028, 2029, 2030])
    #expect(value.years.map(\.strength).dropFirst() == [1, 1, 1, 1])
  }

  @Test("effects on flows are worth their size times what one unit saves")
  func units() throws {
    let measure = try InventedMeasures.measure(
      "a", [InventedMeasures.times(0.95), InventedMeasures.plus(60, InventedMeasures.ceasing)])
    let value = try MitigationValue(
      of: measure, unitValues: [Draws(-1_000_000), Draws([10, 20])], years: InventedMeasures.years, draws: 2,
      seed: 1)
    #expect(abs(try #require(value.fullYear?[0]) - 50_600) < 1e-6)
    #expect(abs(try #require(value.fullYear?[1]) - 51_200) < 1e-6)
    let error = #expect(throws: CommissioningError.self) {
      try MitigationValue(of: measure, unitValues: [], years: InventedMeasures.years, draws: 2, seed: 1)
    }
    #expect(error?.description.contains("has 2 effects, and 0 values") == true)
    let other = #expect(throws: CommissioningError.self) {
      try MitigationValue(
        of: measure, unitValues: [Draws(1), Draws([1, 2, 3])], years: InventedMeasures.years, draws: 2,
        seed: 1)
    }
    #expect(other?.description.contains("of 2 and 3 simulated futures") == true)
  }

  @Test("from runs with and without it, the full-year value is that of the first year at full strength")
  func runs() throws {
    let measure = try InventedMeasures.measure(
      "a", [InventedMeasures.times(0.95)], start: "2026-09-01", ramp: .months(12))
    let years = [2026, 2027, 2028].map { FinancialYear($0) }
    let certain = Dictionary(uniqueKeysWithValues: zip(years, [Draws(2), Draws(7), Draws(9)]))
    let weighted = Dictionary(uniqueKeysWithValues: zip(years, [Draws(1), Draws(3), Draws(4)]))
    let value = try MitigationValue(of: measure, certain: certain, weighted: weighted)
    #expect(value.partYear.knownValue == 2)
    #expect(value.fullYear?.knownValue == 9)
    #expect(value.certain.knownValue == 18 && value.weighted.knownValue == 8)
    let short = try MitigationValue(
      of: measure, certain: [years[0]: Draws(2)], weighted: [years[0]: Draws(1)])
    #expect(short.fullYear == nil)
    let error = #expect(throws: CommissioningError.self) {
      try MitigationValue(of: measure, certain: [years[1]: Draws(2)], weighted: [years[1]: Draws(2)])
    }
    #expect(error?.description.contains("starts in 2026/27") == true)
    #expect(throws: CommissioningError.self) {
      try MitigationValue(of: measure, certain: certain, weighted: [years[0]: Draws(2)])
    }
  }

  // MARK: Attribution

  /// Spending of 100 that each measure takes its share from, one after the other.
  private func spending(_ shares: [String: Double]) -> (Set<String>) throws(CommissioningError) -> [Draws] {
    { (set: Set<String>) throws(CommissioningError) -> [Draws] in
      let left = shares.keys.sorted().reduce(100.0) { set.contains($1) ? $0 * (1 - (shares[$1] ?? 0)) : $0 }
      return [Draws(left), Draws([left, 2 * left])]
    }
  }

  @Test(
    "under every rule the parts sum to the joint effect, in every future", arguments: AttributionRule.allCases
  )
  func sums(_ rule: AttributionRule) throws {
    let shares = ["a": 0.2, "b": 0.5, "c": 0.1, "d": 0.25]
    let attribution = try Attribution(of: ["a", "b", "c", "d"], rule: rule, figures: spending(shares))
    #expect(attribution.parts.map(\.id) == ["a", "b", "c", "d"])
    let joint = 100 * 0.8 * 0.5 * 0.9 * 0.75 - 100
    #expect(abs(try #require(attribution.joint[0].knownValue) - joint) < 1e-9)
    for (figure, path) in [(0, 0), (1, 0), (1, 1)] {
      let sum = attribution.parts.reduce(0.0) { $0 + ($1.part[figure][path] ?? .nan) }
      #expect(abs(sum - (attribution.joint[figure][path] ?? .nan)) < 1e-9)
    }
    // First in and last in do not depend on the rule: b alone takes 50, and last takes half of 54.
    #expect(abs((attribution.parts[1].firstIn[0].knownValue ?? .nan) + 50) < 1e-9)
    #expect(abs((attribution.parts[1].lastIn[0].knownValue ?? .nan) + 27) < 1e-9)
  }

  @Test("in order the first is given all it does alone, and the last what it adds")
  func inOrder() throws {
    let attribution = try Attribution(
      of: ["b", "a"], rule: .inOrder, figures: spending(["a": 0.2, "b": 0.5]))
    #expect(attribution.parts.map { $0.part[0].knownValue } == [-50, -10])
  }

  @Test("two measures share what they have in common equally, in both orders as in every order")
  func pair() throws {
    for rule in [AttributionRule.bothOrders, .everyOrder] {
      let attribution = try Attribution(of: ["a", "b"], rule: rule, figures: spending(["a": 0.2, "b": 0.5]))
      #expect(attribution.parts.map { $0.part[0].knownValue } == [-15, -45])
    }
  }

  @Test("where measures act on each other in pairs, both orders are as fair as every order")
  func pairwise() throws {
    let alone = [3.0, -1, 4, 2, 7]
    let ids = ["a", "b", "c", "d", "e"]
    func figures(_ set: Set<String>) throws(CommissioningError) -> [Draws] {
      let present = ids.indices.filter { set.contains(ids[$0]) }
      var sum = present.reduce(0.0) { $0 + alone[$1] }
      for i in present { for j in present where i < j { sum += Double(i * 7 + j * 3) - 10 } }
      return [Draws(sum)]
    }
    let both = try Attribution(of: ids, rule: .bothOrders, figures: figures)
    let every = try Attribution(of: ids, rule: .everyOrder, figures: figures)
    for (left, right) in zip(both.parts, every.parts) {
      #expect(abs((left.part[0].knownValue ?? .nan) - (right.part[0].knownValue ?? .nan)) < 1e-9)
    }
  }

  @Test("every order gives Shapley's values of the glove game: two thirds to the one left glove")
  func gloves() throws {
    // One left glove and two right ones: a pair is worth one. 2/3, 1/6, 1/6.
    let attribution = try Attribution(of: ["left", "right", "other"], rule: .everyOrder) {
      (set: Set<String>) throws(CommissioningError) -> [Draws] in
      [Draws(set.contains("left") && set.count > 1 ? 1 : 0)]
    }
    for (part, expected) in zip(attribution.parts, [2.0 / 3, 1.0 / 6, 1.0 / 6]) {
      #expect(abs((part.part[0].knownValue ?? .nan) - expected) < 1e-12)
    }
  }

  @Test("one measure has all of it, and none have nothing")
  func few() throws {
    for rule in AttributionRule.allCases {
      let one = try Attribution(of: ["a"], rule: rule, figures: spending(["a": 0.2]))
      #expect(abs((one.parts.first?.part[0].knownValue ?? .nan) + 20) < 1e-12)
      let none = try Attribution(of: [], rule: rule, figures: spending([:]))
      #expect(none.parts.isEmpty && none.joint[0].knownValue == 0)
    }
  }

  @Test("each set of measures is run once: two orders of six in at most 24 runs, every order of six in 64")
  func runsOnce() throws {
    let ids = ["a", "b", "c", "d", "e", "f"]
    for (rule, most) in [(AttributionRule.inOrder, 24), (.bothOrders, 24), (.everyOrder, 64)] {
      var seen: [Set<String>] = []
      _ = try Attribution(of: ids, rule: rule) { (set: Set<String>) throws(CommissioningError) -> [Draws] in
        #expect(!seen.contains(set))
        seen.append(set)
        return []
      }
      #expect(seen.count <= most)
    }
  }

  @Test("what cannot be shared out is refused, and what a run throws comes through")
  func refused() throws {
    #expect(throws: CommissioningError.self) {
      try Attribution(of: ["a", "a"], rule: .inOrder, figures: spending([:]))
    }
    let many = (0...Attribution.mostInEveryOrder).map { "m\($0)" }
    let error = #expect(throws: CommissioningError.self) {
      try Attribution(of: many, rule: .everyOrder, figures: spending([:]))
    }
    #expect(error?.description.contains("13 measures") == true)
    #expect(throws: CommissioningError.self) {
      try Attribution(of: ["a"], rule: .inOrder) { (set: Set<String>) throws(CommissioningError) -> [Draws] in
        set.isEmpty ? [] : [Draws(1)]
      }
    }
    #expect(throws: CommissioningError.horizon("x")) {
      try Attribution(of: ["a"], rule: .inOrder) { (_: Set<String>) throws(CommissioningError) -> [Draws] in
        throw .horizon("x")
      }
    }
  }

  @Test("a register's measures, shared out over a flow, sum to what they do to it together")
  func register() throws {
    let register = try InventedMeasures.register(
      [
        try InventedMeasures.measure("a", [InventedMeasures.times(0.8)]),
        try InventedMeasures.measure("b", [InventedMeasures.times(0.7)]),
      ], [Overlap(measures: ["a", "b"], share: 0.5, reason: "")])
    let attribution = try Attribution(of: ["a", "b"], rule: .bothOrders) {
      (set: Set<String>) throws(CommissioningError) -> [Draws] in
      let changes = try FlowChanges(
        levers: [], register: register, mode: .certain, including: set, years: InventedMeasures.years,
        draws: 1,
        seed: 1)
      return [
        changes.change(of: "requests", in: "high-needs", year: FinancialYear(2027)).applied(to: Draws(100))
      ]
    }
    // Together 63 remain. a alone takes 20 and last 7; b alone 30 and last 17.
    #expect(abs((attribution.parts[0].part[0].knownValue ?? .nan) + 13.5) < 1e-9)
    #expect(abs((attribution.parts[1].part[0].knownValue ?? .nan) + 23.5) < 1e-9)
  }
}
