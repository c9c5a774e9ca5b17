import Indicators
import Testing
import TimeSeries

@Suite("A control chart of a series") struct ControlChartTests {
  /// Figures about a level that repeat every four, so that mean and moving range are known: the ranges are 1, 3, 1, 3 ….
  private func steady(_ count: Int, level: Double = 50) -> [Double] {
    let pattern = [-1.0, 0, 2, -1]
    return (0..<count).map { level + pattern[$0 % 4] }
  }

  private func period(_ index: Int) throws -> Period {
    try #require(Period.month(year: 2021, month: 1)).advanced(by: index)
  }

  // MARK: How many points

  @Test("Eleven figures get no limits, twelve get them with a warning, thirteen without") func fewest() throws
  {
    #expect(
      throws: IndicatorsError.tooFewPoints(
        series: "seen-in-time", method: "an XmR chart with limits", found: 11, needed: 12)
    ) {
      try ControlChart(of: monthly(steady(11)))
    }
    let twelve = try ControlChart(of: monthly(steady(12)))
    #expect(twelve.segments[0].limits != nil)
    #expect(twelve.warnings.count == 1 && twelve.warnings[0].contains("12 points, the fewest"))
    #expect(try ControlChart(of: monthly(steady(13))).warnings.isEmpty)
    #expect(throws: IndicatorsError.self) { try ControlChart(of: monthly([])) }
  }

  @Test("Yearly and quarterly figures are charted too") func frequencies() throws {
    for first in [Period.calendarYear(2008), try #require(Period.quarter(1, ofYear: 2020, .financial))] {
      let series = try Series(
        id: "plans", measure: Measure(id: "plans", unit: .count),
        points: steady(14).enumerated().map { DataPoint(first.advanced(by: $0.offset), $0.element) })
      #expect(try ControlChart(of: series).segments[0].pointCount == 14)
    }
  }

  @Test("Overlapping periods are refused, and windows that do not overlap are not") func overlap() throws {
    func rolling(_ months: Int, every frequency: Frequency) throws -> Series {
      let first = try #require(Period.rollingMonths(months, endingYear: 2015, month: 3, every: frequency))
      return try Series(
        id: "plans", measure: Measure(id: "plans", unit: .count),
        points: steady(14).enumerated().map { DataPoint(first.advanced(by: $0.offset), $0.element) })
    }
    #expect(throws: IndicatorsError.self) { try ControlChart(of: rolling(12, every: .monthly)) }
    #expect(throws: IndicatorsError.self) { try ControlChart(of: rolling(3, every: .monthly)) }
    #expect(try ControlChart(of: rolling(3, every: .quarterly)).segments[0].limits != nil)
    let pooled = try #require(Period.pooledYears(2001, 2003, .calendar))
    let series = try Series(
      id: "admissions", measure: Measure(id: "admissions", unit: .rate(per: 100_000)),
      points: steady(14).enumerated().map { DataPoint(pooled.advanced(by: $0.offset), $0.element) })
    #expect(throws: IndicatorsError.self) { try ControlChart(of: series) }
  }

  // MARK: Gaps

  @Test("No moving range is taken across a gap, whether the row is missing or its figure") func gaps() throws
  {
    var values: [Double?] = steady(20).map { $0 }
    values[9] = nil
    let chart = try ControlChart(of: monthly(values))
    #expect(chart.segments[0].movingRangeCount == 17)
    #expect(chart.segments[0].pointCount == 19)
    #expect(chart.notes.contains { $0.hasPrefix("No figure for 2021-10") })
    #expect(chart.points[9].value == nil && chart.points[9].variation(.neutral) == nil)
    let whole = try monthly(values)
    let without = try Series(
      id: whole.id, measure: whole.measure,
      points: whole.points.enumerated().filter { $0.offset != 9 }.map(\.element))
    #expect(try ControlChart(of: without).points == chart.points)
  }

  @Test("Alternate figures have no moving range, and few neighbours are warned of") func sparse() throws {
    let alternate: [Double?] = steady(30).enumerated().map { $0.offset.isMultiple(of: 2) ? $0.element : nil }
    #expect(throws: IndicatorsError.self) { try ControlChart(of: monthly(alternate)) }
    var few = alternate
    few[1] = 50
    let chart = try ControlChart(of: monthly(few))
    #expect(chart.segments[0].movingRangeCount == 2)
    #expect(chart.warnings.contains { $0.contains("rest on 2 moving ranges") })
  }

  @Test("More gaps than figures can be laid out are refused, not filled") func tooSparse() throws {
    let series = try Series(
      id: "plans", measure: Measure(id: "plans", unit: .count),
      points: (0..<14).map { DataPoint(.index($0 * 100_000, .other), 3) })
    #expect(throws: IndicatorsError.self) { try ControlChart(of: series) }
  }

  // MARK: Baselines and recalculations

  @Test("A baseline fixes the limits, and later points are judged by it") func baseline() throws {
    let values = steady(16) + steady(8, level: 70)
    let fixed = try ControlChart(of: monthly(values), settings: .init(baseline: .points(16)))
    let alone = try ControlChart(of: monthly(steady(16)))
    #expect(fixed.segments[0].limits == alone.segments[0].limits)
    #expect(fixed.segments[0].baselineCount == 16 && fixed.segments[0].pointCount == 24)
    #expect(
      fixed.points[16...].allSatisfy { $0.cause == .aboveLimit && $0.signal.causes.contains(.aboveCentre) })
    let until = try ControlChart(of: monthly(values), settings: .init(baseline: .upTo(period(15))))
    #expect(until.points == fixed.points)
  }

  @Test("A baseline that is not complete says so; one that cannot be is refused") func wrongBaseline() throws
  {
    let chart = try ControlChart(of: monthly(steady(16)), settings: .init(baseline: .points(24)))
    #expect(chart.warnings.contains { $0.contains("is to have 24 points and has 16 so far") })
    for wrong in [
      ControlBaseline.points(11), .points(0), .points(-3), .upTo(try period(-1)), .upTo(try period(99)),
      .upTo(.calendarYear(2021)), .upTo(try period(5)),
    ] {
      #expect(throws: IndicatorsError.self) {
        try ControlChart(of: monthly(steady(16)), settings: .init(baseline: wrong))
      }
    }
  }

  @Test("A baseline that ends too early is refused by name") func earlyBaseline() throws {
    let error = #expect(throws: IndicatorsError.self) {
      try ControlChart(of: monthly(steady(16)), settings: .init(baseline: .upTo(period(5))))
    }
    #expect(
      error?.description.contains("they need at least 12 points in the baseline and there are 6") == true)
  }

  @Test("Limits are worked out anew from an event, and no run crosses it") func recalculation() throws {
    let values = steady(16) + steady(14, level: 70)
    let chart = try ControlChart(
      of: monthly(values), settings: .init(recalculations: [.init(from: period(16), reason: "New pathway")]))
    #expect(chart.segments.map(\.positions) == [0..<16, 16..<30])
    #expect(chart.segments[1].recalculation?.reason == "New pathway")
    #expect(chart.segments[0].limits == (try ControlChart(of: monthly(steady(16))).segments[0].limits))
    #expect(chart.points.allSatisfy { $0.cause == nil })
    #expect(chart.variation == .commonCause)
    #expect(chart.notes.contains { $0.hasSuffix("from 2022-05: New pathway") })
    // A baseline of so many points begins again with it.
    let both = try ControlChart(
      of: monthly(values),
      settings: .init(baseline: .points(12), recalculations: [.init(from: period(16), reason: "New pathway")])
    )
    #expect(both.segments.map(\.baselineCount) == [12, 12])
  }

  @Test("After an event too recent for limits, points stand without them and there is no icon") func recent()
    throws
  {
    let values = steady(16) + [70.0, 71, 72]
    let chart = try ControlChart(
      of: monthly(values),
      settings: .init(
        recalculations: [.init(from: period(16), reason: "New pathway")], target: 60,
        polarity: .higherIsBetter))
    #expect(chart.segments[1].limits == nil)
    #expect(
      chart.segments[1].refusal
        == "no limits from 2022-05 to 2022-07: they need at least 12 points and there are 3")
    #expect(chart.variation == nil && chart.assurance == nil)
    #expect(chart.warnings.contains { $0.hasPrefix("No limits from 2022-05") })
    #expect(throws: IndicatorsError.self) {
      try ControlChart(
        of: monthly(steady(20)),
        settings: .init(recalculations: [.init(from: period(10), reason: "New pathway")]))
    }
  }

  @Test("A recalculation needs a reason, and a period of its own inside the chart") func wrongRecalculation()
    throws
  {
    let sound = Recalculation(from: try period(14), reason: "New pathway")
    for wrong in [
      [Recalculation(from: try period(14), reason: " \n")],
      [.init(from: try period(0), reason: "At the start")],
      [.init(from: try period(40), reason: "Too late")],
      [.init(from: .calendarYear(2022), reason: "Another kind")],
      [sound, sound],
    ] {
      #expect(throws: IndicatorsError.self) {
        try ControlChart(of: monthly(steady(28)), settings: .init(recalculations: wrong))
      }
    }
  }

  // MARK: Icons

  @Test(
    "The icon of variation is the last point's, in the light of the polarity",
    arguments: [
      (Polarity.higherIsBetter, VariationIcon.improvementHigh, VariationIcon.concernLow),
      (.lowerIsBetter, .concernHigh, .improvementLow), (.neutral, .neutralHigh, .neutralLow),
    ])
  func variation(_ polarity: Polarity, high: VariationIcon, low: VariationIcon) throws {
    let up = try ControlChart(of: monthly(steady(16) + [80], polarity: polarity))
    let down = try ControlChart(of: monthly(steady(16) + [20], polarity: polarity))
    #expect(up.variation == high && down.variation == low)
    #expect(try ControlChart(of: monthly(steady(16), polarity: polarity)).variation == .commonCause)
    #expect(up.variation(.neutral) == .neutralHigh)
    let overridden = try ControlChart(
      of: monthly(steady(16) + [80], polarity: polarity), settings: .init(polarity: .lowerIsBetter))
    #expect(overridden.variation == .concernHigh)
  }

  @Test("A trend is judged by its direction, whichever side of the mean it has reached") func trendSide()
    throws
  {
    // Falls for seven points that all lie above the mean.
    let values = steady(14) + [62, 61, 60, 59, 58, 57, 56]
    let chart = try ControlChart(
      of: monthly(values, polarity: .higherIsBetter), settings: .init(baseline: .points(14)))
    let last = try #require(chart.lastPoint)
    #expect(last.causes.contains(.falling) && last.signal.zone > 0)
    #expect(VariationIcon(.falling, polarity: .higherIsBetter) == .concernLow)
  }

  @Test("Assurance: beyond the limits on the bad side, on the good side, between or on them") func assurance()
    throws
  {
    let chart = try ControlChart(of: monthly(steady(16)))
    let limits = try #require(chart.segments[0].limits)
    for (target, higher, lower) in [
      (limits.upper + 0.1, AssuranceIcon.consistentlyFails, AssuranceIcon.consistentlyPasses),
      (limits.lower - 0.1, .consistentlyPasses, .consistentlyFails), (limits.upper, .hitAndMiss, .hitAndMiss),
      (limits.lower, .hitAndMiss, .hitAndMiss), (limits.centre, .hitAndMiss, .hitAndMiss),
    ] {
      #expect(chart.assurance(target: target, .higherIsBetter) == higher)
      #expect(chart.assurance(target: target, .lowerIsBetter) == lower)
      #expect(chart.assurance(target: target, .neutral) == .notApplicable)
    }
    #expect(chart.assurance == .notApplicable)
    #expect(throws: IndicatorsError.self) {
      try ControlChart(of: monthly(steady(16)), settings: .init(target: .nan))
    }
  }

  @Test("Limits without width are one value: a target that is it is met every time")
  func assuranceWithoutWidth() throws {
    for level in [50.0, 0.1, 0, 97.3] {
      let chart = try ControlChart(of: monthly(Array(repeating: level, count: 16)))
      #expect(chart.points.allSatisfy { $0.cause == nil }, "\(level)")
      for polarity in [Polarity.higherIsBetter, .lowerIsBetter] {
        #expect(chart.assurance(target: level, polarity) == .consistentlyPasses, "\(level)")
      }
      #expect(chart.assurance(target: level + 0.01, .higherIsBetter) == .consistentlyFails)
      #expect(chart.assurance(target: level + 0.01, .lowerIsBetter) == .consistentlyPasses)
      #expect(chart.assurance(target: level - 0.01, .higherIsBetter) == .consistentlyPasses)
      #expect(chart.assurance(target: level - 0.01, .lowerIsBetter) == .consistentlyFails)
      #expect(chart.assurance(target: level, .neutral) == .notApplicable)
    }
  }

  // MARK: What is said

  @Test("A change of definition is said loudly and suggested, and nothing is recalculated by itself")
  func breaks() throws {
    let series = try monthly(steady(28), flags: [14: .definitionBreak, 20: .reportingBreak])
    let chart = try ControlChart(of: series)
    #expect(chart.segments.count == 1)
    #expect(chart.warnings.contains { $0.hasPrefix("WHAT IS MEASURED CHANGED before 2022-03") })
    #expect(
      chart.warnings.contains { $0.hasPrefix("The way of collecting or reporting changed before 2022-09") })
    #expect(chart.suggestions.map(\.evidence) == [.definitionBreak, .reportingBreak])
    #expect(chart.suggestions.map(\.from) == [try period(14), try period(20)])
    // Limits that begin with the break do not mix its sides.
    let anew = try ControlChart(
      of: series, settings: .init(recalculations: [.init(from: period(14), reason: "New definition")]))
    #expect(!anew.warnings.contains { $0.contains("WHAT IS MEASURED") })
  }

  @Test("Limits that the unit cannot reach are not moved, and said") func impossible() throws {
    let values = (0..<16).map { $0.isMultiple(of: 2) ? 2.0 : 96.0 }
    let chart = try ControlChart(of: monthly(values, unit: .percentage))
    let limits = try #require(chart.segments[0].limits)
    #expect(limits.lower < 0 && limits.upper > 100)
    #expect(
      chart.notes.contains {
        $0.hasPrefix("The lower limit") && $0.contains("is below 0, which the measure cannot be")
      })
    #expect(chart.notes.contains { $0.hasPrefix("The upper limit") && $0.contains("is above 100") })
    #expect(try ControlChart(of: monthly(values, unit: .score)).notes.count == 1)
  }

  @Test("Figures that never change have limits without width, and a provisional last figure is said")
  func constant() throws {
    let chart = try ControlChart(of: monthly(Array(repeating: 7, count: 15), flags: [14: .provisional]))
    #expect(chart.segments[0].limits == ControlLimits(centre: 7, distance: 0))
    #expect(chart.variation == .commonCause)
    #expect(chart.warnings.contains { $0.contains("have no width") })
    #expect(chart.warnings.contains { $0.hasPrefix("The last figure, 2022-03, is provisional") })
  }

  @Test("A target that the unit cannot be is warned of") func impossibleTarget() throws {
    let figures = (0..<15).map { 50 + Double($0 % 3) }
    for (target, said) in [(200.0, "above 100"), (-1, "below 0")] {
      let chart = try ControlChart(of: monthly(figures, unit: .percentage), settings: .init(target: target))
      #expect(chart.warnings.contains { $0.hasPrefix("The target of ") && $0.hasSuffix(said) })
    }
    for target in [0.0, 52, 100] {
      let chart = try ControlChart(of: monthly(figures, unit: .percentage), settings: .init(target: target))
      #expect(!chart.warnings.contains { $0.hasPrefix("The target of ") })
    }
  }

  @Test("Figures too large to be added up, or that are no numbers, are no chart and no trap") func hostile()
    throws
  {
    let huge = (0..<14).map {
      $0.isMultiple(of: 2) ? Double.greatestFiniteMagnitude : -Double.greatestFiniteMagnitude
    }
    #expect(throws: IndicatorsError.self) { try ControlChart(of: monthly(huge)) }
    #expect(throws: IndicatorsError.self) { try ControlChart(of: monthly(Array(repeating: .nan, count: 14))) }
    for large in [1e302, 2e304] {
      #expect(throws: IndicatorsError.self) { try ControlChart(of: monthly(steady(14).map { $0 * large })) }
    }
    #expect(throws: IndicatorsError.self) {
      try ControlChart(of: monthly(steady(14)), settings: .init(target: -1.7e308))
    }
    var some = steady(20)
    some[3] = .infinity
    #expect(try ControlChart(of: monthly(some)).segments[0].pointCount == 19)
  }

  @Test("Screening, the version of two of three and the method are named") func named() throws {
    let screened = try ControlChart(of: monthly(steady(16)))
    #expect(screened.method == "XmR chart, limits 2.66 mean moving ranges, moving ranges screened")
    #expect(screened.notes[0].hasSuffix("0 of 15"))
    let plain = try ControlChart(
      of: monthly(steady(16)), settings: .init(screensMovingRanges: false, twoOfThree: .westernElectric))
    #expect(plain.method.hasSuffix("not screened"))
    #expect(plain.notes[0].contains("no screening") && plain.notes[1].contains("Western Electric"))
    #expect(
      SpecialCause.allCases.allSatisfy { !$0.label.isEmpty }
        && Set(SpecialCause.allCases.map(\.name)).count == 8)
    #expect(ControlChartKind.allCases.map(\.label) == ["XmR chart", "p chart", "u chart", "g chart"])
  }
}

@Suite("Suggestions of where limits might be worked out anew") struct RecalculationSuggestionTests {
  @Test("The step of a shifted series is found where it begins, with its size") func step() throws {
    let reference = try #require(ControlChartReference.all.first { $0.name == "shift" })
    let chart = try ControlChart(of: monthly(reference.values))
    let suggestion = try #require(chart.suggestions.first)
    #expect(chart.suggestions.count == 1)
    #expect(suggestion.evidence == .step)
    // The least squares by trying every place, as the definition has it.
    func squares(_ values: ArraySlice<Double>) -> Double {
      let mean = values.reduce(0, +) / Double(values.count)
      return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    let whole = (8...22).map { squares(reference.values[..<$0]) + squares(reference.values[$0...]) }
    let best = 8 + (try #require(whole.indices.min { whole[$0] < whole[$1] }))
    #expect(suggestion.from == chart.points[best].period)
    #expect(suggestion.pointCount == 30 - best)
    let size = try #require(suggestion.size)
    let before = reference.values[..<best].reduce(0, +) / Double(best)
    let since = reference.values[best...].reduce(0, +) / Double(30 - best)
    #expect(abs(size - (since - before)) < 1e-9)
  }

  @Test("Two steps are found, chance is not, and a perfect step is") func several() throws {
    let noise = [0.4, -0.7, 0.9, -0.2, 0.1, -0.9, 0.6, -0.3, 0.2, 0.5, -0.6, 0.3]
    let levels = [10.0, 20, 5]
    let two: [Double] = (0..<36).map { levels[$0 / 12] + noise[$0 % 12] }
    let chart = try ControlChart(of: monthly(two))
    #expect(chart.suggestions.map(\.from) == [chart.points[12].period, chart.points[24].period])
    #expect(chart.suggestions.allSatisfy { $0.evidence == .step && $0.pointCount == 12 })
    #expect(try ControlChart(of: monthly(noise + noise)).suggestions.isEmpty)
    let perfect = try ControlChart(
      of: monthly(Array(repeating: 1, count: 10) + Array(repeating: 2, count: 10)))
    #expect(perfect.suggestions.map(\.size) == [1])
  }

  @Test("A long run that is no step by least squares is listed as a run") func run() throws {
    // Eight points just above the mean among wide swings.
    let wide = [9.0, -9, 8, -10, 9, -8, 10, -9]
    let values = wide + [1.0, 0.5, 1.2, 0.4, 0.9, 0.6, 1.1, 0.8] + wide
    let chart = try ControlChart(of: monthly(values))
    #expect(chart.suggestions.map(\.evidence) == [.run])
    #expect(chart.suggestions.map(\.from) == [chart.points[8].period])
  }

  @Test("A break beside a step explains it") func explained() throws {
    let noise = [0.4, -0.7, 0.9, -0.2, 0.1, -0.9, 0.6, -0.3, 0.2, 0.5, -0.6, 0.3]
    let values: [Double] = (0..<24).map { noise[$0 % 12] + ($0 < 12 ? 10 : 20) }
    let chart = try ControlChart(of: monthly(values, flags: [12: .definitionBreak]))
    #expect(chart.suggestions.map(\.evidence) == [.definitionBreak])
    let size = try #require(chart.suggestions.first?.size)
    #expect(abs(size - 10) < 1e-9)
  }

  @Test("A very long series is searched in bounded time") func long() throws {
    let values = (0..<20_000).map { (index: Int) -> Double in
      let level = (index / 50) % 7
      let noise = (index * 7919) % 13
      return Double(level) + Double(noise) / 13
    }
    let series = try Series(
      id: "plans", measure: Measure(id: "plans", unit: .score),
      points: values.enumerated().map { DataPoint(.index($0.offset, .daily), $0.element) })
    #expect(try ControlChart(of: series).suggestions.count { $0.evidence == .step } <= 100)
  }
}
