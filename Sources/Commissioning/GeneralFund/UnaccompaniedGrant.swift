import TimeSeries

/// The grant for unaccompanied asylum-seeking children: children x weekly rate x actual days / 7, by age band.
///
/// Rates change on dates of their own, so a financial year is cut where they do; each rate is data with its source, the
/// date from which it applies and the date on which it became known.
public struct UnaccompaniedGrant: Sendable {
  /// The rates of one age band.
  public struct Band: Sendable {
    /// The name that scripts use, and under which the number of children is given.
    public let id: String
    /// The name that people use.
    public let name: String
    /// Pounds a week for a child.
    public let weeklyRates: [DatedRule<Double>]

    /// Describes a band.
    public init(id: String, name: String, weeklyRates: [DatedRule<Double>]) {
      self.id = id
      self.name = name
      self.weeklyRates = weeklyRates
    }
  }

  /// The age bands.
  public let bands: [Band]

  /// Checks and puts together the grant.
  public init(bands: [Band]) throws(CommissioningError) {
    var check = FutureCheck(Self.service)
    try check.requireUnique(bands.map(\.id), "the age band")
    for rate in bands.flatMap(\.weeklyRates) {
      try check.take(Draws(rate.content), "the weekly rate of \(rate.source)", .amount)
    }
    self.bands = bands
  }

  static let service = "unaccompanied children grant"

  /// The grant of a year, a line for each band.
  ///
  /// - Parameters:
  ///   - year: the financial year.
  ///   - children: children in each band, averaged over the year.
  ///   - asOf: the day by which rates must have been known.
  public func lines(
    in year: FinancialYear, children: [String: Draws], asOf: CivilDate
  ) throws(CommissioningError) -> [FundLine] {
    var check = FutureCheck(Self.service)
    try check.requireKnown(
      children.keys, among: bands.map(\.id), "the age band", "give its rates, or leave its children out")
    var lines: [FundLine] = []
    for band in bands {
      guard let number = children[band.id] else {
        throw .missing(
          service: Self.service, what: "the number of children in \(band.name)", period: "\(year)")
      }
      try check.take(number, "the number of children in \(band.name) in \(year)", .amount)
      lines.append(
        try FundLine(
          id: "unaccompanied-\(band.id)", name: "Grant for unaccompanied children: \(band.name)",
          pounds: number * (try poundsPerChild(band, in: year, asOf: asOf)), service: Self.service))
    }
    return lines
  }

  /// What one child who stays all year brings.
  private func poundsPerChild(
    _ band: Band, in year: FinancialYear, asOf: CivilDate
  ) throws(CommissioningError) -> Double {
    let changes = band.weeklyRates.filter { $0.known <= asOf && $0.effective > year.firstDay }
      .map(\.effective).filter { $0 <= year.lastDay }
    let starts = [year.firstDay] + Set(changes).sorted()
    let ends = starts.dropFirst() + [year.lastDay.adding(days: 1)]
    var pounds = 0.0
    for (start, end) in zip(starts, ends) {
      guard let rate = DatedRule.inForce(band.weeklyRates, on: start, asOf: asOf) else {
        throw .missing(
          service: Self.service, what: "the weekly rate for \(band.name), from a source known by \(asOf),",
          period: "\(plainDate(start))")
      }
      pounds += rate.content * Double(start.days(to: end)) / 7
    }
    return pounds
  }
}
