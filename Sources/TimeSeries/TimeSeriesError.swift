/// Why a series, a panel or a conversion cannot be made.
public enum TimeSeriesError: Error, Hashable, Sendable {
  /// Two figures of a series are for the same period.
  case duplicatePeriod(series: String, period: Period)
  /// The periods of a series are not a whole number of steps apart.
  case mixedKinds(series: String, first: Period, other: Period)
  /// A figure of a series is said to be rounded to a unit that is not a number above zero.
  case impossibleRounding(series: String, period: Period, rounding: Double)
  /// Two series of a panel have the same identifier and area.
  case duplicateSeries(id: String, area: String?)
  /// A series is too sparse to be laid out at even steps.
  case tooSparse(series: String, missing: Int, limit: Int)
  /// A conversion between years was asked of a period that it does not convert.
  case notConvertible(period: Period, wanted: String)
}

extension TimeSeriesError: CustomStringConvertible {
  /// The error as a sentence.
  public var description: String {
    switch self {
    case .duplicatePeriod(let series, let period):
      "series \"\(series)\" has more than one figure for \(period); keep one of them"
    case .mixedKinds(let series, let first, let other):
      """
      series \"\(series)\" mixes periods of different kinds, such as \(first) and \(other); \
      give each kind a series of its own
      """
    case .impossibleRounding(let series, let period, let rounding):
      """
      series \"\(series)\" is said to be rounded to \(rounding) at \(period), which is not a unit of rounding; \
      give a number above 0, such as 5 or 10, or none where the figure is exact
      """
    case .duplicateSeries(let id, let area):
      if let area {
        "series \"\(id)\" appears twice for area \"\(area)\"; give each its own identifier"
      } else {
        "series \"\(id)\" appears twice; give each its own identifier"
      }
    case .tooSparse(let series, let missing, let limit):
      """
      series \"\(series)\" lacks \(missing) periods between its first and its last, more than the \(limit) that \
      are filled; check its periods, or give a coarser frequency
      """
    case .notConvertible(let period, let wanted):
      "\(period) cannot be converted; a period that is \(wanted) would be accepted"
    }
  }
}
