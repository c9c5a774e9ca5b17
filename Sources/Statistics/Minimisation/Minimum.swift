/// Where a search for a minimum ended.
public struct Minimum<Point: Sendable & Equatable>: Sendable, Equatable {
  /// The best point found.
  public let point: Point
  /// The objective there; infinite if no point had a finite or smaller value.
  public let value: Double
  /// How many times the objective was called.
  public let evaluations: Int
  /// Whether the search ended by its tolerances, at a finite value, and not by its limit of evaluations.
  public let converged: Bool

  @usableFromInline
  init(point: Point, value: Double, evaluations: Int, converged: Bool) {
    self.point = point
    self.value = value
    self.evaluations = evaluations
    self.converged = converged
  }
}

/// The value of an objective, in which NaN counts as +∞: a point where the model cannot be computed is worse than
/// every point where it can.
@inline(__always)
func ordered(_ value: Double) -> Double { value.isNaN ? .infinity : value }
