import TimeSeries

/// A financial year of a plan, named by the calendar year in which it starts.
public struct FinancialYear: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The calendar year in which it starts.
  public let start: Int

  /// The financial year that starts on 1 April of the given year.
  public init(_ start: Int) { self.start = start }

  /// The same year as a period of a series.
  public var period: Period { .financialYear(start) }

  /// 31 March.
  public var lastDay: CivilDate {
    period.end ?? CivilDate(daysSinceEpoch: 0)
  }

  /// The number of weeks, fractions included: 366 days in a year that holds a 29 February.
  public var weeks: Double { Double(period.days ?? 365) / 7 }

  /// The following year.
  public var next: FinancialYear { FinancialYear(start + 1) }
  /// The year before.
  public var previous: FinancialYear { FinancialYear(start - 1) }

  public var description: String { period.label }

  public static func < (left: FinancialYear, right: FinancialYear) -> Bool { left.start < right.start }
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
