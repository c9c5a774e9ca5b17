/// Everything that a scenario changes, what it inherits included: what a plan under its name was made with.
public struct ScenarioChanges: Codable, Hashable, Sendable {
  /// The scenario.
  public let scenario: String
  /// The changes in the order in which they are made, as they would be written after `--set`.
  public let changes: [String]

  /// States the changes of a scenario.
  public init(scenario: String, changes: [String]) {
    self.scenario = scenario
    self.changes = changes
  }
}
