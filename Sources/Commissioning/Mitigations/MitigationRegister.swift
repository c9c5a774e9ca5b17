import TimeSeries

/// Every measure of a plan, checked one by one and against each other, so that nothing is counted twice.
public struct MitigationRegister: Hashable, Sendable {
  /// The measures, in the order in which they are stated and act.
  public let measures: [Mitigation]
  /// What they have in common.
  public let overlaps: [Overlap]
  /// The plan's years.
  public let years: ClosedRange<FinancialYear>

  /// Checks the measures.
  ///
  /// - Parameters:
  ///   - measures: in the order in which they act.
  ///   - overlaps: what they have in common.
  ///   - years: the plan's years, in which every measure must start that the budget does not have.
  ///   - lines: the lines of its service that each flow moves, for every flow of a service on which pounds are saved.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for two measures of one id, a measure that cannot be used,
  ///   an overlap that says nothing, and everything that would be counted twice.
  public init(
    measures: [Mitigation], overlaps: [Overlap] = [], years: ClosedRange<FinancialYear>,
    lines: [Flow: Set<String>] = [:]
  ) throws(CommissioningError) {
    var ids: Set<String> = []
    for measure in measures {
      guard !measure.id.allSatisfy(\.isWhitespace) else {
        throw Self.refusal("the measure \"\(measure.name)\" has no id; give it one")
      }
      guard ids.insert(measure.id).inserted else {
        throw Self.refusal("\"\(measure.id)\" stands there twice; keep one, or give the second another id")
      }
      if let fault = measure.fault(within: years) { throw Self.refusal("\"\(measure.id)\": \(fault)") }
    }
    if let fault = DoubleCounting(measures: measures, overlaps: overlaps, lines: lines).fault {
      throw Self.refusal(fault)
    }
    self.measures = measures
    self.overlaps = overlaps
    self.years = years
  }

  static func refusal(_ reason: String) -> CommissioningError {
    .invalid(service: "mitigations", reason: reason)
  }

  /// Measures that the budget has already: shown, and never subtracted again.
  public var inBudget: [Mitigation] { measures.filter(\.isInBudget) }

  /// Pounds a full year that the budget counts on already.
  public var savingInBudget: Double {
    measures.reduce(0) { sum, measure in
      if case .inBudget(let saving) = measure.status { sum + saving } else { sum }
    }
  }

  /// The services that measures act on or are paid out of.
  public var services: Set<String> {
    var result: Set<String> = []
    for measure in measures where !measure.isInBudget {
      if let service = measure.cost.service { result.insert(service) }
      result.formUnion(measure.servicesActedOn)
    }
    return result
  }

  /// The flows that measures change, in the order in which they are stated.
  var flows: [Flow] {
    var result: [Flow] = []
    for effect in measures.flatMap(\.effects) {
      if case .flow(let flow) = effect.target, !result.contains(flow) { result.append(flow) }
    }
    return result
  }

  /// The lines on which measures save pounds, in the order in which they are stated.
  var lines: [SavedLine] {
    var result: [SavedLine] = []
    for effect in measures.flatMap(\.effects) {
      if case .line(let line) = effect.target, !result.contains(line) { result.append(line) }
    }
    return result
  }

  /// How measures on one target are combined: lists of places in ``measures``, each with its overlap, in the order in
  /// which they act; a measure without any stands alone.
  func combinations(on target: MitigationEffect.Target) -> [(members: [Int], share: Double)] {
    let acting = measures.indices.filter { measures[$0].effects.contains { $0.target == target } }
    var placed: Set<Int> = []
    var result: [(members: [Int], share: Double)] = []
    for index in acting where !placed.contains(index) {
      var group = [index]
      var share = 0.0
      for overlap in overlaps where overlap.measures.contains(measures[index].id) {
        let members = overlap.measures.compactMap { id in acting.first { measures[$0].id == id } }
        if members.count > 1 { (group, share) = (members, overlap.share) }
      }
      placed.formUnion(group)
      result.append((group, share))
    }
    return result
  }
}
