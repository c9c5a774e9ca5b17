import TimeSeries

/// The average over a financial year of what is counted at a census: before it or at its start, and within it or at
/// its end.
struct YearAverage {
  /// How much either census weighs.
  let rule: YearConversion

  /// The censuses that a financial year lies between.
  func censuses(
    of year: FinancialYear, service: String
  ) throws(CommissioningError) -> (earlier: Period, later: Period) {
    do {
      return try rule.sources(ofFinancialYear: year.period)
    } catch {
      throw .invalid(service: service, reason: "\(error)")
    }
  }

  /// The average; the later census alone where the earlier is not known, and nil where the later is not.
  ///
  /// Whoever takes an average says so of the years in ``oneSided(_:service:_:)``.
  func average(
    in year: FinancialYear, service: String, _ value: (Period) -> Draws?
  ) throws(CommissioningError) -> Draws? {
    let (earlier, later) = try censuses(of: year, service: service)
    guard let end = value(later) else { return nil }
    guard let start = value(earlier) else { return end }
    return start * rule.earlierWeight + end * rule.laterWeight
  }

  /// The years whose average rests on the later census alone.
  func oneSided(
    _ years: [FinancialYear], service: String, _ value: (Period) -> Draws?
  ) throws(CommissioningError) -> [FinancialYear] {
    var result: [FinancialYear] = []
    for year in years {
      let (earlier, later) = try censuses(of: year, service: service)
      if value(earlier) == nil, value(later) != nil { result.append(year) }
    }
    return result
  }

  /// A note that names such years; nil where there are none.
  static func note(_ what: String, oneSided years: [FinancialYear]) -> String? {
    guard !years.isEmpty else { return nil }
    let names = years.map(\.description).joined(separator: ", ")
    return
      "The average \(what) of \(names) is that of the later census alone, because the earlier one is not known."
  }
}

extension Series {
  /// The figure of a period; of a census, that of the same month whatever its day, because census days move.
  func point(matching period: Period) -> DataPoint? {
    if let exact = point(at: period) { return exact }
    guard case .census = period.kind else { return nil }
    return points.first { $0.period.distance(to: period) == 0 }
  }
}
