import TimeSeries

/// What high needs costs beside the ring-fenced grant: transport, the carrying cost of the deficit, the charge at the
/// end of the statutory override, and the capital cost of new places.
public struct GeneralFundEffects: Sendable {
  /// Transport of pupils with plans; nil where it is planned elsewhere.
  public let transport: PupilTransport?
  /// The rate of interest at which a deficit is carried, a year, as a share.
  public let carryingRate: [FinancialYear: Draws]
  /// New places and how they are paid for.
  public let schemes: [CapitalScheme]

  /// Puts together the effects.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for two schemes of one name.
  public init(
    transport: PupilTransport?, carryingRate: [FinancialYear: Draws], schemes: [CapitalScheme]
  ) throws(CommissioningError) {
    try FutureCheck(Self.service).requireUnique(schemes.map(\.id), "the capital scheme")
    self.transport = transport
    self.carryingRate = carryingRate
    self.schemes = schemes
  }

  static let service = "general fund"

  /// The account whose deficit the General Fund carries.
  public struct Account: Sendable {
    /// Closing balances, pounds, of every year and of the one before the first; a deficit is negative.
    public let balances: [FinancialYear: Draws]
    /// What the account charged to the General Fund in a year at the end of the override, pounds; none in other years.
    public let charges: [FinancialYear: Draws]

    /// Puts together what the account says.
    public init(balances: [FinancialYear: Draws], charges: [FinancialYear: Draws] = [:]) {
      self.balances = balances
      self.charges = charges
    }
  }

  /// The effects in each year.
  ///
  /// The carrying cost is `r[t] x (deficit[t-1] + deficit[t]) / 2`, where a deficit is the part of a balance below
  /// zero: interest that the authority's cash no longer earns, or that it pays. It falls on the General Fund, because
  /// the grant may not bear it.
  ///
  /// - Parameters:
  ///   - years: the financial years, in order.
  ///   - plans: children with plans by setting and year, averaged over the financial year; not read without transport.
  ///   - account: the balances whose deficit is carried, and what is charged.
  ///   - asOf: the day by which rules must have been known.
  /// - Throws: ``CommissioningError`` for what is missing or cannot be, with the line and the year.
  public func years(
    _ years: ClosedRange<FinancialYear>, plans: [FinancialYear: [String: Draws]], account: Account,
    asOf: CivilDate
  ) throws(CommissioningError) -> [GeneralFundYear] {
    var check = FutureCheck(Self.service)
    if let stray = account.charges.keys.filter({ !years.contains($0) }).min() {
      throw .invalid(
        service: Self.service,
        reason: "a deficit is charged to the General Fund in \(stray), outside \(years.lowerBound) to "
          + "\(years.upperBound); leave it out, or plan that year as well")
    }
    var result: [GeneralFundYear] = []
    for start in years.lowerBound.start...years.upperBound.start {
      let year = FinancialYear(start)
      var lines: [FundLine] = []
      var transported: PupilTransport.Year?
      if let transport {
        guard let stock = plans[year] else {
          throw .missing(service: Self.service, what: "the number of plans by setting", period: "\(year)")
        }
        let found = try transport.year(year, plans: stock, asOf: asOf)
        lines += found.rows.map(\.cost)
        transported = found
      }
      lines.append(try carrying(account, year, check: &check))
      if let charge = account.charges[year] {
        try check.take(charge, "the deficit charged to the General Fund in \(year)", .amount)
        lines.append(
          try FundLine(
            id: "end-of-override", name: "Deficit charged at the end of the override", pounds: charge,
            service: Self.service))
      }
      for scheme in schemes {
        guard let (provision, interest) = try scheme.charges(in: year) else { continue }
        lines += [provision, interest]
      }
      for line in lines { try check.take(line.pence, "\(line.name) in \(year)", .number) }
      result.append(
        GeneralFundYear(
          year: year, transport: transported, lines: lines,
          total: .total(lines, id: "general-fund", name: "General Fund effects")))
    }
    return result
  }

  private func carrying(
    _ account: Account, _ year: FinancialYear, check: inout FutureCheck
  ) throws(CommissioningError) -> FundLine {
    let rate = try check.take(carryingRate, year, "the rate at which the deficit is carried", .share)
    let opening = try check.take(account.balances, year.previous, "the closing balance", .number)
    let closing = try check.take(account.balances, year, "the closing balance", .number)
    return try FundLine(
      id: "carrying-cost", name: "Carrying cost of the deficit",
      pounds: rate * ((-opening).positivePart + (-closing).positivePart) / 2, service: Self.service)
  }
}

/// The General Fund effects of a year.
public struct GeneralFundYear: Sendable {
  /// The financial year.
  public let year: FinancialYear
  /// Transport in detail; nil where it is planned elsewhere.
  public let transport: PupilTransport.Year?
  /// The parts, pounds and pence.
  public let lines: [FundLine]
  /// Their sum, exact in every future.
  public let total: FundLine
}
