import Needscast

/// A plan run from a workspace: every scenario that was asked for, on one set of random numbers.
struct PlanRun {
  let study: ScenarioStudy
  /// The plan of the first scenario.
  let definition: PlanDefinition
  let options: PlanSimulator.Options
  /// The scenarios in the order asked for; there is at least one.
  let sides: [PlanReport.Side]

  /// - Parameters:
  ///   - scenarios: names of scenarios or of their files; the workspace as it stands where there is none.
  ///   - quiet: whether to keep from saying how far it is.
  init(_ study: ScenarioStudy, scenarios: [String], comparesOutturn: Bool, quiet: Bool = true) throws {
    let names = scenarios.isEmpty ? [Workspace.baseScenario] : scenarios
    self.study = study
    definition = try study.definition(of: names[0])
    var options = try study.options(for: definition)
    options.comparesOutturn = comparesOutturn
    self.options = options
    sides = try Progress.during("planning", unit: "scenarios", of: names.count, quiet: quiet) { progress in
      try names.map { name in
        defer { progress.advance() }
        return try PlanReport.Side(
          chain: study.workspace.chain(of: study.workspace.scenarioName(of: name)).map(\.summary),
          paths: try study.paths(of: name, comparesOutturn: comparesOutturn))
      }
    }
  }

  /// What the scenarios come to.
  var outcomes: [PlanOutcome] { sides.map(\.outcome) }

  /// Whether a service could not be planned in some scenario.
  var hasRefusals: Bool { outcomes.contains { !$0.refusals.isEmpty } }

  /// Names on standard error what could not be planned, each with its scenario and the reason.
  func nameRefusals() {
    for outcome in outcomes {
      for refusal in outcome.refusals {
        StandardStreams.error("\(outcome.scenario): not planned: \(refusal.reason)\n")
      }
    }
  }

  /// What was set over the workspace, `path=value`, in the order given.
  var changes: [String] { study.changes }

  /// What the scenarios change.
  var scenarioChanges: [ScenarioChanges] {
    sides.filter { $0.name != Workspace.baseScenario }.map {
      ScenarioChanges(scenario: $0.name, changes: $0.chain.flatMap(\.changes))
    }
  }

  /// What the plan was made from, so that it can be made again.
  ///
  /// - Parameter others: files that were read beside those of the workspace.
  func manifest(alsoRead others: [String] = []) throws -> Manifest {
    let workspace = study.workspace
    let folder = workspace.folder + "/"
    var inputs = workspace.files.map { (path: $0.path, bytes: $0.bytes) }
    for path in others {
      inputs.append(
        (
          path: path.hasPrefix(folder) ? String(path.dropFirst(folder.count)) : path,
          bytes: try FileContents.read(path).bytes
        ))
    }
    return Manifest(
      version: Version.text, configuration: Version.configuration,
      options: [
        Manifest.Option(name: "compare-outturn", value: options.comparesOutturn ? "yes" : "no")
      ],
      seed: options.seed, draws: options.draws, asOf: options.asOf, scenarios: sides.map(\.name),
      scenarioChanges: scenarioChanges, overrides: changes,
      inputs: inputs.map {
        Manifest.Input(path: $0.path, bytes: $0.bytes.count, sha256: FileDigest.sha256($0.bytes))
      })
  }
}
