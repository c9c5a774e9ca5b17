import TimeSeries

/// The weeks in which fewer children can be seen, such as school holidays, for services that work in schools.
public struct WaitingListCalendar: Hashable, Sendable {
  /// A stretch of days with less capacity.
  public struct Closure: Hashable, Sendable {
    /// When it is.
    public enum Days: Hashable, Sendable {
      /// Once, from a day to another, both included.
      case once(from: CivilDate, to: CivilDate)
      /// Every year, from a day of a month to another, both included; one that ends before it begins runs into the next year.
      case everyYear(fromMonth: Int, fromDay: Int, toMonth: Int, toDay: Int)
    }

    /// The name, such as summer holidays.
    public let name: String
    /// When it is.
    public let days: Days
    /// The share of the usual capacity that is left, 0 to 1.
    public let capacity: Double

    /// A stretch of days with less capacity.
    public init(name: String, days: Days, capacity: Double) {
      self.name = name
      self.days = days
      self.capacity = capacity
    }

    /// Whether a day lies in it.
    public func contains(_ day: CivilDate) -> Bool {
      switch days {
      case .once(let from, let to): return from <= day && day <= to
      case .everyYear(let fromMonth, let fromDay, let toMonth, let toDay):
        let place = day.month * 100 + day.day
        let (first, last) = (fromMonth * 100 + fromDay, toMonth * 100 + toDay)
        return first <= last ? first <= place && place <= last : place >= first || place <= last
      }
    }
  }

  /// The stretches; where two overlap the lower capacity holds.
  public let closures: [Closure]
  /// Why capacity is less then, and by how much.
  public let reason: String

  /// A calendar.
  public init(closures: [Closure] = [], reason: String = "") {
    self.closures = closures
    self.reason = reason
  }

  /// The capacity of each of some weeks as a share of a week without closures: the mean over its five working days, Monday
  /// to Friday.
  ///
  /// - Parameters:
  ///   - start: the first day of week 0.
  ///   - weeks: how many weeks; none for a number below 1.
  public func shares(from start: CivilDate, weeks: Int) -> [Double] {
    guard weeks > 0 else { return [] }
    return (0..<weeks).map { week in
      var (sum, days) = (0.0, 0.0)
      for offset in 0..<7 {
        let day = start.adding(days: week * 7 + offset)
        guard day.weekday <= 5 else { continue }
        days += 1
        sum += closures.filter { $0.contains(day) }.map(\.capacity).min() ?? 1
      }
      return days > 0 ? sum / days : 1
    }
  }

  /// The mean of ``shares(from:weeks:)`` over the 52 weeks from a day: what a year's capacity is divided by to find that of
  /// a week without closures.
  public func meanShare(from start: CivilDate) -> Double {
    let shares = shares(from: start, weeks: 52)
    return shares.reduce(0, +) / Double(max(1, shares.count))
  }
}
