import TimeSeries

/// The one-step errors of a series, year by year, so that series of unlike periods can be laid side by side.
///
/// A January census, a financial year and an academic year are never the same ``Period``, and yet a lockdown shows in all
/// of them. Each error is placed in the financial year in which its period ends; a series with several periods in a year
/// (quarters, months) has their mean there. Plain counts have no dates and meet only plain counts.
struct ResidualYears: Sendable {
  /// The largest error accepted: sums of any number of them stay finite.
  static let greatest = 1e300

  /// The errors by year, in the order of the years.
  let years: [(year: Int, error: Double)]

  /// Places errors in years.
  ///
  /// - Throws: `invalid`, naming the series and the period, for an error that is infinite or not a number.
  init(_ residuals: [Period: Double], of name: String) throws(CommissioningError) {
    var sums: [Int: (sum: Double, count: Double)] = [:]
    // In the order of the periods: a dictionary has none of its own, and sums depend on it in their last bit.
    for (period, error) in residuals.sorted(by: { $0.key < $1.key }) {
      guard abs(error) <= Self.greatest else {
        throw .invalid(
          service: name,
          reason: "its error at \(period.label) is \(error); leave the period out, or supply a number up to "
            + "\(Self.greatest) in size")
      }
      let year = Self.year(of: period)
      let present = sums[year] ?? (0, 0)
      sums[year] = (present.sum + error, present.count + 1)
    }
    years = sums.map { (year: $0.key, error: $0.value.sum / $0.value.count) }.sorted { $0.year < $1.year }
  }

  /// The calendar year in which the financial year of a period's last day starts; plain counts stand far below any year.
  private static func year(of period: Period) -> Int {
    guard let end = period.end else {
      return -1_000_000_000_000 + (Period.index(0, period.frequency).distance(to: period) ?? 0)
    }
    let (year, month, _) = end.components
    return month >= 4 ? year : year - 1
  }
}
