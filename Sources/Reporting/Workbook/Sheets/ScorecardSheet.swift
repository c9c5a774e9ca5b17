import Indicators
import TimeSeries

/// The scorecard of the area, a row for each indicator.
struct ScorecardSheet {
  private let frame: WorkbookFrame

  init(in frame: WorkbookFrame) { self.frame = frame }

  private static let columns = [
    ListTable.Column("Id", width: 13), .init("Indicator", width: 34), .init("Theme", width: 16),
    .init("Unit", width: 14), .init("Period", width: 11),
    .init("Value", width: 11, CellStyle(.body, .decimal)),
    .init("Period before", width: 11, CellStyle(.body, .decimal)), .init("Better is", width: 13),
    .init("Benchmark", width: 13), .init("Benchmark value", width: 11, CellStyle(.body, .decimal)),
    .init("Against it", width: 12), .init("Target", width: 11, CellStyle(.body, .decimal)),
    .init("By", width: 11), .init("Rating", width: 11), .init("Why", width: 44), .init("Source", width: 26),
  ]

  func write() throws(ReportingError) {
    guard let report = frame.report.scorecard else { return }
    let sheet = try frame.addSheet("Scorecard")
    let row = try frame.begin(
      sheet, "Scorecard",
      explanation: [
        "The latest published figure of every indicator; ratings are words, and the reason says why."
      ],
      through: 5, characters: 120)
    var table = try ListTable(sheet, row: row, columns: Self.columns)
    for one in report.results {
      let target = one.indicator.target
      let missing = one.latest.reason.map { " No figure: \($0)" } ?? ""
      try table.add([
        .text(one.indicator.id), .text(one.indicator.name), .text(one.indicator.theme),
        .text(one.indicator.unit), .text(one.latest.value?.period.label ?? NumberText.absent),
        .optional(one.latest.value?.value), .optional(one.previous.value?.value),
        .text(one.indicator.polarity.words), .text(one.benchmark.value?.benchmarkName ?? NumberText.absent),
        .optional(one.benchmark.value?.benchmark),
        .text(one.benchmark.value?.standing.rawValue ?? NumberText.absent),
        .optional(target?.measurable?.level), .text(target.map { "\($0.date)" } ?? NumberText.absent),
        .text(one.hasFigure ? one.rating.colour.label : "no figures"), .text(one.rating.reason + missing),
        .text(one.indicator.source),
      ])
    }
    try table.addFilter()
    try frame.print(sheet, to: CellPlace(table.row, table.lastColumn), headingRow: row)
    frame.list(
      sheet, "The latest figure of every indicator, its comparisons, target and rating with the reason.")
  }
}

/// The milestones of the improvement plan, a row for each.
struct MilestoneSheet {
  private let frame: WorkbookFrame

  init(in frame: WorkbookFrame) { self.frame = frame }

  private static let columns = [
    ListTable.Column("Measure", width: 12), .init("What it measures", width: 50), .init("Owner", width: 20),
    .init("By", width: 12), .init("Milestone", width: 30),
    .init("Level", width: 12, CellStyle(.body, .decimal)),
    .init("Actual", width: 12, CellStyle(.body, .decimal)), .init("Of the period", width: 14),
    .init("Status", width: 16),
    .init("Probability of reaching it", width: 13, CellStyle(.body, .wholePercent)),
    .init("Why", width: 60),
  ]

  func write() throws(ReportingError) {
    guard let (heading, report) = frame.report.milestones else { return }
    let sheet = try frame.addSheet("Milestones")
    let row = try frame.begin(
      sheet, "Milestones: \(heading.plan)",
      explanation: heading.source.isEmpty ? [] : ["Source: \(heading.source)"],
      through: 4, characters: 120)
    var table = try ListTable(sheet, row: row, columns: Self.columns)
    for outlook in report.trajectories {
      let measure = outlook.trajectory
      for one in outlook.milestones {
        let name = measure.part.map { "\(measure.wording) (\($0))" } ?? measure.wording
        try table.add([
          .text(measure.reference), .text(name), .text(measure.owner ?? NumberText.absent),
          .text("\(one.milestone.date)"), .text(one.milestone.wording), .optional(one.level?.value),
          .optional(one.actual), .text(one.period?.label ?? NumberText.absent), .text(one.status.label),
          .optional(one.probability), .text(one.reason),
        ])
      }
    }
    try table.addFilter()
    try frame.print(sheet, to: CellPlace(table.row, table.lastColumn), headingRow: row)
    frame.list(
      sheet, "Every milestone of the improvement plan: level, actual, status and the chance of reaching it.")
  }
}
