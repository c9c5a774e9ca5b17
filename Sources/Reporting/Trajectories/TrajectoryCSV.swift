import Indicators
import TimeSeries

/// Performance measures as comma-separated text, one row for each milestone.
public enum TrajectoryCSV {
  /// The columns.
  public static let columns = [
    "id", "reference", "part", "action", "measure", "unit", "polarity", "frequency", "owner", "baseline",
    "baseline_date", "by", "label", "wording", "level", "level_basis", "level_provisional", "period",
    "actual", "proxy",
    "status", "reason", "needed_per_month", "needed_per_year", "reached", "probability", "median", "lower_80",
    "upper_80", "remark",
  ]

  /// The rows under their header; what a milestone does not have is empty, and its reason says why.
  public static func text(_ report: TrajectoryReport) -> String {
    var text = CSVText.row(columns)
    for outlook in report.trajectories {
      for milestone in outlook.milestones { text += row(milestone, of: outlook) }
    }
    return text
  }

  private static func row(_ one: MilestoneOutlook, of outlook: TrajectoryOutlook) -> String {
    let trajectory = outlook.trajectory
    let milestone = one.milestone
    let measure = [
      trajectory.id, trajectory.reference, trajectory.part ?? "", "\(trajectory.action)", trajectory.wording,
      "\(trajectory.unit)", trajectory.polarity == .lowerIsBetter ? "lower is better" : "higher is better",
      trajectory.frequency ?? "", trajectory.owner ?? "",
    ].map { CSVText.text($0) }
    let start = [number(outlook.baseline?.value), outlook.baseline.map { "\($0.date)" } ?? ""]
    let set =
      ["\(milestone.date)", CSVText.text(milestone.label), CSVText.text(milestone.wording)]
      + [
        number(one.level?.value), CSVText.text(one.level?.basis ?? ""),
        one.level.map { $0.isProvisional ? "yes" : "no" } ?? "",
      ]
    let found = [
      CSVText.text(one.period?.label ?? ""), number(one.actual), outlook.proxy == nil ? "no" : "yes",
      one.status.label, CSVText.text(one.reason),
    ]
    // Of a level that is reached nothing is needed but to hold it.
    let needed = one.runRate.flatMap { $0.isReached ? nil : $0 }
    let ahead = [
      number(needed?.perMonth), number(needed?.beginsAgain == false ? needed?.perYear : nil),
      one.runRate.map { $0.isReached ? "yes" : "no" } ?? "", number(one.probability),
      number(one.expected?.median), number(one.expected?.lower80), number(one.expected?.upper80),
      CSVText.text(milestone.remark ?? ""),
    ]
    return CSVText.row(measure + start + set + found + ahead)
  }

  private static func number(_ value: Double?) -> String { value.map { CSVText.number($0) } ?? "" }
}
