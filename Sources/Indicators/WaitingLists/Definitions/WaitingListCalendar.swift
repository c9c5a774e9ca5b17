import TimeSeries

/// The weeks in which fewer children can be seen, such as school holidays, for services that work in schools.
public struct WaitingListCalendar: Hashable, Sendable {
  /// Days with less capacity, once or every year.
  public enum Closure: Hashable, Sendable {
    /// Once.
    case once(ClinicClosure)
    /// Every year, from a day of a month to another, both included; one that ends before it begins runs into the next year. 29
    /// February is 28 February in years that have none.
    case everyYear(name: String, fromMonth: Int, fromDay: Int, toMonth: Int, toDay: Int, remaining: Double)
    /// The school holidays of every school year by rule, with what remains of capacity in them: see
    /// ``ClinicClosure/schoolHolidays(from:remaining:)``.
    case schoolHolidays(remaining: Double)
  }

  /// The closures.
  public let closures: [Closure]
  /// Why capacity is less then, and by how much.
  public let reason: String

  /// A calendar; without closures every week is alike.
  public init(closures: [Closure] = [], reason: String = "") {
    self.closures = closures
    self.reason = reason
  }

  /// The closures that begin in the years that some weeks touch, each with its days.
  ///
  /// - Parameters:
  ///   - start: the first day of week 0.
  ///   - weeks: how many weeks.
  public func closures(from start: CivilDate, weeks: Int) -> [ClinicClosure] {
    // A year more: the level of capacity is that of the first 52 weeks.
    let last = start.adding(days: max(52, weeks) * 7)
    let years = (start.year - 1)...max(start.year - 1, last.year)
    return closures.flatMap { closure -> [ClinicClosure] in
      switch closure {
      case .once(let one): return [one]
      case .schoolHolidays(let remaining):
        return years.flatMap { ClinicClosure.schoolHolidays(from: $0, remaining: remaining) }
      case .everyYear(let name, let fromMonth, let fromDay, let toMonth, let toDay, let remaining):
        return years.compactMap { year in
          let runsOver = (toMonth, toDay) < (fromMonth, fromDay)
          guard let first = Self.day(year, fromMonth, fromDay),
            let last = Self.day(runsOver ? year + 1 : year, toMonth, toDay)
          else { return nil }
          return ClinicClosure(name: name, first: first, last: last, remaining: remaining)
        }
      }
    }
  }

  private static func day(_ year: Int, _ month: Int, _ day: Int) -> CivilDate? {
    CivilDate(year: year, month: month, day: min(day, CivilDate.daysInMonth(month, year: year)))
  }
}
