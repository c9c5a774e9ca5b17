import Statistics
import Testing

@testable import Commissioning

@Suite("Levers on a cohort of plans")
struct CohortLeverTests {
  private let paths = 1000

  private func funnel(_ mean: Double) throws -> ShrunkRate {
    try .stated(.share, mean: mean, strength: 1e6, service: "t", what: "decisions")
  }

  private func run(
    _ levers: [CohortLever], decisions: Bool = true, strength: Double = .infinity,
    transfers: ShrunkBalance = .none
  ) throws -> CohortOutcome {
    let shape = try InventedCohort.shape()
    let rates = try InventedCohort.rates(
      shape, strength: strength, transfers: transfers, assessed: decisions ? try funnel(0.7) : nil,
      issued: decisions ? try funnel(0.9) : nil)
    return try rates.forward(
      opening: InventedCohort.opening(shape), firstYear: 2025,
      population: InventedCohort.draws(InventedCohort.population(shape, years: 3)), levers: levers,
      paths: paths, seed: 7, service: "t")
  }

  private func all(_ effect: CohortLever.Effect) -> [CohortLever] {
    [CohortLever(years: 2025...2027, effect: effect)]
  }

  @Test("no levers, and levers that change nothing, give the same futures")
  func unchanged() throws {
    let base = try run([])
    let same = try run(
      all(.requests(factor: Draws(1))) + all(.ceasing(.unchanged)) + all(.transfers(.unchanged)))
    for path in 0..<paths {
      #expect(base.stock(atJanuary: 2028)?[path] == same.stock(atJanuary: 2028)?[path])
    }
  }

  @Test("requests, their growth and decisions scale new plans from their year on")
  func newPlans() throws {
    let base = try run([])
    func ratio(_ levers: [CohortLever], _ step: Int) throws -> Double {
      try run(levers).flows[step].newPlans.mean / base.flows[step].newPlans.mean
    }
    // About 30 new plans a year: 1,000 paths know the ratio to about half a per cent.
    #expect(abs(try ratio(all(.requests(factor: Draws(0.8))), 1) - 0.8) < 0.02)
    #expect(abs(try ratio(all(.assessed(FlowLever(addition: Draws(-0.07)))), 1) - 0.9) < 0.02)
    #expect(abs(try ratio(all(.issued(FlowLever(factor: Draws(0.5)))), 1) - 0.5) < 0.02)
    #expect(abs(try ratio(all(.requestGrowth(addition: Draws(-0.1))), 2) - 0.729) < 0.02)
    let later = [CohortLever(years: 2026...2026, effect: .requests(factor: Draws(0.5)))]
    #expect(try ratio(later, 0) == 1)
    #expect(abs(try ratio(later, 1) - 0.5) < 0.02)
    #expect(abs(try ratio(later, 2) - 1) < 0.02)
    let ages = try run(all(.requests(factor: Draws(0), ages: 10...11)))
    #expect(ages.flows[0].newPlans.mean < 0.7 * base.flows[0].newPlans.mean)
  }

  @Test(
    "ceasing is changed at the ages and in the settings that are named, and the last age ceases all the same")
  func ceasing() throws {
    let base = try run([])
    let none = try run(all(.ceasing(FlowLever(factor: Draws(0)))))
    let shape = base.shape
    let opening = InventedCohort.opening(shape)
    let last = opening.suffix(3).reduce(0, +)
    #expect(none.flows[0].ceased.mean == last)
    let special = try run(all(.ceasing(FlowLever(factor: Draws(0)), ages: 10...11, settings: ["special"])))
    #expect(special.flows[0].ceased.mean < base.flows[0].ceased.mean)
    #expect(special.flows[0].ceased.mean > none.flows[0].ceased.mean)
    let own = try run(all(.ceasing(FlowLever(factor: Draws((0..<paths).map { $0 % 2 == 0 ? 0 : 1 })))))
    #expect(own.flows[0].ceased[0] == last)
    #expect(own.flows[0].ceased[1] == base.flows[0].ceased[1])
  }

  @Test("a setting that is forbidden takes nobody new, or empties")
  func forbidden() throws {
    let base = try run([])
    let closed = try run(all(.forbid(setting: "special")))
    let emptied = try run(all(.forbid(setting: "special", emptying: true)))
    func special(_ outcome: CohortOutcome, _ year: Int) throws -> Double {
      try #require(outcome.stock(atJanuary: year, setting: "special")).mean
    }
    #expect(try special(emptied, 2026) == 0)
    #expect(try special(closed, 2026) > 0)
    #expect(try special(closed, 2028) < 0.95 * special(base, 2028))
    let total = try #require(emptied.stock(atJanuary: 2026)).mean
    #expect(abs(total / (try #require(base.stock(atJanuary: 2026)).mean) - 1) < 0.01)
  }

  @Test("a transition and a placement are multiplied, and the rest of the row keeps its proportions")
  func transitions() throws {
    let base = try run([], strength: 30)
    let fewer = try run(
      all(.transition(from: "main", to: "special", factor: Draws(0)))
        + all(.placement(setting: "special", factor: Draws(0))), strength: 30)
    func special(_ outcome: CohortOutcome) throws -> Double {
      try #require(outcome.stock(atJanuary: 2027, setting: "special")).mean
    }
    #expect(try special(fewer) < special(base))
    // Tenfold of a tenth is everybody: no more than the whole.
    let everybody = try run(all(.transition(from: "main", to: "special", factor: Draws(20), ages: 10...11)))
    #expect(everybody.notes.contains { $0.contains("would have left 0 to 1") })
  }

  @Test("additions to transfers are plans a year")
  func transfers() throws {
    let more = try run(all(.transfers(FlowLever(addition: Draws(20)))))
    let shape = more.shape
    let opening = InventedCohort.opening(shape)
    // Those of the last age do not stay, and some of the others cease: transfers come to those who stay.
    #expect(more.flows[0].unexplained.mean > 0.6 * 20 && more.flows[0].unexplained.mean < 20)
    #expect(opening.reduce(0, +) > 0)
    let none = try run(
      all(.transfers(FlowLever(factor: Draws(0)))),
      transfers: ShrunkBalance(mean: 0.05, standardDeviation: 0, yearlyScale: 0.01, notes: []))
    #expect(none.flows[1].unexplained.mean == 0)
  }

  @Test("a change to what is not there, or that leaves children nowhere, is refused")
  func refused() throws {
    func refuse(_ effect: CohortLever.Effect, decisions: Bool = true) {
      #expect(throws: CommissioningError.self) { try run(all(effect), decisions: decisions) }
    }
    refuse(.forbid(setting: "nowhere"))
    refuse(.requests(factor: Draws(-1)))
    refuse(.requests(factor: Draws([1, 2])))
    refuse(.requests(factor: Draws(1), ages: 9...11))
    refuse(.requestGrowth(addition: Draws(.nan)))
    refuse(.assessed(FlowLever(factor: Draws(2))))
    refuse(.assessed(.unchanged), decisions: false)
    refuse(.issued(.unchanged), decisions: false)
    refuse(.ceasing(FlowLever(addition: Draws(0.99))))
    refuse(.ceasing(.unchanged, settings: ["nowhere"]))
    refuse(.transition(from: "main", to: "nowhere", factor: Draws(1)))
    refuse(.placement(setting: "main", factor: Draws(-1)))
    // In the invented cohort those in the late setting have nowhere else to go.
    #expect(throws: CommissioningError.self) {
      try run(all(.forbid(setting: "late", emptying: true)))
    }
    #expect(throws: CommissioningError.self) {
      try run(all(.forbid(setting: "main")) + all(.forbid(setting: "special")))
    }
  }

  @Test("a share that is held within 0 to 1 in some futures is counted")
  func held() throws {
    let some = try run(
      all(.assessed(FlowLever(addition: Draws((0..<paths).map { $0 == 0 ? 5 : 0 }))))
        + all(.ceasing(FlowLever(addition: Draws((0..<paths).map { $0 == 0 ? 5 : 0 })), ages: 10...10)))
    #expect(some.notes.contains { $0.contains("held at the end") })
  }
}
