/// The form in which a period is written, where there is more than one.
///
/// It is kept beside the period so that forecasts continue in the form of the input, and plays no part in equality:
/// `2024-25` and `2024/25` are the same period.
public enum PeriodStyle: UInt8, CaseIterable, Hashable, Sendable {
  /// The form used in prose and tables: `2024/25`, `2024-Q3`, `2024/25 Q1`, `2024-07`, `2024-07-31`, `2019-21`.
  case canonical
  /// With a hyphen: `2024-25`, `2024/25-Q1`.
  case hyphen
  /// Without a mark: `202425`, `202407`, `2024Q3`.
  case compact
  /// With a space: `2024 Q3`.
  case spaced
  /// With the short name of the month: `Jul 2024`.
  case shortMonthName
  /// With the full name of the month: `July 2024`.
  case fullMonthName
}
