import Commissioning
import Indicators
import TimeSeries

/// How the area stands: the scorecard and the milestones in brief.
struct PaperProgressSection {
  let hasScorecard: Bool
  let scorecardName: String
  let scorecardTable: PaperTable?
  let worst: [String]
  let hasWorst: Bool
  let hasMilestones: Bool
  let milestonePlan: String
  let milestoneTable: PaperTable?
  let missed: [String]
  let hasMissed: Bool
  let leastLikely: PaperTable?
  let hasNoneLikely: Bool
  let nothingBeside: Bool

  /// How many of the worst lines and of the least likely milestones are named.
  private static let shown = 8

  init(_ report: PlanReport, numbers: inout PaperNumbers) {
    hasScorecard = report.scorecard != nil
    scorecardName = report.scorecard?.scorecard.name ?? ""
    scorecardTable = report.scorecard.map { Self.counts($0, &numbers) }
    worst = report.scorecard.map(Self.worst) ?? []
    hasWorst = !worst.isEmpty
    hasMilestones = report.milestones != nil
    milestonePlan = report.milestones?.heading.plan ?? ""
    milestoneTable = report.milestones.map { Self.statuses($0.report, &numbers) }
    missed = (report.milestones?.report.trajectories ?? []).flatMap { outlook in
      outlook.milestones.filter { $0.status == .missed }.map {
        "\(outlook.trajectory.reference), \(outlook.trajectory.wording), by \(SummaryWords.day($0.milestone.date)): \($0.reason)."
      }
    }
    hasMissed = !missed.isEmpty
    leastLikely = report.milestones.flatMap { Self.leastLikely($0.report, &numbers) }
    hasNoneLikely = hasMilestones && leastLikely == nil
    nothingBeside = report.scorecard == nil && report.milestones == nil
  }

  private static func counts(_ card: ScorecardReport, _ numbers: inout PaperNumbers) -> PaperTable {
    func row(_ name: String, _ results: [ScorecardResult]) -> [String] {
      [name]
        + [
          results.count { $0.rating.colour == .green }, results.count { $0.rating.colour == .amber },
          results.count { $0.rating.colour == .red },
          results.count { $0.hasFigure && $0.rating.colour == .notJudged }, results.count { !$0.hasFigure },
          results.count,
        ].map { NumberText.whole($0) }
    }
    return PaperTable(
      &numbers, "Indicators of \(card.scorecard.name) by colour",
      ["Theme", "Green", "Amber", "Red", "Not judged", "No figures", "All"],
      rows: card.scorecard.themes.map { theme in
        row(theme.name, card.results.filter { $0.indicator.theme == theme.id })
      } + [row("All", card.results)],
      note:
        "A colour follows from a stated rule: against the target, else against England, else by the quarter among statistical "
        + "neighbours. Not judged: there is a figure, and no rule can judge it.")
  }

  /// The red lines, those farthest on the bad side of their neighbours first.
  private static func worst(_ card: ScorecardReport) -> [String] {
    func distance(_ result: ScorecardResult) -> Double {
      guard let peers = result.neighbours.value, let z = peers.zScore else { return 0 }
      return result.indicator.polarity == .lowerIsBetter ? z : -z
    }
    return card.results.enumerated().filter { $0.element.rating.colour == .red }
      .sorted { (-distance($0.element), $0.offset) < (-distance($1.element), $1.offset) }
      .prefix(shown).map { _, result in
        let period = result.latest.value.map { " (\($0.period.label))" } ?? ""
        // By quartile the reason says the place already.
        let rank =
          (result.rating.rule == .quartile ? nil : result.neighbours.value).map {
            "; place \($0.rank) of \($0.count) among itself and its neighbours"
          } ?? ""
        return "\(result.indicator.name)\(period): \(result.rating.reason)\(rank)."
      }
  }

  private static func statuses(_ report: TrajectoryReport, _ numbers: inout PaperNumbers) -> PaperTable {
    PaperTable(
      &numbers, "Milestones by how they stood on \(SummaryWords.day(report.asOf))", ["Status", "Milestones"],
      rows: MilestoneStatus.allCases.map { [$0.label, NumberText.whole(report.count(of: $0))] }
        + [["all", NumberText.whole(report.milestoneCount)]])
  }

  /// The milestones that are to come and are least likely to be met.
  private static func leastLikely(_ report: TrajectoryReport, _ numbers: inout PaperNumbers) -> PaperTable? {
    struct Line {
      let trajectory: Trajectory
      let milestone: MilestoneOutlook
      let probability: Double
    }
    let lines = report.trajectories.flatMap { outlook in
      outlook.milestones.compactMap { one -> Line? in
        guard let expected = one.expected else { return nil }
        return Line(trajectory: outlook.trajectory, milestone: one, probability: expected.probability)
      }
    }
    guard !lines.isEmpty else { return nil }
    let least = lines.enumerated().sorted {
      ($0.element.probability, $0.offset) < ($1.element.probability, $1.offset)
    }.prefix(shown).map(\.element)
    return PaperTable(
      &numbers, "Milestones to come that are least likely to be met",
      ["Measure", "By", "Level", "Expected, 80% range", "Chance of reaching it"], words: [1, 2, 3, 4],
      rows: least.map { line in
        [
          "\(line.trajectory.reference): \(line.trajectory.wording)",
          SummaryWords.day(line.milestone.milestone.date),
          line.milestone.level.map { ScorecardWords.number($0.value) } ?? NumberText.absent,
          line.milestone.expected.map {
            ScorecardWords.span(median: $0.median, lower: $0.lower80, upper: $0.upper80)
          } ?? NumberText.absent,
          "\(HedgedWord(line.probability).rawValue) (\(ScorecardWords.chance(line.probability)))",
        ]
      })
  }
}
