import Indicators
import Testing
import TimeSeries

@Suite("How milestones stand") struct TrajectoryOutlookTests {
  private typealias Invented = InventedTrajectory

  // MARK: Published figures

  @Test("A published figure reaches the level or does not, whichever way is good") func known() throws {
    let months = try Invented.months([10, 20, 30])
    for (level, polarity, status) in [
      (20.0, Polarity.higherIsBetter, MilestoneStatus.met), (20.1, .higherIsBetter, .missed),
      (20, .lowerIsBetter, .met),
      (19.9, .lowerIsBetter, .missed),
    ] {
      let trajectory = try Invented.trajectory(
        [Invented.milestone("2020-02-29", .level(level))], polarity: polarity)
      let found = try Invented.only(try Invented.outlook(trajectory, months, asOf: "2020-06-30"))
      #expect(found.status == status)
      #expect(found.actual == 20)
      #expect(found.period?.label == "2020-02")
      #expect(found.probability == (status == .met ? 1 : 0))
      #expect(found.runRate == nil)
    }
  }

  @Test("A milestone is judged by the last period that is over, or by the one its date lies in, as declared")
  func judgedBy() throws {
    let years = try Invented.years([23, 66.9], from: 2019)
    let milestones = [try Invented.milestone("2020-10-31", .level(50))]
    let over = try Invented.only(
      try Invented.outlook(Invented.trajectory(milestones), years, asOf: "2022-01-01"))
    #expect(over.period == .calendarYear(2019))
    #expect(over.status == .missed)
    let lies = try Invented.only(
      try Invented.outlook(Invented.trajectory(milestones, judgedBy: .containing), years, asOf: "2022-01-01"))
    #expect(lies.period == .calendarYear(2020))
    #expect(lies.status == .met)
    #expect(lies.reason == "66.9% in 2020 reaches 50%; the period ends after the date")
    // On the last day of a year both are that year.
    let end = [try Invented.milestone("2020-12-31", .level(50))]
    for judgedBy in Trajectory.JudgedBy.allCases {
      let found = try Invented.only(
        try Invented.outlook(Invented.trajectory(end, judgedBy: judgedBy), years, asOf: "2022-01-01"))
      #expect(found.period == .calendarYear(2020))
    }
  }

  @Test("Nothing that was published after the day is looked at") func asOf() throws {
    let years = try Invented.years([18, 23, 66.9], from: 2018)
    let trajectory = try Invented.trajectory([Invented.milestone("2020-12-31", .level(50))])
    let before = try Invented.only(try Invented.outlook(trajectory, years, asOf: "2021-06-29"))
    #expect(before.actual == nil)
    #expect(before.status != .met)
    #expect(try Invented.only(try Invented.outlook(trajectory, years, asOf: "2021-06-30")).status == .met)
    // The figures of what is to come do not move what is said before they come.
    let other = try Invented.years([18, 23, 1], from: 2018)
    #expect(try Invented.only(try Invented.outlook(trajectory, other, asOf: "2021-06-29")) == before)
  }

  @Test("A period for which nothing is collected is not measurable at any time, and says why")
  func notCollected() throws {
    let years = try Invented.years([23, nil, 66.9], from: 2019)
    let trajectory = try Invented.trajectory(
      [Invented.milestone("2020-12-31", .nationalAverage)], notCollected: ["2020": "no tests were held"])
    for asOf in ["2020-07-01", "2023-01-01"] {
      let found = try Invented.only(try Invented.outlook(trajectory, years, national: years, asOf: asOf))
      #expect(found.status == .notMeasurable)
      #expect(found.reason == "nothing is collected for 2020: no tests were held")
    }
  }

  @Test("What nobody could know by a day is not said of it") func notYetKnown() throws {
    let years = try Invented.years([23], from: 2019)
    let trajectory = try Invented.trajectory(
      [Invented.milestone("2020-12-31", .level(30))],
      notCollected: ["2020": .init(reason: "no tests were held", known: try Invented.day("2020-07-15"))])
    let before = try Invented.only(try Invented.outlook(trajectory, years, asOf: "2020-07-14"))
    #expect(before.status != .notMeasurable)
    #expect(!before.reason.contains("no tests"))
    let after = try Invented.only(try Invented.outlook(trajectory, years, asOf: "2020-07-15"))
    #expect(after.reason == "nothing is collected for 2020: no tests were held")
  }

  @Test("A figure that is missing between others, or held back, is not measurable") func missing() throws {
    let trajectory = try Invented.trajectory([Invented.milestone("2020-02-29", .level(20))])
    for values in [[10, nil, 30], [10.0, nil]] as [[Double?]] {
      let found = try Invented.only(
        try Invented.outlook(trajectory, Invented.months(values), asOf: "2020-06-30"))
      #expect(found.status == .notMeasurable)
      #expect(found.reason.hasPrefix("there is no figure of 2020-02; the latest is"))
    }
    let gone = try Invented.only(try Invented.outlook(trajectory, Invented.months([10]), asOf: "2020-06-30"))
    #expect(gone.status == .notMeasurable)
    #expect(
      gone.reason == "no figure of 2020-02 came when it could be expected; the latest is 10% in 2020-01")
    let empty = try Invented.only(
      try Invented.outlook(trajectory, Invented.months([nil]), asOf: "2020-06-30"))
    #expect(empty.reason == "its figures have no values")
  }

  @Test("Without figures a milestone is not yet due, and not measurable once it is") func noFigures() throws {
    let trajectory = try Invented.trajectory([Invented.milestone("2020-02-29", .level(20))])
    let before = try Invented.only(try Invented.outlook(trajectory, asOf: "2020-02-28"))
    #expect(before.status == .notYetDue)
    #expect(before.reason == "no figures are given of it yet")
    #expect(before.level?.value == 20)
    let after = try Invented.only(try Invented.outlook(trajectory, asOf: "2020-02-29"))
    #expect(after.status == .notMeasurable)
    #expect(after.probability == nil)
    // Figures of plain counts have no dates.
    let counts = try Series(
      id: "a", measure: Measure(id: "a", unit: .percentage), points: [DataPoint(.index(1, .monthly), 3)])
    #expect(
      try Invented.only(try Invented.outlook(trajectory, counts, asOf: "2020-03-01")).status == .notMeasurable
    )
  }

  @Test("What sets no level is not measurable, with the plan's remark or the rule's own reason")
  func noLevel() throws {
    let trajectory = try Invented.trajectory([
      Invented.milestone("2020-01-31", .none), Invented.milestone("2020-02-29", .toBeDetermined),
      Invented.milestone("2020-03-31", .statesBaseline(50)),
      Invented.milestone("2020-04-30", .none, remark: "10% is the size of a sample"),
    ])
    let found = try Invented.outlook(trajectory, Invented.months([10, 20, 30, 40]), asOf: "2019-01-01")
      .milestones
    #expect(found.allSatisfy { $0.status == .notMeasurable && $0.level == nil })
    #expect(
      found.map(\.reason) == [
        "the plan sets no level for the date", "the level is still to be determined",
        "it says that the baseline is 50% and sets no level to reach", "10% is the size of a sample",
      ])
  }

  // MARK: What is to come

  @Test("Of figures that can be forecast the status is that of the probability, and falls as the level rises")
  func forecast() throws {
    let months = try Invented.months(
      (0..<24).map { 40 + Double($0) + ($0.isMultiple(of: 2) ? 0.7 : -0.7) }, year: 2018)
    var before = 1.0
    var seen: Set<MilestoneStatus> = []
    for level in stride(from: 50.0, through: 90, by: 2) {
      let trajectory = try Invented.trajectory(
        [Invented.milestone("2020-04-30", .level(level))], baseline: 30)
      let found = try Invented.only(try Invented.outlook(trajectory, months, asOf: "2020-01-31"))
      let probability = try #require(found.probability)
      #expect(probability <= before)
      #expect(found.status == TrajectoryRules.standard.status(probability: probability))
      #expect(found.expected.map { $0.lower80 <= $0.median && $0.median <= $0.upper80 } == true)
      #expect(found.runRate.map { abs($0.perMonth - (level - 62.3) / 4) < 1e-12 } == true)
      #expect(found.reason.contains("expected in 2020-04: "))
      #expect(found.reason.contains(" in 80 of 100 futures, from the series alone), against "))
      #expect(found.expected?.comparatorCount == 0)
      seen.insert(found.status)
      before = probability
    }
    #expect(seen == [.onTrack, .atRisk, .offTrack])
  }

  @Test("The forecast is of the period that judges, where that ends after the date") func forecastContaining()
    throws
  {
    let years = try Invented.years([40, 43, 47, 49, 52, 56, 58, 62], from: 2012)
    let trajectory = try Invented.trajectory(
      [Invented.milestone("2020-04-30", .level(10))], baseline: 40, judgedBy: .containing)
    let found = try Invented.only(try Invented.outlook(trajectory, years, asOf: "2020-07-01"))
    #expect(found.period == .calendarYear(2020))
    #expect(found.status == .onTrack)
  }

  @Test("A due milestone is forecast only while its figure can be expected") func overdue() throws {
    let years = try Invented.years([40, 43, 47, 49, 52, 56, 58, 62], from: 2012)
    let trajectory = try Invented.trajectory([Invented.milestone("2020-12-31", .level(10))], baseline: 40)
    // Figures of this series come within 182 days of the year's end.
    #expect(try Invented.only(try Invented.outlook(trajectory, years, asOf: "2021-07-01")).status == .onTrack)
    #expect(
      try Invented.only(try Invented.outlook(trajectory, years, asOf: "2021-07-02")).status == .notMeasurable)
  }

  @Test(
    "Of a single later figure the place beside the straight line decides",
    arguments: [
      (40.0, MilestoneStatus.onTrack), (30, .onTrack), (29.9, .atRisk), (20, .atRisk), (19.9, .offTrack),
      (0, .offTrack),
    ])
  func line(value: Double, status: MilestoneStatus) throws {
    // From 10% at the end of 2019 to 50% at the end of June, the line is at 30% at the end of March.
    let trajectory = try Invented.trajectory([Invented.milestone("2020-06-30", .level(50))], baseline: 10)
    let found = try Invented.only(
      try Invented.outlook(trajectory, Invented.months([value], from: 3), asOf: "2020-05-01"))
    #expect(found.status == status, "\(found.reason)")
    #expect(found.reason.contains("where the straight line from 10% on 2019-12-31 is at 30%"))
    #expect(found.expected == nil)
    #expect(found.runRate?.months == 3)
  }

  @Test("Without a baseline, or with no figure after it, there is no line") func noLine() throws {
    let none = try Invented.trajectory([Invented.milestone("2020-06-30", .level(50))])
    let found = try Invented.only(
      try Invented.outlook(none, Invented.months([20], from: 3), asOf: "2020-05-01"))
    #expect(found.status == .notYetDue)
    #expect(found.reason.hasSuffix("and there is no baseline to draw a line from"))
    #expect(found.runRate?.perMonth == 10)
    let late = try Invented.trajectory(
      [Invented.milestone("2020-06-30", .level(50))], baseline: 10, on: "2020-03-31")
    #expect(
      try Invented.only(try Invented.outlook(late, Invented.months([20], from: 3), asOf: "2020-05-01")).reason
        .hasSuffix("no figure after the baseline to set beside a line from it"))
  }

  @Test("A count that begins again starts from zero on its day") func again() throws {
    let trajectory = try Invented.trajectory(
      [
        Invented.milestone("2020-07-31", .level(60)),
        Invented.milestone("2020-10-31", .level(16), countsFrom: "2020-09-01"),
        Invented.milestone("2021-06-30", .level(100)),
      ], baseline: 10)
    let before = try Invented.outlook(
      trajectory, Invented.months([48, 52, 55, 61], from: 4), asOf: "2020-08-31"
    )
    .milestones
    #expect(before.map(\.status) == [.met, .notYetDue, .notYetDue])
    #expect(
      before[1].reason.hasPrefix("counted again from zero on 2020-09-01, since when no figure is published"))
    // 16 points from the first of September to the end of October.
    #expect(before[1].runRate?.from == 0)
    #expect(before[1].runRate?.change == 16 && before[1].runRate?.beginsAgain == true)
    let after = try Invented.outlook(
      trajectory, Invented.months([48, 52, 55, 61, 61, 8], from: 4), asOf: "2020-10-25"
    ).milestones
    #expect(after.map(\.status) == [.met, .onTrack, .atRisk])
    #expect(after[1].runRate?.perMonth == 8 && after[1].runRate?.beginsAgain == false)
    #expect(after[2].reason.hasSuffix("a count that begins again is not forecast"))
  }

  @Test("A report counts what its trajectories say") func report() throws {
    let trajectory = try Invented.trajectory([
      Invented.milestone("2020-01-31", .level(10)), Invented.milestone("2020-02-29", .level(30)),
      Invented.milestone("2020-03-31", .none),
    ])
    let found = try Invented.outlook(trajectory, Invented.months([10, 20]), asOf: "2020-12-31")
    #expect(found.latest?.period.label == "2020-02")
    #expect(found.latest?.value == 20)
    let report = TrajectoryReport(
      asOf: try Invented.day("2020-12-31"), rules: .standard, trajectories: [found, found])
    #expect(report.milestoneCount == 6)
    #expect(report.count(of: .met) == 2)
    #expect(report.count(of: .missed) == 2)
    #expect(report.count(of: .notMeasurable) == 2)
    #expect(report.count(of: .onTrack) == 0)
  }
}
