import Indicators
import Testing
import TimeSeries

/// Trajectories and figures for tests, none of them published.
enum InventedTrajectory {
  static func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

  static func milestone(
    _ date: String, _ rule: MilestoneRule, wording: String = "words", countsFrom: String? = nil,
    remark: String? = nil
  ) throws -> Trajectory.Milestone {
    Trajectory.Milestone(
      date: try day(date), label: "label of \(date)", wording: wording, rule: rule, remark: remark,
      countsFrom: try countsFrom.map(day))
  }

  static func trajectory(
    _ milestones: [Trajectory.Milestone], unit: Unit = .percentage, polarity: Polarity = .higherIsBetter,
    baseline: Double? = nil, on date: String = "2019-12-31", judgedBy: Trajectory.JudgedBy = .lastOver,
    notCollected: [String: Trajectory.Uncollected] = [:]
  ) throws -> Trajectory {
    Trajectory(
      id: "9/1", reference: "KPI 9/1", action: 9, wording: "Plans in time", unit: unit, polarity: polarity,
      baseline: Trajectory.Baseline(
        value: baseline, date: try day(date), wording: baseline.map { "\($0)" } ?? "NA"),
      milestones: milestones, judgedBy: judgedBy, notCollected: notCollected)
  }

  /// Months of 2020, from January on; each is published so many days after its end.
  static func months(
    _ values: [Double?], from first: Int = 1, year: Int = 2020, unit: Unit = .percentage,
    area: String = "Here", lag: Int? = 20
  ) throws -> Series {
    try Series(
      id: "plans-in-time", area: area, measure: Measure(id: "plans-in-time", unit: unit),
      points: values.enumerated().map { index, value in
        let period = try #require(Period.month(year: year, month: first)).advanced(by: index)
        let end = try #require(period.end)
        return DataPoint(
          period: period, observation: value.map { .value($0) } ?? .notAvailable,
          publication: lag.map { Publication(date: end.adding(days: $0)) })
      })
  }

  /// Calendar years, each published on 30 June of the next.
  static func years(_ values: [Double?], from first: Int, area: String = "Here") throws -> Series {
    try Series(
      id: "plans-in-time", area: area, measure: Measure(id: "plans-in-time", unit: .percentage),
      points: values.enumerated().map { index, value in
        DataPoint(
          period: .calendarYear(first + index), observation: value.map { .value($0) } ?? .notAvailable,
          publication: Publication(date: try day("\(first + index + 1)-06-30")))
      })
  }

  static func outlook(
    _ trajectory: Trajectory, _ own: Series? = nil, national: Series? = nil, proxy: String? = nil,
    comparators: [Series] = [], asOf: String
  ) throws -> TrajectoryOutlook {
    try TrajectoryOutlook(
      trajectory,
      figures: TrajectoryFigures(own: own, proxy: proxy, national: national, comparators: comparators),
      asOf: day(asOf))
  }

  static func only(_ outlook: TrajectoryOutlook) throws -> MilestoneOutlook {
    try #require(outlook.milestones.first)
  }
}
