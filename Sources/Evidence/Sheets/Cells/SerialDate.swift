import TimeSeries

/// Days as Excel counts them.
struct SerialDate {
  /// Whether day 0 is 1 January 1904, as in workbooks from old Macintoshes, and not 1900's count.
  let is1904: Bool

  /// What a serial number stands for in a format of dates or times.
  ///
  /// In 1900's count day 1 is 1 January 1900, and day 60 is 29 February 1900, which never was (Lotus 1-2-3 took 1900
  /// for a leap year, and Excel kept it): days before it lie one later than those after it.
  func content(_ serial: Double, _ format: NumberFormat) -> CellContent {
    guard serial.isFinite, serial.magnitude < 3_000_000 else { return .impossibleDate(serial) }
    if format == .time { return .duration(seconds: Int((serial * 86_400).rounded())) }
    // The second is the finest that is shown; rounding may reach the next day.
    let seconds = Int((serial * 86_400).rounded())
    let (day, rest) = seconds.quotientAndRemainder(dividingBy: 86_400)
    guard seconds >= 0, let date = date(day) else { return .impossibleDate(serial) }
    return format == .dateTime && rest != 0
      ? .dateTime(date, seconds: rest) : CellContent.date(date, shownAs: format)
  }

  /// The date of a whole day number; nil where there is none, before the first and after 9999.
  private func date(_ day: Int) -> CivilDate? {
    let date: CivilDate
    if is1904 {
      date = CivilDate(daysSinceEpoch: day - 24_107)
    } else {
      guard day >= 1, day != 60 else { return nil }
      date = CivilDate(daysSinceEpoch: day - (day < 60 ? 25_568 : 25_569))
    }
    return (1...9999).contains(date.year) ? date : nil
  }
}
