import Indicators
import Testing
import TimeSeries

@Suite("Charts of counts: p, u and g") struct CountChartTests {
  private func counted(
    _ pairs: [(Double?, Double?)], unit: TimeSeries.Unit, values: [Double?]? = nil, flags: DataFlags = []
  ) throws -> Series {
    try Series(
      id: "seen", measure: Measure(id: "seen", unit: unit, polarity: .higherIsBetter),
      points: pairs.enumerated().map { index, pair in
        let value =
          values?[index]
          ?? pair.0.flatMap { above in pair.1.flatMap { $0 > 0 ? above / $0 * (unit.multiplier ?? 1) : 0 } }
        return DataPoint(
          period: try #require(Period.month(year: 2021, month: 1)).advanced(by: index),
          observation: value.map { .value($0) } ?? .notAvailable, numerator: pair.0, denominator: pair.1,
          flags: flags)
      })
  }

  private let pairs: [(Double?, Double?)] = [
    (8, 40), (12, 50), (9, 36), (16, 64), (11, 44), (10, 49), (14, 49), (7, 36), (20, 81), (12, 49), (9, 36),
    (13, 64), (10, 40),
  ]

  @Test("Limits of a share are three binomial standard deviations about the pooled share, by its denominator")
  func p() throws {
    let chart = try ControlChart(of: counted(pairs, unit: .percentage), kind: .p)
    let above = pairs.reduce(0) { $0 + ($1.0 ?? 0) }
    let below = pairs.reduce(0) { $0 + ($1.1 ?? 0) }
    let share = above / below
    for (point, pair) in zip(chart.points, pairs) {
      let limits = try #require(point.limits)
      let spread = 3 * (share * (1 - share) / (pair.1 ?? 1)).squareRoot() * 100
      #expect(abs(limits.centre - share * 100) < 1e-10)
      #expect(abs(limits.upper - (share * 100 + spread)) < 1e-10)
      #expect(abs(limits.lower - (share * 100 - spread)) < 1e-10)
      #expect(abs(limits.nearUpper - (share * 100 + spread * 2 / 3)) < 1e-10)
    }
    #expect(chart.segments[0].limits == chart.points.last?.limits)
    #expect(chart.unit == .percentage && chart.method.contains("binomial"))
  }

  @Test("Limits of a rate are three Poisson standard deviations, in the unit of the rate") func u() throws {
    let chart = try ControlChart(of: counted(pairs, unit: .rate(per: 1000)), kind: .u)
    let share = pairs.reduce(0) { $0 + ($1.0 ?? 0) } / pairs.reduce(0) { $0 + ($1.1 ?? 0) }
    let limits = try #require(chart.points[3].limits)
    #expect(abs(limits.upper - 1000 * (share + 3 * (share / 64).squareRoot())) < 1e-9)
    // A rate may count more events than people, a share may not.
    let many = try counted(Array(repeating: (5, 2), count: 14), unit: .rate(per: 1))
    #expect(try ControlChart(of: many, kind: .u).segments[0].limits != nil)
    #expect(
      throws: IndicatorsError.countAboveDenominator(
        series: "seen", period: "2021-01", count: 5, denominator: 2)
    ) {
      try ControlChart(of: many, kind: .p)
    }
  }

  @Test("A share that is always everything has limits without width and no dispersion") func everything()
    throws
  {
    let chart = try ControlChart(
      of: counted(Array(repeating: (30, 30), count: 14), unit: .proportion), kind: .p)
    #expect(chart.segments[0].limits == ControlLimits(centre: 1, distance: 0))
    #expect(chart.segments[0].dispersion == nil && chart.variation == .commonCause)
  }

  @Test("Points that vary more than chance are said, and Laney's adjustment widens the limits by as much")
  func laney() throws {
    let wild = try counted(
      (0..<24).map { index in (Double(index.isMultiple(of: 2) ? 420 : 580), 1000) }, unit: .percentage)
    let plain = try ControlChart(of: wild, kind: .p)
    #expect(plain.warnings.contains { $0.contains("times as much as chance alone") })
    // Every standardised moving range is 160 over the standard deviation of a count of 1,000.
    let expected = 160 / (1000 * 0.25).squareRoot() / 1.128
    let dispersion = try #require(plain.segments[0].dispersion)
    #expect(abs(dispersion - expected) < 1e-10)
    let adjusted = try ControlChart(of: wild, kind: .p, settings: .init(adjustsForDispersion: true))
    let (a, b) = (try #require(plain.segments[0].limits), try #require(adjusted.segments[0].limits))
    #expect(abs((b.upper - b.centre) - (a.upper - a.centre) * dispersion) < 1e-9)
    #expect(adjusted.method.contains("Laney") && adjusted.notes.contains { $0.hasSuffix("(Laney)") })
    #expect(!adjusted.warnings.contains { $0.contains("chance alone") })
    #expect(try ControlChart(of: counted(pairs, unit: .percentage), kind: .p).warnings.isEmpty)
  }

  @Test("A figure whose counts are missing or impossible names its period") func refusals() throws {
    func refusal(_ pair: (Double?, Double?), _ kind: ControlChartKind = .p) throws -> IndicatorsError? {
      var wrong = pairs
      wrong[4] = pair
      let series = try counted(wrong, unit: .percentage, values: Array(repeating: 25, count: 13))
      return #expect(throws: IndicatorsError.self) { try ControlChart(of: series, kind: kind) }
    }
    #expect(try refusal((nil, 40)) == .countsNotKnown(series: "seen", period: "2021-05", method: "a p chart"))
    #expect(
      try refusal((10, nil), .u) == .countsNotKnown(series: "seen", period: "2021-05", method: "a u chart"))
    #expect(try refusal((-1, 40)) == .impossibleCount(series: "seen", period: "2021-05", count: -1))
    guard case .unfit? = try refusal((1e300, 1e-300), .u) else {
      Issue.record("counts that give no number are charted")
      return
    }
    #expect(try refusal((10, 0)) == .noPopulation(series: "seen", period: "2021-05", denominator: 0))
    #expect(
      try refusal((50, 40))
        == .countAboveDenominator(series: "seen", period: "2021-05", count: 50, denominator: 40))
  }

  @Test("Limits of shares and rates that have no width are warned of, with the reason") func withoutWidth()
    throws
  {
    func warning(_ pair: (Double, Double), _ unit: TimeSeries.Unit, laney: Bool = false) throws -> String? {
      let chart = try ControlChart(
        of: counted(Array(repeating: pair, count: 14), unit: unit), kind: nil,
        settings: .init(adjustsForDispersion: laney))
      return chart.warnings.first { $0.contains("have no width") }
    }
    #expect(try warning((0, 40), .percentage)?.contains("nothing is counted above the line") == true)
    #expect(try warning((0, 40), .rate(per: 1_000))?.contains("nothing is counted above the line") == true)
    #expect(try warning((40, 40), .percentage)?.contains("all that are looked at are counted") == true)
    #expect(try warning((40, 40), .rate(per: 1)) == nil)
    #expect(try warning((10, 40), .percentage) == nil)
    #expect(try warning((10, 40), .percentage, laney: true)?.contains("Laney") == true)
    #expect(try warning((7, 30), .rate(per: 1_000), laney: true)?.contains("Laney") == true)
  }

  @Test("Missing figures are gaps, and a published figure that its counts do not give is said") func gaps()
    throws
  {
    var some = pairs + [(10, 40)]
    some[5] = (nil, nil)
    let chart = try ControlChart(of: counted(some, unit: .percentage), kind: .p)
    #expect(
      chart.points[5].value == nil && chart.points[5].limits == nil && chart.segments[0].pointCount == 13)
    var values: [Double?] = pairs.map { pair in pair.0.flatMap { above in pair.1.map { above / $0 * 100 } } }
    values[2] = 40
    let odd = try ControlChart(of: counted(pairs, unit: .percentage, values: values), kind: .p)
    #expect(
      odd.warnings.contains {
        $0.hasPrefix("1 of the published figures is not what the counts give, first 2021-03: 40")
      })
    #expect(odd.points[2].value == 25)
  }

  @Test("Figures without a value are what numerator and denominator give, and impossible counts are refused")
  func withoutValues() throws {
    let empty = [Double?](repeating: nil, count: pairs.count)
    for unit in [TimeSeries.Unit.percentage, .proportion, .rate(per: 1_000)] {
      let full = try counted(pairs, unit: unit)
      let bare = try uncounted(pairs, unit: unit)
      #expect(bare.points.map(\.value) == empty)
      for kind in [nil, ControlChartKind.xmr, .u] {
        let (one, two) = (try ControlChart(of: full, kind: kind), try ControlChart(of: bare, kind: kind))
        #expect(one.kind == two.kind && one.points == two.points && one.segments == two.segments)
        #expect(one.warnings == two.warnings)
        #expect(
          two.notes.contains { $0.hasPrefix("13 figures have no value and are worked out") } == (kind == .xmr)
        )
      }
      for wrong in [(120.0, 100.0), (3, 0), (-1, 40)] {
        var some = pairs
        some[4] = wrong
        let series = try uncounted(some, unit: unit)
        for kind in [nil, ControlChartKind.xmr] where wrong.0 < 100 || unit.whole != nil {
          let error = #expect(throws: IndicatorsError.self) { try ControlChart(of: series, kind: kind) }
          #expect(error?.description.contains("2021-05") == true)
        }
      }
    }
    let share = try ControlChart(of: uncounted(pairs, unit: .count), kind: .p)
    #expect(share.points[0].value == 0.2 && share.unit == .proportion)
    let error = #expect(throws: IndicatorsError.self) { try ControlChart(of: uncounted(pairs, unit: .count)) }
    #expect(error?.description.contains("it has counts and no value") == true)
    let written = try counted(pairs, unit: .count, values: pairs.map(\.0)).points
    let last = try uncounted(pairs + [(10, 40)], unit: .count).points.suffix(1)
    let mixed = try Series(id: "seen", measure: Measure(id: "seen", unit: .count), points: written + last)
    #expect(try ControlChart(of: mixed).segments[0].pointCount == 13)
  }

  @Test("A suppressed figure is not drawn from its counts, and the chart says so") func suppressed() throws {
    let first = try #require(Period.month(year: 2021, month: 1))
    let points = (0..<16).map { index in
      DataPoint(
        period: first.advanced(by: index), observation: index == 3 ? .suppressed(nil) : .notAvailable,
        numerator: Double(10 + index % 3), denominator: 40)
    }
    let series = try Series(id: "seen", measure: Measure(id: "seen", unit: .percentage), points: points)
    for kind in [nil, ControlChartKind.xmr, .u] {
      let chart = try ControlChart(of: series, kind: kind)
      #expect(chart.points[3].value == nil && chart.points[3].numerator == nil)
      #expect(chart.points[4].value == 11.0 / 40 * 100)
      #expect(chart.notes.contains("Suppressed, and not worked out from counts: 2021-04"))
    }
    #expect(ControlChartKind.suited(to: series).kind == .p)
  }

  /// A series of counts whose values are not written.
  private func uncounted(_ pairs: [(Double?, Double?)], unit: TimeSeries.Unit) throws -> Series {
    let first = try #require(Period.month(year: 2021, month: 1))
    return try Series(
      id: "seen", measure: Measure(id: "seen", unit: unit, polarity: .higherIsBetter),
      points: pairs.enumerated().map { index, pair in
        DataPoint(
          period: first.advanced(by: index), observation: .notAvailable, numerator: pair.0,
          denominator: pair.1)
      })
  }

  @Test("The kind is chosen by the unit and by what is counted, and says why") func automatic() throws {
    #expect(try ControlChart(of: counted(pairs, unit: .percentage), kind: nil).kind == .p)
    let rate = try ControlChart(of: counted(pairs, unit: .rate(per: 100)), kind: nil)
    #expect(rate.kind == .u && rate.kindReason?.contains("rate") == true)
    var bare = pairs
    bare[0].1 = nil
    let series = try counted(bare, unit: .percentage, values: Array(repeating: 25, count: 13))
    let xmr = try ControlChart(of: series, kind: nil)
    #expect(xmr.kind == .xmr && xmr.kindReason == "1 of 13 figures have no numerator and denominator")
    #expect(ControlChartKind.suited(to: try monthly([1, 2], unit: .count)).kind == .xmr)
    #expect(ControlChartKind.suited(to: try monthly([], unit: .rate(per: 10))).kind == .xmr)
    #expect(try ControlChart(of: counted(pairs, unit: .percentage)).kindReason == nil)
  }

  @Test("A share without a unit of its own is charted as a proportion, a rate as events each")
  func plainUnits() throws {
    #expect(
      try ControlChart(of: counted(pairs, unit: .count, values: pairs.map(\.0)), kind: .p).unit == .proportion
    )
    #expect(
      try ControlChart(of: counted(pairs, unit: .count, values: pairs.map(\.0)), kind: .u).unit
        == .rate(per: 1))
  }

  // MARK: Rare events

  private func days(_ gaps: [Int], counts: [Double]? = nil) throws -> Series {
    var day = try #require(CivilDate(year: 2023, month: 1, day: 1))
    var points: [DataPoint] = []
    for (index, gap) in ([0] + gaps).enumerated() {
      day = day.adding(days: gap)
      points.append(DataPoint(.day(day), counts?[index] ?? 1))
    }
    return try Series(
      id: "restraints", measure: Measure(id: "restraints", unit: .count, polarity: .lowerIsBetter),
      points: points)
  }

  @Test("Days between events have the limits of a geometric distribution, and more days are better") func g()
    throws
  {
    let gaps = [20, 31, 12, 8, 45, 27, 19, 33, 22, 14, 40, 29]
    let chart = try ControlChart(of: days(gaps), kind: .g)
    #expect(chart.points.map(\.value) == gaps.map(Double.init))
    #expect(chart.polarity == .higherIsBetter && chart.unit == .other("days between events"))
    let mean = Double(gaps.reduce(0, +)) / 12
    #expect(chart.segments[0].mean == mean)
    let limits = try #require(chart.segments[0].limits)
    // P(at most x) = 1 - (1 - p)^(x + 1) with p = 1 / (1 + mean), at each of the lines.
    for (line, share) in [
      (limits.lower, 0.00135), (limits.nearLower, 0.02275), (limits.centre, 0.5), (limits.nearUpper, 0.97725),
      (limits.upper, 0.99865),
    ] {
      var rest = 1.0
      // (1 - p)^(x + 1) by whole steps and the rest of one, without powers.
      let ratio = mean / (mean + 1)
      let steps = line + 1
      for _ in 0..<Int(steps) { rest *= ratio }
      let fraction = steps - Double(Int(steps))
      // Within a step the power is convex; its chord bounds it from above and the next whole step from below.
      #expect(1 - rest <= share + 1e-12 && share - 1e-12 <= 1 - rest * ratio)
      #expect(fraction >= 0)
    }
    #expect(chart.notes.contains { $0.contains("which the measure cannot be") })
  }

  @Test("Two events of one day have no days between, and days without events are no points") func sameDay()
    throws
  {
    var counts = Array(repeating: 1.0, count: 14)
    counts[3] = 2
    counts[5] = 0
    let chart = try ControlChart(of: days(Array(repeating: 10, count: 13), counts: counts), kind: .g)
    #expect(chart.points.compactMap(\.value) == [10, 10, 10, 0, 10, 20] + Array(repeating: 10, count: 7))
    #expect(throws: IndicatorsError.self) {
      try ControlChart(of: days(Array(repeating: 10, count: 2), counts: [20, 0, 0]), kind: .g)
    }
  }

  @Test(
    "Numbers between events are taken as they are; other periods, parts of events and hordes of them are not")
  func other() throws {
    let series = try Series(
      id: "cases", measure: Measure(id: "cases", unit: .other("cases between"), polarity: .higherIsBetter),
      points: (0..<14).map { DataPoint(.index($0, .other), Double(5 + $0 % 3)) })
    let chart = try ControlChart(of: series, kind: .g)
    #expect(chart.polarity == .higherIsBetter && chart.unit == .other("cases between"))
    #expect(chart.suggestions.isEmpty)
    #expect(throws: IndicatorsError.self) { try ControlChart(of: monthly([1, 2, 3]), kind: .g) }
    #expect(throws: IndicatorsError.impossibleCount(series: "restraints", period: "2023-01-01", count: 0.5)) {
      try ControlChart(of: days([1], counts: [0.5, 1]), kind: .g)
    }
    #expect(throws: IndicatorsError.self) { try ControlChart(of: days([1], counts: [1e300, 1]), kind: .g) }
    let unknown = try Series(
      id: "restraints", measure: Measure(id: "restraints", unit: .count),
      points: [DataPoint(period: .day(CivilDate(daysSinceEpoch: 0)), observation: .suppressed(1...4))])
    #expect(throws: IndicatorsError.self) { try ControlChart(of: unknown, kind: .g) }
    let negative = try Series(
      id: "cases", measure: Measure(id: "cases", unit: .score), points: [DataPoint(.index(1, .other), -1)])
    #expect(throws: IndicatorsError.impossibleCount(series: "cases", period: "1", count: -1)) {
      try ControlChart(of: negative, kind: .g)
    }
  }

  @Test("A run of short times between events is a shift below the median, and listed") func runOfEvents()
    throws
  {
    let gaps = [40, 55, 31, 62, 48, 70, 52, 45] + Array(repeating: 3, count: 9)
    let chart = try ControlChart(of: days(gaps), kind: .g)
    #expect(chart.lastPoint?.causes.contains(.belowCentre) == true)
    #expect(chart.variation == .concernLow)
    #expect(chart.suggestions.contains { $0.evidence == .run && $0.pointCount == 9 })
  }
}
