/// What clearing a backlog does to the share of plans in time: the course with it against the course without it, over the same
/// weeks. Each old case that is finished is a late plan issued, which lowers the share; once they are done it is above what it would
/// have been. What a queue does with or without a recovery, such as falling from the figure last published, is no effect of it.
public struct RecoveryDip: Hashable, Sendable {
  /// The week at whose end the share is furthest below what it is without the recovery, the first such; where it is never below, the
  /// first at whose end it is least above.
  public let week: Int
  /// The share in time with the recovery, over the weeks up to ``week``.
  public let with: Double
  /// The share in time without it, over the same weeks.
  public let without: Double
  /// The first week after that at whose end the share is above what it is without the recovery; nil where it is not within the
  /// projection. Where the share is never below, the first week at whose end it is above.
  public let aboveFrom: Int?
  /// The share in time with the recovery at the end of the projection.
  public let withAtEnd: Double
  /// The share in time without it at the end of the projection.
  public let withoutAtEnd: Double
  /// The number of weeks over which shares are taken.
  public let window: Int

  /// By how much the recovery lowers the share where it lowers it most, in the same unit; 0 where it never does.
  public var depth: Double { max(0, without - with) }
}

extension AssessmentProjection {
  /// What a recovery does to the share of plans in time.
  ///
  /// - Parameters:
  ///   - week: the week in which the recovery begins.
  ///   - without: the same queue without it, projected over as many weeks.
  ///   - window: the number of weeks over which each share is taken: a quarter, where it is not given. Shares
  ///     are of weeks since the beginning alone, so that what was before does not hide the dip.
  /// - Throws: ``IndicatorsError/unfit(series:method:reason:remedy:)`` where there are no weeks in which
  ///   plans are issued both with and without it; ``IndicatorsError/invalid(subject:reason:)`` for numbers that cannot be, and for
  ///   projections of different lengths.
  public func recoveryDip(
    from week: Int, without: AssessmentProjection, over window: Int = 13
  ) throws(IndicatorsError) -> RecoveryDip {
    guard weeks.indices.contains(week) else {
      throw .invalid(
        subject: "\(queue.name): week \(week) of recovery",
        reason: "weeks 0 to \(weeks.count - 1) are projected")
    }
    guard (1...260).contains(window) else {
      throw .invalid(subject: "\(queue.name): shares over \(window) weeks", reason: "write 1 to 260")
    }
    guard without.weeks.count == weeks.count, without.queue.start == queue.start else {
      throw .invalid(
        subject: "\(queue.name): the course without the recovery",
        reason:
          "\(without.weeks.count) weeks from \(without.queue.start) are not the \(weeks.count) from \(queue.start); "
          + "project both alike")
    }
    // From the first whole window on; a shorter one only where there is no more.
    let first = min(week + window, weeks.count) - 1
    var shares: [(week: Int, with: Double, without: Double)] = []
    for end in first..<weeks.count {
      let range = max(week, end + 1 - window)..<end + 1
      if let with = shareInTime(in: range), let without = without.shareInTime(in: range) {
        shares.append((end, with, without))
      }
    }
    guard var deepest = shares.first, let last = shares.last else {
      throw .unfit(
        series: queue.name, method: "the recovery dip", reason: "no plan is issued from week \(week) on",
        remedy: "give a capacity above 0")
    }
    for share in shares where share.without - share.with > deepest.without - deepest.with + 1e-9 {
      deepest = share
    }
    let falls = deepest.without - deepest.with > 1e-9
    let above = shares.first { ($0.week > deepest.week || !falls) && $0.with > $0.without + 1e-9 }
    return RecoveryDip(
      week: deepest.week, with: deepest.with, without: deepest.without, aboveFrom: above?.week,
      withAtEnd: last.with, withoutAtEnd: last.without, window: window)
  }
}
