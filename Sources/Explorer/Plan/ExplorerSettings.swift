import Needscast

/// What a page has chosen: the scenario that it starts from, and the values that stand over it.
public struct ExplorerSettings: Hashable, Sendable {
  /// The scenario; ``Needscast/Workspace/baseScenario`` for the workspace as it stands.
  public let scenario: String
  /// The changes in the order in which they were made, each path once.
  public let changes: [Override]

  /// Chooses a scenario and changes to it.
  public init(scenario: String = Workspace.baseScenario, changes: [Override] = []) {
    self.scenario = scenario
    self.changes = changes
  }
}
