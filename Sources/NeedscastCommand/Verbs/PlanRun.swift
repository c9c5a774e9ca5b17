import Needscast

/// A plan run from a workspace: every scenario that was asked for, on one set of random numbers.
struct PlanRun {
  let name: String
  let workspace: Workspace
  let options: PlanSimulator.Options
  let outcomes: [PlanOutcome]
  let overrides: [Override]
  /// What the scenarios change.
  let scenarioChanges: [ScenarioChanges]

  init(
    workspace: Workspace, asOf: CivilDate?, scenarios: [String], overrides: [Override], to: FinancialYear?,
    draws: Int?, seed: UInt64?, jobs: Int, comparesOutturn: Bool,
    quiet: Bool = true
  ) throws {
    guard let asOf = asOf ?? workspace.latestPublication else {
      throw Failure(
        "\(workspace.folder): no row says when it was published, so there is no date to plan from; give --as-of",
        code: Failure.wrongData)
    }
    let overrides = overrides + (to.map { [Override(path: "plan.to", value: "\($0)")] } ?? [])
    var outcomes: [PlanOutcome] = []
    var name = ""
    var options = PlanSimulator.Options(
      asOf: asOf, draws: 1, seed: 1, jobs: jobs, comparesOutturn: comparesOutturn)
    let arguments = scenarios.isEmpty ? [Workspace.baseScenario] : scenarios
    try Progress.during("planning", unit: "scenarios", of: arguments.count, quiet: quiet) { progress in
      for argument in arguments {
        let scenario = workspace.scenarioName(of: argument)
        let definition = try workspace.plan(scenario: scenario, overrides: overrides)
        options.draws = draws ?? definition.draws
        options.seed = seed ?? definition.seed
        name = definition.name
        outcomes.append(
          try PlanSimulator(definition, evidence: workspace.evidence).run(
            scenario: scenario, options: options))
        progress.advance()
      }
    }
    self.name = name
    self.workspace = workspace
    self.options = options
    self.outcomes = outcomes
    self.overrides = overrides
    scenarioChanges = try outcomes.map(\.scenario).filter { $0 != Workspace.baseScenario }.map {
      ScenarioChanges(scenario: $0, changes: try workspace.chain(of: $0).flatMap(\.changes))
    }
  }

  /// What was set over the workspace, `path=value`, in the order given.
  var changes: [String] { overrides.map(\.text) }

  /// What the plan was made from, so that it can be made again.
  var manifest: Manifest {
    Manifest(
      version: Version.text, configuration: Version.configuration,
      options: [
        Manifest.Option(name: "compare-outturn", value: options.comparesOutturn ? "yes" : "no")
      ],
      seed: options.seed, draws: options.draws, asOf: options.asOf, scenarios: outcomes.map(\.scenario),
      scenarioChanges: scenarioChanges, overrides: changes,
      inputs: workspace.files.map {
        Manifest.Input(path: $0.path, bytes: $0.bytes.count, sha256: FileDigest.sha256($0.bytes))
      })
  }
}
