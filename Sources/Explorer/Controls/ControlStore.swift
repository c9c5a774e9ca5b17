import Needscast
import Synchronization

/// The controls of every service and scenario that a page has asked for, each found once.
final class ControlStore: Sendable {
  private struct Key: Hashable {
    let scenario: String
    let service: String
  }

  private let plan: ExplorerPlan
  private let planner = Planner(label: "needscast.explorer.controls")
  private let found = Mutex<[Key: ControlSet]>([:])

  init(_ plan: ExplorerPlan) { self.plan = plan }

  /// The controls of a service, or of all services together.
  func controls(scenario: String, service: String?) async throws -> ControlSet {
    try await planner.run(for: nil) { [self] in
      let definition = try plan.definition(ExplorerSettings(scenario: scenario))
      let services = definition.services.filter { service == nil || $0.id == service }
      let sets = try services.map { try controls(of: $0, scenario: scenario) }
      guard service != nil, let only = services.first, let set = sets.first else {
        return ControlReading.merged(sets)
      }
      return ControlSet(controls: set.controls, measures: set.measures.of(only), left: set.left)
    }
  }

  private func controls(of service: any ServiceDefinition, scenario: String) throws -> ControlSet {
    let key = Key(scenario: scenario, service: service.id)
    if let known = found.withLock({ $0[key] }) { return known }
    let read = try ControlReading(plan: plan, scenario: scenario).controls(of: service)
    found.withLock { $0[key] = read }
    return read
  }
}
