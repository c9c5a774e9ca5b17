import TimeSeries

/// What a list is to reach and by when, and then to hold: 92% within 18 weeks by 31 March 2025.
public struct WaitTarget: Hashable, Sendable {
  /// What is measured, and the level that it is to reach.
  public enum Aim: Hashable, Sendable {
    /// At least such a share of those waiting at the end of a week has waited no longer than so long. Met
    /// where nobody waits.
    case shareWaiting(Double, within: Weeks)
    /// At least such a share of those seen in so many weeks, up to the one that is judged, had waited no
    /// longer than so long. Met where nobody was seen and nobody waits, missed where children wait and nobody
    /// was seen.
    case shareSeen(Double, within: Weeks, over: Int)
    /// The mean wait of those waiting at the end of a week is at most so long. Met where nobody waits.
    case meanWait(Weeks)
    /// The mean wait of those seen in so many weeks, up to the one that is judged, was at most so long. Met
    /// where nobody was seen and nobody waits, missed where children wait and nobody was seen.
    case meanWaitSeen(Weeks, over: Int)
    /// At most so many children wait at the end of a week.
    case waiting(Double)
  }

  /// What is to be reached.
  public let aim: Aim
  /// The last day by which it is to be reached.
  public let date: CivilDate

  /// A target.
  ///
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)`` for a share that is not above 0 and at most 1, a
  ///   length of time that is not above 0, a date outside the years 1600 to 9999, a number of children below
  ///   0, and a measure over no weeks or more than 260.
  public init(_ aim: Aim, by date: CivilDate) throws(IndicatorsError) {
    func require(share: Double) throws(IndicatorsError) {
      guard share > 0, share <= 1 else {
        throw .invalid(
          subject: "target", reason: "a share of \(share) is not above 0 and at most 1; write 92% as 0.92")
      }
    }
    func require(_ length: Weeks) throws(IndicatorsError) {
      guard length.count > 0, length.count.isFinite else {
        throw .invalid(
          subject: "target",
          reason: "\(IndicatorsError.plain(length.count)) weeks is not a length of time above 0")
      }
    }
    func require(over weeks: Int) throws(IndicatorsError) {
      guard (1...260).contains(weeks) else {
        throw .invalid(subject: "target", reason: "a measure over \(weeks) weeks is not over 1 to 260 weeks")
      }
    }
    switch aim {
    case .shareWaiting(let share, let length):
      try require(share: share)
      try require(length)
    case .shareSeen(let share, let length, let weeks):
      try require(share: share)
      try require(length)
      try require(over: weeks)
    case .meanWait(let length): try require(length)
    case .meanWaitSeen(let length, let weeks):
      try require(length)
      try require(over: weeks)
    case .waiting(let count):
      guard count >= 0, count.isFinite else {
        throw .invalid(
          subject: "target",
          reason: "\(IndicatorsError.plain(count)) children waiting is not a number that is 0 or more")
      }
    }
    guard date.isInCalendar else { throw .invalid(subject: "target date", reason: date.calendarRefusal) }
    self.aim = aim
    self.date = date
  }

  /// At least such a share of those waiting within so long, by a date: the English standard for waits from
  /// referral to treatment, read on those who still wait.
  public init(share: Double, within length: Weeks, by date: CivilDate) throws(IndicatorsError) {
    try self.init(.shareWaiting(share, within: length), by: date)
  }

  /// The first week at whose end it is judged, for a list: the last that is over by the date. A target is
  /// then held if it is met at the end of every later week that is looked at.
  ///
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)`` where the date comes before the end of the list's
  ///   first week, and where it is not followed by one more week among those looked at.
  public func firstWeek(of model: WaitingListModel, weeks: Int) throws(IndicatorsError) -> Int {
    let week = model.weekOver(by: date)
    guard week >= 0 else {
      throw .invalid(
        subject: "\(model.name): target by \(date)",
        reason:
          "the list begins on \(model.start) and its first week ends on \(model.dayAfter(week: 0).adding(days: -1)); "
          + "give a later date")
    }
    guard week < weeks else {
      throw .invalid(
        subject: "\(model.name): target by \(date)",
        reason:
          "only \(weeks) weeks are looked at, to \(model.dayAfter(week: weeks - 1).adding(days: -1)); "
          + (week < WaitingListDefinition.longestHorizon
            ? "look at \(week + 1) or more" : "give an earlier date"))
    }
    return week
  }
}

/// Whether the expected course of a list meets a target, week by week.
public struct TargetCourse: Hashable, Sendable {
  /// The first week at whose end the target is judged.
  public let firstWeek: Int
  /// What is measured, at the end of each week from 0: a share, weeks, or children; nil where there is nobody
  /// to measure.
  public let values: [Double?]
  /// Whether the target's level is met at the end of each week from 0.
  public let isMet: [Bool]

  /// Whether it is met at ``firstWeek``.
  public var isMetInTime: Bool { isMet[firstWeek] }
  /// Whether it is met at ``firstWeek`` and in every week after it.
  public var isMetAndHeld: Bool { isMet[firstWeek...].allSatisfy { $0 } }
  /// Whether a week before another misses it, of those at which it is judged.
  func isMissed(beforeWeek week: Int) -> Bool {
    let end = min(week, isMet.count)
    return firstWeek < end && isMet[firstWeek..<end].contains(false)
  }
  /// The first week from which it is met to the end; nil where the last week misses it.
  public var heldFrom: Int? {
    guard isMet.last == true else { return nil }
    return (isMet.lastIndex(of: false) ?? -1) + 1
  }
}

extension WaitingListProjection {
  /// How the projected list does against a target.
  ///
  /// - Throws: what ``WaitTarget/firstWeek(of:weeks:)`` throws.
  public func course(of target: WaitTarget) throws(IndicatorsError) -> TargetCourse {
    let first = try target.firstWeek(of: model, weeks: weeks.count)
    var values: [Double?] = []
    var isMet: [Bool] = []
    for week in weeks {
      let value = value(of: target.aim, at: week)
      values.append(value)
      isMet.append(target.aim.isMet(value, waiting: week.waiting.total))
    }
    return TargetCourse(firstWeek: first, values: values, isMet: isMet)
  }

  private func value(of aim: WaitTarget.Aim, at week: WaitingListWeek) -> Double? {
    func window(_ weeks: Int) -> WaitDistribution { seen(in: max(0, week.week + 1 - weeks)..<week.week + 1) }
    switch aim {
    case .shareWaiting(_, let length): return week.waiting.share(within: length)
    case .shareSeen(_, let length, let weeks): return window(weeks).share(within: length)
    case .meanWait: return week.waiting.mean?.count
    case .meanWaitSeen(_, let weeks): return window(weeks).mean?.count
    case .waiting: return week.waiting.total
    }
  }
}

extension WaitTarget.Aim {
  /// Whether a value meets the level; where there was nobody to measure, whether nobody waits.
  ///
  /// A value that misses by less than a part in 10⁹ is rounding, and meets it.
  func isMet(_ value: Double?, waiting: Double) -> Bool {
    guard let value else { return waiting <= 1e-9 }
    switch self {
    case .shareWaiting(let level, _), .shareSeen(let level, _, _): return value >= level - 1e-9
    case .meanWait(let level), .meanWaitSeen(let level, _): return value <= level.count * (1 + 1e-9)
    case .waiting(let level): return value <= level * (1 + 1e-9) + 1e-9
    }
  }
}
