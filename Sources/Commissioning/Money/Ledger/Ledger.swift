/// An account run year by year: it holds the last balance and what is reported of each year, and no more.
///
/// A year of 40 lines in 10,000 futures is some three megabytes; the caller uses the ``AccountYear`` that ``close(_:)``
/// returns (quantiles, lines, tests of a balance) and lets it go before the next.
public struct Ledger: Sendable {
  /// The last year that is closed, at first the year before the account opens.
  public private(set) var lastClosed: FinancialYear
  /// The balance at the end of it.
  public private(set) var balance: PenceDraws
  /// What is reported of the years closed so far, in order.
  public private(set) var summaries: [AccountSummary] = []
  let service: String

  /// Opens an account on the balance at the end of a year.
  public init(opening: PenceDraws, at year: FinancialYear, service: String = "money") {
    lastClosed = year
    balance = opening
    self.service = service
  }

  /// Closes the next year with its lines. Where it throws, the account stays as it was.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` as ``AccountYear/init(year:opening:lines:service:)`` does.
  @discardableResult
  public mutating func close(_ lines: [LedgerLine]) throws(CommissioningError) -> AccountYear {
    let year = try AccountYear(
      year: lastClosed.next, opening: balance, lines: lines, service: service)
    guard year.year > lastClosed else {
      throw .horizon("an account cannot go on after \(lastClosed), the last year there is")
    }
    summaries.append(try year.summary())
    balance = year.closing
    lastClosed = year.year
    return year
  }
}
