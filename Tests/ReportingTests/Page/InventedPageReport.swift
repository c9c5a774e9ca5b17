import Commissioning
import Indicators
import TimeSeries

@testable import Reporting

/// A report with every part, whose names are as bad as files hold them.
enum InventedPageReport {
  /// Names that would be markup, formulae, another direction of writing, or more than one code point to a letter.
  static let hostile = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(2)>", "' onmouseover='alert(3)",
    "=cmd|' /C calc'!A1",
    "مدينة السلام", "עיר", "👩‍👧 \u{0338}", "a\u{202E}b", "{{title}} {{{wide}}}", "\"\u{301} x=\"",
    "<\u{0338}b>", "line\nfeed",
    "& &amp; &#39;",
  ]

  /// All of them in one name.
  static let name = hostile.joined(separator: " ¦ ")

  static func report(draws: Int = 400, jobs: Int = 1, isWhole: Bool = true, withGrant: Bool = true) throws
    -> PlanReport
  {
    let definition = try definition()
    let simulator = PlanSimulator(definition, evidence: try InventedPlan.evidence(withGrant: withGrant))
    let options = PlanSimulator.Options(
      asOf: InventedPlan.knowledge, draws: draws, seed: 7, jobs: jobs, comparesOutturn: false)
    let paths = try simulator.paths(scenario: "base", options: options)
    let chain = [
      ScenarioSummary(name: name, reason: name, author: name, changes: ["assumptions.\(name)=1"])
    ]
    let sides = [
      try PlanReport.Side(chain: [], paths: paths),
      try PlanReport.Side(chain: chain, paths: try simulator.paths(scenario: name, options: options)),
    ]
    let manifest = Manifest(
      version: "0.0", configuration: "test", options: [Manifest.Option(name: name, value: name)], seed: 7,
      draws: draws, asOf: InventedPlan.knowledge, scenarios: ["base", name], overrides: [name],
      inputs: [Manifest.Input(path: name, bytes: 1, sha256: "00")])
    guard isWhole else {
      return try PlanReport(definition: definition, sides: [sides[0]], manifest: manifest)
    }
    let heading = QuestionHeading(name: name, paths: paths, overrides: [name], scenarioChanges: [])
    return try PlanReport(
      definition: definition, sides: sides, overrides: [name],
      comparison: try ScenarioComparison(
        name: name,
        sides: sides.map { ScenarioComparison.Side(name: $0.name, chain: $0.chain, paths: $0.paths) }),
      bridges: [try bridge(paths, heading)], tornado: try tornado(paths, heading),
      measures: try worth(definition), scorecard: try scorecard(),
      milestones: (
        heading: TrajectoryHeading(plan: name, area: name, source: name, actions: [1: name], notes: [name]),
        report: TrajectoryReport(asOf: InventedPlan.knowledge, rules: .standard, trajectories: [])
      ), manifest: manifest, omissions: [PlanReport.Omission(part: name, reason: name)])
  }

  private static func definition() throws -> PlanDefinition {
    let plain = try InventedPlan.definition()
    let support = CohortSupport(
      id: name, name: name,
      meaning: ServiceMeaning(need: name, demand: name, supply: name, unmetNeed: name),
      rate: "neet-rate", population: "people-0-24", baseYear: FinancialYear(2024), holdSpread: "spread",
      assumptions: CohortSupport.AssumptionNames(
        cohortShare: "cohort", takeUp: name, places: "places", unitCost: "unit-cost",
        priceGrowth: "price-growth", budget: "budget", budgetUplift: "uplift"))
    let takeUp = try Assumption(
      id: name, value: .range(low: 0.4, mostLikely: 0.5, high: 0.7), unit: name, reason: name)
    let start = CivilDate(year: 2025, month: 9, day: 1) ?? InventedPlan.knowledge
    let register = try MitigationRegister(
      measures: [
        Mitigation(
          id: "m", name: name, owner: name, evidence: name, status: .planned, start: start, probability: 0.6,
          effects: [
            MitigationEffect(.save(service: "high-needs", line: "services"), size: .fixed(1000))
          ])
      ], years: plain.years)
    return PlanDefinition(
      area: plain.area, name: name, years: plain.years, draws: plain.draws, seed: plain.seed,
      policies: plain.policies, assumptions: plain.assumptions + [takeUp],
      services: Array(plain.services.prefix(1)) + [support], mitigations: register)
  }

  private static func bridge(_ paths: PlanPaths, _ heading: QuestionHeading) throws -> BridgeReport {
    let tables = try [10.0, 12].map {
      try CostTable(
        name: "\(name) \($0)",
        rows: [CostTable.Row(id: name, name: name, number: Draws($0), unitCost: Draws(2 * $0))])
    }
    return try BridgeReport(
      heading: heading, service: name,
      bridge: try CostBridge(from: tables[0], to: tables[1], form: .bennet), isOfMeans: false)
  }

  private static func tornado(_ paths: PlanPaths, _ heading: QuestionHeading) throws -> TornadoReport {
    let year = FinancialYear(2027)
    let question = PlanQuestion(figure: .closingBalance, service: "high-needs", year: year)
    let base = try question.figure(of: paths)
    let candidate = TornadoCandidate(id: name, path: name, low: 0.1, high: 0.9, reason: .stated)
    return TornadoReport(
      heading: heading, question: question,
      tornado: try Tornado(of: [candidate], countsBelowZero: true) { settings throws(CommissioningError) in
        let shift = (settings.first?.value ?? 0.5) * 1e6
        return Draws(try base.amounts(of: "a figure").map { $0 + shift })
      }, shares: try VarianceShares(of: base, drivers: []), left: [name])
  }

  private static func worth(_ definition: PlanDefinition) throws -> MeasureWorth? {
    guard let register = definition.mitigations else { return nil }
    return try MeasureWorth(of: register, years: [FinancialYear(2026)], draws: 2) { _, ids in
      [Draws(ids.isEmpty ? [5e6, 6e6] : [4e6, 5e6])]
    }
  }

  private static func scorecard() throws -> ScorecardReport {
    let indicator = ScorecardIndicator(
      id: name, list: name, name: name, theme: "t", priority: 1, definition: name, owner: name,
      polarity: .higherIsBetter, unit: name, source: name, evidence: .none(reason: name))
    let card = Scorecard(
      name: name, source: name, themes: [Scorecard.Theme(id: "t", name: name)],
      priorities: [Scorecard.Priority(number: 1, theme: "t", text: name)], indicators: [indicator],
      statedTargets: [Scorecard.StatedTarget(id: name, text: name, indicator: nil, reason: name)])
    return ScorecardReport(
      card, evidence: try Panel([]),
      context: ScorecardContext(
        area: name, benchmark: name, region: name, neighbours: [name, "other"], asOf: InventedPlan.knowledge))
  }
}
