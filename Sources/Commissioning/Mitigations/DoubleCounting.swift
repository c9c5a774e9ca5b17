/// What a register would count twice, and overlaps that cannot be meant.
struct DoubleCounting {
  let measures: [Mitigation]
  let overlaps: [Overlap]
  let lines: [Flow: Set<String>]

  private typealias Placed = (measure: Mitigation, effect: MitigationEffect)

  /// The first that is found, as a sentence; nil where there is none.
  var fault: String? {
    for overlap in overlaps {
      if let fault = self.fault(of: overlap) { return fault }
    }
    let placed = measures.flatMap { measure in measure.effects.map { (measure: measure, effect: $0) } }
    for (index, second) in placed.enumerated() {
      for first in placed[..<index] {
        if let fault = self.fault(first, second) { return fault }
      }
    }
    return nil
  }

  // MARK: Overlaps

  private func fault(of overlap: Overlap) -> String? {
    let names = "the overlap of " + overlap.measures.map { "\"\($0)\"" }.joined(separator: " and ")
    guard overlap.measures.count >= 2, Set(overlap.measures).count == overlap.measures.count else {
      return "\(names) needs two measures or more, each of them once"
    }
    guard (0...1).contains(overlap.share) else {
      return
        "\(names) is \(grouped(overlap.share)), and 0 (nothing in common) to 1 (the same children) is needed"
    }
    var members: [Mitigation] = []
    for id in overlap.measures {
      guard let measure = measures.first(where: { $0.id == id }) else {
        return "\(names) names \"\(id)\", and there is no such measure; name one of "
          + measures.map { "\"\($0.id)\"" }.joined(separator: ", ")
      }
      members.append(measure)
    }
    let targets = shared(members)
    guard !targets.isEmpty else {
      return "\(names) says nothing, because no two of them act on one flow or line; leave it out"
    }
    for target in targets {
      let kinds = Set(members.flatMap(\.effects).filter { $0.target == target }.map(\.multiplies))
      guard kinds.count == 1 else {
        return
          "\(names) cannot be worked out on \(target), because one multiplies it and another adds to it; state "
          + "both in one way"
      }
      for member in members where member.effects.contains(where: { $0.target == target }) {
        let others = overlaps.filter { $0 != overlap && $0.measures.contains(member.id) }
        if others.contains(where: { group in
          shared(measures.filter { group.measures.contains($0.id) }).contains(target)
        }) {
          return
            "\"\(member.id)\" overlaps on \(target) in two statements; put all that overlap there into one"
        }
      }
    }
    return nil
  }

  /// The flows and lines on which two or more of some measures act.
  private func shared(_ measures: [Mitigation]) -> [MitigationEffect.Target] {
    var once: Set<MitigationEffect.Target> = []
    var result: [MitigationEffect.Target] = []
    for target in measures.flatMap({ $0.effects.map(\.target) }) {
      if !once.insert(target).inserted, !result.contains(target) { result.append(target) }
    }
    return result
  }

  private func isStated(_ first: Mitigation, _ second: Mitigation) -> Bool {
    overlaps.contains { $0.measures.contains(first.id) && $0.measures.contains(second.id) }
  }

  // MARK: Pairs

  private func fault(_ first: Placed, _ second: Placed) -> String? {
    let (one, other) = (first.measure.id, second.measure.id)
    let isOneTarget = first.effect.target == second.effect.target
    if one == other, isOneTarget {
      return
        "\"\(one)\" acts on \(first.effect.target) twice; state one effect, or two measures for two cohorts"
    }
    guard first.measure.meets(second.measure), first.effect.mayShareChildren(with: second.effect) else {
      return nil
    }
    guard isOneTarget else { return mixed(first, second) }
    guard !isStated(first.measure, second.measure) else { return nil }
    let children = (second.effect.cohort ?? first.effect.cohort).map { "\"\($0)\"" } ?? "all its children"
    return
      "\"\(one)\" and \"\(other)\" both act on \(first.effect.target) for \(children), and what they have in common "
      + "would be counted twice; state their overlap (0 where there is none), or the cohort that each acts for"
  }

  /// Pounds saved on a line that an effect on a flow moves already.
  private func mixed(_ first: Placed, _ second: Placed) -> String? {
    for (saving, moving) in [(first, second), (second, first)] {
      guard case .line(let line) = saving.effect.target, case .flow(let flow) = moving.effect.target,
        flow.service == line.service
      else { continue }
      guard let moved = lines[flow] else {
        return
          "\"\(saving.measure.id)\" saves pounds on \(line), where "
          + "\"\(moving.measure.id)\" changes \(flow), and which lines that flow moves is not known; state the saving "
          + "as an effect on a flow, such as a unit cost"
      }
      if moved.contains(line.line) {
        return
          "\"\(saving.measure.id)\" saves pounds on \(line), which "
          + "\"\(moving.measure.id)\" moves already through \(flow), and the same pounds would be counted twice; "
          + "state the saving as an effect on a flow, such as a unit cost, or the cohort that each acts for"
      }
    }
    return nil
  }
}
