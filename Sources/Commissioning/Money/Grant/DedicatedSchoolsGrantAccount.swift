import TimeSeries

/// The account of the Dedicated Schools Grant, high needs in full and the other blocks net, year by year and to the
/// penny in every simulated future.
///
///     available_t = block_t - recoupment_t - deductions_t + transfers_t + other income_t + import/export_t
///     in-year_t   = available_t - spend_t
///     balance_t   = balance_(t-1) + in-year_t + other blocks_t + stability grant_t + end of override_t
///     carrying cost_t = rate_t (deficit_(t-1) + deficit_t) / 2, to the General Fund and never to the grant
///
/// The forms are those of the conditions of the grant and of the department's management plan; transfers from the
/// schools block keep to the limit of that year's block unless the Secretary of State disapplies it (School and Early
/// Years Finance Regulations). Inputs are rounded to the penny once, line by line, a half penny to the even one, and
/// everything after that is whole pence.
public struct DedicatedSchoolsGrantAccount: Sendable {
  /// A closed year of the account and what stands beside it.
  public struct Result: Sendable {
    /// The lines and balances.
    public let account: AccountYear
    /// What the General Fund pays to finance the deficit; nil where no rate is stated.
    public let carryingCost: PenceDraws?
    /// What the General Fund takes over of the deficit at the end of the override; nil in other years and where it does
    /// not.
    public let generalFundCharge: PenceDraws?
    /// What the stability grant leaves of the deficit that it was measured on; nil in years without the grant.
    public let residualDeficit: PenceDraws?
    /// What a reader must know of how the figures came about.
    public let notes: [String]
  }

  /// The last year that is closed.
  public private(set) var lastClosed: FinancialYear
  /// The balance at the end of it, all blocks and net; a deficit is negative.
  public private(set) var balance: PenceDraws
  private let rules: GrantAccountRules
  private let service: String
  /// The balance on which the stability grant is measured, once it is known.
  private var measured: PenceDraws?

  /// Opens the account on the balance at the end of a year.
  ///
  /// - Parameters:
  ///   - opening: pounds, all blocks and net; a deficit is negative.
  ///   - year: the year at the end of which it stands.
  ///   - rules: transfers, override, stability grant.
  ///   - measured: the balance on which the stability grant is measured, where that is a year before the account opens.
  ///   - service: the name that errors carry.
  /// - Throws: ``CommissioningError`` for rules that cannot be, and where the grant is measured on a balance before the
  ///   account opens that is not given.
  public init(
    opening: Draws, at year: FinancialYear, rules: GrantAccountRules, measured: Draws? = nil, service: String
  ) throws(CommissioningError) {
    try rules.check(service: service)
    self.rules = rules
    self.service = service
    lastClosed = year
    balance = try PenceDraws(pounds: opening, "the opening balance", service: service)
    guard let stability = rules.stability, stability.paidIn > year, stability.measuredAt <= year else {
      return
    }
    if stability.measuredAt == year {
      self.measured = balance
    } else if let measured {
      self.measured = try PenceDraws(
        pounds: measured, "the balance of which the stability grant pays a share", service: service)
    } else {
      throw .missing(
        service: service, what: "the balance of which the stability grant pays a share,",
        period: "\(stability.measuredAt.lastDay)")
    }
  }

  /// Closes the next year. Where it throws, the account stays as it was.
  ///
  /// - Throws: ``CommissioningError`` when the year does not follow the last, when grant and spending stand on different
  ///   sides of recoupment, when a transfer is above its limit in any future, and for amounts that are none.
  @discardableResult
  public mutating func close(_ input: GrantAccountYear) throws(CommissioningError) -> Result {
    guard input.year == lastClosed.next, input.year > lastClosed else {
      throw .invalid(
        service: service,
        reason: "the account is closed to \(lastClosed), and \(input.year) does not follow; close "
          + "\(lastClosed.next) next")
    }
    try input.checkBasis(service: service)
    var notes: [String] = []
    let transfers = try transfersWithinLimit(input, notes: &notes)
    let ended = try endOfOverride(input.year)
    let stability = try stabilityGrant(input.year)
    var lines = try budget(input, transfers: transfers)
    for line in input.spending {
      lines.append(
        try LedgerLine(id: line.id, name: line.name, part: .spend, pounds: line.pounds, service: service))
    }
    if let ended { lines.append(ended) }
    lines.append(
      try LedgerLine(
        id: "other-blocks", name: "Other blocks, in-year", part: .movement, pounds: input.otherBlocks,
        service: service))
    if let stability { lines.append(stability.line) }
    let account = try AccountYear(year: input.year, opening: balance, lines: lines, service: service)
    let cost = try carryingCost(
      input, opening: try PenceDraws.sum([balance] + [ended].compactMap { $0?.amount }, service: service),
      closing: account.closing)
    balance = account.closing
    lastClosed = input.year
    if rules.stability?.measuredAt == input.year { measured = balance }
    return Result(
      account: account, carryingCost: cost,
      generalFundCharge: rules.afterOverride == .generalFund ? ended?.amount : nil,
      residualDeficit: stability?.residual, notes: notes)
  }
}

// MARK: What is available

extension DedicatedSchoolsGrantAccount {
  private func budget(
    _ input: GrantAccountYear, transfers: PenceDraws
  ) throws(CommissioningError) -> [LedgerLine] {
    func required(_ pounds: Draws, _ what: String) throws(CommissioningError) {
      try pounds.require(
        "\(what) of \(input.year)", "an amount of 0 or more", service: service
      ) { $0 >= 0 }
    }
    func line(_ id: String, _ name: String, _ pounds: Draws) throws(CommissioningError) -> LedgerLine {
      try LedgerLine(id: id, name: name, part: .budget, pounds: pounds, service: service)
    }
    try required(input.highNeedsBlock, "the high needs block")
    try required(input.centralTransfer, "the transfer from the central block")
    var lines = [try line("high-needs-block", "High needs block", input.highNeedsBlock)]
    if let recoupment = input.recoupment {
      try required(recoupment, "recoupment")
      lines.append(try line("recoupment", "Recoupment", -recoupment))
    }
    for deduction in input.otherDeductions {
      try required(deduction.pounds, "\"\(deduction.name)\"")
      lines.append(try line(deduction.id, deduction.name, -deduction.pounds))
    }
    lines.append(
      LedgerLine(
        id: "block-transfer", name: "Transfer from the schools block", part: .budget, amount: transfers))
    if input.centralTransfer.knownValue != 0 {
      lines.append(try line("central-transfer", "Transfer from the central block", input.centralTransfer))
    }
    for income in input.otherIncome { lines.append(try line(income.id, income.name, income.pounds)) }
    lines.append(try line("import-export", "Import and export adjustment", input.importExport))
    return lines
  }

  /// The transfers from the schools block. What the forum allows keeps to the limit in every future; what the Secretary
  /// of State allows does not count towards it, because that approval is of an amount.
  private func transfersWithinLimit(
    _ input: GrantAccountYear, notes: inout [String]
  ) throws(CommissioningError) -> PenceDraws {
    var all: [PenceDraws] = []
    var limited: [PenceDraws] = []
    for transfer in input.schoolsTransfers {
      try transfer.pounds.require(
        "the block transfer of \(input.year)", "an amount of 0 or more, what high needs receives,",
        service: service
      ) { $0 >= 0 }
      let amount = try PenceDraws(
        pounds: transfer.pounds, "the block transfer of \(input.year)", service: service)
      all.append(amount)
      if transfer.approval == .schoolsForum { limited.append(amount) }
    }
    let total = try PenceDraws.sum(all, service: service)
    let sum = try PenceDraws.sum(limited, service: service)
    guard !sum.isZero else { return total }
    guard let limit = DatedRule.latest(rules.transferLimits, effectiveBy: input.year.firstDay) else {
      notes.append(
        "No limit on block transfers in \(input.year) was known: the transfer of \(sum.mean) is not checked.")
      return total
    }
    guard let block = input.schoolsBlock else {
      throw .missing(
        service: service,
        what:
          "the schools block, of which a transfer may be at most \(plainText(limit.content * 100)) per cent,",
        period: "\(input.year)")
    }
    try block.require(
      "the schools block of \(input.year)", "an amount of 0 or more", service: service
    ) { $0 >= 0 }
    let most = try PenceDraws(
      pounds: block * limit.content, "the limit on block transfers", service: service)
    let count = try PenceDraws.futures(of: [sum, most], service: service) ?? 1
    var above = 0
    var worst: (amount: Pence, limit: Pence)?
    for path in 0..<count {
      guard let amount = sum[path], let most = most[path], amount > most else { continue }
      above += 1
      if worst.map({ amount.count - most.count > $0.amount.count - $0.limit.count }) ?? true {
        worst = (amount, most)
      }
    }
    if let worst {
      let futures = count == 1 ? "" : ", in \(above) of \(count) simulated futures and most of all there"
      throw .transferAboveLimit(
        service: service, year: "\(input.year)", amount: worst.amount.description,
        limit:
          "\(worst.limit), \(plainText(limit.content * 100)) per cent of that year's schools block\(futures)")
    }
    return total
  }
}

// MARK: What moves the balance

extension DedicatedSchoolsGrantAccount {
  /// What the end of the statutory override takes off the deficit on the first day of a year; nil in other years.
  private func endOfOverride(_ year: FinancialYear) throws(CommissioningError) -> LedgerLine? {
    guard rules.overrideEnds(before: year) else { return nil }
    let name: String
    switch rules.afterOverride {
    case .held: return nil
    case .grant: name = "Deficit paid by grant at the end of the override"
    case .generalFund: name = "Deficit charged to the General Fund at the end of the override"
    }
    return LedgerLine(
      id: "end-of-override", name: name, part: .movement, amount: try balance.deficit())
  }

  /// The stability grant of a year, and what it leaves of the deficit; nil in years without one.
  private func stabilityGrant(
    _ year: FinancialYear
  ) throws(CommissioningError) -> (line: LedgerLine, residual: PenceDraws)? {
    guard let stability = rules.stability, stability.paidIn == year else { return nil }
    guard let measured else {
      throw .missing(
        service: service, what: "the balance of which the stability grant pays a share,",
        period: "\(stability.measuredAt.lastDay)")
    }
    let deficit = try measured.deficit()
    let line = try LedgerLine(
      id: "stability-grant", name: "High needs stability grant", part: .movement,
      pounds: deficit.pounds * stability.eligible * stability.approved * stability.share, service: service)
    return (line, try PenceDraws.sum([deficit], less: [line.amount], service: service))
  }

  /// What it costs to finance the deficit over the year, on the average of its two ends.
  ///
  /// What the end of the override takes off on the year's first day is not financed in that year.
  private func carryingCost(
    _ input: GrantAccountYear, opening: PenceDraws, closing: PenceDraws
  ) throws(CommissioningError) -> PenceDraws? {
    guard let rate = input.carryingRate else { return nil }
    try rate.require(
      "the rate at which the deficit of \(input.year) is financed", "a share from 0 to 1, such as 0.05,",
      service: service
    ) { (0...1).contains($0) }
    let ends = try opening.deficit().pounds + closing.deficit().pounds
    return try PenceDraws(
      pounds: rate * ends / 2, "the carrying cost of the deficit in \(input.year)", service: service)
  }
}
