import Commissioning
import TimeSeries

/// Assumptions that a workspace was begun with and that nobody who knows the place has looked at.
public enum UnreviewedAssumptions {
  /// With what the reason of such an assumption begins.
  public static let mark = "Not reviewed here:"

  /// Whether nobody has looked at an assumption.
  public static func isUnreviewed(_ assumption: Assumption) -> Bool { assumption.reason.hasPrefix(mark) }
}

extension WorkspaceNode {
  /// One warning for all assumptions that nobody local has looked at, at the first of them; nil when there is none.
  var unreviewedWarning: Problem? {
    guard case .mapping(let entries)? = value(of: "assumptions")?.content else { return nil }
    let open = entries.filter { entry in
      if case .text(let reason)? = entry.value.value(of: "reason")?.content {
        return reason.hasPrefix(UnreviewedAssumptions.mark)
      }
      return false
    }
    guard let first = open.first else { return nil }
    return first.value.remark(
      """
      \(open.count) of \(entries.count) assumptions are those that the workspace was begun with, and nobody who knows the \
      place has looked at them: \(open.prefix(3).map(\.key.name).joined(separator: ", "))\
      \(open.count > 3 ? " and \(open.count - 3) more" : ""); give each a value and a reason of your own in place of \
      "\(UnreviewedAssumptions.mark)"
      """, severity: .warning)
  }
}

extension Workspace {
  /// The plan of a workspace that is not written yet.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` with everything that is wrong with it.
  static func definition(ofStarting yaml: String, evidence: Panel) throws(EvidenceError) -> PlanDefinition {
    let root = try WorkspaceNode(yaml: yaml, file: "workspace.yaml")
    var problems: [Problem] = []
    let definition = Self.definition(
      root, evidence: evidence, returns: CareReturnStore(), problems: &problems)
    guard let definition, problems.isEmpty else { throw .badData(problems: problems, omitted: 0) }
    return definition
  }

  /// The latest day on which anything of a plan became known; nil when nothing has a date.
  static func latestPublication(of definition: PlanDefinition?, evidence: Panel) -> CivilDate? {
    let published = evidence.flatMap { $0.points.compactMap { $0.publication?.date } }
    let rules = definition?.policies.knownDates ?? []
    let stated = definition?.services.flatMap(\.knownDates) ?? []
    return (published + rules + stated).max()
  }
}
