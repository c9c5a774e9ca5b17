import Indicators
import Testing
import TimeSeries

@Suite("A scorecard across redefinitions, late figures and refused definitions") struct ScorecardHonestyTests
{
  private typealias Fixture = ScorecardFixture

  @Test("A redefinition that lifts every figure is no improvement: icons look at what came after it alone")
  func iconsAfterBreak() throws {
    let before = (0..<14).map { 50 + Double($0 % 3) }
    let lifted = before + (0..<14).map { 80 + Double($0 % 3) }
    let line = try Fixture.line(Fixture.indicator(), [Fixture.months(lifted, breakAt: 14)])
    #expect(line.variation.value == .commonCause)
    // Without the break the same figures are a signal, so the claim is about the break.
    let whole = try Fixture.line(Fixture.indicator(), [Fixture.months(lifted)])
    #expect(whole.variation.value == .improvementHigh)
    // Too few figures since the break have no icon, and the break is the reason.
    let few = try Fixture.line(
      Fixture.indicator(), [Fixture.months(Array(lifted.prefix(20)), breakAt: 14)])
    #expect(few.variation.value == nil)
    #expect(
      few.variation.reason?.hasSuffix("only figures since the break before 2021-03 are charted") ?? false,
      "\(few.variation.reason ?? "")")
  }

  @Test("A target that is not judged across a break is not assured either") func assuranceAfterBreak() throws
  {
    let figures = (0..<28).map { ($0 < 14 ? 50.0 : 80) + Double($0 % 3) }
    let target = try Fixture.target(60, by: 2023, setOn: .init(period: "2020-01", value: 50))
    let line = try Fixture.line(Fixture.indicator(target: target), [Fixture.months(figures, breakAt: 14)])
    #expect(line.assurance.reason?.contains("the series was redefined before 2021-03") ?? false)
    #expect(line.variation.value == .commonCause)
    let whole = try Fixture.line(Fixture.indicator(target: target), [Fixture.months(figures)])
    #expect(whole.assurance.value != nil)
  }

  @Test("What the chart warns of stands in the line") func warnings() throws {
    let twelve = try Fixture.line(
      Fixture.indicator(), [Fixture.months((0..<12).map { 50 + Double($0 % 3) })])
    #expect(twelve.chartWarnings.contains { $0.contains("from 12 points") }, "\(twelve.chartWarnings)")
    let many = try Fixture.line(
      Fixture.indicator(), [Fixture.months((0..<24).map { 50 + Double($0 % 3) })])
    #expect(many.chartWarnings.isEmpty)
  }

  @Test("A target that does not say what it was set on is not judged in a series that was redefined")
  func noBaseline() throws {
    let target = try Fixture.target(74, by: 2025)
    let series = try Fixture.series([66, 68, 69, 70, 80, 81], breaksBefore: 2020)
    let line = try Fixture.line(Fixture.indicator(target: target, rule: .target), [series])
    let reason =
      "the series was redefined before 2020 and the target does not say on which definition it rests"
    #expect(line.rating.colour == .notJudged)
    #expect(line.rating.reason.contains(reason), "\(line.rating.reason)")
    #expect(line.outlook?.reason == reason)
    // Before the redefinition was published nobody could know of it.
    let then = try Fixture.line(
      Fixture.indicator(target: target, rule: .target), [series], asOf: Fixture.day(2020))
    #expect(then.rating.rule == .target)
  }

  @Test("An indicator whose definition was refused has no colour by any rule, and its target no verdict")
  func refused() throws {
    let series = [try Fixture.series([60], counts: 1000), try Fixture.series([50], of: "England")]
    let target = try Fixture.target(50, by: 2016)
    for rule in RatingRule.allCases {
      let line = try Fixture.line(
        Fixture.indicator(target: target, rule: rule, fault: "the unit is another"), series)
      #expect(line.rating.colour == .notJudged)
      #expect(line.rating.rule == .none)
      #expect(line.rating.reason == "its definition was refused: the unit is another")
      #expect(line.outlook?.reason == line.rating.reason)
      #expect(line.assurance.value == nil)
      #expect(line.missing.contains { $0.what == "colour" && $0.reason == line.rating.reason })
    }
    let card = Fixture.card([Fixture.indicator(fault: "x")]).judging(by: ["1.1": .lowerIsBetter])
    #expect(card.indicators[0].definitionFault == "x")
  }

  @Test("A target whose period passed without a figure is not held against a later one") func lateFigure()
    throws
  {
    let line = try Fixture.line(
      Fixture.indicator(target: Fixture.target(64, by: 2018), rule: .target),
      [Fixture.series([60, 62, nil, 66, 68])])
    #expect(line.rating.colour == .notJudged)
    #expect(line.rating.reason.contains("it fell due in 2018, for which no figure is published"))
    #expect(line.outlook?.value == nil)
    // The period published, it is judged by it.
    let known = try Fixture.line(
      Fixture.indicator(target: Fixture.target(64, by: 2018), rule: .target),
      [Fixture.series([60, 62, 63, 66, 68])])
    #expect(known.rating.colour == .amber)
    #expect(known.rating.reason.hasPrefix("63 in 2018 misses"))
  }

  @Test("A period that was still to come is told from one that the series does not have") func baseline()
    throws
  {
    let series = try Fixture.series([66, 68, 69, 70])
    for (period, reason) in [
      ("2018", "set on 2018, and the figure of that period was not published by 2019-02-01"),
      ("1999", "set on 1999, and the series has no such period"),
    ] {
      let target = try Fixture.target(74, by: 2025, setOn: .init(period: period, value: 69))
      let line = try Fixture.line(
        Fixture.indicator(target: target, rule: .target), [series], asOf: Fixture.day(2019, 2, 1))
      #expect(line.latest.value?.period == .calendarYear(2017))
      #expect(line.rating.reason.contains(reason), "\(line.rating.reason)")
      #expect(line.outlook?.reason?.contains(reason) ?? false)
    }
  }

  @Test("A probability says how many other areas lent strength to it") func comparators() throws {
    let own = try Fixture.series([60, 62, 61, 64, 66, 67])
    let others = try (1...3).map { number in
      try Fixture.series([50, 52, 53, 52, 55, 57].map { $0 + Double(number) }, of: "Neighbour \(number)")
    }
    let indicator = Fixture.indicator(target: try Fixture.target(70, by: 2023))
    let pooled = try #require(try Fixture.line(indicator, [own] + others).outlook?.value)
    #expect(pooled.comparatorCount == 3)
    #expect(pooled.remark == nil)
    // Three series are too few to learn from together, so the two that are there are not counted.
    let few = try Fixture.line(indicator, [own] + others.prefix(2))
    #expect(few.outlook?.value?.comparatorCount == 0)
    #expect(few.forecast.value?.comparatorCount == 0)
    let alone = try #require(try Fixture.line(indicator, [own]).outlook?.value)
    #expect(alone.comparatorCount == 0)
    #expect(alone.remark == nil)
    // Another area that cannot be used is not passed over in silence.
    let empty = try Fixture.series([], of: "Neighbour 1")
    let line = try Fixture.line(indicator, [own, empty])
    #expect(line.outlook?.value?.remark?.contains("none of 1 other areas could be used") ?? false)
    #expect(line.forecast.value?.remark?.contains("none of 1 other areas could be used") ?? false)
  }
}
