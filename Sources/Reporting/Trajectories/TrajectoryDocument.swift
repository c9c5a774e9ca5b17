import Indicators
import TimeSeries

/// Performance measures as they stand in JSON; what there is not is left out.
struct TrajectoryDocument: Encodable {
  struct Rules: Encodable {
    let onTrackFrom: Double
    let atRiskFrom: Double
    let atRiskShare: Double
    let figuresToForecast: Int
    let sentences: [String]
  }

  struct Action: Encodable {
    let action: Int
    let title: String
  }

  struct Baseline: Encodable {
    let value: Double?
    let date: String
    let wording: String
  }

  struct Known: Encodable {
    let value: Double
    let date: String
    let basis: String
  }

  struct Figure: Encodable {
    let period: String
    let value: Double
  }

  struct Level: Encodable {
    let value: Double
    let basis: String
    let isProvisional: Bool
  }

  struct RunRate: Encodable {
    let from: Double
    let since: String
    let change: Double
    let months: Double
    let perMonth: Double
    let perYear: Double?
    let isReached: Bool
    let beginsAgain: Bool
  }

  struct Expected: Encodable {
    let median: Double
    let lower80: Double
    let upper80: Double
    let probability: Double
    let comparators: Int
  }

  struct Milestone: Encodable {
    let by: String
    let label: String
    let wording: String
    let remark: String?
    let countsFrom: String?
    let level: Level?
    let period: String?
    let actual: Double?
    let status: String
    let reason: String
    let runRate: RunRate?
    let expected: Expected?
    let probability: Double?
  }

  struct Measure: Encodable {
    let id: String
    let reference: String
    let part: String?
    let action: Int
    let wording: String
    let owner: String?
    let frequency: String?
    let unit: String
    let polarity: String
    let baseline: Baseline
    let knownBaseline: Known?
    let latest: Figure?
    let proxy: String?
    let notes: [String]
    let milestones: [Milestone]
  }

  let plan: String
  let area: String
  let source: String
  let asOf: String
  let rules: Rules
  let counts: [String: Int]
  let actions: [Action]
  let kpis: [Measure]
  let notes: [String]

  init(_ report: TrajectoryReport, heading: TrajectoryHeading) {
    plan = heading.plan
    area = heading.area
    source = heading.source
    asOf = "\(report.asOf)"
    rules = Rules(
      onTrackFrom: report.rules.onTrackFrom, atRiskFrom: report.rules.atRiskFrom,
      atRiskShare: report.rules.atRiskShare, figuresToForecast: report.rules.figuresToForecast,
      sentences: report.rules.sentences)
    counts = Dictionary(
      MilestoneStatus.allCases.map { ($0.rawValue, report.count(of: $0)) },
      uniquingKeysWith: { first, _ in first })
    actions = heading.actions.sorted { $0.key < $1.key }.map { Action(action: $0.key, title: $0.value) }
    kpis = report.trajectories.map(Measure.init)
    notes = heading.notes
  }
}

extension TrajectoryDocument.Measure {
  init(_ outlook: TrajectoryOutlook) {
    let trajectory = outlook.trajectory
    self.init(
      id: trajectory.id, reference: trajectory.reference, part: trajectory.part, action: trajectory.action,
      wording: trajectory.wording, owner: trajectory.owner, frequency: trajectory.frequency,
      unit: "\(trajectory.unit)", polarity: trajectory.polarity.rawValue,
      baseline: TrajectoryDocument.Baseline(
        value: trajectory.baseline.value, date: "\(trajectory.baseline.date)",
        wording: trajectory.baseline.wording),
      knownBaseline: outlook.baseline.map {
        TrajectoryDocument.Known(value: $0.value, date: "\($0.date)", basis: $0.basis)
      },
      latest: outlook.latest.map { TrajectoryDocument.Figure(period: $0.period.label, value: $0.value) },
      proxy: outlook.proxy, notes: trajectory.notes,
      milestones: outlook.milestones.map(TrajectoryDocument.Milestone.init))
  }
}

extension TrajectoryDocument.Milestone {
  init(_ one: MilestoneOutlook) {
    self.init(
      by: "\(one.milestone.date)", label: one.milestone.label, wording: one.milestone.wording,
      remark: one.milestone.remark, countsFrom: one.milestone.countsFrom.map { "\($0)" },
      level: one.level.map {
        TrajectoryDocument.Level(value: $0.value, basis: $0.basis, isProvisional: $0.isProvisional)
      },
      period: one.period?.label, actual: one.actual, status: one.status.rawValue, reason: one.reason,
      runRate: one.runRate.map {
        TrajectoryDocument.RunRate(
          from: $0.from, since: "\($0.since)", change: $0.change, months: $0.months, perMonth: $0.perMonth,
          perYear: $0.beginsAgain ? nil : $0.perYear, isReached: $0.isReached, beginsAgain: $0.beginsAgain)
      },
      expected: one.expected.map {
        TrajectoryDocument.Expected(
          median: $0.median, lower80: $0.lower80, upper80: $0.upper80, probability: $0.probability,
          comparators: $0.comparatorCount)
      },
      probability: one.probability)
  }
}

extension TrajectoryTable {
  /// The report as JSON, with a line feed at the end.
  ///
  /// - Throws: ``ReportingError/notRepresentable(_:)`` for a figure that is not finite.
  public func json() throws(ReportingError) -> String {
    try JSONText.text(TrajectoryDocument(report, heading: heading))
  }

  /// The report as comma-separated text, one row for each milestone; see ``TrajectoryCSV``.
  public func csv() -> String { TrajectoryCSV.text(report) }
}
