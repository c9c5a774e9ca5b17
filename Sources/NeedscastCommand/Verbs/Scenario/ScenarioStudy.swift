import Needscast

/// A workspace and what a run of it chooses, from which any scenario can be carried through the same simulated futures.
struct ScenarioStudy {
  let workspace: Workspace
  private let date: CivilDate?
  private let overrides: [Override]
  private let draws: Int?
  private let seed: UInt64?
  private let jobs: Int

  init(
    workspace: Workspace, asOf: CivilDate?, overrides: [Override], draws: Int?, seed: UInt64?, jobs: Int
  ) {
    self.workspace = workspace
    date = asOf ?? workspace.latestPublication
    self.overrides = overrides
    self.draws = draws
    self.seed = seed
    self.jobs = jobs
  }

  /// The same study in another number of simulated futures.
  func with(draws: Int) -> ScenarioStudy {
    ScenarioStudy(
      workspace: workspace, asOf: date, overrides: overrides, draws: draws, seed: seed, jobs: jobs)
  }

  /// What was set over the workspace, `path=value`, in the order given.
  var changes: [String] { overrides.map(\.text) }

  /// The plan of a scenario, named as on the command line, with the changes of this run and with further ones.
  func definition(
    of scenario: String, also others: [String] = [], overrides more: [Override] = []
  ) throws -> PlanDefinition {
    try workspace.plan(
      scenario: workspace.scenarioName(of: scenario), also: others.map(workspace.scenarioName),
      overrides: overrides + more)
  }

  /// The options of a run of a plan.
  ///
  /// - Throws: ``Failure`` where no date was given and the workspace has none.
  func options(for definition: PlanDefinition) throws(Failure) -> PlanSimulator.Options {
    guard let date else {
      throw Failure(
        "\(workspace.folder): no row says when it was published, so there is no date to plan from; give --as-of",
        code: Failure.wrongData)
    }
    return PlanSimulator.Options(
      asOf: date, draws: draws ?? definition.draws, seed: seed ?? definition.seed, jobs: jobs)
  }

  /// A scenario in every simulated future.
  ///
  /// - Parameters:
  ///   - scenario: its name, or its file.
  ///   - others: scenarios whose changes are made after its own.
  ///   - more: changes beside those of this run.
  ///   - measures: the measures of the register that count; nil for what the plan says.
  ///   - services: the services to run; nil for all, and only then is there a total.
  ///   - comparesOutturn: whether to set what has been published since beside the plan.
  func paths(
    of scenario: String, also others: [String] = [], overrides more: [Override] = [],
    measures: PlanSimulator.Options.Measures? = nil, only services: Set<String>? = nil,
    comparesOutturn: Bool = false
  ) throws -> PlanPaths {
    let definition = try definition(of: scenario, also: others, overrides: more)
    var options = try options(for: definition)
    options.measures = measures
    options.comparesOutturn = comparesOutturn
    return try PlanSimulator(definition, evidence: workspace.evidence).paths(
      scenario: workspace.scenarioName(of: scenario), options: options, only: services)
  }
}
