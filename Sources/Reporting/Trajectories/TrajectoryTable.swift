import Indicators
import TimeSeries

/// Performance measures and their milestones as text for people: a summary, a block for each action, and the rules by which
/// a status is given.
public struct TrajectoryTable: Sendable {
  let report: TrajectoryReport
  let heading: TrajectoryHeading

  /// A table of a report.
  public init(_ report: TrajectoryReport, heading: TrajectoryHeading) {
    self.report = report
    self.heading = heading
  }

  /// The text, with a line feed at the end.
  ///
  /// - Parameters:
  ///   - width: the number of characters in a line; fewer than 60 are taken as 60.
  ///   - style: whether it is coloured.
  public func text(width: Int = 100, style: TextStyle = .plain) -> String {
    let width = max(60, width)
    let measures = report.trajectories.count
    var lines = Paragraph.lines(
      "\(heading.plan), \(heading.area): \(measures) performance \(measures == 1 ? "measure" : "measures") with "
        + "\(report.milestoneCount) milestones, by what was published on \(report.asOf)", width: width)
    lines += Paragraph.lines(
      MilestoneStatus.allCases.map { "\($0.label) \(report.count(of: $0))" }.joined(separator: ", "),
      width: width)
    let judged = [MilestoneStatus.met, .missed].map { status in
      report.trajectories.filter { $0.proxy != nil }.reduce(0) { $0 + $1.count(of: status) }
    }
    if judged.contains(where: { $0 > 0 }) {
      lines += Paragraph.lines(
        "by a proxy: \(judged[0]) of those met and \(judged[1]) of those missed", width: width)
    }
    var action: Int?
    for outlook in report.trajectories {
      if outlook.trajectory.action != action {
        action = outlook.trajectory.action
        let title = heading.actions[outlook.trajectory.action].map { ": \($0)" } ?? ""
        lines +=
          [""]
          + Paragraph.lines("\(outlook.trajectory.action)\(title)", first: "Action ", width: width)
          .map { style.painted($0, .heading) }
      }
      lines += [""] + TrajectoryBlock(outlook).lines(width: width, style: style)
    }
    lines.append("")
    lines += Paragraph.lines(
      "needed: the change from the latest figure, or from zero where a count begins again, to the level by the date, in units "
        + "of the measure (points, where it is in per cent); hold: the latest figure reaches the level already.",
      first: "- ", width: width)
    lines += Paragraph.lines(
      "no actual where the figure is to come; nothing needed and no probability where the milestone is judged, and no "
        + "probability where no forecast is made. The lines below each table and \"because\" say which.",
      first: "\(NumberText.absent) ", width: width)
    for sentence in report.rules.sentences { lines += Paragraph.lines(sentence, first: "- ", width: width) }
    for note in heading.notes { lines += Paragraph.lines(note, first: "- ", width: width) }
    if !heading.source.isEmpty {
      lines += Paragraph.lines("wording: \(heading.source)", first: "- ", width: width)
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

/// One performance measure as lines: its words, its milestones with figures in a table, and the others by their reasons.
struct TrajectoryBlock {
  private let outlook: TrajectoryOutlook
  private var trajectory: Trajectory { outlook.trajectory }

  init(_ outlook: TrajectoryOutlook) { self.outlook = outlook }

  func lines(width: Int, style: TextStyle = .plain) -> [String] {
    let part = trajectory.part.map { " (\($0))" } ?? ""
    var lines = Paragraph.lines(
      "\(trajectory.wording)\(part)", first: "\(trajectory.reference): ", width: width)
    lines += Paragraph.lines(facts, first: "  ", width: width)
    if let proxy = outlook.proxy { lines += Paragraph.lines("a proxy: \(proxy)", first: "  ", width: width) }
    let measured = outlook.milestones.filter { Self.hasFigures($0) }
    if !measured.isEmpty {
      lines += grid(of: measured).lines(indent: 2, width: width, style: style)
      for milestone in measured { lines += remark(on: milestone, width: width) }
    }
    for group in groups { lines += group.lines(width: width) }
    for note in trajectory.notes { lines += Paragraph.lines(note, first: "  note: ", width: width) }
    return lines
  }

  /// Unit, direction, who and how often, where it started and where it stands.
  private var facts: String {
    var facts = [
      "\(trajectory.unit)", trajectory.polarity == .lowerIsBetter ? "lower is better" : "higher is better",
    ]
    if let frequency = trajectory.frequency { facts.append("frequency \"\(frequency)\"") }
    if let owner = trajectory.owner { facts.append("owner \(owner)") }
    let stated =
      trajectory.baseline.value.map { LevelText.text($0, trajectory.unit) }
      ?? "\"\(trajectory.baseline.wording)\""
    var sentence = facts.joined(separator: ", ") + "; baseline \(stated) (\(trajectory.baseline.date))"
    if let latest = outlook.latest {
      sentence += "; latest \(LevelText.text(latest.value, trajectory.unit)) in \(latest.period.label)"
    } else {
      sentence += "; no figures"
    }
    return sentence
  }

  // MARK: Milestones with figures

  private static func hasFigures(_ milestone: MilestoneOutlook) -> Bool {
    milestone.actual != nil || milestone.expected != nil || milestone.runRate != nil
  }

  private func grid(of milestones: [MilestoneOutlook]) -> TextGrid {
    var grid = TextGrid([
      .init("by", alignment: .left), .init("status", alignment: .left, tone: Self.tone), .init("level"),
      .init("actual"),
      .init("period", alignment: .left), .init("needed", "a month"), .init("needed", "a year"),
      .init("probability"),
    ])
    for one in milestones {
      grid.add([
        "\(one.milestone.date)", one.status.label, number(one.level?.value), number(one.actual),
        one.period?.label ?? NumberText.absent, needed(one) { $0.perMonth },
        needed(one) { $0.beginsAgain ? nil : $0.perYear },
        one.expected.map { Self.percent($0.probability) } ?? NumberText.absent,
      ])
    }
    return grid
  }

  /// The tone of a status, whose word stands there.
  private static func tone(_ word: String) -> TextStyle.Tone? {
    switch MilestoneStatus.allCases.first(where: { $0.label == word }) {
    case .met, .onTrack: .good
    case .atRisk: .warning
    case .missed, .offTrack: .bad
    case .notYetDue, .notMeasurable, nil: nil
    }
  }

  private func number(_ value: Double?) -> String { value.map(LevelText.plain) ?? NumberText.absent }

  private func needed(_ one: MilestoneOutlook, _ rate: (RequiredRunRate) -> Double?) -> String {
    guard let run = one.runRate else { return NumberText.absent }
    if run.isReached { return "hold" }
    guard let value = rate(run) else { return NumberText.absent }
    return (value > 0 ? "+" : "") + NumberText.fixed(value, decimals: value.magnitude < 1 ? 2 : 1)
  }

  /// Whole per cent; what is not certain is neither 0% nor 100%.
  private static func percent(_ probability: Double) -> String {
    if probability < 0.01 { return "<1%" }
    if probability > 0.99 { return ">99%" }
    return NumberText.fixed(probability, decimals: 0, dividedByTenTo: -2) + "%"
  }

  private func remark(on one: MilestoneOutlook, width: Int) -> [String] {
    var sentence = "\"\(one.milestone.wording)\": "
    if let level = one.level, one.milestone.rule.needsBaseline || one.milestone.rule.needsNationalAverage {
      sentence += "\(level.basis); "
    }
    sentence += one.reason + "."
    if let remark = one.milestone.remark { sentence += " \(remark)" }
    return Paragraph.lines(sentence, first: "  \(one.milestone.date) ", width: width)
  }

  // MARK: Milestones without figures

  /// Milestones that stand alike for one reason.
  private struct Group {
    let status: MilestoneStatus
    let reason: String
    var milestones: [String]

    func lines(width: Int) -> [String] {
      Paragraph.lines("\(status.label): \(milestones.joined(separator: "; "))", first: "  ", width: width)
        + Paragraph.lines(reason, first: "    because: ", width: width)
    }
  }

  private var groups: [Group] {
    var groups: [Group] = []
    for one in outlook.milestones where !Self.hasFigures(one) {
      let said = "\(one.milestone.date) \"\(one.milestone.wording)\"" + Self.basis(one)
      var reason = one.reason
      if let remark = one.milestone.remark, remark != reason { reason += ". \(remark)" }
      if let place = groups.firstIndex(where: { $0.status == one.status && $0.reason == reason }) {
        groups[place].milestones.append(said)
      } else {
        groups.append(Group(status: one.status, reason: reason, milestones: [said]))
      }
    }
    return groups
  }

  /// How the level follows, where the words alone do not give it.
  private static func basis(_ one: MilestoneOutlook) -> String {
    guard let level = one.level, one.milestone.rule.needsBaseline || one.milestone.rule.needsNationalAverage
    else {
      return ""
    }
    return " (\(level.basis))"
  }
}
