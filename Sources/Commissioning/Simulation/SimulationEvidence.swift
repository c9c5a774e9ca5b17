import TimeSeries

// What a service may ask of its evidence, and what evidence is refused.

extension SimulationContext {
  /// Refuses a period of which a series has no figure, known or not yet known on the plan's date: the series says which
  /// it has. A series that is not there at all is another matter.
  ///
  /// - Parameter key: the workspace's key for the period.
  func requirePeriod(
    _ period: Period, of ids: [String], as key: String, for service: String
  ) throws(CommissioningError) {
    for id in ids {
      guard let series = evidence[id, area: area], series.point(matching: period)?.value == nil else {
        continue
      }
      throw .invalid(
        service: service,
        reason:
          "\(key) is \(period.label), and \"\(id)\" has no figure for it; it has \(Self.dates(of: series))")
    }
  }

  /// The periods of a series' figures in a sentence.
  private static func dates(of series: Series) -> String {
    let labels = series.points.filter { $0.value != nil }.map(\.period.label)
    guard let first = labels.first, let last = labels.last else { return "none" }
    return labels.count <= 6 ? labels.joined(separator: ", ") : "\(labels.count) from \(first) to \(last)"
  }

  /// Refuses a series of which a published value is not what is wanted, naming the first.
  func require(
    _ series: Series, _ wanted: String, for service: String, fits: (Double) -> Bool
  ) throws(CommissioningError) {
    for point in series.points {
      guard let value = point.value, !fits(value) else { continue }
      let text = series.measure.unit == .pounds ? wholePounds(value) : grouped(value)
      try refuse(
        .implausible(
          service: service, series: series.id, area: series.area, period: point.period, value: text,
          wanted: wanted))
      return
    }
  }

  /// What pounds are of, and so which amounts can be right.
  enum Money {
    /// What was spent: not negative.
    case spending
    /// What was granted: above zero.
    case grant
  }

  /// The published pounds of a series by financial year, in order; empty where nothing had been published.
  ///
  /// - Throws: ``CommissioningError/implausible(service:series:area:period:value:wanted:)`` for an amount that cannot be
  ///   right, and ``CommissioningError/invalid(service:reason:)`` when the series is in another unit than pounds, or by
  ///   another kind of period: thousands of pounds and academic years would otherwise pass unnoticed.
  func pounds(
    _ id: String, _ money: Money, for service: String
  ) throws(CommissioningError) -> [(year: FinancialYear, value: Double)] {
    guard let series = series(id) else { return [] }
    guard series.measure.unit == .pounds else {
      throw .invalid(service: service, reason: "\"\(id)\" is in \(series.measure.unit) and must be in pounds")
    }
    switch money {
    case .spending:
      try require(series, "spending that is not negative", for: service) { $0 >= 0 }
    case .grant:
      try require(series, "a grant above nothing", for: service) { $0 > 0 }
    }
    return try byFinancialYear(series, for: service)
  }

  /// The pounds of one year of a series; nil where they had not been published.
  func pounds(
    _ id: String, spentIn year: FinancialYear, for service: String
  ) throws(CommissioningError) -> Double? {
    try pounds(id, .spending, for: service).first { $0.year == year }?.value
  }

  /// The published shares of a series by financial year, 0.05 for 5 per cent.
  func shares(
    _ id: String, for service: String
  ) throws(CommissioningError) -> [(year: FinancialYear, value: Double)] {
    guard let series = series(id) else { return [] }
    let whole = try whole(of: series, for: service)
    return try byFinancialYear(series, for: service).map { ($0.year, $0.value / whole) }
  }

  /// What everything is in the unit of a series of shares: 100 for per cent, 1 for a proportion.
  func whole(of series: Series, for service: String) throws(CommissioningError) -> Double {
    guard let whole = series.measure.unit.whole else {
      throw .invalid(
        service: service,
        reason: "\"\(series.id)\" is in \(series.measure.unit) and must be a share: per cent, or a proportion"
      )
    }
    return whole
  }

  private func byFinancialYear(
    _ series: Series, for service: String
  ) throws(CommissioningError) -> [(year: FinancialYear, value: Double)] {
    try requireKind(of: series, like: years.upperBound.period, for: service)
    return series.points.compactMap { point in
      guard let value = point.value, let start = point.period.startYear else { return nil }
      return (FinancialYear(start), value)
    }
  }

  /// Refuses a series whose periods are not a whole number of steps from an example of what is wanted.
  func requireKind(
    of series: Series, like example: Period, for service: String
  ) throws(CommissioningError) {
    guard let first = series.points.first?.period else { return }
    guard first.distance(to: example) != nil else {
      throw .invalid(
        service: service,
        reason:
          "\"\(series.id)\" is of periods such as \(first.label), and periods such as \(example.label) are needed"
      )
    }
  }

  /// The published value of a series at a period, where there is one.
  func published(_ id: String, at period: Period) -> Double? {
    series(id)?.point(matching: period)?.value
  }
}
