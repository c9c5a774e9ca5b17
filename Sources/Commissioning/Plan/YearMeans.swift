/// The means of a year's money over the simulated futures, to the penny: the lines sum to their totals, and budget less
/// spend is the in-year balance.
///
/// Where a service keeps an account the means are the account's, so that one year's closing balance is also the next
/// year's opening one.
struct YearMeans {
  private(set) var spend: Pence?
  private(set) var budget: Pence?
  private(set) var inYear: Pence?
  private(set) var closing: Pence?
  /// The cost to the General Fund beside the grant.
  private(set) var generalFund: Pence?
  /// The spend less what others pay of it.
  private(set) var netSpend: Pence?
  private var lines: [String: Pence] = [:]

  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for money that cannot be held in pence.
  init(_ year: ServiceYear) throws(CommissioningError) {
    if let footing = year.footing {
      take(footing)
      closing = footing.closing
      try addBeside(year)
      return
    }
    spend = try foot(.spend, of: year, total: year.spend)
    budget = try foot(.budget, of: year, total: year.budget)
    if let spend, let budget { inYear = try budget.subtracting(spend) }
    closing = try year.closingBalance.map { draws throws(CommissioningError) in
      try PenceDraws(pounds: draws, "the closing balance of \(year.year)", service: "money").mean
    }
    try addBeside(year)
  }

  /// What stands beside the account: the cost to the General Fund, and what others contribute.
  private mutating func addBeside(_ year: ServiceYear) throws(CommissioningError) {
    generalFund = try sum(.generalFund, of: year)
    if let spend, let contributions = try sum(.contribution, of: year) {
      netSpend = try spend.subtracting(contributions)
    }
  }

  /// The mean of a part that is no part of the account, of which its lines are kept; nil where it has none.
  private mutating func sum(
    _ part: ServiceLine.Part, of year: ServiceYear
  ) throws(CommissioningError) -> Pence? {
    let own = year.lines.filter { $0.part == part }
    if own.isEmpty { return nil }
    var account: [LedgerLine] = []
    for line in own {
      account.append(try LedgerLine(id: line.id, name: line.name, part: .spend, pounds: line.amount))
    }
    let summary = try AccountYear(year: year.year, opening: .zero, lines: account).summary()
    for line in summary.lines { lines[Self.key(part.rawValue, line.id)] = line.mean }
    return summary.spend
  }

  /// The sum of the same year of several services.
  init(sumOf years: [YearMeans]) throws(CommissioningError) {
    var spend = Pence.zero
    var budget = Pence.zero
    for year in years {
      spend = try spend.adding(year.spend ?? .zero)
      budget = try budget.adding(year.budget ?? .zero)
    }
    self.spend = spend
    self.budget = budget
    inYear = try budget.subtracting(spend)
  }

  /// The mean of a line.
  func line(_ line: ServiceLine) -> Pence? { lines[Self.key(line.part.rawValue, line.id)] }

  private static func key(_ part: String, _ id: String) -> String { "\(part)/\(id)" }

  private mutating func take(_ summary: AccountSummary) {
    spend = summary.spend
    budget = summary.budget
    inYear = summary.inYear
    for line in summary.lines {
      lines[Self.key(ServiceLine.Part(line.part).rawValue, line.id)] = line.mean
    }
  }

  /// The mean of a part in all, to the penny; its lines are rounded down or up so that they sum to it, up those with the
  /// largest remainders.
  private mutating func foot(
    _ part: ServiceLine.Part, of year: ServiceYear, total: Draws?
  ) throws(CommissioningError) -> Pence? {
    guard let total else { return nil }
    let whole = try PenceDraws(pounds: total, "the \(part.rawValue) of \(year.year)", service: "money").mean
    let lines = year.lines.filter { $0.part == part }
    guard !lines.isEmpty else { return whole }
    for line in lines {
      // What cannot be held in pence is refused under the line's own name.
      _ = try PenceDraws(pounds: Draws(line.amount.mean), "\"\(line.name)\"", service: "money")
    }
    let pence = WholePence.settled(lines.map { $0.amount.mean * 100 }, to: Int(whole.count))
    for (line, amount) in zip(lines, pence) {
      self.lines[Self.key(part.rawValue, line.id)] = Pence(Int64(amount))
    }
    return whole
  }
}

extension Quantity {
  /// The same figure with its mean to the penny.
  func footed(_ mean: Pence?) -> Quantity {
    guard let mean else { return self }
    switch self {
    case .known: return .known(mean.pounds)
    case .uncertain(let distribution): return .uncertain(distribution.with(mean: mean.pounds))
    }
  }
}
