/// Who pays for a placement or package.
public enum Funder: String, Hashable, Sendable, CaseIterable {
  /// The integrated care board.
  case health
  /// The high needs block.
  case education
  /// Children's social care.
  case care

  /// The name in a sentence.
  public var name: String { rawValue }
}

/// How the cost of placements in one setting is shared between health, education and care.
///
/// Agreed shares are published rounded, so that they need not sum to one: what is missing within that rounding is shown
/// on a line of its own and stays with the budget that is planned. Anything beyond it has to be stated, with a reason.
public struct FundingSplit: Sendable {
  /// A part that nobody has agreed to pay.
  public struct Remainder: Hashable, Sendable {
    /// Its share of the cost, 0 to 1.
    public let share: Double
    /// Why it is left over.
    public let reason: String

    /// States a remainder.
    public init(share: Double, reason: String) {
      self.share = share
      self.reason = reason
    }
  }

  /// The setting, under which its gross cost is given.
  public let setting: String
  /// The name that people use.
  public let name: String
  /// The shares, 0 to 1; a funder who is not named pays nothing.
  public let shares: [Funder: Draws]
  /// A part that is stated to be nobody's; nil where there is none.
  public let remainder: Remainder?

  /// Checks and puts together a split.
  ///
  /// - Parameters:
  ///   - setting: the setting, under which its gross cost is given.
  ///   - name: the name that people use.
  ///   - shares: the shares, 0 to 1; a funder who is not named pays nothing.
  ///   - rounding: the unit to which the shares are published, for instance 0.01 for whole per cents; 0 where they are
  ///     exact.
  ///   - remainder: a part that is stated to be nobody's; nil where there is none.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a share outside 0 to 1, or shares that with the
  ///   remainder do not sum to one within half a unit for each of them.
  public init(
    setting: String, name: String, shares: [Funder: Draws], rounding: Double, remainder: Remainder? = nil
  ) throws(CommissioningError) {
    let service = JointFunding.service
    var check = FutureCheck(service)
    for (funder, share) in shares.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      try check.take(share, "the share of \(name) that \(funder.name) pays", .share)
    }
    guard !shares.isEmpty else {
      throw .invalid(service: service, reason: "nobody pays for \(name); give at least one share")
    }
    guard rounding >= 0, rounding <= 0.1 else {
      throw .invalid(
        service: service,
        reason:
          "the shares of \(name) are said to be rounded to \(plainText(rounding)), and 0 to 0.1 is needed")
    }
    if let remainder { try check.take(Draws(remainder.share), "the remainder of \(name)", .share) }
    let sum = Draws.sum(Funder.allCases.compactMap { shares[$0] }) + (remainder?.share ?? 0)
    // Half a unit for every share; sums of binary fractions need a little more than none.
    let tolerance = rounding / 2 * Double(shares.count) + 1e-9
    for path in 0..<(check.futures ?? 1) {
      let total = sum[path] ?? .nan
      guard (total - 1).magnitude <= tolerance else {
        throw .invalid(
          service: service,
          reason:
            "the shares of \(name) sum to \(plainText((total * 1e6).rounded() / 1e6)) with the remainder, and 1 "
            + "within \(plainText((tolerance * 1e6).rounded() / 1e6)) is needed; "
            + "correct them, or state the remainder and its reason")
      }
    }
    self.setting = setting
    self.name = name
    self.shares = shares
    self.remainder = remainder
  }
}
