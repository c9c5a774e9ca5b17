import Indicators
import Testing
import TimeSeries

@Suite("A filled scorecard") struct ScorecardReportTests {
  private typealias Fixture = ScorecardFixture

  @Test("Nothing published after the day of the card is seen") func hindcast() throws {
    let target = try Fixture.target(74, by: 2021, setOn: .init(period: "2018", value: 69))
    let series = [
      try Fixture.series([66, 68, 69, 70, 80, 81], breaksBefore: 2020),
      try Fixture.series([60, 61, 62, 63, 64, 65], of: "England"),
    ]
    // By the end of 2020 the figures of 2016 to 2019 are out: the target still stands, and is forecast.
    let then = try Fixture.line(Fixture.indicator(target: target), series, asOf: Fixture.day(2020))
    let latest = try #require(then.latest.value)
    #expect(latest.period == .calendarYear(2019))
    #expect(latest.value == 70)
    #expect(latest.lagDays == 335)
    #expect(latest.ageDays == 366)
    #expect(then.benchmark.value?.benchmark == 63)
    #expect(then.rating.rule == .target)
    let outlook = try #require(then.outlook?.value)
    #expect((0.001...0.999).contains(outlook.probability))
    #expect(then.forecast.value?.period == .calendarYear(2020))
    // The same card from a file that never had the later figures.
    let cut = [try Fixture.series([66, 68, 69, 70]), try Fixture.series([60, 61, 62, 63], of: "England")]
    #expect(try Fixture.line(Fixture.indicator(target: target), cut, asOf: Fixture.day(2020)) == then)
    // Before anything was published there is a reason and no figure.
    let before = try Fixture.line(Fixture.indicator(target: target), series, asOf: Fixture.day(2015))
    #expect(!before.hasFigure)
    #expect(before.missing.map(\.what) == ["figures"])
    #expect(before.latest.reason?.contains("nothing of the series good was published by 2015-12-31") ?? false)
  }

  @Test("Whatever is missing has a reason: no line and no part of a line is blank") func missing() throws {
    let line = try Fixture.line(Fixture.indicator(), [Fixture.series([50, 51])])
    #expect(
      line.missing.map(\.what) == [
        "standing beside the benchmark", "standing beside the region", "neighbours", "colour", "recent trend",
        "Mann-Kendall and Sen", "variation and assurance icons", "forecast",
      ])
    #expect(line.missing.allSatisfy { !$0.reason.isEmpty })
    #expect(line.marker == .cannotBeCalculated)
    #expect(line.monotonicMarker == nil)
    #expect(line.forecast.reason?.contains("needs at least 3 figures and there are 2") ?? false)
    for evidence in [ScorecardIndicator.Evidence.series("nowhere"), .none(reason: "a local measure")] {
      let empty = try Fixture.line(
        Fixture.indicator(evidence: evidence, target: Fixture.target(1, by: 2020)), [Fixture.series([50])])
      #expect(empty.missing.count == 1)
      #expect(empty.rating.colour == .notJudged)
      #expect(empty.outlook?.reason != nil)
    }
  }

  @Test("A figure is not set beside one of before a break") func previous() throws {
    let broken = try Fixture.line(Fixture.indicator(), [Fixture.series([50, 51, 60], breaksBefore: 2018)])
    #expect(broken.previous.reason == "the series breaks before 2018: 2017 is not comparable")
    let whole = try Fixture.line(Fixture.indicator(), [Fixture.series([50, 51, 60])])
    #expect(whole.previous.value?.value == 51)
    let gap = try Fixture.line(Fixture.indicator(), [Fixture.series([50, nil, 60])])
    #expect(gap.previous.value?.period == .calendarYear(2016))
  }

  @Test("With counts there is a recent trend, without them a second line of evidence") func trends() throws {
    let values: [Double?] = [50, 54, 58, 62, 66]
    let counted = try Fixture.line(
      Fixture.indicator(), [Fixture.series(values, counts: 2000)])
    #expect(counted.marker == .increasingGettingBetter)
    #expect(counted.monotonicMarker == .increasingGettingBetter)
    let bare = try Fixture.line(Fixture.indicator(polarity: .lowerIsBetter), [Fixture.series(values)])
    #expect(bare.marker == .cannotBeCalculated)
    #expect(bare.trend.reason == "no counts are published with the figures, and no population implies them")
    #expect(bare.monotonicMarker == .increasingGettingWorse)
    #expect(bare.monotonicTrend.value?.test.slope.value == 4)
    #expect(bare.monotonicTrend.value?.first == .calendarYear(2016))
    // The second line begins anew after a break.
    let broken = try Fixture.line(Fixture.indicator(), [Fixture.series(values, breaksBefore: 2018)])
    #expect(broken.monotonicTrend.reason?.contains("since its last break") ?? false)
  }

  @Test("From twelve points on there are icons, and a target is assured or not") func icons() throws {
    var months: [DataPoint] = []
    for index in 0..<24 {
      let period = try #require(Period.month(year: 2020 + index / 12, month: index % 12 + 1))
      let level: Double = index < 16 ? 50 : 60
      months.append(DataPoint(period, level + Double(index % 3)))
    }
    let series = try Series(
      id: "good", area: "Sefton", measure: Measure(id: "good", unit: .percentage, polarity: .higherIsBetter),
      points: months)
    let line = try Fixture.line(
      Fixture.indicator(target: Fixture.target(200, by: 2021)), [series])
    #expect(line.variation.value == .improvementHigh)
    #expect(line.assurance.value == .consistentlyFails)
    let neutral = try Fixture.line(Fixture.indicator(polarity: .neutral), [series])
    #expect(neutral.variation.value == .neutralHigh)
    #expect(neutral.assurance.value == .notApplicable)
  }

  @Test("Benchmark and region are named where they have no figure") func comparators() throws {
    let line = try Fixture.line(
      Fixture.indicator(), [Fixture.series([50, 51]), Fixture.series([60], of: "England")])
    #expect(line.benchmark.reason == "England has no figure for 2017")
    #expect(line.region.reason == "the workspace has no series good of North West")
    let alone = ScorecardReport(
      Fixture.card([Fixture.indicator()]), evidence: try Panel([Fixture.series([50])]),
      context: ScorecardContext(
        area: "Sefton", benchmark: nil, region: nil, neighbours: ["Sefton"], asOf: try Fixture.day(2030)))
    #expect(alone.results[0].benchmark.reason == "the card names no benchmark")
    #expect(alone.results[0].neighbours.reason == "the card names no statistical neighbours")
  }

  @Test("A card counts its colours and names the priorities that nothing speaks for") func summary() throws {
    let card = Fixture.card([
      Fixture.indicator("1", target: try Fixture.target(50, by: 2016)),
      Fixture.indicator("2", target: try Fixture.target(60, by: 2016)),
      Fixture.indicator("3", evidence: .none(reason: "local"), theme: "heard", priority: 2),
    ])
    let report = ScorecardReport(
      card, evidence: try Panel([Fixture.series([50])]), context: Fixture.context(asOf: try Fixture.day(2030))
    )
    #expect(report.count(.green) == 1)
    #expect(report.count(.red, theme: "healthy") == 1)
    #expect(report.count(.red, theme: "heard") == 0)
    #expect(report.count(.notJudged) == 1)
    #expect(report.prioritiesWithoutIndicator.isEmpty)
    #expect(report.prioritiesWithoutFigures.map(\.number) == [2])
    let part = ScorecardReport(
      Fixture.card([Fixture.indicator()]), evidence: try Panel([Fixture.series([50])]),
      context: Fixture.context(asOf: try Fixture.day(2030)))
    #expect(part.prioritiesWithoutIndicator.map(\.number) == [2])
  }

  @Test("The same card and series give the same report") func deterministic() throws {
    let others = try ["England", "North West", "Neighbour 1"].map {
      try Fixture.series([60, 61, 62, 63, 64, 65], of: $0)
    }
    let panel = try Panel([Fixture.series([50, 52, 51, 54, 57, 55])] + others)
    let card = Fixture.card([
      Fixture.indicator("1", target: try Fixture.target(60, by: 2024)), Fixture.indicator("2"),
    ])
    let context = Fixture.context(asOf: try Fixture.day(2030))
    let first = ScorecardReport(card, evidence: panel, context: context)
    #expect(first == ScorecardReport(card, evidence: panel, context: context))
    // Lines that share a series share its forecast.
    #expect(first.results[0].forecast == first.results[1].forecast)
    #expect(first.results[0].forecast.value?.comparatorCount == 3)
  }
}
