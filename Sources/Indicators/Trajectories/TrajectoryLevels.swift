import TimeSeries

// The levels of milestones, worked out from the plan's words.

extension TrajectoryJudge {
  enum Resolution {
    case known(MilestoneOutlook.Level)
    case missing(String)
  }

  /// The level of a milestone, and how it follows from the words.
  func resolved(_ milestone: Trajectory.Milestone) -> Resolution {
    switch milestone.rule {
    case .level(let level):
      return .known(
        MilestoneOutlook.Level(value: level, basis: LevelText.text(level, unit), isProvisional: false))
    case .nationalAverage:
      switch national(for: milestone) {
      case .missing(let reason): return .missing(reason)
      case .known(let average):
        return .known(
          MilestoneOutlook.Level(
            value: average.value, basis: "\(average.basis): \(LevelText.text(average.value, unit))",
            isProvisional: average.isProvisional))
      }
    case .levelOrNational(let level, let choice):
      switch national(for: milestone) {
      case .missing(let reason): return .missing(reason)
      case .known(let average):
        let value = choice.of(level, average.value)
        let isLenient = (choice == .higher) == (trajectory.polarity == .lowerIsBetter)
        return .known(
          MilestoneOutlook.Level(
            value: value,
            basis: "\(LevelText.text(level, unit)) or \(average.basis), whichever is the \(choice.rawValue): "
              + LevelText.text(value, unit)
              + (isLenient ? " (the less demanding of the two, as the plan is worded)" : ""),
            isProvisional: average.isProvisional))
      }
    case .baselinePlus(let amount, let kind): return raised(by: amount, kind)
    case .statesBaseline, .establishBaseline, .none, .toBeDetermined:
      return .missing(Self.reason(of: milestone.rule, unit))
    }
  }

  private func raised(by amount: Double, _ kind: MilestoneRule.Increase) -> Resolution {
    guard let baseline else {
      return .missing("the baseline that it builds on is not known: \"\(trajectory.baseline.wording)\"")
    }
    if kind == .perCent, baseline.value < 0 {
      return .missing(
        "a share of a baseline below 0 is not defined; say in points how much is added to "
          + LevelText.text(baseline.value, unit))
    }
    let value = kind == .points ? baseline.value + amount : baseline.value + baseline.value * amount / 100
    let word = amount < 0 ? "minus" : "plus"
    let size = amount.magnitude
    let by =
      switch (kind, unit) {
      case (.perCent, _): "\(LevelText.plain(size))% of itself"
      case (.points, .percentage): "\(LevelText.plain(size)) points"
      case (.points, .proportion): "\(LevelText.plain(size * 100)) points"
      case (.points, _): LevelText.text(size, unit)
      }
    let isBeyond = unit.upperBound.map { value > $0 } ?? false
    return .known(
      MilestoneOutlook.Level(
        value: value,
        basis: "\(baseline.basis), \(LevelText.text(baseline.value, unit)), \(word) \(by): "
          + LevelText.text(value, unit) + (isBeyond ? " (more than the measure can be)" : ""),
        isProvisional: false))
  }

  private enum NationalAverage {
    case known((value: Double, basis: String, isProvisional: Bool))
    case missing(String)
  }

  /// The national average of the period that a milestone is judged by, or the last before it where that is to come.
  private func national(for milestone: Trajectory.Milestone) -> NationalAverage {
    guard let series = figures.national, let period = judgingPeriod(of: series, for: milestone),
      let last = series.latest, let value = last.value
    else { return .missing("no national average is given") }
    if let reason = trajectory.reasonNotCollected(period, asOf: asOf) {
      return .missing("nothing is collected for \(period.label): \(reason)")
    }
    if let average = series.point(at: period)?.value {
      return .known(
        (average, "national average (\(LevelText.text(average, unit)) in \(period.label))", false))
    }
    guard last.period < period else { return .missing("there is no national average of \(period.label)") }
    return .known(
      (
        value,
        "national average (\(LevelText.text(value, unit)) in \(last.period.label), the last that is published)",
        true
      ))
  }

  /// The baseline: the plan's own, the one that a milestone says, or the one that a milestone had to establish.
  static func baseline(
    of trajectory: Trajectory, figures: TrajectoryFigures
  ) -> TrajectoryOutlook.KnownBaseline? {
    if let value = trajectory.baseline.value {
      let date = trajectory.baseline.date
      return TrajectoryOutlook.KnownBaseline(value: value, date: date, basis: "the baseline of \(date)")
    }
    for milestone in trajectory.milestones {
      if case .statesBaseline(let value) = milestone.rule {
        return TrajectoryOutlook.KnownBaseline(
          value: value, date: milestone.date, basis: "the baseline as worded for \(milestone.label)")
      }
      if milestone.rule == .establishBaseline, figures.proxy == nil, let own = figures.own,
        let period = judgingPeriod(of: own, by: milestone.date, trajectory.judgedBy), let end = period.end,
        let value = own.point(at: period)?.value
      {
        return TrajectoryOutlook.KnownBaseline(
          value: value, date: end, basis: "the baseline as measured in \(period.label)")
      }
    }
    return nil
  }
}
