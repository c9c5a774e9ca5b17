import TimeSeries

// A target for assessments is a share of the plans issued in some weeks, in time:
// ``WaitTarget/Aim/shareSeen(_:within:over:)`` within the limit of the queue.

extension AssessmentQueue {
  /// The share, the window and the first week of a target for the queue.
  ///
  /// - Throws: ``IndicatorsError/unfit(series:method:reason:remedy:)`` for a target that is not for the share
  ///   of plans within the limit, and for a date by which fewer weeks than its window has are over; what
  ///   ``WaitTarget/firstWeek(of:weeks:)`` throws.
  func parts(
    of target: WaitTarget, weeks: Int
  ) throws(IndicatorsError) -> (share: Double, window: Int, first: Int) {
    guard case .shareSeen(let share, let length, let window) = target.aim, length == Weeks(Double(limit))
    else {
      throw .unfit(
        series: name, method: "this target",
        reason: "what is published of assessments is the plans issued in time",
        remedy: "write a share of plans within \(limit) weeks")
    }
    let calendar = WaitingListModel(name: name, start: start, waiting: [], referrals: [], capacity: [])
    let first = try target.firstWeek(of: calendar, weeks: weeks)
    // A year of which half is projected is no year: the half may be in time and the year not.
    guard first >= window - 1 else {
      throw .unfit(
        series: name, method: "the target by \(target.date)",
        reason:
          "it is of the plans issued in \(window) weeks, and \(first + 1) from \(start) are over by then",
        remedy: "give \(calendar.dayAfter(week: window - 1).adding(days: -1)) or a later day")
    }
    return (share, window, first)
  }
}

extension AssessmentProjection {
  /// How the projected share of plans in time does against a target:
  /// ``WaitTarget/Aim/shareSeen(_:within:over:)`` within ``AssessmentQueue/limit`` weeks, over as many weeks
  /// up to each as the target says; no value before so many are projected. Weeks without a plan are none in
  /// which plans were in time, and miss it.
  ///
  /// - Throws: ``IndicatorsError/unfit(series:method:reason:remedy:)`` for another kind of target, and what
  ///   ``WaitTarget/firstWeek(of:weeks:)`` throws.
  public func course(of target: WaitTarget) throws(IndicatorsError) -> TargetCourse {
    let (share, window, first) = try queue.parts(of: target, weeks: weeks.count)
    let values = weeks.indices.map {
      $0 + 1 < window ? nil : shareInTime(in: $0 + 1 - window..<$0 + 1)
    }
    return TargetCourse(firstWeek: first, values: values, isMet: values.map { ($0 ?? -1) >= share - 1e-9 })
  }
}

extension AssessmentSimulation {
  /// How likely a share of plans in time is met and held: the share of simulated futures in which it is at
  /// the end of the first week at which the target is judged, and of every week after it.
  ///
  /// - Parameters:
  ///   - target: ``WaitTarget/Aim/shareSeen(_:within:over:)`` within ``AssessmentQueue/limit`` weeks. Weeks
  ///     without a plan miss it.
  ///   - holding: for how many weeks after the first it is to be held; to the last week simulated where that
  ///     is nil or comes sooner.
  /// - Throws: ``IndicatorsError/unfit(series:method:reason:remedy:)`` for another kind of target, what
  ///   ``WaitTarget/firstWeek(of:weeks:)`` throws, and ``IndicatorsError/invalid(subject:reason:)`` for a
  ///   negative number of weeks.
  public func probability(
    of target: WaitTarget, holding: Int? = nil
  ) throws(IndicatorsError) -> TargetProbability {
    let (share, window, first) = try queue.parts(of: target, weeks: weeks)
    return try TargetProbability(
      list: queue.name, paths: paths, weeks: weeks, first: first, holding: holding
    ) { (week) throws(IndicatorsError) in
      // Not a number is not at least anything: a path without a plan misses the target.
      week + 1 < window
        ? [Bool](repeating: false, count: paths)
        : shares(upTo: week, over: window).map { $0 >= share - 1e-9 }
    }
  }
}
