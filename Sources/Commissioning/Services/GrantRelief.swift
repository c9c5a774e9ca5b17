import TimeSeries

/// What rules set by others put towards a balance: the stability grant, and what the end of the statutory override
/// takes off a deficit.
struct GrantRelief {
  let afterOverride: AfterOverride
  /// The last day of the statutory override, as known.
  let overrideEnd: CivilDate?
  private let stability: Stability?
  private var measured: Draws?
  let notes: [String]

  private struct Stability {
    let grant: StabilityGrant
    let measuredAt: FinancialYear
    let approved: Draws
    let eligible: Draws
  }

  /// - Throws: ``CommissioningError`` when the grant is measured on another day than 31 March, is paid before it is
  ///   measured, or was measured before the account opens on a balance that is not known.
  init(
    _ service: RingFencedGrant, balances: GrantBalances, in context: SimulationContext
  ) throws(CommissioningError) {
    let policies = context.policies
    afterOverride = policies.afterOverride
    overrideEnd = DatedRule.latest(policies.statutoryOverride)?.content
    // A grant paid before the account opens stands in the opening balance; one paid after the plan is not in it.
    guard let grant = DatedRule.latest(policies.stabilityGrant)?.content,
      grant.paidInYear > balances.opening.year.start, grant.paidInYear <= context.years.upperBound.start
    else {
      stability = nil
      notes = []
      return
    }
    let year = FinancialYear(grant.deficitAt.year - 1)
    guard year.lastDay == grant.deficitAt, grant.paidInYear > year.start, (0...1).contains(grant.share)
    else {
      throw .invalid(
        service: service.id,
        reason:
          "the stability grant pays a share of \(plainText(grant.share)) of the deficit of \(grant.deficitAt) in "
          + "\(FinancialYear(grant.paidInYear)); the share must be 0 to 1, the deficit that of a 31 March, and the "
          + "payment in a later year")
    }
    if year <= balances.opening.year {
      guard let balance = balances.balance(at: year) else {
        throw .missing(
          service: service.id, what: "the balance of which the stability grant pays a share,",
          period: "\(grant.deficitAt)")
      }
      measured = Draws(balance)
    }
    let chance = try context.assumption(grant.planApproved, .share, for: service.id)
    stability = Stability(
      grant: grant, measuredAt: year,
      approved: context.occurs(chance, name: "policy/stability-grant"),
      eligible: try context.assumption(grant.eligibleShare, .share, for: service.id))
    notes = [
      "The stability grant pays \(plainText((grant.share * 1000).rounded() / 10)) per cent of the eligible deficit of "
        + "\(grant.deficitAt) in \(FinancialYear(grant.paidInYear)), if the local plan is approved."
    ]
  }

  /// Remembers the balance at the end of a year where the stability grant is measured on it.
  mutating func measure(_ balance: Draws, at year: FinancialYear) {
    if stability?.measuredAt == year { measured = balance }
  }

  /// The stability grant received in a year; nil in years without one.
  func stabilityGrant(in year: FinancialYear) -> Draws? {
    guard let stability, stability.grant.paidInYear == year.start, let measured else { return nil }
    return (-measured).positivePart * stability.eligible * stability.approved * stability.grant.share
  }

  /// What the end of the statutory override takes off a deficit at the start of a year; nil in other years.
  ///
  /// It does so in the first financial year that begins after the override has ended.
  func endOfOverride(_ opening: Draws, at year: FinancialYear) -> ServiceLine? {
    guard let end = overrideEnd, year.firstDay > end, year.previous.firstDay <= end else { return nil }
    let name: String
    switch afterOverride {
    case .held: return nil
    case .grant: name = "Deficit paid by grant at the end of the override"
    case .generalFund: name = "Deficit charged to the General Fund at the end of the override"
    }
    return ServiceLine(
      id: "end-of-override", name: name, part: .balance, amount: (-opening).positivePart)
  }
}
