import TimeSeries

extension WaitingListModel {
  /// The most children that may wait at the start, be referred in a week or be seen in a week: beyond, a
  /// number is a slip.
  public static let mostChildren = 1_000_000.0
  /// The longest wait in whole weeks by which the start may be given.
  public static let longestWait = 1040

  /// The list itself, if its numbers can be.
  ///
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)``, naming the list, the figure and what would be
  ///   accepted, for the first number that cannot be.
  @discardableResult
  public func validated() throws(IndicatorsError) -> WaitingListModel {
    guard start.isInCalendar else { throw refusal("start", start.calendarRefusal) }
    try requireCounts(waiting, "waiting after") { $0 == 1 ? "1 week" : "\($0) weeks" }
    guard waiting.count <= Self.longestWait + 1 else {
      throw refusal("waiting", "it has \(waiting.count) weeks waited; give at most \(Self.longestWait + 1)")
    }
    let total = waiting.reduce(0, +)
    guard total <= Self.mostChildren else {
      throw refusal(
        "waiting",
        "\(IndicatorsError.plain(total)) children wait; at most \(IndicatorsError.plain(Self.mostChildren)) can be given"
      )
    }
    guard !referrals.isEmpty else {
      throw refusal("referrals", "none are given; write how many are referred each week, 0 where none are")
    }
    guard !capacity.isEmpty else {
      throw refusal("capacity", "none is given; write how many can be seen each week, 0 where none can")
    }
    try requireCounts(referrals.map(\.count), "referrals in") { "week \($0)" }
    try requireCounts(capacity.map(\.count), "capacity in") { "week \($0)" }
    for (week, share) in leaving.enumerated() {
      guard share >= 0, share <= 1 else {
        throw refusal(
          "share leaving after \(week) weeks", "\(share) is not a share from 0 to 1; write 2% as 0.02")
      }
    }
    if case .mixed(let share) = discipline {
      guard share >= 0, share <= 1 else {
        throw refusal(
          "share of places for the longest waits", "\(share) is not from 0 to 1; write 60% as 0.6")
      }
    }
    try validatePriorities()
    try validateOneOffs()
    return self
  }

  private func validatePriorities() throws(IndicatorsError) {
    guard !priorities.isEmpty else { return }
    for (index, priority) in priorities.enumerated() {
      guard priority.share >= 0, priority.share <= 1 else {
        throw refusal(
          "priority \"\(priority.name)\"", "\(priority.share) of referrals is not a share from 0 to 1")
      }
      guard !priorities[..<index].contains(where: { $0.name == priority.name }) else {
        throw refusal("priority \"\(priority.name)\"", "it is given twice; give each priority once")
      }
    }
    guard priorities.count <= 16 else {
      throw refusal("priorities", "there are \(priorities.count); give at most 16")
    }
    let sum = priorities.reduce(0) { $0 + $1.share }
    guard abs(sum - 1) <= 1e-6 else {
      throw refusal("priorities", "their shares sum to \(sum); they must sum to 1")
    }
  }

  private func validateOneOffs() throws(IndicatorsError) {
    for change in oneOffs {
      let subject = "one-off change \"\(change.reason)\""
      guard change.week >= 0, change.week <= 5200 else {
        throw refusal(subject, "week \(change.week) is not between 0, the first week of the list, and 5200")
      }
      guard change.amount.isFinite, change.amount.magnitude <= Self.mostChildren else {
        throw refusal(
          subject, "\(IndicatorsError.plain(change.amount)) is not a number of children that can be")
      }
    }
    // Several changes may fall in one week, so that only their sum says whether more is taken away than is
    // there.
    for change in oneOffs where change.amount < 0 {
      let regular = change.kind == .capacity ? capacity(inWeek: change.week) : referrals(inWeek: change.week)
      let there = regular + oneOff(change.kind, inWeek: change.week)
      guard there >= -1e-9 else {
        throw refusal(
          "one-off change \"\(change.reason)\"",
          "it leaves \(IndicatorsError.plain(there)) of \(change.kind.rawValue) in week \(change.week), which has "
            + "\(IndicatorsError.plain(regular)) without one-off changes; take away at most what is there")
      }
    }
  }

  private func requireCounts(
    _ counts: [Double], _ what: String, _ place: (Int) -> String
  ) throws(IndicatorsError) {
    for (index, count) in counts.enumerated() {
      guard count >= 0, count <= Self.mostChildren else {
        throw refusal(
          "\(what) \(place(index))",
          "\(IndicatorsError.plain(count)) is not a number of children from 0 to \(IndicatorsError.plain(Self.mostChildren))"
        )
      }
    }
  }

  private func refusal(_ subject: String, _ reason: String) -> IndicatorsError {
    .invalid(subject: "\(name): \(subject)", reason: reason)
  }
}

extension WaitingListModel {
  /// Regular referrals in a week, one-off changes aside; the last that is given goes on for ever, and 0 where
  /// none is.
  public func referrals(inWeek week: Int) -> Double {
    referrals.isEmpty ? 0 : referrals[min(max(0, week), referrals.count - 1)].count
  }

  /// Regular capacity in a week, one-off changes aside; the last that is given goes on for ever, and 0 where
  /// none is.
  public func capacity(inWeek week: Int) -> Double {
    capacity.isEmpty ? 0 : capacity[min(max(0, week), capacity.count - 1)].count
  }

  /// The sum of the one-off changes of a kind in a week.
  public func oneOff(_ kind: OneOff.Kind, inWeek week: Int) -> Double {
    oneOffs.reduce(0) { $0 + ($1.week == week && $1.kind == kind ? $1.amount : 0) }
  }

  /// The share that leaves unseen in a week, of those who will have waited so many whole weeks at its end;
  /// the last that is given holds for longer waits, and 0 where none is.
  public func leaving(afterWeeks weeks: Int) -> Double {
    leaving.isEmpty ? 0 : leaving[min(max(0, weeks), leaving.count - 1)]
  }

  /// The first day after a week.
  public func dayAfter(week: Int) -> CivilDate {
    let (days, overflow) = week.addingReportingOverflow(1)
    let (product, beyond) = days.multipliedReportingOverflow(by: 7)
    return start.adding(days: overflow || beyond ? Int.max : product)
  }

  /// The last week that is over by a date: the one whose last day is the date or an earlier one. Negative
  /// where the date comes before the end of week 0.
  public func weekOver(by date: CivilDate) -> Int {
    let days = start.days(to: date) + 1
    return (days >= 0 ? days / 7 : (days - 6) / 7) - 1
  }

  /// The same list with another capacity, such as more staff from a week on.
  public func replacing(capacity: [PerWeek]) -> WaitingListModel {
    WaitingListModel(
      name: name, start: start, waiting: waiting, referrals: referrals, capacity: capacity, leaving: leaving,
      discipline: discipline, priorities: priorities, oneOffs: oneOffs)
  }
}

extension CivilDate {
  /// Whether it lies in the years in which lists are kept, 1600 to 9999, so that weeks can be counted from it
  /// and to it.
  var isInCalendar: Bool { (-135_140...2_932_896).contains(daysSinceEpoch) }

  /// The sentence for one that does not.
  var calendarRefusal: String { "a date in the years 1600 to 9999 is needed" }
}
