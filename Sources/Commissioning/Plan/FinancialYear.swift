import TimeSeries

/// A financial year of a plan, named by the calendar year in which it starts.
public struct FinancialYear: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The calendar year in which it starts.
  public let start: Int

  /// The financial year that starts on 1 April of the given year, 1 to 9998; the nearest of these for any other.
  public init(_ start: Int) { self.start = min(max(start, 1), 9998) }

  /// The same year as a period of a series.
  public var period: Period { .financialYear(start) }

  /// 1 April.
  public var firstDay: CivilDate { previousLastDay.adding(days: 1) }

  /// 31 March.
  public var lastDay: CivilDate { FinancialYear.lastOfMarch(start + 1) }

  /// The number of weeks, fractions included: 366 days in a year that holds a 29 February.
  public var weeks: Double { Double(previousLastDay.days(to: lastDay)) / 7 }

  private var previousLastDay: CivilDate { FinancialYear.lastOfMarch(start) }

  private static func lastOfMarch(_ year: Int) -> CivilDate {
    // 31 March 1970 is day 89; 1970 + n begins 12 n months later, and every March has 31 days.
    CivilDate(daysSinceEpoch: 89).adding(months: 12 * (year - 1970))
  }

  /// The following year.
  public var next: FinancialYear { FinancialYear(start + 1) }
  /// The year before.
  public var previous: FinancialYear { FinancialYear(start - 1) }

  /// The year as it is written: `2024/25`.
  public var description: String { period.label }

  /// Whether the left year is earlier.
  public static func < (left: FinancialYear, right: FinancialYear) -> Bool { left.start < right.start }
}

extension ClosedRange where Bound == FinancialYear {
  /// Every year of the range, in order.
  public var years: [FinancialYear] { (lowerBound.start...upperBound.start).map(FinancialYear.init) }
}

/// How a figure of a year came about.
public enum YearKind: String, Hashable, Sendable {
  /// The year's money has been published.
  case outturn
  /// The year is over and its money has not been published: rolled forward from the last outturn.
  case estimate
  /// The year was not over on the plan's date.
  case forecast
}
