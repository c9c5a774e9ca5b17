import TimeSeries

/// The average number of children over a financial year, part-time and part-year ones as parts: what a price for a whole
/// year is multiplied by.
///
/// It comes from a count at censuses (``JanuaryCounts``, ``StockPath``) or is stated. There is no way from an
/// academic-year price to it, nor from a count to a price, so that a stock cannot meet weights that are for prices.
public struct AverageNumber: Sendable {
  /// The financial year.
  public let year: FinancialYear
  /// Children on average over the year.
  public let children: Draws

  /// States an average.
  public init(year: FinancialYear, children: Draws) {
    self.year = year
    self.children = children
  }
}

/// What one place costs for the whole of a financial year.
public struct FinancialYearPrice: Sendable {
  /// The financial year.
  public let year: FinancialYear
  /// Pounds for one place over the whole year.
  public let pounds: Draws

  /// States a price.
  public init(year: FinancialYear, pounds: Draws) {
    self.year = year
    self.pounds = pounds
  }

  /// What an average number of children costs at this price, in pounds, not yet rounded.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` when number and price are of different years.
  public func cost(of number: AverageNumber, service: String = "money") throws(CommissioningError) -> Draws {
    guard number.year == year else {
      throw .invalid(
        service: service,
        reason:
          "the number of children is of \(number.year) and the price of \(year); a cost needs both of one year"
      )
    }
    return number.children * pounds
  }

  /// What one place costs that is there from a day on, by the days of the year that are left.
  public func cost(from day: CivilDate) -> Draws { pounds * PartYear.share(from: day, of: year) }
}

/// What one place costs a week.
public struct WeeklyPrice: Sendable {
  /// Pounds a week.
  public let pounds: Draws

  /// States a price.
  public init(pounds: Draws) { self.pounds = pounds }

  /// The price of a whole financial year: a seventh of it for every day, 366 of them in a year with a 29 February.
  public func price(in year: FinancialYear) -> FinancialYearPrice {
    FinancialYearPrice(year: year, pounds: pounds * year.weeks)
  }

  /// What a placement costs from one day to another, both paid for: a seventh of the price for every day.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` when it ends before it begins.
  public func cost(
    from first: CivilDate, through last: CivilDate, service: String = "money"
  ) throws(CommissioningError) -> Draws {
    guard first <= last else {
      throw .invalid(
        service: service, reason: "a placement from \(first) to \(last) ends before it begins")
    }
    return pounds * (Double(first.days(to: last) + 1) / 7)
  }
}

/// The part of a financial year that a place is there for.
public enum PartYear {
  /// The months of a financial year from the first of a month on, as a share: 7/12 for a place from September. Nil for a
  /// month outside 1 to 12.
  public static func share(fromMonth month: Int) -> Double? {
    guard (1...12).contains(month) else { return nil }
    // April is the first month of the year, and March the twelfth.
    return Double(12 - (month + 8) % 12) / 12
  }

  /// The days of a financial year from a day on, as a share; one for a day before the year, nothing for one after it.
  ///
  /// A place from 1 September is there for 212 days of 365, or for 213 of 366 where the 29 February is in the year.
  public static func share(from day: CivilDate, of year: FinancialYear) -> Double {
    let days = year.firstDay.days(to: year.lastDay) + 1
    let left = day.days(to: year.lastDay) + 1
    return Double(min(max(left, 0), days)) / Double(days)
  }
}
