import Commissioning

/// A plan as JSON: ``PlanDocument`` written out.
public enum PlanJSON {
  /// The scenarios of one run as JSON, with a line feed at the end; the same outcomes give the same bytes.
  ///
  /// - Parameters:
  ///   - outcomes: the scenarios, in the order in which they were run.
  ///   - overrides: what was set over the workspace, `path=value`, in the order given.
  ///   - changes: what the scenarios change.
  /// - Throws: ``ReportingError`` when the scenarios are not of one run, or a figure is not a finite number.
  public static func text(
    _ outcomes: [PlanOutcome], overrides: [String] = [], changes: [ScenarioChanges] = []
  ) throws(ReportingError) -> String {
    try JSONText.text(try PlanDocument(outcomes, overrides: overrides, changes: changes))
  }
}
