import Commissioning
import Testing
import TimeSeries

@Suite("What a question is put to")
struct PlanQuestionTests {
  private func paths(_ plan: InventedPlan, only: Set<String>? = nil) throws -> PlanPaths {
    let definition = PlanDefinition(
      area: Invented.area, name: "An invented plan", years: plan.years, draws: plan.draws, seed: plan.seed,
      policies: plan.policies,
      assumptions: try plan.assumptions.sorted { $0.key < $1.key }.map {
        try Assumption(id: $0.key, value: $0.value, unit: "a unit", reason: "invented")
      }, services: plan.services)
    return try PlanSimulator(definition, evidence: try Panel(plan.series)).paths(
      scenario: "base", options: PlanSimulator.Options(asOf: plan.asOf, draws: plan.draws, seed: plan.seed),
      only: only)
  }

  @Test("a figure is that of the service and the year, and what is not there is refused with the reason")
  func figure() throws {
    let paths = try paths(try InventedPlan.grant())
    let year = FinancialYear(2024)
    let question = PlanQuestion(figure: .closingBalance, service: "high-needs", year: year)
    #expect(agree(try question.figure(of: paths).knownValue, -16.2525e6))
    #expect(question.services == ["high-needs"])
    #expect(PlanQuestion(figure: .spend, service: nil, year: year).services == nil)
    func refused(_ question: PlanQuestion, _ paths: PlanPaths) -> String {
      refusal { () throws(CommissioningError) in _ = try question.figure(of: paths) } ?? ""
    }
    #expect(
      refused(PlanQuestion(figure: .spend, service: "other", year: year), paths).contains("no such service"))
    #expect(
      refused(PlanQuestion(figure: .spend, service: "high-needs", year: FinancialYear(2031)), paths)
        .contains("neither known nor forecast"))
    var broken = try InventedPlan.grant()
    broken.assumptions["mix"] = nil
    let without = try self.paths(broken)
    for service in ["high-needs", nil] {
      #expect(
        refused(PlanQuestion(figure: .spend, service: service, year: year), without)
          .contains("could not be planned"))
    }
  }

  @Test("a deficit is what the balance is below nought, and unmet need is counted in child-weeks")
  func shortfalls() throws {
    let paths = try paths(try InventedPlan.grant())
    let year = FinancialYear(2024)
    let deficit = try Shortfall.expectedDeficit.draws(of: paths, service: "high-needs", year: year)
    #expect(deficit.count == 1)
    #expect(agree(deficit[0].knownValue, 16.2525e6))
    // A thousand plans ask for 4m / 10,000 = 400 places.
    let unmet = try Shortfall.unmetNeed.draws(of: paths, service: "high-needs", year: year)
    #expect(agree(unmet.first?.knownValue, 600 * 365 / 7.0))
    #expect(agree(try Draws.shortfall(unmet).value, 600 * 365 / 7.0))
    // Of all services together there is no carried balance: the year's own counts.
    let all = try Shortfall.expectedDeficit.draws(of: paths, service: nil, year: year)
    #expect(agree(all[0].knownValue, 18.634e6 - 13.8915e6))
    #expect(try Shortfall.unmetNeed.draws(of: paths, service: nil, year: year).count == 1)
    #expect(
      refusal { () throws(CommissioningError) in
        _ = try Shortfall.unmetNeed.draws(of: paths, service: "high-needs", year: FinancialYear(2040))
      }?.contains("neither known nor forecast") == true)
  }

  @Test("places to spare count when their number is changed: the shortfall is then negative")
  func spare() throws {
    var plan = try InventedPlan.grant()
    plan.assumptions["place-funding"] = .fixed(2000)
    let paths = try paths(plan)
    let unmet = try Shortfall.unmetNeed.draws(of: paths, service: "high-needs", year: FinancialYear(2024))
    #expect(agree(unmet.first?.knownValue, -1000 * 365 / 7.0))
    #expect(try Draws.shortfall(unmet).value == 0)
  }

  @Test("what two measures do together is what both leave beyond the sum, and nothing where they are apart")
  func interaction() throws {
    let none = [Draws([10, 20])]
    let first = [Draws([8, 17])]
    let second = [Draws([9, 16])]
    #expect(try Draws.interaction(none, first, second, [Draws([7, 13])]) == nil)
    // Together they take off one less in the first future and one more in the second.
    let together = try #require(try Draws.interaction(none, first, second, [Draws([8, 12])]))
    #expect(together[0][0] == -1)
    #expect(together[0][1] == 1)
    #expect(try Draws.reduction(from: none, to: first).value == 2.5)
    #expect(try Draws.differences(none, first, over: 2)[0][1] == 1.5)
    #expect(
      refusal { () throws(CommissioningError) in _ = try Draws.differences(none, none + none, over: 1) }?
        .contains("one plan has 1 shortfalls and another 2") == true)
  }

  @Test(
    "a range is moved to its own tenth and ninetieth percentile, a number by a share, and nought not at all")
  func candidates() throws {
    func candidate(_ value: Assumption.Value, swing: Double = 0.1) throws -> TornadoCandidate {
      try TornadoCandidate(
        try Assumption(id: "a", value: value, unit: "", reason: ""), swing: swing)
    }
    let range = try candidate(.range(low: 0, mostLikely: 0.5, high: 1))
    #expect(range.path == "assumptions.a.value")
    // scipy.stats.beta.ppf([0.1, 0.9], 3, 3).
    #expect(near(range.low, 0.24663645, 1e-8))
    #expect(near(range.high, 0.75336355, 1e-8))
    #expect(range.reason == .quantiles(0.1, 0.9))
    let number = try candidate(.fixed(-200))
    #expect(near(number.low, -220, 1e-9) && near(number.high, -180, 1e-9))
    #expect(number.reason == .swing(0.1) && !number.isStill)
    #expect(near(try candidate(.range(low: 3, mostLikely: 3, high: 3)).high, 3.3, 1e-9))
    #expect(try candidate(.fixed(0)).isStill)
    #expect(throws: CommissioningError.self) { try candidate(.fixed(1), swing: 0) }
  }

  @Test("a measure costs what is spent once and, by its months, every year up to the one asked about")
  func meanCost() throws {
    let measure = Mitigation(
      id: "m", name: "M", owner: "O", evidence: "E", status: .planned, start: Invented.date(2024, 9, 1),
      probability: 0.5, effects: [],
      cost: Mitigation.Cost(
        oneOff: .range(low: 0, mostLikely: 60, high: 120), recurring: .fixed(1200)))
    #expect(measure.meanCost(through: FinancialYear(2023)) == 0)
    // Seven months of the first year.
    #expect(near(measure.meanCost(through: FinancialYear(2024)), 60 + 700, 1e-9))
    #expect(near(measure.meanCost(through: FinancialYear(2025)), 60 + 1900, 1e-9))
  }

  @Test("only balances are feared below nought")
  func balances() {
    #expect(PlanFigure.allCases.filter(\.isBalance) == [.inYearBalance, .closingBalance])
  }
}
