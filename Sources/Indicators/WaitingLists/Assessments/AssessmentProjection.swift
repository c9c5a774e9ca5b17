import TimeSeries

/// One week of a projected queue of assessments.
public struct AssessmentWeek: Hashable, Sendable {
  /// The week, 0 being the first.
  public let week: Int
  /// The first day after it.
  public let end: CivilDate
  /// Requests received.
  public let requests: Double
  /// Requests that were refused an assessment.
  public let refused: Double
  /// Requests that were withdrawn.
  public let withdrawn: Double
  /// Children for whom advice was given.
  public let advised: Double
  /// Places for advice for which there was nobody.
  public let unused: Double
  /// Assessments that ended without a plan.
  public let withoutPlan: Double
  /// Plans issued, by whole weeks since request at the end of the week.
  public let issued: WaitDistribution
  /// Plans issued within the limit; one that is issued in the week in which the limit falls is in time.
  public let issuedInTime: Double
  /// Everyone in progress at the end of the week, by whole weeks since request.
  public let inProgress: WaitDistribution
  /// Of them, those who wait for advice.
  public let awaitingAdvice: Double

  /// The share of the week's plans issued in time; nil where none was issued.
  public var shareInTime: Double? { issued.total > 0 ? issuedInTime / issued.total : nil }
  /// The median time since request of those in progress; nil where there is nobody.
  public var medianAge: Weeks? { inProgress.percentile(0.5) }
}

/// The published figure of a calendar year: of the plans issued in it, the share that was in time.
public struct AssessmentYear: Hashable, Sendable {
  /// The calendar year.
  public let year: Int
  /// Plans issued in it, as far as it is projected.
  public let issued: Double
  /// Those issued within the limit.
  public let issuedInTime: Double
  /// The days of it that are projected; fewer than the year has at the ends of the projection.
  public let days: Int

  /// The share in time; nil where no plan was issued.
  public var shareInTime: Double? { issued > 0 ? issuedInTime / issued : nil }
  /// Whether the whole year is projected.
  public var isWhole: Bool { days == (CivilDate.isLeap(year) ? 366 : 365) }
}

/// A queue of assessments carried on by weeks since request: the expected course, without chance.
public struct AssessmentProjection: Hashable, Sendable {
  /// The queue.
  public let queue: AssessmentQueue
  /// Each week in turn.
  public let weeks: [AssessmentWeek]
  /// The most weeks that can be projected: twenty years.
  public static let mostWeeks = 1040

  /// Projects a queue.
  ///
  /// - Parameters:
  ///   - queue: the queue.
  ///   - count: the number of weeks, 1 to 1,040.
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)`` for a queue that ``AssessmentQueue/validated()``
  ///   refuses and a number of weeks outside the limits.
  public init(_ queue: AssessmentQueue, weeks count: Int) throws(IndicatorsError) {
    try queue.validated(weeks: count)
    self.queue = queue
    var step = AssessmentStep(queue, weeks: count)
    let calendar = WaitingListModel(
      name: queue.name, start: queue.start, waiting: [], referrals: [], capacity: [])
    var weeks: [AssessmentWeek] = []
    weeks.reserveCapacity(count)
    for week in 0..<count {
      step.advance()
      weeks.append(
        AssessmentWeek(
          week: week, end: calendar.dayAfter(week: week), requests: step.requests, refused: step.refused,
          withdrawn: step.withdrawn, advised: step.advised, unused: step.unused,
          withoutPlan: step.withoutPlan,
          issued: WaitDistribution(.seen, step.issuedByAge),
          issuedInTime: step.issuedInTime,
          inProgress: WaitDistribution(.waiting, step.inProgress),
          awaitingAdvice: step.awaitingAdvice))
    }
    self.weeks = weeks
  }

  /// Of the plans issued in some weeks, the share in time; nil where none was issued, and where the range has
  /// none of the weeks.
  public func shareInTime(in range: Range<Int>) -> Double? {
    let chosen = weeks[range.clamped(to: weeks.indices)]
    let issued = chosen.reduce(0) { $0 + $1.issued.total }
    return issued > 0 ? chosen.reduce(0) { $0 + $1.issuedInTime } / issued : nil
  }

  /// Children in progress beyond the limit at the end of a week.
  public func overLimit(_ week: AssessmentWeek) -> Double {
    week.inProgress.count(over: Weeks(Double(queue.limit)))
  }

  /// The published figure by calendar year. A week on both sides of the new year is divided by days.
  public var years: [AssessmentYear] {
    var years: [AssessmentYear] = []
    for week in weeks {
      var first = week.end.adding(days: -7)
      while first < week.end {
        let year = first.year
        let next = CivilDate(year: year + 1, month: 1, day: 1).map { min($0, week.end) } ?? week.end
        let days = first.days(to: next)
        let part = Double(days) / 7
        let before = years.last?.year == year ? years.removeLast() : nil
        years.append(
          AssessmentYear(
            year: year, issued: (before?.issued ?? 0) + week.issued.total * part,
            issuedInTime: (before?.issuedInTime ?? 0) + week.issuedInTime * part,
            days: (before?.days ?? 0) + days))
        first = next
      }
    }
    return years
  }
}

extension AssessmentQueue {
  /// Refuses a queue and a number of weeks that cannot be.
  func validated(weeks: Int) throws(IndicatorsError) {
    try validated()
    guard (1...AssessmentProjection.mostWeeks).contains(weeks) else {
      throw .invalid(
        subject: "\(name): weeks to project",
        reason: "\(weeks) is not between 1 and \(AssessmentProjection.mostWeeks)")
    }
  }
}
