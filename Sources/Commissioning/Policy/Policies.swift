import TimeSeries

/// A rule set by others, with the date from which it applies and the date on which it became known.
///
/// A hindcast may use a rule only from the second date.
public struct DatedRule<Content: Hashable & Sendable>: Hashable, Sendable {
  /// What the rule says.
  public let content: Content
  /// The first day on which it applies.
  public let effective: CivilDate
  /// The day on which it became known.
  public let known: CivilDate
  /// Where it is written.
  public let source: String

  /// Puts together a rule.
  public init(content: Content, effective: CivilDate, known: CivilDate, source: String) {
    self.content = content
    self.effective = effective
    self.known = known
    self.source = source
  }
}

extension DatedRule {
  /// The rule that counts: of those that apply by a day, the one that applies from the latest date, and of rules with
  /// one date the one that became known last. The order in which they are listed does not matter.
  static func latest(_ rules: [DatedRule], effectiveBy day: CivilDate? = nil) -> DatedRule? {
    rules.filter { rule in day.map { rule.effective <= $0 } ?? true }
      .max { ($0.effective, $0.known) < ($1.effective, $1.known) }
  }
}

/// What becomes of the deficit that is left when the statutory override ends. Nobody has settled it, so the workspace
/// says which case a plan shows.
public enum AfterOverride: String, Hashable, Sendable, CaseIterable {
  /// It stays where it is.
  case held
  /// It is charged to the General Fund on the day after.
  case generalFund = "general-fund"
  /// A grant pays it on the day after.
  case grant
}

/// The high needs stability grant: a share of the eligible deficit held at a date, paid once.
public struct StabilityGrant: Hashable, Sendable {
  /// The part of the eligible deficit that is paid, 0 to 1.
  public let share: Double
  /// The day at which the deficit is measured; a 31 March.
  public let deficitAt: CivilDate
  /// The first calendar year of the financial year in which it is received.
  public let paidInYear: Int
  /// The assumption that says which part of the deficit is eligible, 0 to 1.
  public let eligibleShare: String
  /// The assumption that says how likely the local plan, on which payment depends, is to be approved, 0 to 1.
  public let planApproved: String

  /// Describes the grant.
  public init(
    share: Double, deficitAt: CivilDate, paidInYear: Int, eligibleShare: String, planApproved: String
  ) {
    self.share = share
    self.deficitAt = deficitAt
    self.paidInYear = paidInYear
    self.eligibleShare = eligibleShare
    self.planApproved = planApproved
  }
}

/// The rules of the Dedicated Schools Grant that a plan must hold, none of them written in code.
public struct Policies: Hashable, Sendable {
  /// The largest transfer out of the schools block in a year, as a share of that year's block.
  public let blockTransferLimit: [DatedRule<Double>]
  /// The last day of the statutory override, as each instrument set it; the instrument with the latest date of
  /// effect counts.
  public let statutoryOverride: [DatedRule<CivilDate>]
  /// What becomes of the deficit afterwards.
  public let afterOverride: AfterOverride
  /// The stability grant, as each publication described it; the one with the latest date of effect counts.
  public let stabilityGrant: [DatedRule<StabilityGrant>]
  /// First calendar years of the financial years from which the high needs block is not like for like; growth after
  /// the first of them is an assumption of its own.
  public let fundingBreaks: [DatedRule<Int>]

  /// Puts together the rules.
  public init(
    blockTransferLimit: [DatedRule<Double>], statutoryOverride: [DatedRule<CivilDate>],
    afterOverride: AfterOverride, stabilityGrant: [DatedRule<StabilityGrant>],
    fundingBreaks: [DatedRule<Int>]
  ) {
    self.blockTransferLimit = blockTransferLimit
    self.statutoryOverride = statutoryOverride
    self.afterOverride = afterOverride
    self.stabilityGrant = stabilityGrant
    self.fundingBreaks = fundingBreaks
  }

  /// The rules as they were known on a date.
  public func known(asOf date: CivilDate) -> Policies {
    Policies(
      blockTransferLimit: blockTransferLimit.filter { $0.known <= date },
      statutoryOverride: statutoryOverride.filter { $0.known <= date },
      afterOverride: afterOverride,
      stabilityGrant: stabilityGrant.filter { $0.known <= date },
      fundingBreaks: fundingBreaks.filter { $0.known <= date })
  }

  /// The dates on which any of the rules became known.
  public var knownDates: [CivilDate] {
    blockTransferLimit.map(\.known) + statutoryOverride.map(\.known) + stabilityGrant.map(\.known)
      + fundingBreaks.map(\.known)
  }
}
