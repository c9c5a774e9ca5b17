import TimeSeries

/// A control chart while it is drawn up: its points, then its parts, then their limits.
struct ControlChartDraft {
  /// The series, with the figures that its counts give where it has none of its own.
  let series: Series
  /// How many of its figures are worked out from its counts.
  let workedOutCount: Int
  let kind: ControlChartKind
  let settings: ControlChartSettings
  let polarity: Polarity
  let unit: TimeSeries.Unit
  /// What errors and sentences call the series.
  let name: String
  var points: [ControlPoint]
  /// The figures of the points; not a number where there is none.
  let values: [Double]
  var segments: [ControlSegment] = []

  init(_ series: Series, kind: ControlChartKind, settings: ControlChartSettings) throws(IndicatorsError) {
    name = series.idWithArea
    let counted = try CountedFigures(series, kind, name)
    let series = counted.series
    self.series = series
    workedOutCount = counted.workedOutCount
    self.kind = kind
    self.settings = settings
    let given = settings.polarity ?? series.measure.polarity
    switch kind {
    case .xmr:
      points = try Self.figures(series, name)
      unit = series.measure.unit
      polarity = given
    case .p, .u:
      points = try CountChart.points(of: series, kind, name)
      unit =
        series.measure.unit.multiplier == nil
        ? (kind == .p ? .proportion : .rate(per: 1)) : series.measure.unit
      polarity = given
    case .g:
      let between = try RareEvents(series, name)
      points = between.points
      unit = between.unit
      // A polarity that was given is of the points on the chart; the measure's own is of the events.
      polarity = settings.polarity ?? (between.areDays ? given.opposite : given)
    }
    values = points.map { $0.value ?? .nan }
    if let target = settings.target, !(target.magnitude < ControlLimits.greatestFigure) {
      throw .invalid(
        subject: "\(name), target", reason: "\(target) is not a level that can be met; write a number")
    }
  }

  /// The figures of a series at every period; neighbouring periods must not share data.
  private static func figures(_ series: Series, _ name: String) throws(IndicatorsError) -> [ControlPoint] {
    try spaced(series, name).points.map { point in
      ControlPoint(period: point.period, value: point.value.flatMap { $0.isFinite ? $0 : nil })
    }
  }

  /// A series with a point at every period.
  static func spaced(_ series: Series, _ name: String) throws(IndicatorsError) -> Series {
    if let kind = series.kind, kind.overlaps {
      throw .unfit(
        series: name, method: "a control chart",
        reason:
          "its periods overlap, so that neighbouring points share most of what they count and limits come out too narrow",
        remedy: "chart the single months or years of which they are made")
    }
    do {
      return try series.evenlySpaced()
    } catch {
      throw .unfit(
        series: name, method: "a control chart", reason: "\(error)",
        remedy: "give its figures without such gaps")
    }
  }

  // MARK: Parts

  /// Divides the points where limits are worked out anew.
  mutating func divide() throws(IndicatorsError) {
    guard let first = points.first?.period, let last = points.last?.period else {
      throw .tooFewPoints(series: name, method: limitsName, found: 0, needed: ControlChart.fewestPoints)
    }
    var starts: [(position: Int, recalculation: Recalculation?)] = [(0, nil)]
    for recalculation in settings.recalculations.sorted(by: { $0.from < $1.from }) {
      let subject = "\(name), recalculation from \(recalculation.from)"
      guard recalculation.reason.contains(where: { !$0.isWhitespace }) else {
        throw .invalid(
          subject: subject, reason: "it has no reason; say what happened then, such as new pathway opened")
      }
      guard first.distance(to: recalculation.from) != nil else {
        throw .invalid(
          subject: subject, reason: "the series has no such periods; write one of its own, such as \(last)")
      }
      guard let position = points.firstIndex(where: { $0.period >= recalculation.from }), position > 0 else {
        throw .invalid(
          subject: subject,
          reason: "it is not inside the chart; write a period after \(first) and up to \(last)")
      }
      guard position != starts.last?.position else {
        throw .invalid(
          subject: subject, reason: "there is another at the same point of the chart; give each point one")
      }
      starts.append((position, recalculation))
    }
    for (index, start) in starts.enumerated() {
      let end = index + 1 < starts.count ? starts[index + 1].position : points.count
      segments.append(
        ControlSegment(
          positions: start.position..<end, first: points[start.position].period, last: points[end - 1].period,
          recalculation: start.recalculation,
          pointCount: values[start.position..<end].count { !$0.isNaN }))
    }
  }

  /// The places of a part's points that its limits are from.
  private func baseline(of segment: ControlSegment) -> Range<Int> {
    let all = segment.positions
    switch settings.baseline {
    case nil: return all
    case .points(let wanted):
      var found = 0
      let end = all.first { position in
        if !values[position].isNaN { found += 1 }
        return found == wanted
      }
      return all.lowerBound..<(end.map { $0 + 1 } ?? all.upperBound)
    case .upTo(let period):
      guard points[all.lowerBound].period <= period, period <= points[all.upperBound - 1].period else {
        return all
      }
      let end = all.first { points[$0].period > period } ?? all.upperBound
      return all.lowerBound..<end
    }
  }

  private func checkBaseline() throws(IndicatorsError) {
    switch settings.baseline {
    case nil: break
    case .points(let count):
      guard count >= ControlChart.fewestPoints else {
        throw .invalid(
          subject: "\(name), baseline",
          reason: "\(count) points are too few for limits; give at least \(ControlChart.fewestPoints)")
      }
    case .upTo(let period):
      guard let first = points.first?.period, let last = points.last?.period,
        first.distance(to: period) != nil
      else {
        throw .invalid(
          subject: "\(name), baseline up to \(period)",
          reason:
            "the series has no such periods; write one of its own, such as \(points.last?.period.label ?? "2024-03")"
        )
      }
      guard period >= first, period <= last else {
        throw .invalid(
          subject: "\(name), baseline up to \(period)",
          reason: "it is not inside the chart, from \(first) to \(last)")
      }
    }
  }

  // MARK: Limits

  /// What errors call limits of the kind.
  var limitsName: String { "\(kind == .xmr ? "an" : "a") \(kind.label) with limits" }

  /// Works out the limits of every part and marks its points.
  mutating func drawLimits() throws(IndicatorsError) {
    try checkBaseline()
    for index in segments.indices {
      var segment = segments[index]
      draw(&segment)
      segments[index] = segment
    }
    guard segments.allSatisfy({ $0.refusal != nil }) else { return }
    let most = segments.map(\.pointCount).max() ?? 0
    if most < ControlChart.fewestPoints {
      guard segments.count == 1 else {
        throw .unfit(
          series: name, method: limitsName,
          reason:
            "no part of it between recalculations has \(ControlChart.fewestPoints) figures; the longest has \(most)",
          remedy: "recalculate less often, or wait for more figures")
      }
      throw .tooFewPoints(series: name, method: limitsName, found: most, needed: ControlChart.fewestPoints)
    }
    throw .unfit(
      series: name, method: limitsName,
      reason: segments.compactMap(\.refusal).first.map { "there are \($0)" }
        ?? "there is nothing to draw them from",
      remedy: "look at its figures and at the baseline first")
  }

  private mutating func draw(_ segment: inout ControlSegment) {
    let baseline = baseline(of: segment)
    segment.baselineCount = values[baseline].count { !$0.isNaN }
    guard segment.baselineCount >= ControlChart.fewestPoints else {
      let count = segment.baselineCount
      segment.refusal =
        "no limits from \(segment.first) to \(segment.last): they need at least \(ControlChart.fewestPoints) points"
        + "\(count < segment.pointCount ? " in the baseline" : "") and there \(count == 1 ? "is" : "are") \(count)"
      return
    }
    let lines: [ControlLimits?]
    switch kind {
    case .xmr: lines = movingRangeLines(&segment, baseline)
    case .p, .u: lines = countLines(&segment, baseline)
    case .g: lines = rareEventLines(&segment, baseline)
    }
    guard segment.refusal == nil else { return }
    let greatest = ControlLimits.greatestFigure
    guard
      lines.allSatisfy({ $0.map { $0.upper.magnitude < greatest && $0.lower.magnitude < greatest } ?? true }),
      !values[segment.positions].contains(where: { $0.magnitude >= greatest })
    else {
      segment.refusal =
        "no limits from \(segment.first) to \(segment.last): its figures are too large to be added up"
      return
    }
    mark(segment, lines)
    segment.limits = segment.positions.last { points[$0].value != nil }.flatMap { points[$0].limits }
  }

  private func movingRangeLines(_ segment: inout ControlSegment, _ baseline: Range<Int>) -> [ControlLimits?] {
    let figures = Array(values[baseline])
    guard let numbers = MovingRangeLimits(figures.span, screensMovingRanges: settings.screensMovingRanges)
    else {
      segment.refusal =
        "no limits from \(segment.first) to \(segment.last): no two of its points are neighbours, and limits are worked "
        + "out from the change between neighbours"
      return []
    }
    segment.mean = numbers.mean
    segment.meanMovingRange = numbers.meanMovingRange
    segment.screenedCount = numbers.screenedCount
    segment.movingRangeCount = numbers.movingRangeCount
    return Array(repeating: numbers.limits, count: segment.positions.count)
  }

  private func countLines(_ segment: inout ControlSegment, _ baseline: Range<Int>) -> [ControlLimits?] {
    let chart = CountChart(points[baseline], kind, multiplier: unit.multiplier ?? 1)
    segment.mean = chart.mean * chart.multiplier
    segment.dispersion = chart.dispersion
    let factor = settings.adjustsForDispersion ? chart.dispersion ?? 1 : 1
    return segment.positions.map { position in
      points[position].value == nil ? nil : chart.limits(points[position].denominator, widenedBy: factor)
    }
  }

  private func rareEventLines(_ segment: inout ControlSegment, _ baseline: Range<Int>) -> [ControlLimits?] {
    let figures = values[baseline].filter { !$0.isNaN }
    let mean = figures.reduce(0, +) / Double(figures.count)
    segment.mean = mean
    guard mean > 0 else {
      segment.refusal =
        "no limits from \(segment.first) to \(segment.last): nothing lies between any of the events, which are not rare"
      return []
    }
    return Array(repeating: RareEvents.limits(mean: mean), count: segment.positions.count)
  }

  /// Puts the lines to the points of a part and marks them.
  private mutating func mark(_ segment: ControlSegment, _ lines: [ControlLimits?]) {
    let figures = Array(values[segment.positions])
    var signals = zip(figures, lines).map { value, limits in
      limits.map { PointSignal(value, $0) } ?? .none
    }
    var span = signals.mutableSpan
    ControlRuleMarking.mark(&span, values: figures.span, twoOfThree: settings.twoOfThree)
    for ((position, signal), limits) in zip(zip(segment.positions, signals), lines) {
      points[position].signal = signal
      points[position].limits = limits
    }
  }
}

extension Polarity {
  /// The other way; nobody judges what nobody judged.
  var opposite: Polarity {
    switch self {
    case .higherIsBetter: .lowerIsBetter
    case .lowerIsBetter: .higherIsBetter
    case .neutral: .neutral
    }
  }
}

extension Period.Kind {
  /// Whether a period of the kind shares days with the next.
  var overlaps: Bool {
    switch self {
    case .pooledYears: true
    case .rollingMonths(let count, let frequency): frequency.months.map { count > $0 } ?? true
    case .index, .year, .quarter, .month, .week, .day, .census: false
    }
  }
}
