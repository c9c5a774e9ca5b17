import TimeSeries

/// A financial year cut into the periods in which it is monitored.
public struct MonitoringYear: Hashable, Sendable {
  /// How long a period is.
  public enum Step: String, Hashable, Sendable, CaseIterable {
    /// A month, April first.
    case month
    /// A quarter of the financial year, April to June first.
    case quarter
  }

  /// The financial year.
  public let year: FinancialYear
  /// How long its periods are.
  public let step: Step
  /// The periods in order: twelve or four.
  public let periods: [Period]

  /// Cuts a year into months or quarters.
  public init(_ year: FinancialYear, by step: Step) {
    self.year = year
    self.step = step
    periods =
      switch step {
      case .month: (0..<12).map { Period.month(containing: year.firstDay).advanced(by: $0) }
      case .quarter: (1...4).compactMap { Period.quarter($0, ofYear: year.start, .financial) }
      }
  }

  /// The place of a period, counted from 0; nil for one that is not of this year and step.
  public func place(of period: Period) -> Int? { periods.firstIndex(of: period) }

  /// The place of the period in which a day lies; nil outside the year.
  func place(of day: CivilDate) -> Int? {
    periods.firstIndex { period in
      guard let start = period.start, let end = period.end else { return false }
      return start <= day && day <= end
    }
  }

  /// The days of the period at a place that lie between two days, both included.
  func days(ofPeriodAt place: Int, from first: CivilDate, to last: CivilDate) -> Int {
    guard periods.indices.contains(place), let start = periods[place].start, let end = periods[place].end
    else { return 0 }
    return Swift.max(0, Swift.max(start, first).days(to: Swift.min(end, last)) + 1)
  }
}
