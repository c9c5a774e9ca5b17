/// A day of the proleptic Gregorian calendar, with no time of day and no time zone.
///
/// Conversions between days and dates follow Hinnant (2013), "chrono-Compatible Low-Level Date Algorithms":
/// whole-number arithmetic on eras of 400 years, exact for every year.
public struct CivilDate: Hashable, Sendable {
  /// Days since 1 January 1970, which is day 0; negative before it.
  public let daysSinceEpoch: Int

  /// The furthest day from the epoch that is represented, some three thousand million years away; sums that
  /// would pass it stay on it.
  static let furthestDay = 1 << 40

  /// The day that lies a number of days after 1 January 1970 (before it, when negative).
  public init(daysSinceEpoch: Int) {
    self.daysSinceEpoch = Swift.min(Swift.max(daysSinceEpoch, -Self.furthestDay), Self.furthestDay)
  }

  /// The date with the given year, month (1 to 12) and day of the month; nil when there is no such date, or when
  /// the year lies outside 1 to 9999.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.daysInMonth(month, year: year)
    else { return nil }
    self.init(checkedYear: year, month: month, day: day)
  }

  /// The date of a year, month and day that are known to exist; the year is unbounded.
  init(checkedYear year: Int, month: Int, day: Int) {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    self.init(daysSinceEpoch: era * 146_097 + dayOfEra - 719_468)
  }

  /// The year, the month (1 to 12) and the day of the month (1 to 31).
  public var components: (year: Int, month: Int, day: Int) {
    let shifted = daysSinceEpoch + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// The calendar year.
  public var year: Int { components.year }
  /// The month of the year, 1 (January) to 12.
  public var month: Int { components.month }
  /// The day of the month, 1 to 31.
  public var day: Int { components.day }

  /// The day of the week after ISO 8601: 1 is Monday, 7 is Sunday.
  public var weekday: Int {
    let remainder = (daysSinceEpoch + 3) % 7
    return (remainder < 0 ? remainder + 7 : remainder) + 1
  }

  /// Whether a year has a 29 February.
  public static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// The number of days in a month of a year; 0 for a month outside 1 to 12.
  public static func daysInMonth(_ month: Int, year: Int) -> Int {
    switch month {
    case 1, 3, 5, 7, 8, 10, 12: 31
    case 4, 6, 9, 11: 30
    case 2: isLeap(year) ? 29 : 28
    default: 0
    }
  }
}

// MARK: Arithmetic

extension CivilDate {
  /// The date a number of days later (earlier, when negative).
  public func adding(days: Int) -> CivilDate {
    let (sum, overflow) = daysSinceEpoch.addingReportingOverflow(days)
    return CivilDate(daysSinceEpoch: overflow ? (days > 0 ? Int.max : Int.min) : sum)
  }

  /// The date a number of months later (earlier, when negative).
  ///
  /// The day of the month is kept where the month has it; otherwise the last day of the month is taken: a month
  /// after 31 January is 28 or 29 February, and a month after 28 February is 28 March. A month end that must stay
  /// a month end is a ``Period/censusDate(_:every:)``.
  public func adding(months: Int) -> CivilDate {
    let (year, month, day) = components
    let limit = 1 << 36
    let ordinal = year * 12 + month - 1 + Swift.min(Swift.max(months, -limit), limit)
    return CivilDate(monthOrdinal: ordinal, day: day)
  }

  /// The last day of this date's month.
  public var lastOfMonth: CivilDate {
    let (year, month, _) = components
    return CivilDate(checkedYear: year, month: month, day: Self.daysInMonth(month, year: year))
  }

  /// The number of days from this date to another; negative when the other is earlier.
  public func days(to other: CivilDate) -> Int { other.daysSinceEpoch - daysSinceEpoch }

  /// The date in the month `ordinal = 12 year + month - 1`, on `day` or, if the month is shorter, its last day.
  init(monthOrdinal ordinal: Int, day: Int) {
    let (year, month) = ordinal.yearAndMonth
    self.init(
      checkedYear: year, month: month, day: Swift.min(day, Self.daysInMonth(month, year: year)))
  }
}

extension Int {
  /// The year and month (1 to 12) of a count of months since the start of year 0.
  var yearAndMonth: (year: Int, month: Int) {
    let (year, month) = flooredQuotientAndRemainder(dividingBy: 12)
    return (year, month + 1)
  }

  /// The quotient rounded towards minus infinity, and the remainder, which is never negative.
  func flooredQuotientAndRemainder(dividingBy divisor: Int) -> (quotient: Int, remainder: Int) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}

// MARK: Order and text

extension CivilDate: Comparable {
  /// Whether the left date is earlier.
  public static func < (left: CivilDate, right: CivilDate) -> Bool {
    left.daysSinceEpoch < right.daysSinceEpoch
  }
}

extension CivilDate: LosslessStringConvertible {
  /// Reads a date in the form `yyyy-mm-dd` of ISO 8601; nil for any other form or a date that does not exist.
  public init?(_ description: String) {
    let bytes = Array(description.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = bytes[0..<4].wholeNumber, let month = bytes[5..<7].wholeNumber,
      let day = bytes[8..<10].wholeNumber
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// The date in the form `yyyy-mm-dd` of ISO 8601.
  public var description: String {
    let (year, month, day) = components
    return "\(year.padded(to: 4))-\(month.padded(to: 2))-\(day.padded(to: 2))"
  }
}

extension CivilDate: Codable {
  /// Reads a string in the form `yyyy-mm-dd`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let date = CivilDate(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "\"\(text)\" is not a date; write it as yyyy-mm-dd")
    }
    self = date
  }

  /// Writes a string in the form `yyyy-mm-dd`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
