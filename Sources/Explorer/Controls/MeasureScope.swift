import Needscast

extension Mitigation {
  /// The services that it acts on or is paid by, each once, as scripts name them.
  var services: [String] {
    let acted = effects.map { effect in
      switch effect.action {
      case .multiply(let flow), .add(let flow): flow.service
      case .save(let service, _): service
      }
    }
    var names: [String] = []
    for name in acted + (cost.service.map { [$0] } ?? []) where !names.contains(name) { names.append(name) }
    return names
  }
}

extension MeasureControls {
  /// The measures that act on a service or are paid by it. Any other would be offered where it moves nothing; that there
  /// are such is said.
  func of(_ service: any ServiceDefinition) -> MeasureControls {
    let own = measures.filter { $0.services.contains(service.id) }
    let others = measures.filter { !$0.services.contains(service.id) }
    guard !others.isEmpty else { return self }
    let names = others.map(\.name).joined(separator: "; ")
    return MeasureControls(
      modePath: own.isEmpty ? nil : modePath, mode: mode, modes: modes, measures: own,
      notes: notes + ["Not shown, because they neither act on \(service.name) nor are paid by it: \(names)."])
  }
}
