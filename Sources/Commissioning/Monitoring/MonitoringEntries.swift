import TimeSeries

/// What was spent on a line in a period.
public struct ActualSpend: Hashable, Sendable {
  /// The budget line.
  public let line: String
  /// The period.
  public let period: Period
  /// Pence; a credit is negative.
  public let pence: Int

  /// States what was spent.
  public init(line: String, period: Period, pence: Int) {
    self.line = line
    self.period = period
    self.pence = pence
  }
}

/// What is already promised beyond the last actual: a placement at its weekly price, or an amount of a period.
public struct Commitment: Hashable, Sendable {
  /// What is promised.
  public enum Kind: Hashable, Sendable {
    /// A placement from its first day to its last, both paid; without a last day, until further notice. It is costed by
    /// actual days, a seventh of the weekly price each.
    case placement(first: CivilDate, last: CivilDate?, weeklyPence: Int)
    /// Pence of a period that has no actual yet.
    case amount(period: Period, pence: Int)
  }

  /// The name that scripts use.
  public let id: String
  /// The budget line.
  public let line: String
  /// What is promised.
  public let kind: Kind

  /// Describes a commitment.
  public init(id: String, line: String, kind: Kind) {
    self.id = id
    self.line = line
    self.kind = kind
  }
}

/// What a line is expected to cost more, by placements that have not begun, and less, by known ones that will end early,
/// from the last actual to the end of the year.
public struct ExpectedChange: Sendable {
  /// The budget line.
  public let line: String
  /// Pounds of placements that have not begun.
  public let new: Draws
  /// Pounds of commitments that will not fall due.
  public let ceasing: Draws

  /// States what is expected.
  public init(line: String, new: Draws, ceasing: Draws) {
    self.line = line
    self.new = new
    self.ceasing = ceasing
  }
}

/// Why a variance is what it is, as the budget's holder says.
public struct VarianceReason: Hashable, Sendable {
  /// What kind of reason it is.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// More or fewer children.
    case volume
    /// Dearer or cheaper settings.
    case mix
    /// Prices.
    case price
    /// Earlier or later starts and ends.
    case timing
    /// A saving that is late or short.
    case saving
    /// A change of rule or grant.
    case policy
    /// Income or contributions.
    case income
    /// Something that happens once.
    case once
    /// A figure that was in the wrong place.
    case correction
  }

  /// The budget line.
  public let line: String
  /// What kind of reason it is.
  public let kind: Kind
  /// The reason in words.
  public let text: String

  /// Gives a reason.
  public init(line: String, kind: Kind, text: String) {
    self.line = line
    self.kind = kind
    self.text = text
  }
}
