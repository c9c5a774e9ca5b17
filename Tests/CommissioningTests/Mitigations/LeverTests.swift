import Testing
import TimeSeries

@testable import Commissioning

@Suite("Levers: what a scenario does to a flow")
struct LeverTests {
  static let years = FinancialYear(2026)...FinancialYear(2030)
  static let requests = Flow(service: "high-needs", name: "requests")

  static func lever(
    _ operation: Lever.Operation, _ value: Double, _ from: Int? = nil, _ until: Int? = nil,
    flow: Flow = requests
  ) throws -> Lever {
    try Lever(
      flow: flow, operation: operation, value: .fixed(value), from: from.map { FinancialYear($0) },
      until: until.map { FinancialYear($0) })
  }

  static func changes(_ levers: [Lever], draws: Int = 1, seed: UInt64 = 1) throws -> FlowChanges {
    try FlowChanges(levers: levers, years: years, draws: draws, seed: seed)
  }

  static func value(_ levers: [Lever], _ year: Int, of value: Double) throws -> Double? {
    try changes(levers).change(of: "requests", in: "high-needs", year: FinancialYear(year))
      .applied(to: Draws(value)).knownValue
  }

  // MARK: Operations

  @Test("a flow that nothing acts on is the very same numbers")
  func none() throws {
    let change = try Self.changes([]).change(of: "requests", in: "high-needs", year: FinancialYear(2026))
    #expect(change.isNone)
    #expect(change.applied(to: Draws(-0.0)).knownValue?.sign == .minus)
  }

  @Test("set, multiply and add act in their years alone")
  func window() throws {
    for (operation, expected) in [(Lever.Operation.set, 0.9), (.multiply, 90), (.add, 100.9)] {
      let lever = try Self.lever(operation, 0.9, 2027, 2028)
      #expect(try Self.value([lever], 2026, of: 100) == 100)
      #expect(try Self.value([lever], 2027, of: 100) == expected)
      #expect(try Self.value([lever], 2028, of: 100) == expected)
      #expect(try Self.value([lever], 2029, of: 100) == 100)
    }
  }

  @Test("without years a lever acts from the first year of the plan to the last")
  func wholePlan() throws {
    let lever = try Self.lever(.multiply, 2)
    #expect(try Self.value([lever], 2025, of: 3) == 3)
    #expect(try Self.value([lever], 2026, of: 3) == 6)
    #expect(try Self.value([lever], 2030, of: 3) == 6)
  }

  @Test("growth compounds from its first year, and what it has gained by its last year stays")
  func growth() throws {
    let lever = try Self.lever(.growth, -0.1, 2027, 2028)
    let expected = [2026: 100.0, 2027: 90, 2028: 81, 2029: 81, 2030: 81]
    for (year, value) in expected {
      #expect(abs(try #require(try Self.value([lever], year, of: 100)) - value) < 1e-12)
    }
  }

  @Test("levers on one flow act in a stated order, however they are listed: set, growth, multiply, add")
  func order() throws {
    let levers = [
      try Self.lever(.add, 7), try Self.lever(.multiply, 2), try Self.lever(.growth, 0.5),
      try Self.lever(.set, 10),
    ]
    #expect(try Self.value(levers, 2026, of: 123) == 10 * 1.5 * 2 + 7)
    #expect(try Self.value(levers.reversed(), 2026, of: 123) == 10 * 1.5 * 2 + 7)
  }

  // MARK: Stretches of time

  @Test("over a calendar year a lever of a financial year acts for nine months of twelve")
  func calendarYear() throws {
    let first = try #require(CivilDate("2027-01-01"))
    let last = try #require(CivilDate("2027-12-31"))
    func value(_ lever: Lever) throws -> Double {
      try #require(
        try Self.changes([lever]).change(of: "requests", in: "high-needs", over: first...last)
          .applied(to: Draws(100)).knownValue)
    }
    #expect(abs(try value(Self.lever(.add, 12, 2027, 2027)) - 109) < 1e-12)
    #expect(abs(try value(Self.lever(.multiply, 0.8, 2027, 2027)) - 85) < 1e-12)
    #expect(abs(try value(Self.lever(.set, 40, 2027, 2027)) - (25 + 30)) < 1e-12)
    // Three months at 1.1, nine at 1.21.
    #expect(abs(try value(Self.lever(.growth, 0.1, 2026)) - (27.5 + 0.75 * 121)) < 1e-9)
  }

  @Test("on the day of a census a lever acts as it does on that day")
  func census() throws {
    let day = try #require(CivilDate("2028-01-20"))
    let changes = try Self.changes([try Self.lever(.add, 12, 2027, 2027), try Self.lever(.growth, 1, 2026)])
    let change = changes.change(of: "requests", in: "high-needs", over: day...day)
    #expect(change.applied(to: Draws(1)).knownValue == 16)
  }

  @Test("a window that begins long before the plan is averaged with growth of nothing there")
  func longWindow() throws {
    let first = FinancialYear(2024).firstDay
    let last = FinancialYear(2027).lastDay
    let change = try Self.changes([try Self.lever(.growth, 1, 2026)])
      .change(of: "requests", in: "high-needs", over: first...last)
    // 1, 1, 2 and 4.
    #expect(abs(try #require(change.factor.knownValue) - 2) < 1e-12)
    let before = try Self.changes([try Self.lever(.growth, 1, 2026)])
      .change(of: "requests", in: "high-needs", year: FinancialYear(2020))
    #expect(before.factor.knownValue == 1)
  }

  // MARK: Uncertainty

  @Test("a lever that ranges is drawn once for each future, and scenarios that share it share its futures")
  func drawn() throws {
    let lever = try Lever(
      flow: Self.requests, operation: .multiply, value: .range(low: 0.8, mostLikely: 0.9, high: 1.1))
    let other = try Self.lever(.add, 3, flow: Flow(service: "high-needs", name: "transfers"))
    let alone = try Self.changes([lever], draws: 5_000)
    let beside = try Self.changes([other, lever], draws: 5_000)
    let year = FinancialYear(2028)
    let factor = alone.change(of: "requests", in: "high-needs", year: year).factor
    let same = beside.change(of: "requests", in: "high-needs", year: year).factor
    let later = beside.change(of: "requests", in: "high-needs", year: year.next).factor
    for path in 0..<5_000 {
      #expect(factor[path] == same[path] && factor[path] == later[path])
    }
    // PERT: mean (low + 4 mode + high) / 6, variance (mean - low)(high - mean) / 7.
    let mean = (0.8 + 4 * 0.9 + 1.1) / 6
    let error = ((mean - 0.8) * (1.1 - mean) / 7 / 5_000).squareRoot()
    #expect(abs(factor.mean - mean) < 4 * error)
    let certain = try Lever(
      flow: Self.requests, operation: .multiply, value: .range(low: 0.8, mostLikely: 0.8, high: 0.8))
    #expect(
      try Self.changes([certain], draws: 9).change(of: "requests", in: "high-needs", year: year).factor
        .knownValue == 0.8)
  }

  @Test("two ranges on one flow are drawn apart")
  func apart() throws {
    let lever = try Lever(
      flow: Self.requests, operation: .add, value: .range(low: 0, mostLikely: 1, high: 2))
    let one = try Self.changes([lever], draws: 100)
      .change(of: "requests", in: "high-needs", year: FinancialYear(2026)).addition
    let two = try Self.changes([lever, lever], draws: 100)
      .change(of: "requests", in: "high-needs", year: FinancialYear(2026)).addition
    #expect((0..<100).allSatisfy { one[$0] != two[$0].map { $0 / 2 } })
  }

  // MARK: What is asked

  @Test("a change to a flow that no service asks about is listed, and so is what services do ask about")
  func neverAsked() throws {
    let changes = try Self.changes([
      try Self.lever(.add, 1, flow: Flow(service: "high-needs", name: "requets")),
      try Self.lever(.add, 1), try Self.lever(.multiply, 1),
      try Self.lever(.add, 1, flow: Flow(service: "placements", name: "entry")),
    ])
    #expect(
      changes.neverAsked.map(\.description) == [
        "high-needs.requets", "high-needs.requests", "placements.entry",
      ])
    _ = changes.change(of: "requests", in: "high-needs", year: FinancialYear(2026))
    _ = changes.change(of: "ceasing", in: "high-needs", year: FinancialYear(2026))
    #expect(changes.neverAsked.map(\.description) == ["high-needs.requets", "placements.entry"])
    #expect(changes.asked.map(\.description) == ["high-needs.ceasing", "high-needs.requests"])
  }

  // MARK: Refusals

  @Test(
    "a value that is no factor, no growth or no number is refused",
    arguments: [
      (.multiply, -0.1, "0 or more"), (.growth, -1, "above -1"), (.add, .nan, "finite"),
      (.set, .infinity, "finite"),
    ] as [(Lever.Operation, Double, String)])
  func values(_ operation: Lever.Operation, _ value: Double, _ wanted: String) {
    let error = #expect(throws: CommissioningError.self) { try Self.lever(operation, value) }
    #expect(error?.description.contains(wanted) == true)
    #expect(error?.service == "high-needs")
  }

  @Test("years in the wrong order, or outside the plan, are refused and named")
  func horizon() throws {
    let order = #expect(throws: CommissioningError.self) { try Self.lever(.add, 1, 2028, 2027) }
    #expect(order?.description.contains("ends in 2027/28, before it begins in 2028/29") == true)
    for (lever, text) in [
      (try Self.lever(.add, 1, 2025), "begins in 2025/26"),
      (try Self.lever(.add, 1, 2031), "begins in 2031/32"),
      (try Self.lever(.add, 1, 2027, 2031), "ends in 2031/32"),
    ] {
      let error = #expect(throws: CommissioningError.self) { try Self.changes([lever]) }
      #expect(error?.description.contains(text) == true)
      #expect(error?.description.contains("2026/27 to 2030/31") == true)
    }
  }

  @Test("a flow set twice in one year is refused; one set after the other is not")
  func setTwice() throws {
    let error = #expect(throws: CommissioningError.self) {
      try Self.changes([try Self.lever(.set, 1, 2026, 2028), try Self.lever(.set, 2, 2028)])
    }
    #expect(error?.description.contains("set twice in 2028/29") == true)
    let levers = [try Self.lever(.set, 1, 2026, 2027), try Self.lever(.set, 2, 2028)]
    #expect(try Self.value(levers, 2027, of: 9) == 1)
    #expect(try Self.value(levers, 2028, of: 9) == 2)
  }

  @Test("a flow that a change takes outside what it can be is refused in any future, never cut to fit")
  func bounds() throws {
    let change = FlowChange(factor: Draws([1, 1, 1]), addition: Draws([0, 0.5, 0]))
    let hazard = Flow(service: "high-needs", name: "ceasing")
    #expect(throws: Never.self) {
      try change.applied(to: Draws(0.4), within: 0...1, of: hazard, in: "2027/28")
    }
    let error = #expect(throws: CommissioningError.self) {
      try change.applied(to: Draws(0.6), within: 0...1, of: hazard, in: "2027/28")
    }
    #expect(
      error?.description.contains("\"ceasing\" becomes 1.1 in 2027/28") == true
        && error?.description.contains("it must be 0 to 1") == true)
    let negative = #expect(throws: CommissioningError.self) {
      try FlowChange(addition: Draws(-3)).applied(
        to: Draws(2), within: 0 ... .infinity, of: hazard, in: "2027/28")
    }
    #expect(negative?.description.contains("it must be 0 or more") == true)
    #expect(throws: CommissioningError.self) {
      try FlowChange.none.applied(to: Draws(.nan), within: 0 ... .infinity, of: hazard, in: "2027/28")
    }
    #expect(throws: CommissioningError.self) {
      try FlowChange(factor: Draws(.infinity)).applied(
        to: Draws(2), within: 0 ... .infinity, of: hazard, in: "2027/28")
    }
  }

  @Test("changes made one after another act on what the one before leaves")
  func then() {
    let first = FlowChange(factor: Draws(2), addition: Draws(3))
    let second = FlowChange(factor: Draws([10, 100]), addition: Draws(1))
    let both = first.then(second)
    #expect(both.applied(to: Draws(5))[0] == 131)
    #expect(both.applied(to: Draws(5))[1] == 1301)
    #expect(first.then(.none).factor.knownValue == 2 && FlowChange.none.then(first).addition.knownValue == 3)
  }
}
