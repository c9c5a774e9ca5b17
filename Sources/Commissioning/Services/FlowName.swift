/// A flow of a service that scenarios and measures may change, as the service makes it known.
///
/// A service lists its flows in ``ServiceDefinition/flows`` and asks ``FlowChanges`` about each of them by the same name
/// when it is simulated.
public struct FlowName: Hashable, Sendable {
  /// The name within the service: `requests`, or `places.special`.
  public let id: String
  /// What it is, for the reader of a complaint: `requests for assessment in a year`.
  public let meaning: String
  /// Its unit, in which `add` and `set` are written: `requests`.
  public let unit: String

  /// Makes a flow known.
  public init(_ id: String, meaning: String, unit: String) {
    self.id = id
    self.meaning = meaning
    self.unit = unit
  }
}

extension FlowName {
  /// The sentence about a flow that is changed and that its service does not have; the service is nil where the plan
  /// has none of that name.
  static func unknown(_ flow: Flow, in service: (any ServiceDefinition)?) -> String {
    guard let service else { return "the plan has no service \"\(flow.service)\", and \(flow) is changed" }
    if service.flows.contains(where: { $0.id == flow.name }) {
      return "\"\(flow.name)\" is changed, and what it acts on could not be planned"
    }
    let flows = service.flows.map(\.id).joined(separator: ", ")
    return "\"\(flow.name)\" is changed, and the service does not ask about it; "
      + (flows.isEmpty ? "it has no flows that can be changed" : "its flows are \(flows)")
  }
}
