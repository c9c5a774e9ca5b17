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

  /// The balance on which the stability grant is measured, where that is a year before the account opens.
  var measuredBefore: Draws? { measured }

  /// The rules by which the account of the grant runs.
  func rules(_ policies: Policies) -> GrantAccountRules {
    GrantAccountRules(
      transferLimits: policies.blockTransferLimit, overrideEnd: overrideEnd, afterOverride: afterOverride,
      stability: stability.map {
        GrantAccountRules.Stability(
          share: $0.grant.share, measuredAt: $0.measuredAt, paidIn: FinancialYear($0.grant.paidInYear),
          eligible: $0.eligible, approved: $0.approved)
      })
  }
}
