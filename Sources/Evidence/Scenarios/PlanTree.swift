import Commissioning

/// A workspace's tree while scenarios and the command line change it, and the levers that they state beside it.
struct PlanTree {
  private(set) var root: WorkspaceNode
  private(set) var levers: [StatedLever] = []

  /// A change to a flow, and how late it was stated: later scenarios of a chain, and the command line last, have the
  /// higher numbers.
  struct StatedLever {
    let change: StatedChange
    let service: String
    let flow: String
    let level: Int
  }

  init(_ root: WorkspaceNode) { self.root = root }

  /// Makes one change of a scenario.
  mutating func apply(_ step: ScenarioStep, level: Int) throws(EvidenceError) {
    switch step {
    case .set(let change): try apply(change, level: level)
    case .change(let change): try apply(change, level: level)
    }
  }

  /// Makes one change of the command line.
  mutating func apply(_ override: Override, level: Int) throws(EvidenceError) {
    guard !override.value.isEmpty else {
      throw .badData(
        Problem(
          file: override.argument, message: "a value is missing after \"=\"; write \(override.path)=VALUE"))
    }
    let value = try WorkspaceNode(
      yaml: override.value, file: override.argument, path: WorkspaceNode.keys(of: override.path))
    try apply(ScenarioChange(path: override.path, value: value.withoutPlaces), level: level)
  }

  /// Puts a value in place of another; where the path leads nowhere and ends in an operation, it is a change.
  private mutating func apply(_ change: ScenarioChange, level: Int) throws(EvidenceError) {
    let keys = WorkspaceNode.keys(of: change.path)
    if root.node(at: keys[...]) == nil {
      if let stated = try StatedChange(path: change.path, value: change.value) {
        return try apply(stated, level: level)
      }
      if let service = service(of: change.path) {
        let operations = StatedChange.operations.map { ".\($0)" }.joined(separator: ", ")
        let nearest = NearestName.nearest(to: keys.last ?? "", among: StatedChange.operations)
        throw change.value.problem(
          "\(change.path): to change a flow of \(service), end the path with what is done to it, one of \(operations)"
            + (nearest.map { "; did you mean \".\($0)\"?" } ?? ""))
      }
    }
    root = try root.applying(change)
  }

  private mutating func apply(_ change: StatedChange, level: Int) throws(EvidenceError) {
    let keys = WorkspaceNode.keys(of: change.path)
    if let first = keys.first, root.value(of: first) != nil { return try apply(toTree: change, keys: keys) }
    guard let service = service(of: change.path) else {
      throw change.problem(
        "this is neither a value of the workspace nor a flow of a service; " + advice(for: keys))
    }
    levers.append(
      StatedLever(
        change: change, service: service, flow: String(change.path.dropFirst(service.count + 1)),
        level: level))
  }

  /// Changes a number of the workspace, which is one for all years.
  private mutating func apply(
    toTree change: StatedChange, keys: [String]
  ) throws(EvidenceError) {
    if let years = change.from ?? change.until {
      throw years.problem(
        "\(change.path) is one value for all years, so it takes no \"from\" or \"until\"; leave them out, or change a "
          + "flow\(flowAdvice)")
    }
    guard change.operation != .growth else {
      throw change.problem(
        "it is one value for all years and does not grow; accepted are add, multiply, set, and growth for a "
          + "flow\(flowAdvice)")
    }
    // An assumption is named with its value or without.
    let node = root.node(at: keys[...])
    let isAssumption = keys.count == 2 && keys[0] == "assumptions" && node?.value(of: "value") != nil
    let target = isAssumption ? keys + ["value"] : keys
    let path = target.joined(separator: ".")
    guard let old = root.node(at: target[...]) else {
      // Nothing stands there, and the complaint belongs to the path.
      root = try root.applying(ScenarioChange(path: path, value: change.place))
      return
    }
    let value = change.operation == .set ? change.value : try old.changed(by: change)
    root = try root.applying(ScenarioChange(path: path, value: value))
  }

  // MARK: What there is

  private var services: [(key: WorkspaceNode.Key, value: WorkspaceNode)] {
    (try? root.value(of: "services")?.entries()) ?? []
  }

  /// The service whose name a path begins with.
  private func service(of path: String) -> String? {
    services.map(\.key.name).first { path.hasPrefix($0 + ".") }
  }

  /// What somebody may have meant by a path that begins with no key of the workspace and no service.
  private func advice(for keys: [String]) -> String {
    let first = keys.first ?? ""
    let assumptions = (try? root.value(of: "assumptions")?.entries())?.map(\.key.name) ?? []
    if keys.count == 1, assumptions.contains(first) { return "did you mean assumptions.\(first)?" }
    let names = services.map(\.key.name) + ["assumptions", "policies", "services", "plan"]
    return NearestName.advice(for: first, among: names)
  }

  /// The flows that there are, at the end of a sentence; nothing where there are none.
  private var flowAdvice: String {
    let flows = services.flatMap { key, node in
      ((try? node.service(id: key.name))?.flows ?? []).map { "\(key.name).\($0.id)" }
    }
    return flows.isEmpty ? "" : ", such as \(flows.prefix(3).joined(separator: ", "))"
  }
}

extension WorkspaceNode {
  /// What stands at a path; nil where it leads nowhere.
  func node(at keys: ArraySlice<String>) -> WorkspaceNode? {
    guard let key = keys.first else { return self }
    switch content {
    case .mapping: return value(of: key)?.node(at: keys.dropFirst())
    case .list(let items):
      guard let number = Int(key), items.indices.contains(number - 1) else { return nil }
      return items[number - 1].node(at: keys.dropFirst())
    case .text: return nil
    }
  }
}
