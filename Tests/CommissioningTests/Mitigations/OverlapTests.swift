import Testing
import TimeSeries

@testable import Commissioning

@Suite("Overlap between measures")
struct OverlapTests {
  private func overlap(_ share: Double, _ measures: String...) -> Overlap {
    Overlap(measures: measures, share: share, reason: "the same schools")
  }

  @Test(
    "without anything in common the second acts on what the first leaves; with everything, the stronger decides"
  )
  func factors() throws {
    let a = try InventedMeasures.measure("a", [InventedMeasures.times(0.8)])
    let b = try InventedMeasures.measure("b", [InventedMeasures.times(0.7)])
    func factor(_ share: Double) throws -> Double {
      try #require(try InventedMeasures.change([a, b], [overlap(share, "a", "b")]).factor.knownValue)
    }
    #expect(abs(try factor(0) - 0.56) < 1e-12)
    #expect(abs(try factor(1) - 0.7) < 1e-12)
    #expect(abs(try factor(0.5) - 0.63) < 1e-12)
  }

  @Test("measures of different cohorts need no overlap: each acts on what the others leave")
  func cohorts() throws {
    let a = try InventedMeasures.measure("a", [InventedMeasures.times(0.8, cohort: "early years")])
    let b = try InventedMeasures.measure("b", [InventedMeasures.times(0.5, cohort: "post-16")])
    #expect(try InventedMeasures.change([a, b]).factor.knownValue == 0.4)
  }

  @Test(
    "together measures never do less than the strongest, nor more than all of them apart, nor more than the whole"
  )
  func bounds() {
    let factors = [0, 0.1, 0.5, 0.9, 1]
    for first in factors {
      for second in factors {
        for share in [0, 0.3, 1] {
          let both = Overlap.factor(first, second, share: share)
          #expect(both >= first * second && both <= min(first, second) && both >= 0)
        }
      }
    }
  }

  @Test("measures that raise a flow overlap in the same way, and opposite ones have nothing in common")
  func directions() {
    #expect(Overlap.factor(1.2, 1.5, share: 1) == 1.5)
    #expect(Overlap.factor(1.2, 1.5, share: 0) == 1.2 * 1.5)
    #expect(Overlap.factor(0.5, 1.5, share: 1) == 0.75)
    #expect(Overlap.sum(3, 4, share: 1) == 4 && Overlap.sum(3, 4, share: 0) == 7)
    #expect(Overlap.sum(-3, -4, share: 0.5) == -5.5)
    #expect(Overlap.sum(3, -4, share: 1) == -1 && Overlap.sum(0, 4, share: 1) == 4)
  }

  @Test("a measure that is not delivered, or not yet begun, takes nothing from the other")
  func absent() throws {
    let a = try InventedMeasures.measure("a", [InventedMeasures.times(0.8)], start: "2028-04-01")
    let b = try InventedMeasures.measure("b", [InventedMeasures.times(0.7)])
    let both = [overlap(1, "a", "b")]
    #expect(try InventedMeasures.change([a, b], both, year: 2027).factor.knownValue == 0.7)
    let register = try InventedMeasures.register([a, b], both)
    let without = try InventedMeasures.changes(register, including: ["a"])
      .change(of: "requests", in: "high-needs", year: FinancialYear(2028))
    #expect(without.factor.knownValue == 0.8)
  }

  @Test("three measures of one group act in the order in which the group names them")
  func three() throws {
    let measures = try zip(["a", "b", "c"], [0.9, 0.8, 0.7]).map {
      try InventedMeasures.measure($0, [InventedMeasures.times($1)])
    }
    let factor = try InventedMeasures.change(measures, [overlap(0.5, "c", "b", "a")]).factor.knownValue
    let second = 0.7 * 0.8 + (0.7 - 0.7 * 0.8) * 0.5
    let third = second * 0.9 + (min(second, 0.9) - second * 0.9) * 0.5
    #expect(abs(try #require(factor) - third) < 1e-12)
    // What stands outside the group multiplies.
    let four =
      measures + [try InventedMeasures.measure("d", [InventedMeasures.times(0.5, cohort: "post-16")])]
    let named = four.map { measure in
      Mitigation(
        id: measure.id, name: measure.name, owner: measure.owner, evidence: "x", status: .planned,
        start: measure.start, probability: 1,
        effects: measure.effects.map {
          MitigationEffect($0.action, size: $0.size, cohort: $0.cohort ?? "primary")
        })
    }
    #expect(
      abs(
        try #require(try InventedMeasures.change(named, [overlap(0.5, "c", "b", "a")]).factor.knownValue)
          - third / 2)
        < 1e-12)
  }

  @Test("additions, and pounds on one line, overlap too")
  func sums() throws {
    let a = try InventedMeasures.measure("a", [InventedMeasures.plus(30), InventedMeasures.saves(100)])
    let b = try InventedMeasures.measure("b", [InventedMeasures.plus(50), InventedMeasures.saves(300)])
    let register = try InventedMeasures.register(
      [a, b], [overlap(0.5, "a", "b")], lines: [InventedMeasures.requests: []])
    let changes = try InventedMeasures.changes(register)
    #expect(
      changes.change(of: "requests", in: "high-needs", year: FinancialYear(2027)).addition.knownValue == 65)
    #expect(
      try changes.saving(on: "1.2.3", of: "high-needs", year: FinancialYear(2027), from: Draws(1e6))
        .knownValue
        == 350)
  }

  @Test("one measure may overlap with two others on different flows")
  func twoGroups() throws {
    let a = try InventedMeasures.measure(
      "a", [InventedMeasures.times(0.8), InventedMeasures.times(0.5, InventedMeasures.ceasing)])
    let b = try InventedMeasures.measure("b", [InventedMeasures.times(0.7)])
    let c = try InventedMeasures.measure("c", [InventedMeasures.times(0.9, InventedMeasures.ceasing)])
    let overlaps = [overlap(1, "a", "b"), overlap(0, "c", "a")]
    #expect(try InventedMeasures.change([a, b, c], overlaps).factor.knownValue == 0.7)
    #expect(
      try InventedMeasures.change([a, b, c], overlaps, flow: InventedMeasures.ceasing).factor.knownValue
        == 0.45)
  }

  // MARK: Refusals

  @Test("an overlap that cannot be meant is refused")
  func refused() throws {
    let a = try InventedMeasures.measure("a", [InventedMeasures.times(0.8)])
    let b = try InventedMeasures.measure("b", [InventedMeasures.times(0.7)])
    let c = try InventedMeasures.measure("c", [InventedMeasures.plus(7)])
    let d = try InventedMeasures.measure("d", [InventedMeasures.times(0.7, InventedMeasures.ceasing)])
    for (measures, overlaps, text) in [
      ([a, b], [overlap(0.5, "a")], "two measures or more"),
      ([a, b], [overlap(0.5, "a", "a")], "each of them once"),
      ([a, b], [overlap(1.5, "a", "b")], "is 1.5"),
      ([a, b], [overlap(.nan, "a", "b")], "0 (nothing in common)"),
      ([a, b], [overlap(0.5, "a", "x")], "no such measure; name one of \"a\", \"b\""),
      ([a, d], [overlap(0.5, "a", "d")], "no two of them act on one flow"),
      ([a, c], [overlap(0.5, "a", "c")], "one multiplies it and another adds"),
      ([a, b, c], [overlap(0.5, "a", "b"), overlap(0.2, "b", "a")], "in two statements"),
    ] as [([Mitigation], [Overlap], String)] {
      let error = #expect(throws: CommissioningError.self) {
        try InventedMeasures.register(measures, overlaps)
      }
      #expect(error?.description.contains(text) == true, "\(error?.description ?? "")")
    }
  }
}
