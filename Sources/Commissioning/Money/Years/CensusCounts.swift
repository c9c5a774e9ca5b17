import TimeSeries

/// Counts of children at the January censuses.
///
/// A stock is not a price: its average over a financial year comes from the path between two censuses, 0.294 of the
/// one before the year and 0.706 of the one within it when it grows evenly, and never from 5/12 and 7/12.
public struct JanuaryCounts: Sendable {
  private let counts: [Int: (day: CivilDate?, children: Draws)]
  private let service: String

  /// Counts by calendar year, on days that are not known or do not matter: the middle of January is taken.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a count that is negative or no number.
  public init(_ counts: [Int: Draws], service: String = "money") throws(CommissioningError) {
    try self.init(checked: counts.mapValues { (nil, $0) }, service: service)
  }

  /// Counts on the days on which they were taken.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a day outside January, two counts of one year, or a
  ///   count that is negative or no number.
  public init(
    on counts: [(day: CivilDate, children: Draws)], service: String = "money"
  ) throws(CommissioningError) {
    var byYear: [Int: (day: CivilDate?, children: Draws)] = [:]
    for (day, children) in counts {
      guard day.month == 1, byYear[day.year] == nil else {
        throw .invalid(
          service: service,
          reason:
            "the count on \(day) is not the one January count of \(day.year); for counts on other days use a "
            + "path of the stock")
      }
      byYear[day.year] = (day, children)
    }
    try self.init(checked: byYear, service: service)
  }

  private init(
    checked counts: [Int: (day: CivilDate?, children: Draws)], service: String
  ) throws(CommissioningError) {
    for (year, count) in counts.sorted(by: { $0.key < $1.key }) {
      try count.children.require(
        "the count of January \(year)", "a number of 0 or more", service: service
      ) { $0 >= 0 }
    }
    self.counts = counts
    self.service = service
  }

  /// The average over a financial year, when the stock moves evenly from the census before the year to the one within
  /// it and on at the same pace to the end of March.
  ///
  /// The weights are exact for the days of the two censuses where both are known, and otherwise those of
  /// `YearConversion.januaryCensus`, 0.294 and 0.706.
  ///
  /// - Throws: ``CommissioningError/missing(service:what:period:)`` when either count is not known.
  public func average(in year: FinancialYear) throws(CommissioningError) -> AverageNumber {
    func known(_ calendarYear: Int) throws(CommissioningError) -> (day: CivilDate?, children: Draws) {
      guard let count = counts[calendarYear] else {
        throw .missing(
          service: service,
          what: "the number of children at the census, on which the average of \(year) rests,",
          period: "January \(calendarYear)")
      }
      return count
    }
    let earlier = try known(year.start)
    let later = try known(year.start + 1)
    var weights = (
      earlier: YearConversion.januaryCensus.earlierWeight, later: YearConversion.januaryCensus.laterWeight
    )
    if let first = earlier.day, let second = later.day,
      let exact = YearConversion.weights(earlier: first, later: second, over: year.period)
    {
      weights = exact
    }
    // Both weights lie between 0 and 1 for any two days of January: the average is not negative.
    return AverageNumber(
      year: year, children: earlier.children * weights.earlier + later.children * weights.later)
  }
}

/// The number of children on some days, even between one and the next: a monthly path, or counts on any days.
public struct StockPath: Sendable {
  private let points: [(day: CivilDate, children: Draws)]
  private let service: String

  /// Describes a path by its days, in any order.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for two counts of one day, and for a count that is
  ///   negative or no number.
  public init(
    _ points: [(day: CivilDate, children: Draws)], service: String = "money"
  ) throws(CommissioningError) {
    self.points = points.sorted { $0.day < $1.day }
    self.service = service
    for (earlier, later) in zip(self.points, self.points.dropFirst()) where earlier.day == later.day {
      throw .invalid(service: service, reason: "there are two counts of \(later.day); one is needed")
    }
    for point in self.points {
      try point.children.require(
        "the count of \(point.day)", "a number of 0 or more", service: service
      ) { $0 >= 0 }
    }
  }

  /// The average over the days of a financial year.
  ///
  /// - Throws: ``CommissioningError/missing(service:what:period:)`` when the path does not reach from the year's first
  ///   day to its last: a path is not carried on beyond what is known.
  public func average(in year: FinancialYear) throws(CommissioningError) -> AverageNumber {
    guard let first = points.first?.day, let last = points.last?.day, first <= year.firstDay,
      last >= year.lastDay
    else {
      throw .missing(
        service: service,
        what: "the number of children from \(year.firstDay) to \(year.lastDay), of which the path knows "
          + (points.isEmpty ? "nothing," : "\(points[0].day) to \(points[points.count - 1].day),"),
        period: "\(year)")
    }
    // The share of the year's days on which each count stands; a day between two counts is divided between them.
    var weights = [Double](repeating: 0, count: points.count)
    var place = 0
    var day = year.firstDay
    while day <= year.lastDay {
      // A path that reaches from the first day to the last has two counts at least.
      while place + 2 < points.count, points[place + 1].day <= day { place += 1 }
      let length = Double(points[place].day.days(to: points[place + 1].day))
      let share = Double(points[place].day.days(to: day)) / length
      weights[place] += 1 - share
      weights[place + 1] += share
      day = day.adding(days: 1)
    }
    let days = weights.reduce(0, +)
    var average = Draws(0)
    for (point, weight) in zip(points, weights) where weight != 0 {
      average = average + point.children * (weight / days)
    }
    return AverageNumber(year: year, children: average)
  }
}
