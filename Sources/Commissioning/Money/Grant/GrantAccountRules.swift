import TimeSeries

/// The rules that a ``DedicatedSchoolsGrantAccount`` runs by, as they were known on the plan's date. All are data: none
/// has a default.
public struct GrantAccountRules: Sendable {
  /// A grant towards the deficit of one date, paid once: the high needs stability grant.
  public struct Stability: Sendable {
    /// The part of the eligible deficit that is paid, 0 to 1.
    public let share: Double
    /// The year on whose last day the deficit is measured.
    public let measuredAt: FinancialYear
    /// The year in which it is received; a later one.
    public let paidIn: FinancialYear
    /// The part of the deficit that is eligible, 0 to 1: not what other things than high needs have cost.
    public let eligible: Draws
    /// 1 where the local plan, on which payment depends, is approved and 0 where it is not; a share between them is
    /// paid as that share.
    public let approved: Draws

    /// Describes the grant.
    public init(
      share: Double, measuredAt: FinancialYear, paidIn: FinancialYear, eligible: Draws, approved: Draws
    ) {
      self.share = share
      self.measuredAt = measuredAt
      self.paidIn = paidIn
      self.eligible = eligible
      self.approved = approved
    }
  }

  /// The largest transfer that a schools forum may allow, as a share of the year's schools block, each with the day
  /// from which it applies.
  public let transferLimits: [DatedRule<Double>]
  /// The last day of the statutory override; nil where none is known.
  public let overrideEnd: CivilDate?
  /// What becomes of the deficit on the first day of the first financial year after the override.
  public let afterOverride: AfterOverride
  /// The stability grant; nil where there is none.
  public let stability: Stability?

  /// Puts together the rules.
  public init(
    transferLimits: [DatedRule<Double>], overrideEnd: CivilDate?, afterOverride: AfterOverride,
    stability: Stability?
  ) {
    self.transferLimits = transferLimits
    self.overrideEnd = overrideEnd
    self.afterOverride = afterOverride
    self.stability = stability
  }

  /// Whether a year is the first that begins after the statutory override has ended.
  func overrideEnds(before year: FinancialYear) -> Bool {
    guard let overrideEnd else { return false }
    return year.firstDay > overrideEnd && year.previous.firstDay <= overrideEnd
  }

  func check(service: String) throws(CommissioningError) {
    for limit in transferLimits where !(0...1).contains(limit.content) {
      throw .invalid(
        service: service,
        reason:
          "the limit on block transfers from \(limit.effective) is \(limit.content) of the schools block; a "
          + "share from 0 to 1 is needed, such as 0.005")
    }
    guard let stability else { return }
    guard (0...1).contains(stability.share), stability.paidIn > stability.measuredAt else {
      throw .invalid(
        service: service,
        reason:
          "the stability grant pays a share of \(plainText(stability.share)) of the deficit at the end of "
          + "\(stability.measuredAt) in \(stability.paidIn); the share must be 0 to 1, and the payment in a later year"
      )
    }
    try stability.eligible.require(
      "the eligible share of the deficit", "a share from 0 to 1", service: service
    ) { (0...1).contains($0) }
    try stability.approved.require(
      "the chance that the local plan is approved", "a share from 0 to 1", service: service
    ) { (0...1).contains($0) }
  }
}

extension Draws {
  /// Refuses a quantity that does not meet a condition in every simulated future, and says in which it does not.
  ///
  /// A value that is not a number meets no condition, however it is written.
  func require(
    _ what: @autoclosure () -> String, _ wanted: String, service: String, _ isMet: (Double) -> Bool
  ) throws(CommissioningError) {
    switch storage {
    case .known(let value):
      guard value.isFinite, isMet(value) else {
        throw .invalid(service: service, reason: "\(what()) is \(plainText(value)); \(wanted) is needed")
      }
    case .sampled(let values):
      guard !values.isEmpty else {
        throw .invalid(service: service, reason: "\(what()) has a value in no simulated future")
      }
      guard let path = values.firstIndex(where: { !$0.isFinite || !isMet($0) }) else { return }
      throw .invalid(
        service: service,
        reason: "\(what()) is \(plainText(values[path])) in simulated future \(path + 1); \(wanted) is needed"
      )
    }
  }
}
