import TimeSeries

/// Judges the milestones of one trajectory by what was known on a day.
struct TrajectoryJudge {
  let trajectory: Trajectory
  /// What was known on the day.
  let figures: TrajectoryFigures
  let asOf: CivilDate
  let rules: TrajectoryRules
  let baseline: TrajectoryOutlook.KnownBaseline?

  init(_ trajectory: Trajectory, figures: TrajectoryFigures, asOf: CivilDate, rules: TrajectoryRules) {
    self.trajectory = trajectory
    self.figures = figures
    self.asOf = asOf
    self.rules = rules
    baseline = Self.baseline(of: trajectory, figures: figures)
  }

  var unit: Unit { trajectory.unit }

  /// Whether a milestone's date has come, and the period by which it is judged is over.
  private func isDue(_ milestone: Trajectory.Milestone, _ period: Period?) -> Bool {
    milestone.date <= asOf && period?.end.map { $0 <= asOf } ?? true
  }

  func outlook(at position: Int) -> MilestoneOutlook {
    let milestone = trajectory.milestones[position]
    switch milestone.rule {
    case .none, .toBeDetermined, .statesBaseline:
      return without(milestone, .notMeasurable, milestone.remark ?? Self.reason(of: milestone.rule, unit))
    case .establishBaseline: return establishing(milestone)
    case .level, .nationalAverage, .levelOrNational, .baselinePlus:
      return judged(milestone, at: position)
    }
  }

  static func reason(of rule: MilestoneRule, _ unit: Unit) -> String {
    switch rule {
    case .toBeDetermined: "the level is still to be determined"
    case .statesBaseline(let value):
      "it says that the baseline is \(LevelText.text(value, unit)) and sets no level to reach"
    default: "the plan sets no level for the date"
    }
  }

  /// A milestone of which no figure can be set beside a level.
  private func without(
    _ milestone: Trajectory.Milestone, _ status: MilestoneStatus, _ reason: String,
    level: MilestoneOutlook.Level? = nil, period: Period? = nil, actual: Double? = nil,
    runRate: RequiredRunRate? = nil
  ) -> MilestoneOutlook {
    MilestoneOutlook(
      milestone: milestone, level: level, period: period, actual: actual, status: status, reason: reason,
      expected: nil, runRate: runRate)
  }

  /// Whether a baseline that is to be measured has been.
  private func establishing(_ milestone: Trajectory.Milestone) -> MilestoneOutlook {
    let open: MilestoneStatus = milestone.date <= asOf ? .notMeasurable : .notYetDue
    guard let own = figures.own, let period = judgingPeriod(of: own, for: milestone) else {
      return without(milestone, open, "a baseline is to be established; no figures are given")
    }
    if figures.proxy != nil {
      return without(
        milestone, open,
        "a baseline is to be established; the figures are of a proxy, which establishes none",
        period: period)
    }
    guard let value = own.point(at: period)?.value else {
      return without(
        milestone, open, "a baseline is to be established; no figure of \(period.label) is published",
        period: period)
    }
    return without(
      milestone, .met,
      "a baseline is established: \(LevelText.text(value, unit)) in \(period.label)", period: period,
      actual: value)
  }

  // MARK: Levels

  private func judged(_ milestone: Trajectory.Milestone, at position: Int) -> MilestoneOutlook {
    let own = figures.own.flatMap { $0.points.isEmpty ? nil : $0 }
    let period = own.flatMap { judgingPeriod(of: $0, for: milestone) }
    let open: MilestoneStatus = isDue(milestone, period) ? .notMeasurable : .notYetDue
    if let period, let reason = trajectory.reasonNotCollected(period, asOf: asOf) {
      return without(
        milestone, .notMeasurable, "nothing is collected for \(period.label): \(reason)", period: period)
    }
    let level: MilestoneOutlook.Level
    switch resolved(milestone) {
    case .known(let found): level = found
    case .missing(let reason):
      return without(
        milestone, open, reason, period: period, actual: period.flatMap { own?.point(at: $0)?.value })
    }
    guard let own, let period, let end = period.end else {
      return without(
        milestone, open,
        figures.refusal
          ?? (open == .notMeasurable ? "no figures are given of it" : "no figures are given of it yet"),
        level: level)
    }
    if let value = own.point(at: period)?.value {
      let said = "\(LevelText.text(value, unit)) in \(period.label)"
      if level.isProvisional {
        return without(
          milestone, open, "the figure is \(said); the national average of that period is not published",
          level: level, period: period, actual: value)
      }
      let isMet = trajectory.aim.isMet(value, level: level.value)
      return without(
        milestone, isMet ? .met : .missed,
        "\(said) \(isMet ? "reaches" : "does not reach") \(LevelText.text(level.value, unit))"
          + (end > milestone.date ? "; the period ends after the date" : ""),
        level: level, period: period, actual: value)
    }
    return toCome(milestone, at: position, level: level, own: own, period: period, end: end, open: open)
  }

  /// A milestone of whose period nothing is published.
  private func toCome(
    _ milestone: Trajectory.Milestone, at position: Int, level: MilestoneOutlook.Level, own: Series,
    period: Period,
    end: CivilDate, open: MilestoneStatus
  ) -> MilestoneOutlook {
    guard let last = own.latest, let lastValue = last.value, let lastEnd = last.period.end else {
      return without(milestone, open, "its figures have no values", level: level, period: period)
    }
    let latest = "the latest is \(LevelText.text(lastValue, unit)) in \(last.period.label)"
    if last.period > period || own.point(at: period) != nil {
      return without(
        milestone, .notMeasurable, "there is no figure of \(period.label); \(latest)", level: level,
        period: period)
    }
    let target = Target(
      level: level.value, aim: trajectory.aim, date: milestone.date, source: milestone.wording)
    let counted = trajectory.milestones[...position].last { $0.countsFrom != nil }?.countsFrom
    let isCounted = counted.map { from in last.period.start.map { $0 >= from } ?? false } ?? true
    let runRate: RequiredRunRate? =
      if milestone.date <= asOf {
        nil
      } else if let counted, !isCounted {
        RequiredRunRate(from: 0, on: Swift.max(counted, lastEnd), to: target, beginsAgain: true)
      } else {
        RequiredRunRate(from: lastValue, on: lastEnd, to: target)
      }
    if open == .notMeasurable, end.adding(days: longestLag(of: own)) < asOf {
      return without(
        milestone, .notMeasurable, "no figure of \(period.label) came when it could be expected; \(latest)",
        level: level, period: period)
    }
    if open == .notMeasurable, own.points.count(where: { $0.value != nil }) < rules.figuresToForecast,
      baseline.map({ $0.date >= lastEnd }) ?? true
    {
      // Nothing can be said ahead of it either: what is missing is the figure itself.
      return without(
        milestone, .notMeasurable, "no figure of \(period.label) is published yet; \(latest)", level: level,
        period: period)
    }
    guard let counted else {
      do throws(IndicatorsError) {
        return try forecast(milestone, level: level, own: own, period: period, end: end, runRate: runRate)
      } catch {
        return onLine(
          milestone, level: level, period: period, runRate: runRate,
          from: baseline.map { ($0.value, $0.date) },
          last: (lastValue, lastEnd), latest: latest, open: open, because: Self.unforeseen(error))
      }
    }
    guard isCounted else {
      return without(
        milestone, open,
        "counted again from zero on \(counted), since when no figure is published; \(latest)",
        level: level, period: period, runRate: runRate)
    }
    return onLine(
      milestone, level: level, period: period, runRate: runRate, from: (0, counted),
      last: (lastValue, lastEnd),
      latest: latest, open: open, because: "a count that begins again is not forecast")
  }

  private func forecast(
    _ milestone: Trajectory.Milestone, level: MilestoneOutlook.Level, own: Series, period: Period,
    end: CivilDate,
    runRate: RequiredRunRate?
  ) throws(IndicatorsError) -> MilestoneOutlook {
    // The period may end after the milestone, where the plan says so: the target is then of its end.
    let target = Target(level: level.value, aim: trajectory.aim, date: end, source: milestone.wording)
    let count = own.points.count { $0.value != nil }
    guard count >= rules.figuresToForecast else {
      throw .tooFewPoints(
        series: own.id, method: "a forecast here", found: count, needed: rules.figuresToForecast)
    }
    let outlook = try TargetOutlook(target, for: own, among: figures.comparators)
    guard case .forecast(let median, let lower, let upper, let probability) = outlook.verdict else {
      throw .forecast(series: own.id, reason: "\(period.label) is published")
    }
    let status = rules.status(probability: probability)
    let (low, high) = (LevelText.text(Self.rounded(lower), unit), LevelText.text(Self.rounded(upper), unit))
    let said =
      "expected in \(period.label): \(LevelText.text(Self.rounded(median), unit)) (\(low) to \(high) in 80 of 100 futures, "
      + "\(outlook.strengthText))"
    return MilestoneOutlook(
      milestone: milestone, level: level, period: period, actual: nil, status: status,
      reason: "\(said), against \(LevelText.text(level.value, unit))"
        + (outlook.remark.map { "; \($0)" } ?? ""),
      expected: MilestoneOutlook.Expected(
        median: median, lower80: lower, upper80: upper, probability: probability,
        comparatorCount: outlook.comparatorCount),
      runRate: runRate)
  }

  /// Why there is no forecast, as the middle of a sentence.
  private static func unforeseen(_ error: IndicatorsError) -> String {
    switch error {
    case .tooFewPoints(_, _, let found, let needed):
      "\(found) \(found == 1 ? "figure is" : "figures are") fewer than the \(needed) that a forecast needs"
    case .forecast(_, let reason): "it cannot be forecast, because \(reason)"
    default: "it cannot be forecast (\(error))"
    }
  }

  /// A milestone set beside the straight line that leads to it.
  private func onLine(
    _ milestone: Trajectory.Milestone, level: MilestoneOutlook.Level, period: Period,
    runRate: RequiredRunRate?,
    from start: (value: Double, date: CivilDate)?, last: (value: Double, end: CivilDate), latest: String,
    open: MilestoneStatus, because reason: String
  ) -> MilestoneOutlook {
    guard let start, start.date < last.end, last.end <= milestone.date else {
      let why =
        start == nil
        ? "no baseline to draw a line from" : "no figure after the baseline to set beside a line from it"
      return without(
        milestone, open, "\(latest); \(reason), and there is \(why)", level: level, period: period,
        runRate: runRate)
    }
    let share =
      RequiredRunRate.months(from: start.date, to: last.end)
      / RequiredRunRate.months(from: start.date, to: milestone.date)
    let line = start.value + share * (level.value - start.value)
    let status = rules.status(value: last.value, line: line, start: start.value, aim: trajectory.aim)
    return without(
      milestone, status,
      "\(latest), where the straight line from \(LevelText.text(start.value, unit)) on \(start.date) is at "
        + "\(LevelText.text(Self.rounded(line), unit)); \(reason)",
      level: level, period: period, runRate: runRate)
  }

  // MARK: Parts

  /// The period that a milestone is judged by; nil for a series without dates.
  func judgingPeriod(of series: Series, for milestone: Trajectory.Milestone) -> Period? {
    Self.judgingPeriod(of: series, by: milestone.date, trajectory.judgedBy)
  }

  static func judgingPeriod(of series: Series, by date: CivilDate, _ judgedBy: Trajectory.JudgedBy) -> Period?
  {
    guard let over = TargetOutlook.period(of: series, by: date) else { return nil }
    let next = over.advanced(by: 1)
    return judgedBy == .containing && next.start.map { $0 <= date } ?? false ? next : over
  }

  /// The longest that a figure of the series took from the end of its period to its publication, in days.
  private func longestLag(of series: Series) -> Int {
    series.points.compactMap { point in
      guard let end = point.period.end, let publication = point.publication else { return nil }
      return Swift.max(0, end.days(to: publication.date))
    }.max() ?? 0
  }

  /// A modelled value to three significant digits: more would pretend to know.
  private static func rounded(_ value: Double) -> Double {
    let size = value.magnitude
    let unit: Double = size >= 100 ? 1 : size >= 10 ? 0.1 : 0.01
    return (value / unit).rounded() * unit
  }
}
