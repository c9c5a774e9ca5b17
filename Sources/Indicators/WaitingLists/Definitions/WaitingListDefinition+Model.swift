import RealModule
import TimeSeries

/// Capacity beyond what a list has: so many places each week, all of them from a day on, or growing to that from there.
public struct AdditionalCapacity: Hashable, Sendable {
  /// How it comes.
  public enum Course: String, CaseIterable, Hashable, Sendable {
    /// All of it from the first week on.
    case level
    /// By equal steps from nothing to all of it, which is there on the last day of the ramp and stays.
    case ramp
  }

  /// Children seen beyond the others in a week without closures, once all of it is there.
  public let places: PerWeek
  /// How it comes.
  public let course: Course
  /// The day from which it comes.
  public let from: CivilDate
  /// The day on which a ramp is complete; level capacity does not need it.
  public let complete: CivilDate

  /// Additional capacity.
  public init(places: PerWeek, course: Course = .level, from: CivilDate, complete: CivilDate) {
    self.places = places
    self.course = course
    self.from = from
    self.complete = complete
  }

  /// The share of it that is there in the week that begins on a day: of a ramp, at the end of that week.
  func share(inWeekFrom day: CivilDate) -> Double {
    let last = day.adding(days: 6)
    guard last >= from else { return 0 }
    let there = Double(from.days(to: last) + 1)
    // Of the week in which it begins, the days that are left.
    let begun = min(1, there / 7)
    guard course == .ramp, from < complete else { return begun }
    return min(1, there / Double(from.days(to: complete) + 1))
  }
}

extension WaitingListDefinition {
  /// The model by whole weeks, at the means of what is uncertain.
  ///
  /// A year's capacity is spread over its weeks by their share of an open week; ``additions`` come in the same weeks. Referrals
  /// grow from the start by a constant factor a week.
  ///
  /// - Parameters:
  ///   - weeks: for how many weeks referrals and capacity are laid out, at least 1.
  ///   - additional: capacity beyond what there is and beside ``additions``.
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)``.
  public func model(weeks: Int, additional: AdditionalCapacity? = nil) throws(IndicatorsError)
    -> WaitingListModel
  {
    let additions = additions + [additional].compactMap { $0 }
    guard (1...Self.longestHorizon).contains(weeks) else {
      throw .invalid(
        subject: id, reason: "a projection of \(weeks) weeks; write 1 to \(Self.longestHorizon)")
    }
    let profile = try CapacityProfile(
      perYear: capacity.mean, from: start, weeks: weeks,
      closures: calendar.closures(from: start, weeks: weeks))
    let open = profile.ordinary
    let first = PerWeek(perYear: referrals.mean).count
    let factor = Double.pow(1 + (growth?.mean ?? 0), 7 / 365.25)
    return WaitingListModel(
      name: name, start: start, waiting: weeksWaited.map { $0 * waiting.mean },
      referrals: growth == nil
        ? [PerWeek(first)] : (0..<weeks).map { PerWeek(first * Double.pow(factor, Double($0))) },
      capacity: profile.weeks.enumerated().map { week, regular in
        guard open.count > 0 else { return regular }
        let day = start.adding(days: week * 7)
        // In a week with closures there is as much less of it as of the rest.
        let more = additions.reduce(0) { $0 + $1.places.count * $1.share(inWeekFrom: day) }
        return PerWeek(regular.count + more * (regular / open))
      },
      leaving: weeklyLeaving.map { [$0] } ?? [], discipline: discipline, priorities: priorities,
      oneOffs: try oneOffs(within: weeks))
  }

  /// The list with capacity beside what is stated and what was added before.
  public func adding(_ additional: AdditionalCapacity) -> WaitingListDefinition {
    var list = self
    list.additions.append(additional)
    return list
  }

  /// The most weeks that are projected: twenty years.
  public static let longestHorizon = 1_044

  /// The share of those waiting that leaves in a week; nil where nobody does.
  public var weeklyLeaving: Double? {
    switch leaving {
    case .nobody: nil
    case .ofThoseWaiting(let share): share.mean
    case .ofReferrals(let share):
      waiting.mean > 0
        ? min(1, share.mean * PerWeek(perYear: referrals.mean).count / waiting.mean) : nil
    }
  }

  private func oneOffs(within weeks: Int) throws(IndicatorsError) -> [WaitingListModel.OneOff] {
    var result: [WaitingListModel.OneOff] = []
    for change in changes {
      let days = start.days(to: change.date)
      guard days >= 0 else {
        throw .invalid(
          subject: id,
          reason:
            "\(change.reason) is on \(change.date), before the list begins on \(start); leave it out or move it"
        )
      }
      guard days / 7 < weeks else { continue }
      result.append(
        WaitingListModel.OneOff(
          week: days / 7, kind: change.kind, amount: change.children, reason: change.reason))
    }
    return result
  }
}
