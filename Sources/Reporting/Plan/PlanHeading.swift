import Commissioning
import TimeSeries

/// What stands above the tables of a plan: what was planned, on what knowledge, and how to read the figures.
struct PlanHeading {
  let name: String
  let overrides: [String]
  let changes: [ScenarioChanges]
  var style = TextStyle.plain

  /// The name that a workspace has as it stands.
  private static let unchanged = "base"

  func lines(_ outcome: PlanOutcome, width: Int) -> [String] {
    let title = "\(name): \(outcome.area), scenario \(outcome.scenario)"
    let futures =
      outcome.draws == 1 ? "1 simulated future" : "\(NumberText.whole(outcome.draws)) simulated futures"
    return Paragraph.lines(title, width: width).map { style.painted($0, .heading) }
      + ["As known on \(outcome.asOf); \(futures), seed \(outcome.seed)."]
      + Paragraph.lines(standing(outcome), width: width)
  }

  /// Whether the plan is the workspace's own, or what was changed.
  func standing(_ outcome: PlanOutcome) -> String {
    let own = self.changes.first { $0.scenario == outcome.scenario }?.changes ?? []
    let detail = own.isEmpty ? "" : " (\(own.joined(separator: "; ")))"
    let scenario = outcome.scenario == Self.unchanged ? [] : ["scenario \(outcome.scenario)\(detail)"]
    let changes = scenario + overrides
    return changes.isEmpty
      ? "Unmitigated: what happens if things go on as they have."
      : "Changed from the workspace: \(changes.joined(separator: "; "))."
  }

  /// How the figures are to be read.
  func explanation(_ outcome: PlanOutcome, width: Int) -> [String] {
    if outcome.draws == 1 {
      return Paragraph.lines(
        "Forecasts and estimates are of one simulated future, which says nothing about chance: there are no intervals "
          + "and no chances. " + Self.notation, width: width)
    }
    var text =
      "Forecasts and estimates are means over the simulated futures. The chance of overspend is of the year: "
      + "spend above what is available."
    let error =
      (outcome.services.map(\.years) + [outcome.total]).joined()
      .compactMap(\.probabilityOverspend?.error).max() ?? 0
    if error > 0 {
      text +=
        " Simulation error of a chance: at most "
        + "\(NumberText.fixed(error, decimals: 1, dividedByTenTo: -2)) percentage points (one standard error); the "
        + "doubt about models is larger and not in it."
    }
    text += " " + Self.notation
    return Paragraph.lines(text, width: width)
  }

  private static let notation =
    "A dash (\(NumberText.absent)) is a figure that is neither known nor forecast. Figures are rounded one by one, so "
    + "parts may not add up to their sum. In a line of blocks the lowest figure is the lowest block and the highest the "
    + "highest, a gap is a figure that is missing, and \(Sparkline.divider) stands before the first that is not published."
}
