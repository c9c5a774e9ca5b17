import TimeSeries

/// One week of a projected list.
public struct WaitingListWeek: Hashable, Sendable {
  /// The week, 0 being the first.
  public let week: Int
  /// The first day after it, at which those waiting are counted.
  public let end: CivilDate
  /// Children referred in the week, one-off additions among them.
  public let referred: Double
  /// Children who left unseen.
  public let left: Double
  /// Places in the week.
  public let capacity: Double
  /// Places for which there was nobody.
  public let unused: Double
  /// Those waiting at its end, by weeks waited.
  public let waiting: WaitDistribution
  /// Those seen in the week, by weeks waited.
  public let seen: WaitDistribution
  /// Those waiting at its end by priority, in the model's order; one number where there are none.
  public let waitingByPriority: [Double]
}

/// A list carried on in compartments by weeks waited: the expected course, without chance.
///
/// In each week those who wait grow a week older, referrals join, a share leaves unseen by weeks waited, and
/// the week's places go to those who are left: by priority, and within one by the discipline. Nobody is lost
/// or made: start and referrals are those seen, those who left and those who wait. The compartments are those
/// of the package NHSRtt (NHS Bristol, North Somerset and South Gloucestershire), save that places go only to
/// children who are there, so that none falls below nothing and has to be mended.
public struct WaitingListProjection: Hashable, Sendable {
  /// The list.
  public let model: WaitingListModel
  /// The list as it stands at the start, by weeks waited.
  public let atStart: WaitDistribution
  /// Each week in turn.
  public let weeks: [WaitingListWeek]
  /// The longest wait that is told apart, in whole weeks: children beyond it are kept with it, and count as
  /// having waited so long, so that means and percentiles that reach it are too low.
  public let longestWait: Int

  /// The most weeks that can be projected: a hundred years.
  public static let mostWeeks = 5200

  /// Projects a list.
  ///
  /// - Parameters:
  ///   - model: the list.
  ///   - count: the number of weeks, 1 to ``mostWeeks``.
  ///   - longestWait: the longest wait that is told apart, in weeks, 52 to 1,040.
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)`` for a model that ``WaitingListModel/validated()``
  ///   refuses and for numbers outside those limits.
  public init(_ model: WaitingListModel, weeks count: Int, longestWait: Int = 520) throws(IndicatorsError) {
    try model.validated()
    guard (1...Self.mostWeeks).contains(count) else {
      throw .invalid(
        subject: "\(model.name): weeks to project", reason: "\(count) is not between 1 and \(Self.mostWeeks)")
    }
    guard (52...WaitingListModel.longestWait).contains(longestWait) else {
      throw .invalid(
        subject: "\(model.name): longest wait told apart",
        reason: "\(longestWait) weeks is not between 52 and \(WaitingListModel.longestWait)")
    }
    self.model = model
    self.longestWait = longestWait
    // No wait can be longer than the longest at the start and the weeks projected.
    let buckets = min(longestWait, max(model.waiting.count, 1) + count) + 1
    var step = CompartmentStep(model, buckets: buckets)
    atStart = WaitDistribution(.waiting, step.waitingByWeeks)
    var weeks: [WaitingListWeek] = []
    weeks.reserveCapacity(count)
    for week in 0..<count {
      step.advance(week: week)
      weeks.append(
        WaitingListWeek(
          week: week, end: model.dayAfter(week: week), referred: step.referred, left: step.left,
          capacity: step.capacity, unused: step.unused,
          waiting: WaitDistribution(.waiting, step.waitingByWeeks),
          seen: WaitDistribution(.seen, step.seen), waitingByPriority: step.waitingByPriority))
    }
    self.weeks = weeks
  }

  /// Those seen in several weeks together, by weeks waited; nobody where the range has none of the weeks.
  public func seen(in range: Range<Int>) -> WaitDistribution {
    weeks[range.clamped(to: weeks.indices)].reduce(WaitDistribution(.seen, [])) { $0.adding($1.seen) }
  }

  /// Children in the compartment that absorbs the longest waits, at the end of the last week: where it is
  /// above 0, mean and percentiles may be too low.
  public var absorbed: Double {
    guard let last = weeks.last, last.waiting.counts.count == longestWait + 1 else { return 0 }
    return last.waiting.counts[longestWait]
  }
}
