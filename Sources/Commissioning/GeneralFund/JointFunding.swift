import TimeSeries

/// Gross and net: what placements and packages cost, what others put towards them, and what is left to the budget that
/// is planned. In every future, to the penny,
///
///     net = gross - contributions
public struct JointFunding: Sendable {
  /// Whose budget is planned; what the other two pay is income to it.
  public let bearer: Funder
  /// The split of each setting.
  public let splits: [FundingSplit]
  /// Children who may be agreed as continuing care.
  public let continuingCare: [ContinuingCare]
  /// The grant for unaccompanied children; nil where it is planned elsewhere.
  public let unaccompanied: UnaccompaniedGrant?

  /// Checks and puts together the arrangements.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for names used twice, or continuing care of a setting
  ///   that has no split.
  public init(
    bearer: Funder, splits: [FundingSplit], continuingCare: [ContinuingCare] = [],
    unaccompanied: UnaccompaniedGrant? = nil
  ) throws(CommissioningError) {
    let check = FutureCheck(Self.service)
    try check.requireUnique(splits.map(\.setting), "the setting")
    try check.requireUnique(continuingCare.map(\.id), "continuing care")
    try check.requireKnown(
      continuingCare.map(\.setting), among: splits.map(\.setting), "the setting of continuing care",
      "give the setting's split first")
    self.bearer = bearer
    self.splits = splits
    self.continuingCare = continuingCare
    self.unaccompanied = unaccompanied
  }

  static let service = "joint funding"

  /// What a year's arithmetic starts from.
  public struct Inputs: Sendable {
    /// Gross cost of each setting, pounds.
    public let gross: [String: Draws]
    /// Children considered for continuing care, averaged over the year, by group.
    public let continuingCare: [String: Draws]
    /// Unaccompanied children, averaged over the year, by age band.
    public let unaccompanied: [String: Draws]
    /// Other income, pounds, by name.
    public let otherIncome: [String: Draws]

    /// Puts together a year's inputs.
    public init(
      gross: [String: Draws], continuingCare: [String: Draws] = [:], unaccompanied: [String: Draws] = [:],
      otherIncome: [String: Draws] = [:]
    ) {
      self.gross = gross
      self.continuingCare = continuingCare
      self.unaccompanied = unaccompanied
      self.otherIncome = otherIncome
    }
  }

  /// Gross and net of a year.
  public struct Year: Sendable {
    /// The financial year.
    public let year: FinancialYear
    /// Gross cost by setting.
    public let gross: [FundLine]
    /// What others pay, by source.
    public let contributions: [FundLine]
    /// The part of the gross cost that rounded or unfinished shares assign to nobody, by setting; it is in the net.
    public let unassigned: [FundLine]
    /// The sum of the gross costs.
    public let totalGross: FundLine
    /// The sum of the contributions.
    public let totalContributions: FundLine
    /// What is left to the bearer.
    public let net: FundLine
  }

  /// The year's gross cost, contributions and net cost.
  ///
  /// - Parameters:
  ///   - year: the financial year.
  ///   - inputs: gross costs and children of the year.
  ///   - draws: the number of simulated futures, for what is drawn here.
  ///   - seed: the seed of the run; the streams have names of their own.
  ///   - asOf: the day by which rates must have been known.
  /// - Throws: ``CommissioningError`` for what is missing or cannot be, and where others would pay more for a setting
  ///   than it costs.
  public func year(
    _ year: FinancialYear, inputs: Inputs, draws: Int, seed: UInt64, asOf: CivilDate
  ) throws(CommissioningError) -> Year {
    guard draws > 0 else {
      throw .invalid(service: Self.service, reason: "\(draws) futures are asked for; ask for at least one")
    }
    var check = FutureCheck(Self.service, futures: draws)
    try check.requireKnown(
      inputs.gross.keys, among: splits.map(\.setting), "the setting", "say who pays for it")
    try check.requireKnown(
      inputs.continuingCare.keys, among: continuingCare.map(\.id), "continuing care", "describe it first")
    guard unaccompanied != nil || inputs.unaccompanied.isEmpty else {
      throw .invalid(
        service: Self.service,
        reason:
          "unaccompanied children are given and no grant for them; give its rates, or leave the children out")
    }
    var gross: [FundLine] = []
    var unassigned: [FundLine] = []
    var contributions: [FundLine] = []
    for split in splits {
      let (cost, own, rest) = try settle(split, year, inputs, draws: draws, seed: seed, check: &check)
      gross.append(cost)
      contributions += own
      if let rest { unassigned.append(rest) }
    }
    if let unaccompanied {
      contributions += try unaccompanied.lines(in: year, children: inputs.unaccompanied, asOf: asOf)
    }
    for (name, income) in inputs.otherIncome.sorted(by: { $0.key < $1.key }) {
      try check.take(income, "the income \"\(name)\" in \(year)", .amount)
      contributions.append(
        try FundLine(id: "income-\(name)", name: name, pounds: income, service: Self.service))
    }
    for line in contributions { try check.take(line.pence, "\(line.name) in \(year)", .amount) }
    let all = FundLine.total(gross, id: "gross", name: "Gross cost")
    let others = FundLine.total(contributions, id: "contributions", name: "Contributions")
    return Year(
      year: year, gross: gross, contributions: contributions, unassigned: unassigned, totalGross: all,
      totalContributions: others,
      net: FundLine(id: "net", name: "Net cost to \(bearer.name)", pence: all.pence - others.pence))
  }

  /// One setting: its gross cost, what others pay of it, and what is assigned to nobody.
  private func settle(
    _ split: FundingSplit, _ year: FinancialYear, _ inputs: Inputs, draws: Int, seed: UInt64,
    check: inout FutureCheck
  ) throws(CommissioningError) -> (gross: FundLine, contributions: [FundLine], unassigned: FundLine?) {
    guard let pounds = inputs.gross[split.setting] else {
      throw .missing(service: Self.service, what: "the gross cost of \(split.name)", period: "\(year)")
    }
    try check.take(pounds, "the gross cost of \(split.name) in \(year)", .amount)
    let cost = try FundLine(
      id: "gross-\(split.setting)", name: split.name, pounds: pounds, service: Self.service)
    var contributions: [FundLine] = []
    for funder in Funder.allCases where funder != bearer {
      guard let share = split.shares[funder] else { continue }
      try check.take(share, "the share of \(split.name) that \(funder.name) pays", .share)
      contributions.append(
        FundLine(
          id: "\(funder.rawValue)-\(split.setting)", name: "\(split.name): paid by \(funder.name)",
          pence: (cost.pence * share).map { $0.rounded(.toNearestOrEven) }))
    }
    for group in continuingCare where group.setting == split.setting {
      contributions.append(try contribution(of: group, year, inputs, draws: draws, seed: seed, check: &check))
    }
    let left = cost.pence - Draws.sum(contributions.map(\.pence))
    if let path = (0..<draws).first(where: { !((left[$0] ?? .nan) >= 0) }) {
      throw .invalid(
        service: Self.service,
        reason:
          "others pay \(wholePounds(-(left[path] ?? 0) / 100)) more for \(split.name) in \(year) than it costs, "
          + "in simulated future \(path); lower the shares or the weekly contributions")
    }
    for share in split.shares.values { try check.take(share, "a share of \(split.name)", .share) }
    let assigned = Draws.sum(Funder.allCases.compactMap { split.shares[$0] })
    let rest = (cost.pence * (-assigned + 1)).map { $0.rounded(.toNearestOrEven) }
    // Binary fractions that sum to one only nearly leave no penny.
    let isNothing = (0..<draws).allSatisfy { rest[$0] == 0 }
    return (
      cost, contributions,
      isNothing
        ? nil
        : FundLine(
          id: "unassigned-\(split.setting)",
          name: "\(split.name): \(split.remainder?.reason ?? "left by rounded shares")", pence: rest)
    )
  }

  private func contribution(
    of group: ContinuingCare, _ year: FinancialYear, _ inputs: Inputs, draws: Int, seed: UInt64,
    check: inout FutureCheck
  ) throws(CommissioningError) -> FundLine {
    guard let children = inputs.continuingCare[group.id] else {
      throw .missing(
        service: Self.service, what: "the number of children of \(group.name)", period: "\(year)")
    }
    try check.take(children, "the number of children of \(group.name) in \(year)", .amount)
    try check.take(group.probability, "the probability that \(group.name) is agreed", .share)
    try check.take(group.weeklyContribution, "the weekly contribution of \(group.name)", .amount)
    return try FundLine(
      id: "continuing-care-\(group.id)", name: group.name,
      pounds: group.agreed(of: children, draws: draws, seed: seed) * group.weeklyContribution * year.weeks,
      service: Self.service)
  }
}
