/// How often a series is observed.
public enum Frequency: String, CaseIterable, Hashable, Sendable {
  /// Once a year.
  case yearly
  /// Four times a year.
  case quarterly
  /// Twelve times a year.
  case monthly
  /// Once a week.
  case weekly
  /// Every day.
  case daily
  /// Evenly spaced, with no season.
  case other

  /// The number of observations after which the season returns: 1, 4, 12, 52, 7 and 1.
  public var seasonalPeriod: Int {
    switch self {
    case .yearly, .other: 1
    case .quarterly: 4
    case .monthly: 12
    case .weekly: 52
    case .daily: 7
    }
  }

  /// The number of months from one observation to the next, where that is a whole number.
  public var months: Int? {
    switch self {
    case .yearly: 12
    case .quarterly: 3
    case .monthly: 1
    case .weekly, .daily, .other: nil
    }
  }
}
