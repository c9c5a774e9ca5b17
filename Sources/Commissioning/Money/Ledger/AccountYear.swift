/// One financial year of an account in every simulated future: opening balance, lines, closing balance.
///
/// Nothing in it can disagree: the totals are made of the lines when the year is made, and there is no other way to
/// make one. In every future, to the penny,
///
///     in-year balance = budget - spend
///     closing balance = opening balance + in-year balance + movements
public struct AccountYear: Sendable {
  /// The financial year.
  public let year: FinancialYear
  /// The balance on its first day; a deficit is negative.
  public let opening: PenceDraws
  /// The lines, in the order in which they are reported.
  public let lines: [LedgerLine]
  /// The sum of the lines of spending.
  public let spend: PenceDraws
  /// The sum of the lines of budget.
  public let budget: PenceDraws
  /// Budget less spend; negative is an overspend.
  public let inYear: PenceDraws
  /// The sum of the other movements of the balance.
  public let movements: PenceDraws
  /// The balance on its last day.
  public let closing: PenceDraws
  let service: String

  /// Sums a year's lines.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` when two lines have one id, lines belong to runs of
  ///   different length, or a sum cannot be held in pence.
  public init(
    year: FinancialYear, opening: PenceDraws, lines: [LedgerLine], service: String = "money"
  ) throws(CommissioningError) {
    var ids: Set<String> = []
    for line in lines where !ids.insert(line.id).inserted {
      throw .invalid(
        service: service,
        reason: "the account of \(year) has two lines with the id \"\(line.id)\"; join them or rename one")
    }
    func total(_ part: LedgerLine.Part) throws(CommissioningError) -> PenceDraws {
      try PenceDraws.sum(lines.filter { $0.part == part }.map(\.amount), service: service)
    }
    self.year = year
    self.opening = opening
    self.lines = lines
    self.service = service
    spend = try total(.spend)
    budget = try total(.budget)
    movements = try total(.movement)
    inYear = try PenceDraws.sum([budget], less: [spend], service: service)
    closing = try PenceDraws.sum([opening, inYear, movements], service: service)
  }

  /// The following year, which opens on the balance on which this one closes.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` as ``init(year:opening:lines:service:)`` does.
  public func following(_ lines: [LedgerLine]) throws(CommissioningError) -> AccountYear {
    try AccountYear(year: year.next, opening: closing, lines: lines, service: service)
  }

  /// The total of one part.
  public func total(of part: LedgerLine.Part) -> PenceDraws {
    switch part {
    case .spend: spend
    case .budget: budget
    case .movement: movements
    }
  }

  /// The line of an id; nil where the year has none.
  public subscript(id: String) -> LedgerLine? { lines.first { $0.id == id } }
}
