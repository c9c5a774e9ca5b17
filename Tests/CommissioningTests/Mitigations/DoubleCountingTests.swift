import Testing
import TimeSeries

@testable import Commissioning

@Suite("What a register refuses")
struct DoubleCountingTests {
  private func refusal(
    _ measures: [Mitigation], _ overlaps: [Overlap] = [], lines: [Flow: Set<String>] = [:]
  ) -> String {
    let error = #expect(throws: CommissioningError.self) {
      try InventedMeasures.register(measures, overlaps, lines: lines)
    }
    #expect(error?.service == "mitigations")
    return error?.description ?? ""
  }

  // MARK: Counting twice

  @Test("two measures on one flow for the same children, with no overlap stated, are refused by name")
  func sameFlow() throws {
    let a = try InventedMeasures.measure("early", [InventedMeasures.times(0.95)])
    let b = try InventedMeasures.measure("triage", [InventedMeasures.times(0.9)])
    let text = refusal([a, b])
    #expect(text.contains("\"early\" and \"triage\" both act on high-needs.requests for all its children"))
    #expect(text.contains("state their overlap"))
    let tagged = try InventedMeasures.measure("triage", [InventedMeasures.times(0.9, cohort: "primary")])
    #expect(refusal([a, tagged]).contains("for \"primary\""))
    let same = try InventedMeasures.measure("early", [InventedMeasures.plus(-5, cohort: "primary")])
    #expect(refusal([same, tagged]).contains("for \"primary\""))
    #expect(throws: Never.self) {
      try InventedMeasures.register(
        [a, b], [Overlap(measures: ["early", "triage"], share: 0, reason: "other schools")])
    }
  }

  @Test("measures that are never in place together count nothing twice")
  func apart() throws {
    let a = try InventedMeasures.measure("a", [InventedMeasures.times(0.95)], end: "2027-03-31")
    let b = try InventedMeasures.measure("b", [InventedMeasures.times(0.9)], start: "2027-04-01")
    #expect(throws: Never.self) { try InventedMeasures.register([a, b]) }
    let meets = try InventedMeasures.measure("b", [InventedMeasures.times(0.9)], start: "2027-03-31")
    #expect(refusal([a, meets]).contains("counted twice"))
  }

  @Test("one measure acts on one flow once")
  func once() throws {
    let measure = try InventedMeasures.measure(
      "a", [InventedMeasures.times(0.95), InventedMeasures.plus(-3, cohort: "primary")])
    #expect(refusal([measure]).contains("acts on high-needs.requests twice"))
  }

  @Test("pounds saved on a line that a flow moves already are refused, in one measure or two")
  func line() throws {
    let flow = try InventedMeasures.measure("a", [InventedMeasures.times(0.95)])
    let pounds = try InventedMeasures.measure("b", [InventedMeasures.saves(1e5)])
    let moves: [Flow: Set<String>] = [InventedMeasures.requests: ["1.2.1", "1.2.3"]]
    for measures in [[flow, pounds], [pounds, flow]] {
      let text = refusal(measures, lines: moves)
      #expect(
        text.contains(
          "\"b\" saves pounds on the line \"1.2.3\" of high-needs, which \"a\" moves already through "
            + "high-needs.requests"))
    }
    #expect(
      refusal(
        [try InventedMeasures.measure("a", [InventedMeasures.times(0.95), InventedMeasures.saves(1e5)])],
        lines: moves
      )
      .contains("counted twice"))
    #expect(refusal([flow, pounds]).contains("which lines that flow moves is not known"))
    #expect(throws: Never.self) {
      try InventedMeasures.register([flow, pounds], lines: [InventedMeasures.requests: ["1.2.1"]])
    }
  }

  @Test("pounds and a flow for different cohorts, or of different services, count nothing twice")
  func lineApart() throws {
    let flow = try InventedMeasures.measure("a", [InventedMeasures.times(0.95, cohort: "primary")])
    let pounds = try InventedMeasures.measure("b", [InventedMeasures.saves(1e5, cohort: "post-16")])
    #expect(throws: Never.self) {
      try InventedMeasures.register([flow, pounds], lines: [InventedMeasures.requests: ["1.2.3"]])
    }
    let elsewhere = try InventedMeasures.measure(
      "a", [InventedMeasures.times(0.95, Flow(service: "placements", name: "entry"))])
    #expect(throws: Never.self) {
      try InventedMeasures.register([
        elsewhere, try InventedMeasures.measure("b", [InventedMeasures.saves(1e5)]),
      ])
    }
  }

  @Test("two savings on one line need an overlap as well")
  func twoSavings() throws {
    let a = try InventedMeasures.measure("a", [InventedMeasures.saves(1e5)])
    let b = try InventedMeasures.measure("b", [InventedMeasures.saves(2e5)])
    #expect(refusal([a, b]).contains("both act on the line \"1.2.3\" of high-needs"))
  }

  @Test("a saving that the budget has already cannot carry an effect or a cost")
  func inBudget() throws {
    let status = Mitigation.Status.inBudget(saving: 5e5)
    #expect(
      refusal([try InventedMeasures.measure("a", [InventedMeasures.times(0.9)], status: status)]).contains(
        "would count it twice"))
    #expect(
      refusal([
        try InventedMeasures.measure("a", [], status: status, cost: Mitigation.Cost(oneOff: .fixed(5)))
      ])
      .contains("so has its cost"))
    #expect(
      refusal([try InventedMeasures.measure("a", [], status: .inBudget(saving: .nan))]).contains(
        "pounds a year"))
  }

  @Test("two measures of one id, or of none, are refused")
  func ids() throws {
    let a = try InventedMeasures.measure("a", [InventedMeasures.times(0.95)])
    #expect(refusal([a, a]).contains("\"a\" stands there twice"))
    #expect(
      refusal([try InventedMeasures.measure(" ", [InventedMeasures.times(0.95)])]).contains("has no id"))
  }

  // MARK: Single measures

  @Test("a probability is 0 to 1", arguments: [-0.1, 1.1, .nan, .infinity])
  func probability(_ value: Double) throws {
    #expect(
      refusal([try InventedMeasures.measure("a", [InventedMeasures.times(0.95)], probability: value)])
        .contains(
          "0 to 1 is needed"))
  }

  @Test("dates in the wrong order, or a start outside the plan, are refused and say what to do")
  func dates() throws {
    let effects = [InventedMeasures.times(0.95)]
    #expect(
      refusal([try InventedMeasures.measure("a", effects, start: "2027-04-01", end: "2027-03-31")]).contains(
        "ends on 31 March 2027, before it starts on 1 April 2027"))
    let early = refusal([try InventedMeasures.measure("a", effects, start: "2026-03-31")])
    #expect(early.contains("outside the plan's years, 2026/27 to 2030/31") && early.contains("1 April 2026"))
    #expect(
      refusal([try InventedMeasures.measure("a", effects, start: "2031-04-01")]).contains("plan further"))
    #expect(throws: Never.self) {
      try InventedMeasures.register([
        try InventedMeasures.measure("a", effects, start: "2031-03-31", end: "2040-01-01")
      ])
    }
  }

  @Test("sizes and spreads that describe nothing are refused")
  func sizes() throws {
    func effect(_ size: Assumption.Value) -> MitigationEffect {
      MitigationEffect(.add(InventedMeasures.requests), size: size)
    }
    let disordered = Assumption.Value.range(low: 2, mostLikely: 1, high: 3)
    let range = Assumption.Value.range(low: 1, mostLikely: 2, high: 3)
    #expect(
      refusal([try InventedMeasures.measure("a", [effect(disordered)])]).contains(
        "low <= most-likely <= high"))
    #expect(refusal([try InventedMeasures.measure("a", [effect(.fixed(.nan))])]).contains("finite"))
    #expect(
      refusal([try InventedMeasures.measure("a", [InventedMeasures.times(0.9)], spread: disordered)])
        .contains(
          "its spread cannot be used"))
    #expect(
      refusal([try InventedMeasures.measure("a", [effect(range)], spread: range)]).contains(
        "state the spread once"))
    #expect(
      refusal([try InventedMeasures.measure("a", [InventedMeasures.times(-0.1)])]).contains(
        "by as little as -0.1"))
    // Three tenths off, four times over, is more than the whole.
    #expect(
      refusal([
        try InventedMeasures.measure(
          "a", [InventedMeasures.times(0.7)], spread: .range(low: 0, mostLikely: 1, high: 4))
      ]).contains("no more than the whole"))
    #expect(refusal([try InventedMeasures.measure("a", [])]).contains("it has no effect"))
  }

  @Test("a cost that is negative or no number is refused")
  func costs() throws {
    let effects = [InventedMeasures.times(0.9)]
    for (cost, text) in [
      (Mitigation.Cost(oneOff: .fixed(-1)), "its one-off cost is -1"),
      (Mitigation.Cost(recurring: .range(low: -1, mostLikely: 0, high: 1)), "its recurring cost is -1 to 1"),
      (Mitigation.Cost(recurring: .fixed(.infinity)), "its recurring cost cannot be used"),
    ] {
      #expect(refusal([try InventedMeasures.measure("a", effects, cost: cost)]).contains(text))
    }
  }

  @Test("a measure that nobody answers for is refused")
  func owner() throws {
    #expect(
      refusal([try InventedMeasures.measure("a", [InventedMeasures.times(0.9)], owner: " ")]).contains(
        "has no owner"))
  }
}
