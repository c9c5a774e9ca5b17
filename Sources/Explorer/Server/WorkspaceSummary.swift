import Needscast

/// What a page is told of the workspace first.
struct WorkspaceSummary: Encodable, Sendable {
  /// The title of the plan.
  let name: String
  let area: String
  /// The date whose knowledge is used.
  let asOf: String
  let years: String
  let draws: Int
  let seed: UInt64
  /// What was set before the page was opened, `path=value`.
  let overrides: [String]
  let services: [ServiceChoice]
  /// The service that the page begins with.
  let service: String
  let scenarios: [ScenarioChoice]
  /// The scenario that the page begins with.
  let scenario: String

  /// A service that can be looked at, or that cannot be planned as the workspace stands.
  struct ServiceChoice: Encodable, Hashable, Sendable {
    /// The name that scripts use.
    let id: String
    /// The name that people use.
    let name: String
    /// Whether it can be planned.
    let isPlanned: Bool
  }

  /// A scenario that can be started from.
  struct ScenarioChoice: Encodable, Hashable, Sendable {
    let name: String
    let reason: String
  }

  init(_ plan: ExplorerPlan, _ definition: PlanDefinition, start: String, unplanned: Set<String>) {
    name = definition.name
    area = definition.area
    asOf = "\(plan.asOf)"
    years = "\(definition.years.lowerBound) to \(definition.years.upperBound)"
    draws = plan.draws
    seed = plan.seed ?? definition.seed
    overrides = plan.overrides.map(\.text)
    services =
      definition.services.map {
        ServiceChoice(id: $0.id, name: $0.name, isPlanned: !unplanned.contains($0.id))
      } + [
        ServiceChoice(id: Subject.total, name: "All services", isPlanned: !unplanned.contains(Subject.total))
      ]
    let planned = definition.services.filter { !unplanned.contains($0.id) }
    service =
      (planned.first { $0 is RingFencedGrant } ?? planned.first ?? definition.services.first)?.id
      ?? Subject.total
    scenarios =
      [ScenarioChoice(name: Workspace.baseScenario, reason: "The workspace as it stands.")]
      + plan.workspace.scenarioDefinitions.map { ScenarioChoice(name: $0.name, reason: $0.reason) }
    scenario = start
  }
}
