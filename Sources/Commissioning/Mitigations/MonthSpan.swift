import TimeSeries

/// A stretch of time in months, every month being a twelfth of a year whatever its days, and a day its part of its own
/// month.
///
/// So what starts on 1 September is in place for exactly seven twelfths of its first financial year, as schools and
/// places are funded, and what starts on 16 September for six and a half.
struct MonthSpan {
  /// The first moment, in months after the start of the year 2000.
  let start: Double
  /// The first moment after it, in months after the start of the year 2000.
  let end: Double

  /// From one moment to another, in months after the start of the year 2000.
  init(start: Double, end: Double) {
    self.start = start
    self.end = end
  }

  /// From the beginning of the first day to the end of the last; without a last day, for ever.
  init(from first: CivilDate, through last: CivilDate?) {
    start = first.inMonths
    end = last.map { $0.adding(days: 1).inMonths } ?? .infinity
  }

  /// All the days of a range.
  init(_ days: ClosedRange<CivilDate>) {
    self.init(from: days.lowerBound, through: days.upperBound)
  }

  /// The length in months; zero where nothing lies between the moments.
  var months: Double { max(0, end - start) }

  /// The part of this span that lies within another.
  func within(_ other: MonthSpan) -> MonthSpan {
    MonthSpan(start: max(start, other.start), end: min(end, other.end))
  }

  /// The share of another span that lies within this one, 0 to 1.
  func share(of whole: MonthSpan) -> Double { within(whole).months / whole.months }
}

extension CivilDate {
  /// The beginning of the day, in months after the start of the year 2000.
  var inMonths: Double {
    let (year, month, day) = components
    return Double((year - 2000) * 12 + month - 1)
      + Double(day - 1) / Double(max(1, CivilDate.daysInMonth(month, year: year)))
  }
}

extension FinancialYear {
  /// The financial year that a day lies in.
  init(containing day: CivilDate) {
    let (year, month, _) = day.components
    self.init(month >= 4 ? year : year - 1)
  }

  /// All its days.
  var days: ClosedRange<CivilDate> { min(firstDay, lastDay)...lastDay }

  /// All its days, in months.
  var span: MonthSpan { MonthSpan(days) }
}
