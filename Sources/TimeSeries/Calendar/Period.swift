/// The stretch of time, or the day, that an observation belongs to.
///
/// A financial year, an academic year, a quarter of either, a month, a census date, three years pooled and a plain
/// count are different things: a period knows its ``kind``, and there is no arithmetic between unlike kinds
/// (``distance(to:)`` is nil). Going from one kind of year to another is a ``YearConversion``.
///
/// Periods have a total order: by first day, then last day, then kind; plain counts, which have no dates, come
/// first. Eight bytes long, so that large panels stay small.
public struct Period: Sendable {
  /// What a period is.
  public enum Kind: Hashable, Sendable {
    /// A whole year.
    case year(YearType)
    /// A quarter of a year: quarter 1 of a financial year is April to June.
    case quarter(YearType)
    /// A calendar month.
    case month
    /// Seven days from the day named.
    case week
    /// A day.
    case day
    /// An instant, repeated as often as the frequency says: a count of children on 31 March, a January census.
    case census(Frequency)
    /// Consecutive years counted together; the next one begins a year later, and overlaps.
    case pooledYears(Int, YearType)
    /// A window of so many months, moved on as often as the frequency says.
    case rollingMonths(Int, every: Frequency)
    /// A plain whole number with no date.
    case index(Frequency)
  }

  /// The kinds without what they carry, in the order that breaks ties between periods of the same dates.
  enum Family: UInt8 {
    case index, year, quarter, month, week, day, census, pooledYears, rollingMonths
  }

  let family: Family
  /// The position of the year type or of the frequency among all cases.
  let variant: UInt8
  /// The years pooled, the months of the window, or the day of the month on which a census stands (31: the last).
  let extent: UInt8
  /// The form in which the period was written; no part of equality.
  public var style: PeriodStyle
  /// The first year, the quarters or months since year 0, the day since the epoch, or the plain count.
  let ordinal: Int32

  init(_ family: Family, variant: UInt8 = 0, extent: UInt8 = 0, ordinal: Int, style: PeriodStyle = .canonical)
  {
    self.family = family
    self.variant = variant
    self.extent = extent
    self.style = style
    self.ordinal = Int32(clamping: ordinal)
  }
}

// MARK: Making periods

extension Period {
  /// The year of the given type that begins in a calendar year: `year(2024, .financial)` is 2024/25.
  public static func year(_ startYear: Int, _ type: YearType) -> Period {
    Period(.year, variant: type.position, ordinal: startYear)
  }

  /// A calendar year.
  public static func calendarYear(_ year: Int) -> Period { .year(year, .calendar) }

  /// The financial year that begins on 1 April of a year: `financialYear(2024)` is 2024/25.
  public static func financialYear(_ startYear: Int) -> Period { .year(startYear, .financial) }

  /// The academic year that begins on 1 September of a year: `academicYear(2024)` is 2024/25.
  public static func academicYear(_ startYear: Int) -> Period { .year(startYear, .academic) }

  /// Quarter 1 to 4 of the year of the given type that begins in a calendar year; nil for any other quarter.
  public static func quarter(_ quarter: Int, ofYear startYear: Int, _ type: YearType) -> Period? {
    guard (1...4).contains(quarter) else { return nil }
    let year = Int(Int32(clamping: startYear))
    return Period(.quarter, variant: type.position, ordinal: year * 4 + quarter - 1)
  }

  /// A month, 1 (January) to 12; nil for any other.
  public static func month(year: Int, month: Int) -> Period? {
    guard (1...12).contains(month) else { return nil }
    return Period(.month, ordinal: Int(Int32(clamping: year)) * 12 + month - 1)
  }

  /// The month that a date lies in.
  public static func month(containing date: CivilDate) -> Period {
    let (year, month, _) = date.components
    return Period(.month, ordinal: year * 12 + month - 1)
  }

  /// The year of the given type that a date lies in.
  public static func year(containing date: CivilDate, _ type: YearType) -> Period {
    let (year, month, _) = date.components
    return .year(month >= type.firstMonth ? year : year - 1, type)
  }

  /// The seven days that begin on a date.
  public static func week(from date: CivilDate) -> Period {
    Period(.week, ordinal: date.daysSinceEpoch)
  }

  /// A single day, in a daily series.
  public static func day(_ date: CivilDate) -> Period {
    Period(.day, ordinal: date.daysSinceEpoch)
  }

  /// The instant of a census, once a year unless said otherwise.
  ///
  /// The next census falls on the same day of the month, and the last day of a month stays the last day: after
  /// 30 June comes 31 July in a monthly series. Frequencies that are not whole months are read as yearly.
  public static func censusDate(_ date: CivilDate, every frequency: Frequency = .yearly) -> Period {
    let (year, month, day) = date.components
    let isLast = day == CivilDate.daysInMonth(month, year: year)
    let step = frequency.months == nil ? Frequency.yearly : frequency
    return Period(
      .census, variant: step.position, extent: isLast ? 31 : UInt8(clamping: day),
      ordinal: year * 12 + month - 1)
  }

  /// Years from one to another counted together, both included and named by the calendar years in which they
  /// begin: `pooledYears(2018, 2020, .financial)` is 2018/19-20/21. The label of two
  /// pooled calendar years, 2020-21, is read back as a financial year. Nil unless there are 2 to 100 of them.
  public static func pooledYears(_ first: Int, _ last: Int, _ type: YearType) -> Period? {
    let (difference, overflow) = last.subtractingReportingOverflow(first)
    guard !overflow, (1...99).contains(difference) else { return nil }
    return Period(
      .pooledYears, variant: type.position, extent: UInt8(clamping: difference + 1), ordinal: first)
  }

  /// A window of months that ends with the given month, moved on monthly unless said otherwise; nil unless it has
  /// 2 to 120 months and moves on by whole months.
  public static func rollingMonths(
    _ count: Int, endingYear year: Int, month: Int, every frequency: Frequency = .monthly
  ) -> Period? {
    guard (2...120).contains(count), (1...12).contains(month), frequency.months != nil else { return nil }
    return Period(
      .rollingMonths, variant: frequency.position, extent: UInt8(clamping: count),
      ordinal: Int(Int32(clamping: year)) * 12 + month - 1)
  }

  /// A plain whole number, with the frequency at which the count goes on.
  public static func index(_ number: Int, _ frequency: Frequency) -> Period {
    Period(.index, variant: frequency.position, ordinal: number)
  }
}

extension CaseIterable where Self: Equatable {
  /// The place of the case among all cases of its type.
  var position: UInt8 {
    var position: UInt8 = 0
    for candidate in Self.allCases {
      if candidate == self { return position }
      position += 1
    }
    return position
  }
}
