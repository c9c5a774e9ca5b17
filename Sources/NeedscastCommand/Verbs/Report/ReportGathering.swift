import Needscast

/// Gathers everything that the readers of a plan are given: the scenarios side by side, why the spending changes, what
/// moves the result, what the measures are worth, and the scorecard and milestones that stand beside the workspace.
///
/// A part that cannot be worked out does not stop the others: it is left out, and the report says so with the reason.
struct ReportGathering {
  /// The plan with its scenarios.
  let run: PlanRun
  /// The same workspace in fewer futures, for questions that run the plan again and again.
  private let questions: ScenarioStudy
  private var omissions: [PlanReport.Omission] = []
  /// What was read beside the workspace, for the manifest.
  private var filesBeside: [String] = []

  /// The most simulated futures of questions that run the plan again and again. The plan itself has all of its own;
  /// what has fewer says so.
  static let futuresOfQuestions = 2_000

  /// Whether to keep from saying how far it is.
  private let quiet: Bool

  init(_ run: PlanRun, quiet: Bool) {
    self.run = run
    self.quiet = quiet
    questions = run.study.with(draws: min(run.options.draws, Self.futuresOfQuestions))
  }

  /// The report.
  mutating func report() throws -> PlanReport {
    let bridges = reasonsForSpending()
    let tornado = part("What moves the result") { gathering in try gathering.whatMoves() }
    let measures = part("Measures") { gathering in try gathering.worthOfMeasures() }
    let scorecard = part("Scorecard") { gathering in try gathering.filledScorecard() }
    let milestones = part("Milestones") { gathering in try gathering.judgedMilestones() }
    return try PlanReport(
      definition: run.definition, sides: run.sides, overrides: run.changes, comparison: try comparison(),
      bridges: bridges, tornado: tornado, measures: measures, scorecard: scorecard,
      milestones: milestones, manifest: try run.manifest(alsoRead: filesBeside), omissions: omissions)
  }

  /// The plan with its scenarios and nothing that is asked of it besides.
  func planAlone() throws -> PlanReport {
    try PlanReport(
      definition: run.definition, sides: run.sides, overrides: run.changes, comparison: try comparison(),
      manifest: try run.manifest())
  }

  /// A part, or nothing: where there is a reason it is kept.
  private mutating func part<Part>(
    _ name: String, _ work: (inout ReportGathering) throws -> Part?
  ) -> Part? {
    do {
      return try work(&self)
    } catch {
      omit(name, (error as? Failure)?.message ?? "\(error)")
      return nil
    }
  }

  private mutating func omit(_ part: String, _ reason: String) {
    omissions.append(PlanReport.Omission(part: part, reason: reason))
  }

  // MARK: The plan

  private func comparison() throws -> ScenarioComparison? {
    guard run.sides.count > 1 else { return nil }
    return try ScenarioComparison(
      name: run.definition.name,
      sides: run.sides.map {
        ScenarioComparison.Side(name: $0.name, chain: $0.chain, paths: $0.paths)
      }, overrides: run.changes)
  }

  /// Why the spending of each service changes, from its first year with spending to its last.
  private mutating func reasonsForSpending() -> [BridgeReport] {
    let paths = run.sides[0].paths
    var bridges: [BridgeReport] = []
    for service in paths.services {
      let years = service.years.filter { $0.spend != nil }
      guard let first = years.first, let last = years.last, first.year < last.year else {
        omit("Why the spending of \(service.name) changes", "It has fewer than two years with spending.")
        continue
      }
      let isDivided = first.population != nil && last.population != nil
      let bridge = part("Why the spending of \(service.name) changes") { gathering in
        let tables = try [first, last].map {
          try CostTable(
            name: "\($0.year)", spendingOf: $0, population: isDivided ? $0.population : nil)
        }
        return try BridgeReport(
          heading: QuestionHeading(
            name: gathering.run.definition.name, paths: paths, overrides: gathering.run.changes,
            scenarioChanges: gathering.run.sides[0].chain.flatMap(\.changes)),
          service: service.id, bridge: try CostBridge(from: tables[0], to: tables[1], form: .bennet),
          isOfMeans: false)
      }
      if let bridge { bridges.append(bridge) }
    }
    return bridges
  }

  // MARK: Questions

  private func whatMoves() throws -> TornadoReport {
    try TornadoRun(
      study: questions, scenario: run.sides[0].name, service: nil, figure: nil, year: nil,
      quiet: quiet
    ).report()
  }

  /// What the measures of the register are worth; nil where there is none that is not in the budget already.
  private func worthOfMeasures() throws -> MeasureWorth? {
    guard let register = run.definition.mitigations, register.measures.contains(where: { !$0.isInBudget })
    else { return nil }
    let scenario = run.sides[0].name
    let simulator = PlanSimulator(run.definition, evidence: run.study.workspace.evidence)
    var options = try questions.options(for: run.definition)
    let services = register.services
    let start = register.measures.filter { !$0.isInBudget }.map(\.start).min()
    let years = run.definition.years.years.filter { year in
      start.map { $0 <= year.lastDay } ?? false
        && services.allSatisfy { run.sides[0].paths.draws(of: .spend, service: $0, year: year) != nil }
    }
    return try MeasureWorth(of: register, years: years, draws: options.draws) {
      mode, ids throws(CommissioningError) in
      options.measures = PlanSimulator.Options.Measures(mode: mode, ids: ids)
      let paths = try simulator.paths(scenario: scenario, options: options, only: services)
      if let refusal = paths.refusals.first {
        throw .invalid(service: refusal.service, reason: refusal.reason)
      }
      return years.map { paths.spending(of: services, in: $0) }
    }
  }

  // MARK: Beside the workspace

  private mutating func filledScorecard() throws -> ScorecardReport? {
    let workspace = run.study.workspace
    let path = "\(workspace.folder)/\(ScorecardFile.usualName)"
    guard FileIdentity(path).exists else { return nil }
    let area = run.definition.area
    let file = try ScorecardFile(reading: path, evidence: workspace.evidence, area: area)
    filesBeside += file.paths
    for problem in file.problems { omit("Scorecard", "\(problem)") }
    return ScorecardReport(
      file.scorecard, evidence: workspace.evidence,
      context: ScorecardContext(
        area: area, benchmark: file.benchmark, region: file.region, neighbours: file.neighbours,
        asOf: run.options.asOf))
  }

  private mutating func judgedMilestones() throws -> (heading: TrajectoryHeading, report: TrajectoryReport)? {
    let workspace = run.study.workspace
    let path = "\(workspace.folder)/\(TrajectoryFile.usualName)"
    guard FileIdentity(path).exists else { return nil }
    let area = run.definition.area
    let file = try TrajectoryFile.read(path, evidence: workspace.evidence, area: area)
    filesBeside.append(path)
    let (report, refusals) = file.report(asOf: run.options.asOf, evidence: workspace.evidence, area: area)
    for reason in file.problems.map(\.description) + refusals { omit("Milestones", reason) }
    return (
      file.heading(area: area, asOf: run.options.asOf, known: workspace.latestPublication), report
    )
  }
}
