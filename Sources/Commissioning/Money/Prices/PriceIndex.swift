/// A level of prices by financial year: published points, and what is not known yet as growth with its uncertainty.
///
/// Beyond the last published year each year's level is the last one's times one plus growth, in every simulated future
/// with that future's own growth; nothing is known before the first published year.
public struct PriceIndex: Sendable {
  /// How prices go on after the last published year.
  public enum Growth: Sendable {
    /// At one rate in every year, drawn once for each simulated future: doubt about the level of growth.
    case everyYear(Draws)
    /// At a rate for each year: doubt about each year.
    case byYear([FinancialYear: Draws])
  }

  /// What it is called in a plan's account of its assumptions.
  public let name: String
  /// The year whose level is one.
  public let base: FinancialYear
  /// The last year whose level is published.
  public let lastPublished: FinancialYear
  private let published: [FinancialYear: Double]
  private let growth: Growth
  private let service: String

  /// Describes an index.
  ///
  /// - Parameters:
  ///   - name: what it is called in a plan's account of its assumptions.
  ///   - base: the year whose level is one.
  ///   - published: points of the index in any unit; only their ratios count.
  ///   - growth: growth a year as a share, 0.03 for 3 per cent.
  ///   - service: who asks, for errors.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` when the base year is not published, a point is not
  ///   above zero, there is a gap between points, or prices would fall by all they are.
  public init(
    name: String, base: FinancialYear, published: [FinancialYear: Double], growth: Growth,
    service: String = "money"
  ) throws(CommissioningError) {
    for (year, point) in published.sorted(by: { $0.key < $1.key }) where !(point > 0 && point.isFinite) {
      throw .invalid(
        service: service,
        reason: "the price index \"\(name)\" is \(plainText(point)) in \(year); a number above 0 is needed")
    }
    guard let first = published.keys.min(), let last = published.keys.max(), published[base] != nil else {
      throw .invalid(
        service: service,
        reason:
          "the price index \"\(name)\" has no point for its base year, \(base); add it, or choose a year of its "
          + "points")
    }
    let missing = (first.start...last.start).map { FinancialYear($0) }.first { published[$0] == nil }
    if let missing {
      throw .invalid(
        service: service,
        reason: "the price index \"\(name)\" has points from \(first) to \(last) and none for \(missing)")
    }
    let rates: [(String, Draws)] =
      switch growth {
      case .everyYear(let rate): [("", rate)]
      case .byYear(let rates):
        rates.sorted { $0.key < $1.key }.map { (" in \($0.key)", $0.value) }
      }
    for (year, rate) in rates {
      try rate.require(
        "growth of the price index \"\(name)\"\(year)", "a share above -1, such as 0.03,", service: service
      ) { $0 > -1 }
    }
    self.name = name
    self.base = base
    self.published = published
    self.growth = growth
    self.service = service
    lastPublished = last
  }

  /// The level of a year, the base year's being one.
  ///
  /// - Throws: ``CommissioningError/missing(service:what:period:)`` for a year before the first point, and for one
  ///   beyond the last up to which growth is not stated.
  public func level(in year: FinancialYear) throws(CommissioningError) -> Draws {
    if let point = published[year], let unit = published[base] { return Draws(point / unit) }
    guard year > lastPublished, let last = published[lastPublished], let unit = published[base] else {
      throw .missing(service: service, what: "the price index \"\(name)\"", period: "\(year)")
    }
    switch growth {
    case .everyYear(let rate):
      let years = Double(year.start - lastPublished.start)
      return rate.map { last / unit * power(1 + $0, years) }
    case .byYear(let rates):
      var level = Draws(last / unit)
      var next = lastPublished.next
      while next <= year {
        guard let rate = rates[next] else {
          throw .missing(
            service: service, what: "growth of the price index \"\(name)\"", period: "\(next)")
        }
        level = level * (rate + 1)
        next = next.next
      }
      return level
    }
  }

  /// How many times as high prices are in one year as in another.
  ///
  /// - Throws: ``CommissioningError/missing(service:what:period:)`` as ``level(in:)`` does.
  public func factor(
    from first: FinancialYear, to last: FinancialYear
  ) throws(CommissioningError) -> Draws {
    first == last ? Draws(1) : try level(in: last) / level(in: first)
  }
}
