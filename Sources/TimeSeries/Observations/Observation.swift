/// What is known of a quantity in a period: its value, or the reason why there is none.
///
/// A missing value is never a zero. The codes are those of the Department for Education and the Government
/// Statistical Service; ``init(parsing:unit:)`` reads them.
public enum Observation: Hashable, Sendable {
  /// The value; always finite when read from text.
  case value(Double)
  /// Held back so that no person can be recognised, with the bounds within which it lies where they are published.
  case suppressed(ClosedRange<Double>?)
  /// Not zero, but less than half of the unit to which the publisher rounds.
  case roundsToZero
  /// Not collected, not returned or not yet published.
  case notAvailable
  /// There can be no value: the question does not arise.
  case notApplicable

  /// The value, where there is one.
  @inlinable
  public var value: Double? {
    if case .value(let value) = self { value } else { nil }
  }

  /// The bounds of the quantity where they are known: of a value, the value itself; of a suppressed value, what was
  /// published with it.
  public var bounds: ClosedRange<Double>? {
    switch self {
    case .value(let value): value.isNaN ? nil : value...value
    case .suppressed(let bounds): bounds
    case .roundsToZero, .notAvailable, .notApplicable: nil
    }
  }
}
