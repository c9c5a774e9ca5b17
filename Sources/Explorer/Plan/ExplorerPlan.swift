import Needscast

/// A workspace that is held in memory, and what every run of it shares: the same figures as `needscast plan --set` gives
/// with the same date, seed and number of futures.
public struct ExplorerPlan: Sendable {
  /// The workspace.
  public let workspace: Workspace
  /// The path of the workspace, as it was given.
  public let path: String
  /// The date whose knowledge is used.
  public let asOf: CivilDate
  /// What was set before the page was opened.
  public let overrides: [Override]
  /// The number of simulated futures.
  public let draws: Int
  /// The seed; nil for the workspace's.
  public let seed: UInt64?
  /// The most threads; they change no figure.
  public let jobs: Int

  /// Holds a workspace.
  ///
  /// - Parameters:
  ///   - workspace: the workspace, read with the files of every scenario that the page is to offer.
  ///   - path: its path, as it was given.
  ///   - asOf: the date whose knowledge is used; nil for the latest publication in the workspace.
  ///   - overrides: what is set in every run, each path once.
  ///   - draws: the number of simulated futures, at least 1.
  ///   - seed: the seed; nil for the workspace's.
  ///   - jobs: the most threads.
  /// - Throws: ``ExplorerError/noDate(folder:)`` and ``ExplorerError/setTwice(path:)``.
  public init(
    _ workspace: Workspace, path: String, asOf: CivilDate? = nil, overrides: [Override] = [],
    draws: Int = 2000, seed: UInt64? = nil, jobs: Int = 1
  ) throws(ExplorerError) {
    guard let asOf = asOf ?? workspace.latestPublication else {
      throw .noDate(folder: workspace.folder)
    }
    var paths: Set<String> = []
    for change in overrides where !paths.insert(change.path).inserted {
      throw .setTwice(path: change.path)
    }
    self.workspace = workspace
    self.path = path
    self.asOf = asOf
    self.overrides = overrides
    self.draws = draws
    self.seed = seed
    self.jobs = jobs
  }

  /// All that is set over the scenario: what was set before the page was opened, then what the page sets, which takes
  /// the place of the former at the same path.
  public func changes(_ settings: ExplorerSettings) -> [Override] {
    let own = Set(settings.changes.map(\.path))
    return overrides.filter { !own.contains($0.path) } + settings.changes
  }

  /// The plan of some settings.
  ///
  /// - Throws: ``Needscast/EvidenceError`` with the sentences of the workspace's reader.
  public func definition(_ settings: ExplorerSettings) throws(EvidenceError) -> PlanDefinition {
    try workspace.plan(scenario: settings.scenario, overrides: changes(settings))
  }

  /// Every simulated future of some settings.
  ///
  /// - Parameters:
  ///   - settings: what is chosen.
  ///   - service: the service that is run; nil for all, and only then is there a total.
  /// - Throws: ``Needscast/EvidenceError`` or ``Needscast/CommissioningError``.
  public func paths(_ settings: ExplorerSettings, service: String?) throws -> PlanPaths {
    let definition = try definition(settings)
    return try PlanSimulator(definition, evidence: workspace.evidence).paths(
      scenario: settings.scenario, options: options(for: definition), only: service.map { [$0] })
  }

  /// The plan of some settings as JSON: byte for byte what `needscast plan --format json` writes.
  ///
  /// - Throws: as ``paths(_:service:)``.
  public func json(_ settings: ExplorerSettings) throws -> String {
    let outcome = try PlanOutcome(try paths(settings, service: nil))
    return try PlanJSON.text(
      [outcome], overrides: changes(settings).map(\.text), changes: try scenarioChanges(settings))
  }

  /// What the scenario changes, with what it inherits; nothing for the workspace as it stands.
  func scenarioChanges(_ settings: ExplorerSettings) throws(EvidenceError) -> [ScenarioChanges] {
    guard settings.scenario != Workspace.baseScenario else { return [] }
    let chain = try workspace.chain(of: settings.scenario)
    return [ScenarioChanges(scenario: settings.scenario, changes: chain.flatMap(\.changes))]
  }

  /// How a plan is run.
  func options(for definition: PlanDefinition, draws: Int? = nil) -> PlanSimulator.Options {
    PlanSimulator.Options(
      asOf: asOf, draws: draws ?? self.draws, seed: seed ?? definition.seed, jobs: jobs)
  }

  /// The scenarios that can be started from, the workspace as it stands first.
  var scenarios: [String] { [Workspace.baseScenario] + workspace.scenarios }

  /// The argument of the command that names a scenario: its file where it is not the workspace's own.
  func argument(of scenario: String) -> String {
    guard let definition = workspace.scenarioDefinitions.first(where: { $0.name == scenario }),
      definition.file != "\(workspace.folder)/workspace.yaml",
      !definition.file.hasPrefix("\(workspace.folder)/")
    else { return scenario }
    return definition.file
  }
}
