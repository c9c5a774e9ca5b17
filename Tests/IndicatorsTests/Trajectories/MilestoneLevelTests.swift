import Indicators
import Testing
import TimeSeries

@Suite("The levels of milestones, worked out from the plan's words") struct MilestoneLevelTests {
  private typealias Invented = InventedTrajectory

  @Test(
    "Whichever is the higher, and the lower: both ways, and the words are kept where lower is better",
    arguments: [
      (MilestoneRule.Choice.higher, 50.0, Polarity.higherIsBetter, 60.4, MilestoneStatus.missed, false),
      (.higher, 75, .higherIsBetter, 75, .missed, false), (.lower, 50, .higherIsBetter, 50, .met, true),
      (.higher, 50, .lowerIsBetter, 60.4, .met, true), (.lower, 50, .lowerIsBetter, 50, .missed, false),
    ])
  func whichever(
    choice: MilestoneRule.Choice, level: Double, polarity: Polarity, value: Double, status: MilestoneStatus,
    isLenient: Bool
  ) throws {
    let trajectory = try Invented.trajectory(
      [Invented.milestone("2020-10-31", .levelOrNational(level, choice))], polarity: polarity)
    let found = try Invented.only(
      try Invented.outlook(
        trajectory, Invented.years([55], from: 2019),
        national: Invented.years([60.4], from: 2019, area: "England"),
        asOf: "2021-01-01"))
    #expect(found.level?.value == value)
    #expect(found.status == status)
    let plain = level == level.rounded() ? "\(Int(level))" : "\(level)"
    let result = value == value.rounded() ? "\(Int(value))" : "\(value)"
    #expect(
      found.level?.basis
        == "\(plain)% or national average (60.4% in 2019), whichever is the \(choice.rawValue): \(result)%"
        + (isLenient ? " (the less demanding of the two, as the plan is worded)" : ""))
  }

  @Test("A national average that is to come is stood for by the last, and judges nothing") func provisional()
    throws
  {
    let trajectory = try Invented.trajectory([Invented.milestone("2020-12-31", .nationalAverage)])
    let own = try Invented.years([50, 70], from: 2019)
    let late = try Invented.only(
      try Invented.outlook(
        trajectory, own, national: Invented.years([60], from: 2019, area: "England"), asOf: "2022-01-01"))
    #expect(late.level?.isProvisional == true)
    #expect(late.level?.basis == "national average (60% in 2019, the last that is published): 60%")
    #expect(late.status == .notMeasurable)
    #expect(late.reason == "the figure is 70% in 2020; the national average of that period is not published")
    #expect(
      try Invented.only(try Invented.outlook(trajectory, own, asOf: "2022-01-01")).reason
        == "no national average is given")
    let gap = try Invented.only(
      try Invented.outlook(
        trajectory, own, national: Invented.years([60, nil, 50], from: 2019), asOf: "2023-01-01"))
    #expect(gap.reason == "there is no national average of 2020")
    let choice = try Invented.trajectory([Invented.milestone("2020-12-31", .levelOrNational(1, .higher))])
    #expect(try Invented.only(try Invented.outlook(choice, own, asOf: "2022-01-01")).status == .notMeasurable)
  }

  @Test("Baseline plus 10: 17% is 27% in points and 18.7% of itself") func plus() throws {
    for (rule, level, basis) in [
      (MilestoneRule.baselinePlus(10, .points), 27.0, "the baseline of 2019-12-31, 17%, plus 10 points: 27%"),
      (.baselinePlus(10, .perCent), 18.7, "the baseline of 2019-12-31, 17%, plus 10% of itself: 18.7%"),
      (.baselinePlus(-10, .points), 7, "the baseline of 2019-12-31, 17%, minus 10 points: 7%"),
      (
        .baselinePlus(90, .points), 107,
        "the baseline of 2019-12-31, 17%, plus 90 points: 107% (more than the measure can be)"
      ),
    ] {
      let trajectory = try Invented.trajectory([Invented.milestone("2020-12-31", rule)], baseline: 17)
      let found = try Invented.only(try Invented.outlook(trajectory, asOf: "2020-01-01"))
      #expect(abs(try #require(found.level?.value) - level) < 1e-12)
      #expect(found.level?.basis == basis)
    }
    for (unit, rule, basis) in [
      (
        Unit.proportion, MilestoneRule.baselinePlus(0.1, .points),
        "the baseline of 2019-12-31, 0.17, plus 10 points: 0.27"
      ),
      (
        .weeks, .baselinePlus(-0.17, .points),
        "the baseline of 2019-12-31, 0.17 weeks, minus 0.17 weeks: 0 weeks"
      ),
      (.pounds, .baselinePlus(1, .points), "the baseline of 2019-12-31, £0.17, plus £1: £1.17"),
      (
        .rate(per: 1000), .baselinePlus(1, .points),
        "the baseline of 2019-12-31, 0.17 per 1,000, plus 1 per 1,000: 1.17 per 1,000"
      ),
    ] {
      let trajectory = try Invented.trajectory(
        [Invented.milestone("2020-12-31", rule)], unit: unit, baseline: 0.17)
      #expect(try Invented.only(try Invented.outlook(trajectory, asOf: "2020-01-01")).level?.basis == basis)
    }
  }

  @Test("A share of a baseline below zero is not defined") func negativeBaseline() throws {
    let trajectory = try Invented.trajectory(
      [Invented.milestone("2020-12-31", .baselinePlus(10, .perCent))], unit: .score, baseline: -6.7)
    let found = try Invented.only(try Invented.outlook(trajectory, asOf: "2020-01-01"))
    #expect(found.level == nil)
    #expect(found.reason.hasPrefix("a share of a baseline below 0 is not defined"))
  }

  @Test("A baseline is established by a figure, and never by a proxy") func establish() throws {
    let trajectory = try Invented.trajectory([
      Invented.milestone("2020-01-31", .establishBaseline),
      Invented.milestone("2020-03-31", .baselinePlus(10, .points)),
    ])
    let months = try Invented.months([41, 45, 52])
    let found = try Invented.outlook(trajectory, months, asOf: "2020-06-30")
    #expect(found.baseline?.value == 41)
    #expect(found.baseline?.date == (try Invented.day("2020-01-31")))
    #expect(found.milestones.map(\.status) == [.met, .met])
    #expect(found.milestones[0].reason == "a baseline is established: 41% in 2020-01")
    #expect(found.milestones[0].probability == nil)
    #expect(
      found.milestones[1].level?.basis == "the baseline as measured in 2020-01, 41%, plus 10 points: 51%")
    let proxy = try Invented.outlook(trajectory, months, proxy: "of all plans", asOf: "2020-06-30")
    #expect(proxy.proxy == "of all plans")
    #expect(proxy.milestones.map(\.status) == [.notMeasurable, .notMeasurable])
    #expect(proxy.milestones[0].reason.contains("a proxy, which establishes none"))
    #expect(proxy.milestones[1].reason == "the baseline that it builds on is not known: \"NA\"")
    let early = try Invented.outlook(trajectory, months, asOf: "2019-12-01")
    #expect(early.milestones.map(\.status) == [.notYetDue, .notYetDue])
    #expect(
      try Invented.outlook(trajectory, asOf: "2021-01-01").milestones[0].reason.hasSuffix(
        "no figures are given"))
    #expect(
      try Invented.outlook(trajectory, Invented.months([1], from: 2), asOf: "2021-01-01").milestones[0].reason
        == "a baseline is to be established; no figure of 2020-01 is published")
  }

  @Test("A baseline that a milestone says is built on") func stated() throws {
    let trajectory = try Invented.trajectory([
      Invented.milestone("2020-01-31", .statesBaseline(50)),
      Invented.milestone("2020-04-30", .baselinePlus(10, .perCent)),
    ])
    let found = try Invented.outlook(trajectory, Invented.months([48, 49, 52, 54]), asOf: "2020-06-30")
    #expect(found.milestones[1].level?.value == 55)
    #expect(found.milestones[1].status == .missed)
  }
}
