import Indicators
import TimeSeries

/// The performance measures of the improvement plan and how their milestones stand.
struct MilestonesPart {
  let report: TrajectoryReport
  let heading: TrajectoryHeading

  init(_ report: TrajectoryReport, _ heading: TrajectoryHeading) {
    self.report = report
    self.heading = heading
  }

  func section() -> PageSection {
    let measures = report.trajectories.count
    var actions: [Int] = []
    for outlook in report.trajectories where !actions.contains(outlook.trajectory.action) {
      actions.append(outlook.trajectory.action)
    }
    let parts = actions.map { action in
      PageSection(
        "action-\(action)", "Action \(action)" + (heading.actions[action].map { ": \($0)" } ?? ""),
        [.table(table(of: action))])
    }
    return PageSection(
      "milestones", "Performance measures and milestones",
      [
        .paragraph(
          "\(heading.plan), \(heading.area): \(measures) performance \(measures == 1 ? "measure" : "measures") with "
            + "\(report.milestoneCount) milestones, by what was published on \(SummaryWords.day(report.asOf))."
        ), .table(counts),
      ],
      parts: parts + [PageSection("milestone-rules", "How milestones are judged", [.list(rules)])])
  }

  /// A status with a mark of its own form.
  private static func badge(_ status: MilestoneStatus) -> PageTable.Cell.Badge {
    switch status {
    case .met: .init(kind: "good", mark: "✓")
    case .onTrack: .init(kind: "good", mark: "▲")
    case .atRisk: .init(kind: "middle", mark: "◆")
    case .offTrack: .init(kind: "bad", mark: "▼")
    case .missed: .init(kind: "bad", mark: "✗")
    case .notYetDue: .init(kind: "none", mark: "○")
    case .notMeasurable: .init(kind: "none", mark: "–")
    }
  }

  private var counts: PageTable {
    PageTable(
      "How the milestones stand", [.words("Status"), .figures("Milestones")],
      MilestoneStatus.allCases.map { status in
        PageTable.Row(
          "\(Self.badge(status).mark) \(status.label)", [.figure("\(report.count(of: status))")])
      } + [PageTable.Row("All", [.figure("\(report.milestoneCount)")], isTotal: true)])
  }

  private func table(of action: Int) -> PageTable {
    PageTable(
      "Action \(action): milestones",
      [
        .words("By"), .words("Status"), .figures("Level"), .figures("Actual"), .words("Period"),
        .figures("Needed a year"), .figures("Chance"),
      ],
      groups: report.trajectories.filter { $0.trajectory.action == action }.map { outlook in
        PageTable.Group(title(of: outlook), note: note(on: outlook), outlook.milestones.map(row))
      })
  }

  /// The words of a measure.
  private func title(of outlook: TrajectoryOutlook) -> String {
    let trajectory = outlook.trajectory
    return "\(trajectory.reference): \(trajectory.wording)\(trajectory.part.map { " (\($0))" } ?? "")"
  }

  /// What a measure counts, and where it starts and stands.
  private func note(on outlook: TrajectoryOutlook) -> String {
    let trajectory = outlook.trajectory
    var facts = [
      "\(trajectory.unit)", trajectory.polarity == .lowerIsBetter ? "lower is better" : "higher is better",
    ]
    if let owner = trajectory.owner { facts.append("owner \(owner)") }
    let stated =
      trajectory.baseline.value.map { LevelText.text($0, trajectory.unit) } ?? trajectory.baseline.wording
    facts.append("baseline \(stated) (\(trajectory.baseline.date))")
    facts.append(
      outlook.latest.map { "latest \(LevelText.text($0.value, trajectory.unit)) in \($0.period.label)" }
        ?? "no figures")
    if let proxy = outlook.proxy { facts.append("by a proxy: \(proxy)") }
    let notes = trajectory.notes.map { " \($0)" }.joined()
    return "\(SummaryWords.sentence(facts.joined(separator: "; "))).\(notes)"
  }

  private func row(_ one: MilestoneOutlook) -> PageTable.Row {
    func number(_ value: Double?) -> PageTable.Cell {
      .figure(value.map(LevelText.plain) ?? NumberText.absent)
    }
    var remark = "\"\(one.milestone.wording)\": "
    if let level = one.level, one.milestone.rule.needsBaseline || one.milestone.rule.needsNationalAverage {
      remark += "\(level.basis); "
    }
    remark += "\(one.reason)."
    if let more = one.milestone.remark, more != one.reason { remark += " \(more)" }
    return PageTable.Row(
      "\(one.milestone.date)",
      [
        .judgement(one.status.label, Self.badge(one.status)), number(one.level?.value), number(one.actual),
        .words(one.period?.label ?? NumberText.absent), .figure(Self.needed(one.runRate)),
        .figure(one.expected.map { ScorecardWords.chance($0.probability) } ?? NumberText.absent),
      ], remark: remark)
  }

  private static func needed(_ rate: RequiredRunRate?) -> String {
    guard let rate else { return NumberText.absent }
    if rate.isReached { return "hold" }
    if rate.beginsAgain { return NumberText.absent }
    let value = rate.perYear
    return (value > 0 ? "+" : "") + NumberText.fixed(value, decimals: value.magnitude < 1 ? 2 : 1)
  }

  private var rules: [String] {
    report.rules.sentences.map { SummaryWords.sentence($0) } + [
      "Needed a year: the change from the latest figure to the level by the date, in units of the measure; hold: the latest "
        + "figure reaches the level already."
    ] + heading.notes + (heading.source.isEmpty ? [] : ["Source of the wording: \(heading.source)"])
  }
}
