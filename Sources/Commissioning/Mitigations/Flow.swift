/// The name of something that a service is computed from year by year, and that a scenario or a measure may change:
/// requests for assessment, a hazard of ceasing, places in a setting, a unit cost.
///
/// The services decide which flows there are, by asking ``FlowChanges`` for what happens to each.
public struct Flow: Hashable, Sendable, CustomStringConvertible {
  /// The service, by the name that scripts use.
  public let service: String
  /// The flow within the service: `requests`, or `places.special`.
  public let name: String

  /// Names a flow.
  public init(service: String, name: String) {
    self.service = service
    self.name = name
  }

  /// The flow as it is written in a scenario: `high-needs.requests`.
  public var description: String { "\(service).\(name)" }
}
