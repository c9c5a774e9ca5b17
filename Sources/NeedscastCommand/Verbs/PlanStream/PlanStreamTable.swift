import Needscast

/// The rows of plans of many workspaces: those of `plan --format csv`, with the workspace and the run before them and,
/// where that was asked for, what failed behind them.
struct PlanStreamTable {
  /// Whether what fails is a row; else it is said on standard error.
  let hasFaults: Bool

  /// What a row belongs to.
  struct Place {
    /// The cells of the workspace and of the run.
    let cells: [String]
    /// The place as it is named on standard error.
    let name: String
  }

  /// The names of the columns.
  var header: String {
    CSVText.row(["workspace", "run"] + PlanCSV.columns + (hasFaults ? ["code", "message"] : []))
  }

  /// The place of a line's rows.
  func place(workspace: String, run: String, line: Int) -> Place {
    let names = [workspace, run].filter { !$0.isEmpty }.joined(separator: ", ")
    return Place(
      cells: [cell(workspace), cell(run)],
      name: "line \(line)" + (names.isEmpty ? "" : " (\(names))"))
  }

  /// The rows of a scenario, then those of the services that could not be planned.
  func rows(of outcome: PlanOutcome, at place: Place) -> [String] {
    PlanCSV.rows(outcome, after: place.cells, before: hasFaults ? ["", ""] : [])
      + outcome.refusals.flatMap { refusal in
        rows(
          of: PlanFault(.service, scenario: outcome.scenario, service: refusal.service, refusal.reason),
          at: place)
      }
  }

  /// The row of a fault, where faults are rows.
  func rows(of fault: PlanFault, at place: Place) -> [String] {
    guard hasFaults else { return [] }
    let key = place.cells + [CSVText.text(fault.scenario), CSVText.text(fault.service)]
    let figures = [String](repeating: "", count: PlanCSV.columns.count - 2)
    return [CSVText.row(key + figures + [fault.code.rawValue, cell(fault.message)])]
  }

  /// A text of the caller's own: as it is where programs read the rows, which must find the very same name again, and
  /// guarded against spreadsheets where people do.
  private func cell(_ text: String) -> String {
    guard hasFaults else { return CSVText.text(text) }
    var bytes: [UInt8] = []
    CSVText.append(exactly: text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
