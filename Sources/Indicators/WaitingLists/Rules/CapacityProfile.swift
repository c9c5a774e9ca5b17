import TimeSeries

/// Days in each year on which clinics run less or not at all, such as a school holiday.
public struct ClinicClosure: Hashable, Sendable {
  /// What it is: `summer holiday`.
  public let name: String
  /// The first day.
  public let first: CivilDate
  /// The last day.
  public let last: CivilDate
  /// The part of ordinary capacity that remains on those days, from 0 to 1.
  public let remaining: Double

  /// A closure; ``CapacityProfile`` refuses one that ends before it begins, or leaves more than all.
  public init(name: String, first: CivilDate, last: CivilDate, remaining: Double = 0) {
    self.name = name
    self.first = first
    self.last = last
    self.remaining = remaining
  }

  /// The school holidays of a school year as most English authorities set them: a week at the end of October,
  /// two at Christmas, one in the middle of February, two at Easter, one at the end of May and six and a half
  /// in summer.
  ///
  /// A rule and no calendar: authorities and schools set their own, and where those are known they should be
  /// given. Weeks begin on Monday; autumn half-term holds the last Wednesday of October, February's the
  /// third; Christmas has the week of 25 December and the next; Easter's two weeks begin on the Monday before
  /// Good Friday; May's half-term holds 31 May; summer is from 22 July to the end of August, except the
  /// weekends at its ends.
  ///
  /// - Parameters:
  ///   - year: the calendar year in which the school year begins.
  ///   - remaining: the part of ordinary capacity that remains.
  /// - Returns: six closures in order; fewer for a year outside the range of the calendar.
  public static func schoolHolidays(from year: Int, remaining: Double = 0) -> [ClinicClosure] {
    func date(_ year: Int, _ month: Int, _ day: Int) -> CivilDate? {
      CivilDate(year: year, month: month, day: day)
    }
    guard (1600...9998).contains(year), let october = date(year, 10, 31), let christmas = date(year, 12, 25),
      let february = date(year + 1, 2, 1), let may = date(year + 1, 5, 31), let july = date(year + 1, 7, 22),
      let august = date(year + 1, 8, 31), let easter = easterSunday(year + 1)
    else { return [] }
    /// The Monday of a date's week.
    func monday(_ date: CivilDate) -> CivilDate { date.adding(days: 1 - date.weekday) }
    func closure(_ name: String, _ first: CivilDate, days: Int) -> ClinicClosure {
      ClinicClosure(name: name, first: first, last: first.adding(days: days - 1), remaining: remaining)
    }
    let lastWednesday = october.adding(days: -((october.weekday + 4) % 7))
    let thirdWednesday = february.adding(days: (10 - february.weekday) % 7 + 14)
    return [
      closure("autumn half-term", monday(lastWednesday), days: 7),
      closure("Christmas", monday(christmas), days: 14),
      closure("February half-term", monday(thirdWednesday), days: 7),
      closure("Easter", easter.adding(days: -6), days: 14),
      closure("May half-term", monday(may), days: 7),
      closure("summer", july, days: july.days(to: august) + 1),
    ]
  }

  /// Easter Sunday in the Gregorian calendar, by the method of an anonymous correspondent of Nature (1876).
  static func easterSunday(_ year: Int) -> CivilDate? {
    let (a, b, c) = (year % 19, year / 100, year % 100)
    let (d, e) = (b / 4, b % 4)
    let g = (b - (b + 8) / 25 + 1) / 3
    let h = (19 * a + b - d - g + 15) % 30
    let (i, k) = (c / 4, c % 4)
    let l = (32 + 2 * e + 2 * i - h - k) % 7
    let m = (a + 11 * h + 22 * l) / 451
    let n = h + l - 7 * m + 114
    return CivilDate(year: year, month: n / 31, day: n % 31 + 1)
  }
}

/// A yearly capacity laid out over weeks, with holidays in which there is less.
public struct CapacityProfile: Hashable, Sendable {
  /// Capacity in each week from the start.
  public let weeks: [PerWeek]
  /// Capacity in a week without holidays.
  public let ordinary: PerWeek

  /// Lays out a yearly figure: ordinary weeks have so much that the first 52 weeks hold the year's figure
  /// (364 days of 365.25), and a day of holiday has the part that remains of it. Weeks have five working
  /// days, Monday to Friday.
  ///
  /// The level is that of the first 52 weeks and stays; a later year in which more holidays fall has a little
  /// less. The closures must cover all weeks: a holiday that is not given is a week of ordinary capacity.
  ///
  /// - Parameters:
  ///   - perYear: children who can be seen in a year.
  ///   - start: the first day of week 0.
  ///   - count: how many weeks are wanted, 1 to 5,200.
  ///   - closures: the holidays; where two overlap, the one that leaves less counts.
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)`` for a yearly figure below 0, a number of weeks
  ///   that is not possible, a closure that ends before it begins or leaves less than nothing or more than
  ///   all, dates outside the years 1600 to 9999, and closures that leave no capacity in the first year at
  ///   all.
  public init(
    perYear: Double, from start: CivilDate, weeks count: Int, closures: [ClinicClosure]
  ) throws(IndicatorsError) {
    guard perYear >= 0, perYear.isFinite else {
      throw .invalid(subject: "capacity a year", reason: "\(perYear) is not a number that is 0 or more")
    }
    guard (1...5200).contains(count) else {
      throw .invalid(subject: "weeks of capacity", reason: "\(count) is not between 1 and 5200")
    }
    guard start.isInCalendar else {
      throw .invalid(subject: "start of capacity", reason: start.calendarRefusal)
    }
    for closure in closures {
      guard closure.first.isInCalendar, closure.last.isInCalendar else {
        throw .invalid(subject: "closure \"\(closure.name)\"", reason: closure.first.calendarRefusal)
      }
      guard closure.first <= closure.last else {
        throw .invalid(
          subject: "closure \"\(closure.name)\"",
          reason: "it ends on \(closure.last), before it begins on \(closure.first)")
      }
      guard closure.remaining >= 0, closure.remaining <= 1 else {
        throw .invalid(
          subject: "closure \"\(closure.name)\"",
          reason: "\(closure.remaining) of capacity remains; write a share from 0 to 1")
      }
    }
    let parts = Self.openParts(from: start, weeks: max(52, count), closures: closures)
    let open = parts[..<52].reduce(0, +)
    guard open > 0 || perYear == 0 else {
      throw .invalid(subject: "closures", reason: "they leave no capacity in the first 52 weeks")
    }
    ordinary = PerWeek(open > 0 ? perYear * (364 / 365.25) / open : 0)
    let level = ordinary.count
    weeks = parts[..<count].map { PerWeek(level * $0) }
  }

  /// The part of each week's five working days that is open.
  private static func openParts(from start: CivilDate, weeks: Int, closures: [ClinicClosure]) -> [Double] {
    var days = [Double](repeating: 1, count: weeks * 7)
    for closure in closures {
      let first = max(0, start.days(to: closure.first))
      let last = min(days.count - 1, start.days(to: closure.last))
      guard first <= last else { continue }
      for day in first...last { days[day] = min(days[day], closure.remaining) }
    }
    return (0..<weeks).map { week in
      var sum = 0.0
      for day in week * 7..<week * 7 + 7 where start.adding(days: day).weekday <= 5 { sum += days[day] }
      return sum / 5
    }
  }
}
