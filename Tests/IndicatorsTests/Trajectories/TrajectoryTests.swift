import Indicators
import Testing
import TimeSeries

@Suite("What a trajectory may be") struct TrajectoryTests {
  private typealias Invented = InventedTrajectory

  private func messages(_ trajectory: Trajectory) -> [String] { trajectory.faults.map { "\($0.error)" } }

  @Test("A sound trajectory has no faults, and may fall and rise") func sound() throws {
    let trajectory = try Invented.trajectory([
      Invented.milestone("2020-07-31", .level(60)),
      Invented.milestone("2020-10-31", .level(16), countsFrom: "2020-09-01"),
      Invented.milestone("2021-06-30", .level(100)),
    ])
    #expect(trajectory.faults.isEmpty)
    #expect(trajectory.aim == .atLeast)
    #expect(try Invented.trajectory([], polarity: .lowerIsBetter).aim == .atMost)
  }

  @Test("Everything that is wrong is said at once, each with its milestone") func faults() throws {
    let trajectory = try Invented.trajectory(
      [
        Invented.milestone("2020-10-31", .baselinePlus(10, .points), wording: "Baseline plus 10%"),
        Invented.milestone("2020-10-31", .level(2), countsFrom: "2020-11-01"),
      ], polarity: .neutral)
    #expect(trajectory.faults.map(\.milestone) == [nil, 0, 1, 1])
    let said = messages(trajectory)
    #expect(said.first?.contains("polarity \"neutral\" is not known") == true)
    #expect(said[1].contains("\"Baseline plus 10%\" builds on a baseline and there is none"))
    #expect(said[2].contains("the milestone of 2020-10-31 stands after that of 2020-10-31"))
    #expect(said[3].contains("the count of 2020-10-31 begins after it, on 2020-11-01"))
    #expect(messages(try Invented.trajectory([])) == ["9/1: it has no milestones; write at least one"])
  }

  @Test("A baseline may be the plan's, be said by a milestone, or be measured at one") func baselines() throws
  {
    let plus = try Invented.milestone("2020-12-31", .baselinePlus(10, .points))
    #expect(try Invented.trajectory([plus], baseline: 17).faults.isEmpty)
    for rule in [MilestoneRule.statesBaseline(50), .establishBaseline] {
      #expect(try Invented.trajectory([Invented.milestone("2020-01-31", rule), plus]).faults.isEmpty)
      // A baseline that comes later is none.
      #expect(
        try Invented.trajectory([plus, Invented.milestone("2021-01-31", rule)]).faults.map(\.milestone) == [0]
      )
    }
  }

  @Test("A trajectory with faults is not judged") func refused() throws {
    let trajectory = try Invented.trajectory([])
    #expect(
      throws: IndicatorsError.invalid(subject: "9/1", reason: "it has no milestones; write at least one")
    ) {
      try TrajectoryOutlook(trajectory, figures: TrajectoryFigures(), asOf: Invented.day("2020-01-01"))
    }
  }

  @Test("Rules must be shares in order") func rules() throws {
    #expect(try TrajectoryRules() == .standard)
    for (on, at, share) in [
      (0.3, 0.7, 0.5), (1.1, 0.3, 0.5), (0.7, -0.1, 0.5), (0.7, 0.3, 2), (Double.nan, 0.3, 0.5),
    ] {
      #expect(throws: IndicatorsError.self) {
        try TrajectoryRules(onTrackFrom: on, atRiskFrom: at, atRiskShare: share)
      }
    }
    #expect(throws: IndicatorsError.self) { try TrajectoryRules(figuresToForecast: 0) }
    #expect(
      try TrajectoryRules(onTrackFrom: 0.8, atRiskFrom: 0.4).sentences[1].contains(
        "80% or more, at risk 40% to 80%"))
  }

  @Test(
    "A probability is on track, at risk or off track by its thresholds",
    arguments: [
      (1.0, MilestoneStatus.onTrack), (0.7, .onTrack), (0.69, .atRisk), (0.3, .atRisk), (0.29, .offTrack),
      (0, .offTrack),
    ])
  func thresholds(probability: Double, status: MilestoneStatus) {
    #expect(TrajectoryRules.standard.status(probability: probability) == status)
  }

  @Test(
    "Beside the line: on it, half of its way, less",
    arguments: [
      // value, line, start, aim
      (20.0, 20.0, 10.0, Target.Aim.atLeast, MilestoneStatus.onTrack), (15, 20, 10, .atLeast, .atRisk),
      (14.9, 20, 10, .atLeast, .offTrack), (9, 20, 10, .atLeast, .offTrack), (20, 20, 30, .atMost, .onTrack),
      (25, 20, 30, .atMost, .atRisk), (25.1, 20, 30, .atMost, .offTrack),
      // A line that asks for nothing, and one that leads the bad way, as where a count begins again.
      (9, 10, 10, .atLeast, .offTrack), (4, 5, 10, .atLeast, .offTrack), (6, 5, 10, .atLeast, .onTrack),
    ])
  func line(value: Double, line: Double, start: Double, aim: Target.Aim, status: MilestoneStatus) {
    #expect(TrajectoryRules.standard.status(value: value, line: line, start: start, aim: aim) == status)
  }

  @Test("Every status has words of its own") func labels() {
    #expect(Set(MilestoneStatus.allCases.map(\.label)).count == MilestoneStatus.allCases.count)
  }
}
