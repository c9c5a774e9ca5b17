/// The means of a year of an account over the simulated futures, to the penny, of which parts sum to totals.
///
/// Means rounded one by one do not foot: three lines of a third of a penny and their total of a penny. Here
///
/// - the balances are the exact means to the nearest penny (a half to the higher), so that the closing balance reported
///   of one year is the opening balance reported of the next, and no rounding builds up over the years;
/// - the movement between them is shared out among budget, spend and other movements, and the total of each among its
///   lines, by the largest remainder: every total and every line is its exact mean rounded down or up, never further
///   off than a penny; and a line that is known is reported as it is.
public struct AccountSummary: Hashable, Sendable {
  /// One line's mean.
  public struct Line: Hashable, Sendable {
    /// The name that scripts use.
    public let id: String
    /// The name that people use.
    public let name: String
    /// What it is part of.
    public let part: LedgerLine.Part
    /// The mean.
    public let mean: Pence
  }

  /// The financial year.
  public let year: FinancialYear
  /// The balance on its first day.
  public let opening: Pence
  /// The lines, in the order of the account.
  public let lines: [Line]
  /// The sum of the lines of spending.
  public let spend: Pence
  /// The sum of the lines of budget.
  public let budget: Pence
  /// Budget less spend.
  public let inYear: Pence
  /// The sum of the other movements.
  public let movements: Pence
  /// Opening balance, in-year balance and other movements together.
  public let closing: Pence

  init(_ account: AccountYear) throws(CommissioningError) {
    year = account.year
    opening = account.opening.mean
    closing = account.closing.mean
    let denominator = account.closing.exactMean.futures
    func numerator(_ amount: PenceDraws, _ sign: Int128) -> Int128 {
      let (sum, futures) = amount.exactMean
      return sign * sum * (denominator / futures)
    }
    // What each part and line adds to the balance: spending takes off.
    func sign(_ part: LedgerLine.Part) -> Int128 { part == .spend ? -1 : 1 }
    let parts = LedgerLine.Part.allCases
    let totals = try Self.footed(
      parts.map { numerator(account.total(of: $0), sign($0)) }, denominator,
      to: Int128(closing.count) - Int128(opening.count), account)
    var means: [String: Pence] = [:]
    var sums: [LedgerLine.Part: Pence] = [:]
    for (part, total) in zip(parts, totals) {
      let lines = account.lines.filter { $0.part == part }
      let shares = try Self.footed(
        lines.map { numerator($0.amount, sign(part)) }, denominator, to: total, account)
      for (line, share) in zip(lines, shares) {
        means[line.id] = Pence(Int64(truncatingIfNeeded: sign(part) * share))
      }
      sums[part] = Pence(Int64(truncatingIfNeeded: sign(part) * total))
    }
    lines = account.lines.map {
      Line(id: $0.id, name: $0.name, part: $0.part, mean: means[$0.id] ?? .zero)
    }
    spend = sums[.spend] ?? .zero
    budget = sums[.budget] ?? .zero
    movements = sums[.movement] ?? .zero
    inYear = try budget.subtracting(spend)
  }

  private static func footed(
    _ numerators: [Int128], _ denominator: Int128, to total: Int128, _ account: AccountYear
  ) throws(CommissioningError) -> [Int128] {
    guard let parts = Pence.footed(numerators, over: denominator, to: total) else {
      throw .invalid(
        service: account.service,
        reason: "the means of \(account.year) do not foot: their parts cannot be rounded to \(total) pence")
    }
    return parts
  }
}

extension AccountYear {
  /// The means over the simulated futures, of which parts sum to totals and opening balance and movements to the
  /// closing balance.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` when a mean cannot be held in pence.
  public func summary() throws(CommissioningError) -> AccountSummary { try AccountSummary(self) }
}
