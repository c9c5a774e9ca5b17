import TimeSeries

/// Years and days of published files.
enum PublishedPeriod {
  /// The calendar years that a published figure may be of.
  static let years = 1900...2200

  /// A financial year, as `2021-22` or `2021/22`.
  ///
  /// - Throws: `UnreadableText` that says what would be accepted.
  static func financialYear(_ text: String) throws(UnreadableText) -> Period {
    let remedy = "write a financial year from \(years.lowerBound) to \(years.upperBound), such as 2021-22"
    guard let period = try? Period(parsing: text, yearType: .financial), period.kind == .year(.financial),
      let start = period.startYear, years.contains(start)
    else { throw UnreadableText(text: text, problem: "is not a financial year", remedy: remedy) }
    return period
  }
}
