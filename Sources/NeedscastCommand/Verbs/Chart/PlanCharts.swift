import ArgumentParser
import Needscast

/// The chart of a workspace.
struct PlanCharts {
  let verb: ChartVerb

  private var asked: PlanChartOptions { verb.plan }

  /// The scenario of a chart that has one.
  private var scenario: String { asked.scenario.first ?? Workspace.baseScenario }

  /// Draws what was asked for; names what of the plan could not be planned.
  func run() throws {
    try checkScenarios()
    let files = asked.scenario.filter { Workspace.isScenarioFile($0) }
    let workspace = try Workspace(reading: verb.input, scenarioFiles: files)
    for warning in workspace.warnings { verb.options.say("\(warning)") }
    guard verb.kind.isSimulated else { return try drawIndicator(of: workspace) }
    try OutputTarget.check(
      verb.options.target, against: workspace.files.map(\.location), overwrite: verb.options.force)
    // A bridge ends in the year that --to names; any other chart is planned to it.
    let horizon = verb.kind == .bridge ? nil : asked.to
    let study = asked.simulation.study(of: workspace, to: horizon, jobs: verb.threads.count)
    let (chart, refusals) = try chart(of: study)
    try verb.write(chart)
    for refusal in refusals { StandardStreams.error("not planned: \(refusal)\n") }
    if !refusals.isEmpty { throw ExitCode(Failure.wrongData) }
  }

  private func checkScenarios() throws(Failure) {
    let most = verb.kind == .scenarios ? Int.max : verb.kind == .bridge ? 2 : 1
    guard asked.scenario.count > most else { return }
    throw Failure(
      "--kind \(verb.kind.rawValue) draws \(most == 1 ? "one scenario" : "two scenarios") and \(asked.scenario.count) are "
        + "named; to set several side by side write --kind scenarios", code: Failure.wrongArguments)
  }

  /// The chart, and what of the plan is missing in it.
  private func chart(of study: ScenarioStudy) throws -> (any TabulatedChart, [String]) {
    switch verb.kind {
    case .bridge: return (try WaterfallChart(try bridge(study), service: try name(in: study, .spend)), [])
    case .tornado:
      let run = TornadoRun(
        study: study, scenario: scenario, service: asked.service, figure: asked.figure, year: asked.year)
      return (
        try TornadoChart(
          try run.report(), assumptions: try study.definition(of: scenario).assumptions,
          service: try name(in: study, asked.figure), most: asked.most ?? 12), []
      )
    case .scenarios: return try scenarios(study)
    case .multiples:
      let paths = try study.paths(of: scenario)
      return (try SmallMultiples(paths, figure: asked.figure), Self.refusals(paths))
    case .hindcast:
      let paths = try compared(study, only: nil)
      return (try SmallMultiples(hindcast: paths.comparisons, of: paths), Self.refusals(paths))
    default: break
    }
    let question = try study.question(
      scenario: scenario, service: asked.service, figure: asked.figure, year: asked.year)
    let paths =
      asked.compareOutturn
      ? try compared(study, only: question.services) : try study.paths(of: scenario, only: question.services)
    // A service of which a part could not be planned is drawn as far as it could.
    let missing = Self.refusals(paths)
    switch verb.kind {
    case .histogram:
      return (
        try HistogramChart(paths, service: question.service, figure: question.figure, year: question.year),
        missing
      )
    case .stack:
      guard let outcome = try PlanOutcome(paths).services.first(where: { $0.id == question.service }) else {
        throw Failure(
          question.service == nil
            ? "--service total: a stack is of the lines of one service; name one"
            : missing.first ?? "\(question.service ?? "") could not be planned",
          code: question.service == nil ? Failure.wrongArguments : Failure.wrongData)
      }
      return (try StackedAreaChart(outcome, part: (asked.part ?? .spend).part), missing)
    default:
      return (try FanChart(paths, service: question.service, figure: question.figure), missing)
    }
  }

  /// What people call the service that a question is about; nil for all services together.
  private func name(in study: ScenarioStudy, _ figure: PlanFigure?) throws -> String? {
    let id = try study.question(
      scenario: scenario, service: asked.service, figure: figure, year: nil
    ).service
    return try study.definition(of: scenario).services.first { $0.id == id }?.name
  }

  private static func refusals(_ paths: PlanPaths) -> [String] { paths.refusals.map(\.reason) }

  /// A run of the plan that is compared with what has been published since.
  private func compared(_ study: ScenarioStudy, only services: Set<String>?) throws -> PlanPaths {
    let definition = try study.definition(of: scenario)
    var options = try study.options(for: definition)
    options.comparesOutturn = true
    return try PlanSimulator(definition, evidence: study.workspace.evidence).paths(
      scenario: study.workspace.scenarioName(of: scenario), options: options, only: services)
  }

  private func bridge(_ study: ScenarioStudy) throws -> BridgeReport {
    if asked.scenario.count == 2, asked.from != nil || asked.to != nil {
      throw Failure(
        "--from and --to bridge two years of one scenario; for two scenarios write --year",
        code: Failure.wrongArguments)
    }
    if asked.scenario.count < 2, asked.year != nil {
      throw Failure(
        "--year is for a bridge between two scenarios; between years write --from and --to",
        code: Failure.wrongArguments)
    }
    return try BridgeRun(
      study: study, scenarios: asked.scenario, service: asked.service, from: asked.from, to: asked.to,
      year: asked.year
    ).report()
  }

  /// A figure of every scenario beside the first; beside the workspace as it stands where fewer than two are named.
  private func scenarios(_ study: ScenarioStudy) throws -> (any TabulatedChart, [String]) {
    let base = Workspace.baseScenario
    let named =
      asked.scenario.isEmpty
      ? [base] + study.workspace.scenarios.filter { $0 != base }
      : asked.scenario.count == 1 ? [base] + asked.scenario : asked.scenario
    let names = named.map { study.workspace.scenarioName(of: $0) }
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw Failure(
        "--scenario \(twice): this is named twice, or it is what others are compared with; name each once",
        code: Failure.wrongArguments)
    }
    guard names.count > 1 else {
      throw Failure(
        "\(verb.input): it has no scenario beside the workspace as it stands; name a file of one with --scenario",
        code: Failure.wrongData)
    }
    let question = try study.question(
      scenario: named[0], service: asked.service, figure: asked.figure, year: asked.year)
    var sides: [ScenarioComparison.Side] = []
    for (argument, name) in zip(named, names) {
      sides.append(
        ScenarioComparison.Side(
          name: name, chain: try study.workspace.chain(of: name).map(\.summary),
          paths: try study.paths(of: argument, only: question.services)))
    }
    let comparison = try ScenarioComparison(
      name: try study.definition(of: named[0]).name, sides: sides, overrides: study.changes,
      filter: ScenarioComparison.Filter(figures: [question.figure, .generalFund]))
    return (
      try DumbbellChart(
        comparison, service: question.service, figure: question.figure, year: question.year),
      comparison.refusals.map { "\($0.scenario): \($0.refusal.reason)" }
    )
  }

  /// An indicator of the scorecard beside other areas.
  private func drawIndicator(of workspace: Workspace) throws {
    let area = try workspace.plan().area
    let file = try ScorecardFile(
      reading: "\(workspace.folder)/\(ScorecardFile.usualName)", evidence: workspace.evidence, area: area)
    try OutputTarget.check(
      verb.options.target, against: workspace.files.map(\.location) + file.paths,
      overwrite: verb.options.force)
    for problem in file.problems { verb.options.say("\(problem)") }
    let ids = file.scorecard.indicators.map(\.id)
    guard let id = asked.indicator else {
      throw Failure(
        "--kind \(verb.kind.rawValue): say which indicator with --indicator ID, one of \(ids.joined(separator: ", "))",
        code: Failure.wrongArguments)
    }
    guard let indicator = file.scorecard.indicators.first(where: { $0.id == id }) else {
      throw Failure(
        "--indicator \(id): there is no indicator \"\(id)\"; \(NearestName.advice(for: id, among: ids))",
        code: Failure.wrongArguments)
    }
    guard let asOf = asked.simulation.asOf ?? workspace.latestPublication else {
      throw Failure(
        "\(verb.input): nothing in the workspace has a date of publication; say as of when with --as-of",
        code: Failure.wrongData)
    }
    let figures = try ComparatorFigures(
      of: indicator, evidence: workspace.evidence,
      context: ScorecardContext(
        area: area, benchmark: file.benchmark, region: file.region, neighbours: file.neighbours, asOf: asOf))
    try verb.write(verb.kind == .slope ? try SlopeChart(figures) : try DumbbellChart(figures))
  }
}
