/// What stands above a report of performance measures: the plan, its area and its actions.
public struct TrajectoryHeading: Sendable {
  /// The name of the plan.
  public let plan: String
  /// The area that it is for.
  public let area: String
  /// Where its wording stands; empty where nobody says.
  public let source: String
  /// The titles of its actions, by their numbers.
  public let actions: [Int: String]
  /// What the reader should know beside, as sentences.
  public let notes: [String]

  /// A heading.
  public init(
    plan: String, area: String, source: String = "", actions: [Int: String] = [:], notes: [String] = []
  ) {
    self.plan = plan
    self.area = area
    self.source = source
    self.actions = actions
    self.notes = notes
  }
}
