/// A length of time in weeks. Days are not weeks: they are converted, never assigned.
public struct Weeks: Hashable, Sendable, Comparable {
  /// The number of weeks.
  public let count: Double

  /// So many weeks.
  public init(_ count: Double) { self.count = count }

  /// The weeks that a number of days makes.
  public init(_ days: Days) { count = days.count / 7 }

  /// Orders by length.
  public static func < (left: Weeks, right: Weeks) -> Bool { left.count < right.count }
}

/// A length of time in days.
public struct Days: Hashable, Sendable, Comparable {
  /// The number of days.
  public let count: Double

  /// So many days.
  public init(_ count: Double) { self.count = count }

  /// The days that a number of weeks makes.
  public init(_ weeks: Weeks) { count = weeks.count * 7 }

  /// Orders by length.
  public static func < (left: Days, right: Days) -> Bool { left.count < right.count }
}

/// A flow of children: so many each week. What is counted by the day or the year is converted, never
/// assigned.
public struct PerWeek: Hashable, Sendable, Comparable {
  /// The number each week.
  public let count: Double

  /// So many each week.
  public init(_ count: Double) { self.count = count }

  /// So many each day, on all seven.
  public init(perDay count: Double) { self.count = count * 7 }

  /// So many each year, of 365.25 days.
  public init(perYear count: Double) { self.count = count * 7 / 365.25 }

  /// The number in a year of 365.25 days.
  public var perYear: Double { count * 365.25 / 7 }

  /// Orders by size.
  public static func < (left: PerWeek, right: PerWeek) -> Bool { left.count < right.count }
}

extension PerWeek {
  /// The flow of so many in a length of time; not a number where the length is 0.
  public init(_ count: Double, in length: Weeks) { self.count = count / length.count }

  /// The number that a flow makes in a length of time.
  public static func * (flow: PerWeek, length: Weeks) -> Double { flow.count * length.count }

  /// Two flows together.
  public static func + (left: PerWeek, right: PerWeek) -> PerWeek { PerWeek(left.count + right.count) }

  /// How much greater one flow is than another.
  public static func - (left: PerWeek, right: PerWeek) -> PerWeek { PerWeek(left.count - right.count) }

  /// How many times as great one flow is as another.
  public static func / (left: PerWeek, right: PerWeek) -> Double { left.count / right.count }
}

extension Weeks {
  /// How many times as long one length is as another.
  public static func / (left: Weeks, right: Weeks) -> Double { left.count / right.count }

  /// The length that a flow takes for a number of children.
  public static func forCount(_ count: Double, at flow: PerWeek) -> Weeks { Weeks(count / flow.count) }
}
