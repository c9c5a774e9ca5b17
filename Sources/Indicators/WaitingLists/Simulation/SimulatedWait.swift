/// A child who was seen in a simulated future, in weeks from the start of the list.
public struct SimulatedWait: Hashable, Sendable {
  /// When the child was referred; negative for one who was waiting at the start.
  public let referred: Double
  /// When the child was seen, or service began.
  public let seen: Double
  /// The place of the child's priority in the model's order; 0 where there are none.
  public let priority: Int
  /// When service was complete; the same as ``seen`` at a clinic, and nil where it lies beyond the horizon.
  public var completed: Double?

  /// The wait until the child was seen.
  public var wait: Weeks { Weeks(seen - referred) }
}
