/// What clearing a backlog does to the published share of plans in time: it falls while old cases are
/// finished, since each is a late plan issued, and rises above where it was when they are done. A figure that
/// falls in a recovery is no failure of it, and one that rises may be bought by leaving old cases where they
/// are.
public struct RecoveryDip: Hashable, Sendable {
  /// The share in time before the recovery.
  public let before: Double
  /// The lowest share in time from its beginning on.
  public let lowest: Double
  /// The week at whose end the share is lowest, the first such.
  public let weekOfLowest: Int
  /// The first week after that at whose end the share is above ``before``; nil where it is not within the
  /// projection. Where the share never falls, the first week at whose end it is above.
  public let backAbove: Int?
  /// The share in time at the end of the projection.
  public let atEnd: Double
  /// The number of weeks over which shares are taken.
  public let window: Int

  /// By how much the share falls, in the same unit; 0 where it never does.
  public var depth: Double { max(0, before - lowest) }
}

extension AssessmentProjection {
  /// The dip of the share in time when a recovery begins.
  ///
  /// - Parameters:
  ///   - week: the week in which the recovery begins.
  ///   - before: the share in time before it, from 0 to 1, such as the published figure of the last year;
  ///     where it is nil, the projected share of the weeks before, of which there must be as many as the
  ///     window has.
  ///   - window: the number of weeks over which each share is taken: a quarter, where it is not given. Shares
  ///     from the beginning on are of weeks since then alone, so that what was before does not hide the dip.
  /// - Throws: ``IndicatorsError/unfit(series:method:reason:remedy:)`` where no plan is issued before or
  ///   after, and where there are too few weeks before; ``IndicatorsError/invalid(subject:reason:)`` for
  ///   numbers that cannot be.
  public func recoveryDip(
    from week: Int, before: Double? = nil, over window: Int = 13
  ) throws(IndicatorsError) -> RecoveryDip {
    guard weeks.indices.contains(week) else {
      throw .invalid(
        subject: "\(queue.name): week \(week) of recovery",
        reason: "weeks 0 to \(weeks.count - 1) are projected")
    }
    guard (1...260).contains(window) else {
      throw .invalid(subject: "\(queue.name): shares over \(window) weeks", reason: "write 1 to 260")
    }
    if let before, !(before >= 0 && before <= 1) {
      throw .invalid(
        subject: "\(queue.name): share in time before",
        reason: "\(before) is not from 0 to 1; write 46% as 0.46")
    }
    guard before != nil || week >= window else {
      throw .unfit(
        series: queue.name, method: "the recovery dip",
        reason: "the recovery begins in week \(week) and the share before is taken over \(window) weeks",
        remedy: "give the published share before it, or let it begin later")
    }
    guard let start = before ?? shareInTime(in: week - window..<week) else {
      throw noPlans("before the recovery")
    }
    // From the first whole window on; a shorter one only where there is no more.
    let first = min(week + window, weeks.count) - 1
    let shares = (first..<weeks.count).map { end in
      (end, shareInTime(in: max(week, end + 1 - window)..<end + 1))
    }
    var lowest: (week: Int, share: Double)?
    for case (let end, let share?) in shares where share < lowest?.share ?? .infinity {
      lowest = (end, share)
    }
    guard let lowest, let atEnd = shares.last(where: { $0.1 != nil })?.1 else {
      throw noPlans("from week \(week) on")
    }
    let falls = lowest.share < start - 1e-9
    let back = shares.first { ($0.0 > lowest.week || !falls) && ($0.1 ?? 0) > start + 1e-9 }
    return RecoveryDip(
      before: start, lowest: lowest.share, weekOfLowest: lowest.week, backAbove: back?.0, atEnd: atEnd,
      window: window)
  }

  private func noPlans(_ when: String) -> IndicatorsError {
    .unfit(
      series: queue.name, method: "the recovery dip", reason: "no plan is issued \(when)",
      remedy: "give the share before it, or a capacity above 0")
  }
}
