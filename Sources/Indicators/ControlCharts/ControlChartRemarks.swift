import TimeSeries

/// What is said beside a chart: what must be known before it is believed, and how it was drawn up.
struct ControlChartRemarks {
  private(set) var warnings: [String] = []
  private(set) var notes: [String] = []

  init(_ draft: ControlChartDraft) {
    warnOfBreaks(draft)
    for segment in draft.segments { warn(of: segment, draft) }
    warnOfCounts(draft)
    if let target = draft.settings.target, let why = LevelText.impossibility(of: target, draft.unit) {
      warnings.append("The target of \(Self.short(target)) cannot be: \(why)")
    }
    if let last = draft.series.points.last(where: { $0.value != nil }), last.flags.contains(.provisional) {
      warnings.append("The last figure, \(last.period), is provisional: the publisher expects to revise it")
    }
    noteMethod(draft)
    if draft.kind == .xmr, draft.workedOutCount > 0 {
      let count = draft.workedOutCount
      notes.append(
        "\(count) \(count == 1 ? "figure has no value and is" : "figures have no value and are") worked out from numerator "
          + "and denominator")
    }
    noteGaps(draft)
    noteSuppressed(draft)
    noteImpossible(draft)
  }

  // MARK: Warnings

  private mutating func warnOfBreaks(_ draft: ControlChartDraft) {
    guard draft.series.points.contains(where: \.breakBefore) else { return }
    for segment in draft.segments {
      for position in segment.positions.dropFirst() {
        guard let point = draft.series.point(at: draft.points[position].period) else { continue }
        if point.flags.contains(.definitionBreak) {
          warnings.append(
            "WHAT IS MEASURED CHANGED before \(point.period): figures before and after cannot be compared, and limits and "
              + "rules here mix them; recalculate from \(point.period) and give that as the reason")
        } else if point.flags.contains(.reportingBreak) {
          warnings.append(
            "The way of collecting or reporting changed before \(point.period): a signal there may be the change itself; "
              + "recalculate from \(point.period) if it is, and say so")
        }
      }
    }
  }

  private mutating func warn(of segment: ControlSegment, _ draft: ControlChartDraft) {
    if let refusal = segment.refusal {
      warnings.append(refusal.prefix(1).uppercased() + refusal.dropFirst())
      return
    }
    let span = "from \(segment.first) to \(segment.last)"
    if segment.baselineCount < ControlChart.fewestPointsUnwarned {
      warnings.append(
        "The limits \(span) are from \(segment.baselineCount) points, the fewest from which they are worked out, and will "
          + "move as figures come")
    }
    if draft.kind == .xmr, segment.movingRangeCount + 1 < ControlChart.fewestPoints {
      warnings.append(
        "The limits \(span) rest on \(segment.movingRangeCount) moving ranges alone, because missing figures take theirs with "
          + "them")
    }
    if case .points(let wanted) = draft.settings.baseline, segment.baselineCount < wanted {
      warnings.append(
        "The baseline \(span) is to have \(wanted) points and has \(segment.baselineCount) so far: its limits are not fixed yet"
      )
    }
    if segment.meanMovingRange == 0 {
      let why = segment.screenedCount > 0 ? "without those that were screened, no figure" : "no figure"
      warnings.append(
        "The limits \(span) have no width, because \(why) differs from the one before: any change at all is beyond them"
      )
    }
    if draft.kind == .p || draft.kind == .u, let limits = segment.limits, limits.hasNoWidth {
      let why =
        switch segment.mean {
        case 0?: "nothing is counted above the line"
        case draft.unit.multiplier? where draft.kind == .p: "all that are looked at are counted"
        default: "no point differs from the one before, by which Laney's adjustment measures"
        }
      warnings.append(
        "The limits \(span) have no width, because \(why): any change at all is beyond them")
    }
    if let dispersion = segment.dispersion, !draft.settings.adjustsForDispersion,
      dispersion > CountChart.greatestChanceDispersion(points: segment.baselineCount)
    {
      warnings.append(
        "The points \(span) vary \(Self.short(dispersion)) times as much as chance alone would make them: the limits are too "
          + "narrow; ask for Laney's adjustment, or for an XmR chart")
    }
  }

  /// Says where a publisher's figure is not what its counts give, beyond what rounding explains.
  private mutating func warnOfCounts(_ draft: ControlChartDraft) {
    guard draft.kind == .p || draft.kind == .u, let whole = draft.series.measure.unit.multiplier else {
      return
    }
    // Half of a whole number of a percentage or rate, half of a hundredth of a proportion, and a hundredth of the figure.
    let rounding = whole == 1 ? 0.005 : 0.5
    let doubtful = draft.points.compactMap { point -> (period: Period, published: Double, counted: Double)? in
      guard let counted = point.value, let published = draft.series.point(at: point.period)?.value,
        (published - counted).magnitude > rounding + 0.01 * counted.magnitude
      else { return nil }
      return (point.period, published, counted)
    }
    guard let first = doubtful.first else { return }
    warnings.append(
      "\(doubtful.count) of the published figures \(doubtful.count == 1 ? "is" : "are") not what the counts give, first "
        + "\(first.period): \(Self.short(first.published)) is published and the counts give \(Self.short(first.counted)), which "
        + "the chart shows")
  }

  // MARK: Notes

  private mutating func noteMethod(_ draft: ControlChartDraft) {
    if draft.kind == .xmr {
      let screened = draft.segments.reduce(0) { $0 + $1.screenedCount }
      let ranges = draft.segments.reduce(0) { $0 + $1.movingRangeCount }
      notes.append(
        draft.settings.screensMovingRanges
          ? "Moving ranges of 3.267 times their mean or more are left out of the limits (screening, as NHSRplotthedots does "
            + "and NHS England's spreadsheets do not): \(screened) of \(ranges)"
          : "Every moving range counts in the limits (no screening, as in NHS England's spreadsheets; NHSRplotthedots screens)"
      )
    }
    if draft.settings.twoOfThree == .westernElectric {
      notes.append(
        "Two of three is used as Western Electric has it: points beyond a limit count, and the third may lie anywhere"
      )
    }
    if let baseline = draft.settings.baseline {
      switch baseline {
      case .points(let count):
        notes.append("Limits are fixed by the first \(count) points, and anew after every recalculation")
      case .upTo(let period): notes.append("Limits are fixed by the points up to \(period)")
      }
    }
    for segment in draft.segments {
      guard let recalculation = segment.recalculation else { continue }
      notes.append("Limits are worked out anew from \(recalculation.from): \(recalculation.reason)")
    }
    if draft.kind == .p || draft.kind == .u {
      for segment in draft.segments {
        guard let dispersion = segment.dispersion, draft.settings.adjustsForDispersion else { continue }
        notes.append(
          "The limits from \(segment.first) to \(segment.last) are \(Self.short(dispersion)) times as wide as chance alone "
            + "would make them (Laney)")
      }
    }
    if draft.kind == .g {
      notes.append(
        "Points are what lies between an event and the one before, limits their 0.135% and 99.865% points and the centre the "
          + "median; how long ago the last event was is no point")
    }
  }

  private mutating func noteGaps(_ draft: ControlChartDraft) {
    let missing = draft.points.filter { $0.value == nil }.map(\.period.label)
    guard !missing.isEmpty else { return }
    let named =
      missing.prefix(6).joined(separator: ", ") + (missing.count > 6 ? " and \(missing.count - 6) more" : "")
    notes.append(
      "No figure for \(named): no moving range is taken across a missing figure, and it ends every run")
  }

  private mutating func noteSuppressed(_ draft: ControlChartDraft) {
    let suppressed = draft.series.points.filter(\.isHeldBack).map(\.period.label)
    guard !suppressed.isEmpty else { return }
    let named =
      suppressed.prefix(6).joined(separator: ", ")
      + (suppressed.count > 6 ? " and \(suppressed.count - 6) more" : "")
    notes.append("Suppressed, and not worked out from counts: \(named)")
  }

  private mutating func noteImpossible(_ draft: ControlChartDraft) {
    for segment in draft.segments {
      guard let limits = segment.limits else { continue }
      let span = "from \(segment.first) to \(segment.last)"
      let least = draft.unit.lowerBound ?? (draft.kind == .g ? 0 : nil)
      if let least, limits.lower < least {
        notes.append(
          "The lower limit \(span), \(Self.short(limits.lower)), is below \(Self.short(least)), which the measure cannot be: no "
            + "point can be special cause by lying below it")
      }
      if let greatest = draft.unit.upperBound, limits.upper > greatest {
        notes.append(
          "The upper limit \(span), \(Self.short(limits.upper)), is above \(Self.short(greatest)), which the measure cannot be: no "
            + "point can be special cause by lying above it")
      }
    }
  }

  /// A number to two decimals.
  static func short(_ value: Double) -> String {
    let hundredths = (value * 100).rounded()
    guard hundredths.magnitude < 1e15 else { return "\(value)" }
    return IndicatorsError.plain(hundredths / 100)
  }
}
