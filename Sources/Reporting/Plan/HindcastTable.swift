import Commissioning

extension PlanTable {
  /// The comparison of one scenario with what has been published since, and the services that were refused; without
  /// the plan itself.
  public func hindcast(_ outcome: PlanOutcome) -> String {
    var lines = ["\(outcome.area) as known on \(outcome.asOf), scenario \(outcome.scenario)", ""]
    lines += ComparisonTable(outcome).lines(width: width)
    for refusal in outcome.refusals {
      lines += [""] + Paragraph.lines("Not planned: \(refusal.reason).", width: width)
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
