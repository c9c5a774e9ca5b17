import Indicators
import Testing
import TimeSeries

@Suite("The colour of an indicator, by a stated rule") struct ScorecardRatingTests {
  private typealias Fixture = ScorecardFixture

  // MARK: Target

  @Test(
    "Against a target: green where it is met, amber within the tolerance, else red",
    arguments: [
      (74.0, Target.Aim.atLeast, nil, RatingColour.red), (70, .atLeast, nil, .green),
      (73.5, .atLeast, 3.5, .amber),
      (73.5, .atLeast, 3.4, .red), (73, .atLeast, nil, .amber), (70, .atMost, nil, .green),
      (69, .atMost, nil, .amber),
      (60, .atMost, nil, .red),
    ])
  func target(level: Double, side: Target.Aim, tolerance: Double?, colour: RatingColour) throws {
    // The latest figure is 70, of 2020; the usual tolerance is 5% of the level.
    let target = try Fixture.target(level, by: 2020, side: side, tolerance: tolerance)
    let line = try Fixture.line(
      Fixture.indicator(target: target), [Fixture.series([60, 62, 65, 68, 70])])
    #expect(line.rating.colour == colour, "\(line.rating.reason)")
    #expect(line.rating.rule == .target)
    #expect(line.rating.reason.hasPrefix("70 in 2020 m"))
  }

  @Test("Once the period in which a target falls due is published, that figure judges and no later one")
  func due() throws {
    let line = try Fixture.line(
      Fixture.indicator(target: Fixture.target(68, by: 2018)), [Fixture.series([60, 62, 68, 50, 40])])
    #expect(line.rating.colour == .green)
    #expect(line.rating.reason == "68 in 2018 meets the target of at least 68 by 2018-12-31")
    #expect(line.outlook?.value?.verdict == .known(value: 68, isMet: true))
  }

  @Test("Before the target falls due the latest figure judges, and the chance of meeting it stands beside")
  func ahead() throws {
    let line = try Fixture.line(
      Fixture.indicator(target: Fixture.target(75, by: 2023)), [Fixture.series([60, 62, 64, 66, 68, 70])])
    #expect(line.rating.colour == .red)
    let outlook = try #require(line.outlook?.value)
    #expect(outlook.period == .calendarYear(2023))
    #expect((0.01...0.99).contains(outlook.probability))
  }

  @Test("A figure after a break is never held against a target that was set before it") func brokenTarget()
    throws
  {
    let target = try Fixture.target(74, by: 2021, setOn: .init(period: "2018", value: 69))
    let broken = try Fixture.series([66, 68, 69, 70, 80, 81], breaksBefore: 2020)
    let line = try Fixture.line(Fixture.indicator(target: target), [broken])
    #expect(line.rating.colour == .notJudged)
    #expect(line.rating.rule == .none)
    #expect(line.rating.passedOver.count == 3)
    #expect(line.rating.reason.contains("set on 69 in 2018, and the series was redefined before 2020"))
    #expect(line.outlook?.value == nil)
    #expect(line.missing.contains { $0.what == "target" && $0.reason.contains("not comparable") })
    // The same figures without the break, and a break before what the target was set on, are judged.
    let whole = try Fixture.line(
      Fixture.indicator(target: target), [Fixture.series([66, 68, 69, 70, 80, 81])])
    #expect(whole.rating.colour == .green)
    let early = try Fixture.line(
      Fixture.indicator(target: target), [Fixture.series([66, 68, 69, 70, 80, 81], breaksBefore: 2018)])
    #expect(early.rating.colour == .green)
  }

  @Test("A target whose baseline is no period of the series is not judged, and says so")
  func unknownBaseline() throws {
    let target = try Fixture.target(74, by: 2020, setOn: .init(period: "1999", value: 50))
    let line = try Fixture.line(
      Fixture.indicator(target: target, rule: .target), [Fixture.series([70, 71, 72, 73, 75])])
    #expect(line.rating.colour == .notJudged)
    #expect(line.rating.reason.contains("set on 1999, and the series has no such period"))
  }

  @Test("A direction without a figure judges nothing") func direction() throws {
    let target = ScorecardTarget(aim: .direction(.decreasing), date: try Fixture.day(2025), source: "plan")
    let line = try Fixture.line(Fixture.indicator(target: target), [Fixture.series([5, 4, 3])])
    #expect(line.rating.colour == .notJudged)
    #expect(line.outlook?.reason?.contains("a direction and no figure") ?? false)
  }

  // MARK: Benchmark

  @Test(
    "Beside the benchmark: better, similar or worse beyond chance, where there are counts",
    arguments: [
      (50.0, Polarity.higherIsBetter, RatingColour.green), (50, .lowerIsBetter, .red),
      (60, .higherIsBetter, .amber), (70, .higherIsBetter, .red), (70, .lowerIsBetter, .green),
    ])
  func benchmark(england: Double, polarity: Polarity, colour: RatingColour) throws {
    // 600 of 1,000: 95% limits by Wilson from 56.9 to 63.0.
    let line = try Fixture.line(
      Fixture.indicator(polarity: polarity),
      [Fixture.series([60], counts: 1000), Fixture.series([england], of: "England")])
    #expect(line.rating.colour == colour)
    #expect(line.rating.rule == .benchmark)
    #expect(line.rating.reason.contains("95% interval 56.93 to 62.99 (Wilson"), "\(line.rating.reason)")
    #expect(line.rating.passedOver == ["target: none is set"])
  }

  @Test("A rate without counts has the interval that its population implies, and says that they are implied")
  func implied() throws {
    let rate = try Fixture.series([50], id: "rate", unit: .rate(per: 10_000))
    let people = try Series(
      id: "people", area: "Sefton", measure: Measure(id: "people", unit: .count),
      points: [DataPoint(.calendarYear(2016), 50_000)])
    let england = try Fixture.series([80], of: "England", id: "rate", unit: .rate(per: 10_000))
    let indicator = Fixture.indicator(
      evidence: .series("rate"), polarity: .lowerIsBetter, population: "people")
    let line = try Fixture.line(indicator, [rate, people, england])
    #expect(line.rating.colour == .green)
    #expect(line.rating.reason.contains("counts implied by the rate and the population of 2016"))
    #expect(line.estimate?.value == 50)
    // Without the population there is no interval, and no colour by the benchmark.
    let bare = try Fixture.line(indicator, [rate, england])
    #expect(bare.rating.colour == .notJudged)
    #expect(bare.benchmark.value?.standing == .notCompared)
  }

  @Test("Counts that cannot be give no interval, and the line is still there") func impossibleCounts() throws
  {
    let series = try Series(
      id: "good", area: "Sefton", measure: Measure(id: "good", unit: .percentage, polarity: .higherIsBetter),
      points: [
        DataPoint(period: .calendarYear(2016), observation: .value(120), numerator: 120, denominator: 100)
      ])
    let line = try Fixture.line(Fixture.indicator(), [series, Fixture.series([60], of: "England")])
    #expect(line.estimate?.limits.isEmpty ?? false)
    #expect(line.estimate?.remark?.contains("above its denominator") ?? false)
    #expect(line.rating.colour == .notJudged)
    #expect(line.hasFigure)
  }

  // MARK: Quartile

  private func peers(_ values: [Double]) throws -> [Series] {
    try zip(Fixture.neighbours, values).map { try Fixture.series([$1], of: $0) }
  }

  @Test(
    "Among neighbours: green in the best quarter, red in the worst, amber between",
    arguments: [(99.0, RatingColour.green), (0.0, .red), (55.5, .amber)])
  func quartile(value: Double, colour: RatingColour) throws {
    let others = try peers((1...10).map { Double($0) * 10 })
    let line = try Fixture.line(Fixture.indicator(), [Fixture.series([value])] + others)
    #expect(line.rating.colour == colour)
    #expect(line.rating.rule == .quartile)
    #expect(line.neighbours.value?.count == 11)
    #expect(line.rating.passedOver.count == 2)
  }

  @Test("A tie across the bound of a quarter counts to the middle, by either wording, and is said")
  func tied() throws {
    let attendance: [Double] = [75, 72, 71, 70, 68, 66, 65, 63, 63, 63]
    let good = try Fixture.line(Fixture.indicator(), [Fixture.series([63])] + peers(attendance))
    let bad = try Fixture.line(
      Fixture.indicator(polarity: .lowerIsBetter),
      [Fixture.series([37])] + peers(attendance.map { 100 - $0 }))
    for line in [good, bad] {
      #expect(line.rating.colour == .amber)
      #expect(
        line.rating.reason
          == "place 8 of 11 among statistical neighbours, on the bound of the worst quarter and so in the middle"
      )
    }
    let same = try Fixture.line(
      Fixture.indicator(), [Fixture.series([63])] + peers([Double](repeating: 63, count: 10)))
    #expect(same.rating.colour == .amber)
    #expect(same.rating.reason.contains("on the bound of the best and the worst quarter"))
    #expect(RatingRule.quartile.statement.contains(Quartile.ruleOfTies))
    #expect(RatingRule.fewestAreas == Quartile.leastCount)
  }

  @Test("Fewer than eight areas have no quarters") func fewNeighbours() throws {
    let six = try Fixture.line(
      Fixture.indicator(), [Fixture.series([99])] + peers([10, 20, 30, 40, 50, 60]))
    #expect(six.rating.colour == .notJudged)
    #expect(six.rating.reason.contains("8 areas are needed and 7 have a figure for 2016"))
    #expect(six.neighbours.value?.missing.count == 4)
    let seven = try Fixture.line(
      Fixture.indicator(), [Fixture.series([99])] + peers([10, 20, 30, 40, 50, 60, 70]))
    #expect(seven.rating.colour == .green)
  }

  @Test("Numbers of children are not put beside those of areas of other sizes") func sizes() throws {
    let line = try Fixture.line(
      Fixture.indicator(),
      [
        Fixture.series([500], unit: .count), Fixture.series([80_000], of: "England", unit: .count),
        Fixture.series([700], of: "Neighbour 1", unit: .count),
      ])
    #expect(line.benchmark.value == nil)
    #expect(line.neighbours.value == nil)
    #expect(line.rating.colour == .notJudged)
    #expect(line.missing.contains { $0.reason.contains("an area of another size") })
  }

  // MARK: Neither

  @Test("A neutral indicator has no colour, whatever there is to judge by") func neutral() throws {
    let others = try peers((1...10).map { Double($0) * 10 })
    let line = try Fixture.line(
      Fixture.indicator(polarity: .neutral, target: Fixture.target(50, by: 2016)),
      [Fixture.series([99])] + others)
    #expect(line.rating.colour == .notJudged)
    #expect(line.rating.reason == "it is neutral")
    #expect(line.neighbours.value?.rank == 2)
    // Unless the card says to judge it by a target, which has a direction of its own.
    let asked = try Fixture.line(
      Fixture.indicator(polarity: .neutral, target: Fixture.target(50, by: 2016), rule: .target),
      [Fixture.series([99])])
    #expect(asked.rating.colour == .green)
  }

  @Test("A card may ask for one rule, or for none") func asked() throws {
    let series = [try Fixture.series([60], counts: 1000), try Fixture.series([50], of: "England")]
    let none = try Fixture.line(Fixture.indicator(rule: .none), series)
    #expect(none.rating.reason == "the card asks for no colour")
    let quartile = try Fixture.line(Fixture.indicator(rule: .quartile), series)
    #expect(quartile.rating.colour == .notJudged)
    #expect(quartile.rating.passedOver.count == 1)
    let target = try Fixture.line(Fixture.indicator(rule: .target), series)
    #expect(target.rating.reason.contains("target: none is set"))
    for rule in [RatingRule.quartile, .benchmark] {
      let judged = try Fixture.line(Fixture.indicator(polarity: .neutral, rule: rule), series)
      #expect(judged.rating.colour == .notJudged)
    }
  }
}
