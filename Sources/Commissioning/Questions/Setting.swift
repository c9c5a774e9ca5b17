/// One value of a workspace put in another's place: what a question varies.
public struct Setting: Hashable, Sendable {
  /// The keys that lead to the value, separated by points.
  public let path: String
  /// What stands there.
  public let value: Double

  /// Puts a value at a path.
  public init(path: String, value: Double) {
    self.path = path
    self.value = value
  }
}

/// Carries a plan with some of its values changed through the simulated futures, and gives one of its figures.
///
/// Every call must use the same random numbers, so that a difference between two calls is due to what was changed.
public typealias FigureOfPlan = ([Setting]) throws(CommissioningError) -> Draws
