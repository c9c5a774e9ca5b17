import Commissioning
import TimeSeries

extension PlanTable {
  /// The comparison of one scenario with what has been published since, and the services that were refused; without
  /// the plan itself.
  public func hindcast(_ outcome: PlanOutcome) -> String {
    var lines = Paragraph.lines(
      "\(outcome.area) as known on \(outcome.asOf), scenario \(outcome.scenario)", width: width)
    if !overrides.isEmpty {
      lines += Paragraph.lines(
        PlanHeading(name: name, overrides: overrides, changes: changes).standing(outcome), width: width)
    }
    lines.append("")
    let comparison = ComparisonTable(outcome).lines(width: width, style: style)
    lines +=
      comparison.isEmpty
      ? Paragraph.lines(
        "Nothing that this plan forecasts has been published since \(outcome.asOf).", width: width)
      : comparison
    for refusal in outcome.refusals {
      lines += [""] + Paragraph.lines("Not planned: \(refusal.reason).", width: width)
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
