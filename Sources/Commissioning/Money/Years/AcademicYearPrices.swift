import TimeSeries

/// Prices set by academic year, for one place for the year, and how a financial year pays them.
///
/// Top-ups are set from September. A financial year holds the end of one academic year and the beginning of the next,
/// and how much of each depends on how the place is paid. The rules are those of `YearConversion`; they are for prices
/// alone: a count at a census becomes an average by ``JanuaryCounts``.
public struct AcademicYearPrices: Sendable {
  /// How the price is paid.
  public enum Payment: String, Hashable, Sendable, CaseIterable {
    /// Every month: five months of the academic year that ends and seven of the one that begins.
    case monthly
    /// By term: the summer term of the one that ends, autumn and spring of the one that begins.
    case termly
    /// After 16, of which the year begins in August: four months and eight.
    case postSixteen = "post-16"

    var conversion: YearConversion {
      switch self {
      case .monthly: .price
      case .termly: .termInvoice
      case .postSixteen: .postSixteen
      }
    }
  }

  /// How the price is paid.
  public let payment: Payment
  private let pounds: [Int: Draws]
  private let service: String

  /// Prices by the calendar year in which their academic year begins.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a price that is negative or no number.
  public init(
    _ pounds: [Int: Draws], paid payment: Payment, service: String = "money"
  ) throws(CommissioningError) {
    for (year, price) in pounds.sorted(by: { $0.key < $1.key }) {
      try price.require(
        "the price of the academic year \(Period.academicYear(year).label)", "an amount of 0 or more",
        service: service
      ) { $0 >= 0 }
    }
    self.pounds = pounds
    self.payment = payment
    self.service = service
  }

  /// The price of a place for a whole financial year.
  ///
  /// - Throws: ``CommissioningError/missing(service:what:period:)`` when the price of either academic year is not known.
  public func price(in year: FinancialYear) throws(CommissioningError) -> FinancialYearPrice {
    func known(_ start: Int) throws(CommissioningError) -> Draws {
      guard let price = pounds[start] else {
        throw .missing(
          service: service, what: "the price of the academic year, of which \(year) pays a part,",
          period: Period.academicYear(start).label)
      }
      return price
    }
    let rule = payment.conversion
    let price =
      try known(year.start - 1) * rule.earlierWeight + known(year.start) * rule.laterWeight
    return FinancialYearPrice(year: year, pounds: price)
  }

  /// What the financial year pays for places that are only there in the academic year that begins in it, as a share of
  /// a whole year's price: the part-year effect of September, 7/12 where it is paid monthly.
  public var partYearEffect: Double { payment.conversion.laterWeight }
}
