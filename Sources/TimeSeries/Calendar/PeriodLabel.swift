// Periods as text.

extension Period: CustomStringConvertible {
  /// The canonical label.
  public var description: String { label }

  /// The canonical label: `2024`, `2024/25`, `2024-Q3`, `2024/25 Q1`, `2024-07`, `2024-07-31`, `2019-21`,
  /// `2018/19-20/21`, `12 months to Jul 2024`, or the plain number.
  public var label: String { label(in: .canonical) }

  /// The label in the form in which the period, or the one it was counted on from, was written.
  public var labelAsWritten: String { label(in: style) }

  /// The label in a given form; forms that the kind does not have give the canonical one.
  public func label(in style: PeriodStyle) -> String {
    let number = Int(ordinal)
    switch family {
    case .index: return String(number)
    case .year: return yearLabel(number, in: style)
    case .quarter:
      let (year, quarter) = number.flooredQuotientAndRemainder(dividingBy: 4)
      return quarterLabel(year, quarter + 1, in: style)
    case .month: return monthLabel(number, in: style)
    case .week, .day, .census: return start.map(\.description) ?? String(number)
    case .pooledYears:
      let last = number + Int(extent) - 1
      if namedYearType == .calendar { return "\(number.padded(to: 4))-\(Self.twoDigits(last))" }
      return "\(yearLabel(number, in: .canonical))-\(Self.twoDigits(last))/\(Self.twoDigits(last + 1))"
    case .rollingMonths:
      return "\(extent) months to \(monthLabel(number, in: .shortMonthName))"
    }
  }

  private func yearLabel(_ year: Int, in style: PeriodStyle) -> String {
    let first = year.padded(to: 4)
    guard namedYearType != .calendar else { return first }
    switch style {
    case .hyphen: return "\(first)-\(Self.twoDigits(year + 1))"
    case .compact: return "\(first)\(Self.twoDigits(year + 1))"
    case .canonical, .spaced, .shortMonthName, .fullMonthName:
      return "\(first)/\(Self.twoDigits(year + 1))"
    }
  }

  private func quarterLabel(_ year: Int, _ quarter: Int, in style: PeriodStyle) -> String {
    let whole = yearLabel(year, in: .canonical)
    switch style {
    case .hyphen: return "\(whole)-Q\(quarter)"
    case .compact: return "\(whole)Q\(quarter)"
    case .spaced: return "\(whole) Q\(quarter)"
    case .canonical, .shortMonthName, .fullMonthName:
      return namedYearType == .calendar ? "\(whole)-Q\(quarter)" : "\(whole) Q\(quarter)"
    }
  }

  private func monthLabel(_ ordinal: Int, in style: PeriodStyle) -> String {
    let (year, month) = ordinal.yearAndMonth
    let digits = year.padded(to: 4)
    switch style {
    case .compact: return "\(digits)\(month.padded(to: 2))"
    case .shortMonthName: return "\(MonthName.full[month - 1].prefix(3)) \(digits)"
    case .fullMonthName: return "\(MonthName.full[month - 1]) \(digits)"
    case .canonical, .hyphen, .spaced: return "\(digits)-\(month.padded(to: 2))"
    }
  }

  private static func twoDigits(_ year: Int) -> String {
    year.flooredQuotientAndRemainder(dividingBy: 100).remainder.padded(to: 2)
  }
}

/// The English names of the months.
enum MonthName {
  static let full = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
  ]
}
