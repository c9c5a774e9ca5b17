import TimeSeries

/// How fast a measure must change from its latest figure to reach a level by a day.
public struct RequiredRunRate: Hashable, Sendable {
  /// The latest figure.
  public let from: Double
  /// The last day that it describes.
  public let since: CivilDate
  /// The level less the latest figure, in units of the measure; negative where the measure has to fall.
  public let change: Double
  /// The months from the latest figure to the day.
  public let months: Double
  /// Whether the latest figure reaches the level already: it has to be held.
  public let isReached: Bool
  /// Whether the count begins again at zero, so that ``from`` is 0 and no figure, and a change a year means nothing.
  public let beginsAgain: Bool

  /// The change a month that is needed, in units of the measure: below 0 where it has to fall.
  ///
  /// Of a level that is reached already it is what the measure may lose a month, and ``isReached`` says so.
  public var perMonth: Double { change / months }
  /// The change a year that is needed.
  public var perYear: Double { change * 12 / months }

  /// The run rate from a figure to a target; nil where the day is not after the figure.
  ///
  /// Months are counted by the calendar, so that from one month's end to another is a whole number of them.
  public init?(from value: Double, on since: CivilDate, to target: Target, beginsAgain: Bool = false) {
    guard since < target.date else { return nil }
    from = value
    self.since = since
    change = target.level - value
    months = Self.months(from: since, to: target.date)
    isReached = target.isMet(by: value)
    self.beginsAgain = beginsAgain
  }

  /// The months from one day to another, part of a month counted as the share of its days that have passed.
  static func months(from first: CivilDate, to last: CivilDate) -> Double {
    func months(_ date: CivilDate) -> Double {
      let (year, month, day) = date.components
      return Double(year * 12 + month) + Double(day) / Double(CivilDate.daysInMonth(month, year: year))
    }
    return months(last) - months(first)
  }
}
