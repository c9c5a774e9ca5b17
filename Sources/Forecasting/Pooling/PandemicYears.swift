import TimeSeries

/// The months in which England's public services were disturbed by the pandemic, and how far the periods of a series
/// overlap them.
///
/// From the first restrictions, in March 2020, to the end of the last of them and of the school year, August 2021.
public enum PandemicYears {
  /// The first day.
  public static let start = CivilDate(checked: 2020, 3, 1)
  /// The last day.
  public static let end = CivilDate(checked: 2021, 8, 31)

  /// The share of a period, from 0 to 1, that lies in those months; of the instant of a census all or nothing. Nil for a
  /// period without dates.
  public static func share(of period: Period) -> Double? {
    guard let first = period.start, let last = period.end else { return nil }
    let from = max(first.daysSinceEpoch, start.daysSinceEpoch)
    let to = min(last.daysSinceEpoch, end.daysSinceEpoch)
    guard from <= to else { return 0 }
    return Double(to - from + 1) / Double(last.daysSinceEpoch - first.daysSinceEpoch + 1)
  }

  /// The share of each observation; nil where none overlaps, or the periods have no dates.
}

extension CivilDate {
  /// A date that is known to exist.
  fileprivate init(checked year: Int, _ month: Int, _ day: Int) {
    self = CivilDate(year: year, month: month, day: day) ?? CivilDate(daysSinceEpoch: 0)
  }
}
