/// An uncertain number that a plan's futures were drawn from: an assumption's range, or the forecast of a series.
public struct PlanDriver: Sendable {
  /// What kind of number it is.
  public enum Kind: String, Sendable {
    /// A range that the workspace states.
    case assumption
    /// The forecast of a published series, by its last step.
    case series
  }

  /// The name that the workspace uses.
  public let id: String
  /// What kind of number it is.
  public let kind: Kind
  /// Its value in every simulated future.
  public let draws: Draws

  /// Names an uncertain number.
  public init(id: String, kind: Kind, draws: Draws) {
    self.id = id
    self.kind = kind
    self.draws = draws
  }
}
