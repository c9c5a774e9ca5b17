import RealModule

/// New places that are built or bought, and how they are paid for: by grant, by borrowing, or in part by each.
///
/// What is borrowed is charged to revenue as an annuity, the method under which minimum revenue provision and interest
/// together are level (Local Authorities (Capital Finance and Accounting) (England) Regulations 2003, regulations 27
/// and 28, and the statutory guidance made with them). With L borrowed at the rate r over n years
///
///     charge = L r / (1 - (1+r)^-n);  interest[k] = r x outstanding[k-1];  provision[k] = charge - interest[k]
///     outstanding[k] = L (1 - (1+r)^-(n-k)) / (1 - (1+r)^-n)
///
/// Interest while the places are being built is not part of it; add it to the cost.
public struct CapitalScheme: Sendable {
  /// How the part that no grant pays is borrowed.
  public struct Loan: Sendable {
    /// The rate of interest a year, as a share.
    public let rate: Draws
    /// The number of yearly charges, for instance the life of a building.
    public let years: Int

    /// Describes a loan.
    public init(rate: Draws, years: Int) {
      self.rate = rate
      self.years = years
    }
  }

  /// The name that scripts use.
  public let id: String
  /// The name that people use.
  public let name: String
  /// The number of places it makes.
  public let places: Double
  /// Pounds in all.
  public let cost: Draws
  /// Pounds of the cost that a grant pays.
  public let grant: Draws
  /// How the rest is borrowed; nil where the grant pays all.
  public let loan: Loan?
  /// The first year that is charged, as a rule the year after the places come into use.
  public let firstCharge: FinancialYear

  /// What is borrowed, pence.
  private let borrowed: Draws

  /// Checks and puts together a scheme.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a grant above the cost, a part that nobody pays, a
  ///   rate outside 0 to 1, or a term outside 1 to 100 years.
  public init(
    id: String, name: String, places: Double, cost: Draws, grant: Draws, loan: Loan?,
    firstCharge: FinancialYear
  ) throws(CommissioningError) {
    let service = "capital scheme \(id)"
    var check = FutureCheck(service)
    try check.requireUnique([id], "the scheme")
    try check.take(Draws(places), "the number of places", .divisor)
    try check.take(cost, "the cost", .amount)
    try check.take(grant, "the grant", .amount)
    let rest = cost - grant
    do throws(CommissioningError) {
      try check.take(rest, "the cost less the grant", .amount)
    } catch {
      throw .invalid(
        service: service,
        reason: "the grant is more than the cost in a simulated future; enter only the part of it spent here")
    }
    if let loan {
      try check.take(loan.rate, "the rate of interest", .share)
      guard (1...100).contains(loan.years) else {
        throw .invalid(
          service: service, reason: "the loan runs for \(loan.years) years, and 1 to 100 are needed")
      }
    } else if (0..<(check.futures ?? 1)).contains(where: { (rest[$0] ?? 0) > 0 }) {
      throw .invalid(
        service: service,
        reason: "the grant pays less than the cost in a simulated future, and there is no loan for the rest; "
          + "add one, or raise the grant")
    }
    self.id = id
    self.name = name
    self.places = places
    self.cost = cost
    self.grant = grant
    self.loan = loan
    self.firstCharge = firstCharge
    borrowed = try FundLine(id: id, name: name, pounds: rest, service: service).pence
  }

  /// What a year is charged: minimum revenue provision and interest; nil before the first charge, after the last, and
  /// where nothing is borrowed.
  ///
  /// Provisions are differences of outstanding amounts rounded to the penny, so that over the loan they sum to what
  /// was borrowed exactly.
  public func charges(in year: FinancialYear) throws(CommissioningError) -> (
    provision: FundLine, interest: FundLine
  )? {
    let elapsed = year.start - firstCharge.start
    guard let loan, elapsed >= 0, elapsed < loan.years else { return nil }
    let before = outstanding(after: elapsed, of: loan)
    let after = outstanding(after: elapsed + 1, of: loan)
    return (
      FundLine(id: "\(id)-provision", name: "\(name): minimum revenue provision", pence: before - after),
      try FundLine(
        id: "\(id)-interest", name: "\(name): interest", pounds: before * loan.rate / 100,
        service: "capital scheme \(id)")
    )
  }

  /// What is still owed after a number of charges, in whole pence.
  private func outstanding(after charges: Int, of loan: Loan) -> Draws {
    let years = Double(loan.years)
    let left = Double(loan.years - charges)
    return borrowed.combined(loan.rate) { borrowed, rate in
      guard rate > 0 else { return (borrowed * (left / years)).rounded(.toNearestOrEven) }
      // 1 - (1+r)^-m without the cancellation that a low rate would bring.
      let growth = Double.log(onePlus: rate)
      return (borrowed * (Double.expMinusOne(-left * growth) / Double.expMinusOne(-years * growth)))
        .rounded(.toNearestOrEven)
    }
  }
}
