import TimeSeries

/// Where the periods of every width lie, counted from the one that ends with the last figure of a series:
/// that is 0, the next is 1, the one before is −1.
struct BlockCalendar: Sendable {
  /// The width of the series' own periods: months or quarters.
  let base: TemporalHierarchy.Span
  /// The position of the last figure among the series' own periods.
  let last: Int
  private let lastPeriod: Period
  private let years: YearType?

  init(_ sample: Sample, years: YearType?) throws(ForecastingError) {
    guard let first = sample.firstPeriod, let last = sample.positions.last else {
      throw .hierarchy(problem: "\"\(sample.name)\" has no periods")
    }
    let lastPeriod = first.advanced(by: last)
    switch first.kind {
    case .month, .index(.monthly), .census(.monthly): base = .month
    case .quarter, .index(.quarterly), .census(.quarterly): base = .quarter
    default:
      throw .hierarchy(
        problem:
          "\"\(sample.name)\" begins with \(first.label), and only months and quarters add up to years here")
    }
    if let years {
      let month = lastPeriod.end.map { $0.month % 12 + 1 }
      guard month == years.firstMonth else {
        throw .hierarchy(
          problem:
            "\"\(sample.name)\" ends with \(lastPeriod.label), within "
            + "\(years == .academic ? "an" : "a") \(years.rawValue) year; add the rest of "
            + "the year, end the series with the year before, or count years back from the last figure")
      }
    }
    self.last = last
    self.lastPeriod = lastPeriod
    self.years = years
  }

  /// What a period of a width is called.
  func words(_ span: TemporalHierarchy.Span) -> String {
    switch span {
    case .month: "month"
    case .quarter: "quarter"
    case .halfYear: "half-year"
    case .year: "year"
    }
  }

  /// The period, where its kind has a name: the series' own, and years of a kind.
  func period(_ span: TemporalHierarchy.Span, ahead: Int) -> Period? {
    if span == base { return lastPeriod.advanced(by: ahead) }
    guard span == .year, let years, let end = lastPeriod.end else { return nil }
    return Period.year(containing: end, years).advanced(by: ahead)
  }

  /// The period as it is written: `2024-07`, `2024/25 H2`, `2024/25`, `12 months to 2024-10`.
  func label(_ span: TemporalHierarchy.Span, ahead: Int) -> String {
    if let period = period(span, ahead: ahead) { return period.label }
    let width = span.rawValue / base.rawValue
    let final = lastPeriod.advanced(by: ahead * width)
    if let years, let end = final.end {
      // Blocks end with the years, so that the half or quarter is told by the months gone since the year
      // began.
      let months = (end.month - years.firstMonth + 12) % 12 + 1
      let year = Period.year(containing: end, years).label
      return "\(year) \(span == .halfYear ? "H" : "Q")\(months / span.rawValue)"
    }
    return "\(width) \(base == .month ? "months" : "quarters") to \(final.label)"
  }
}
