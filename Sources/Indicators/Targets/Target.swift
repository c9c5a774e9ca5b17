import TimeSeries

/// How much by when: a level that a measure is to reach, the day by which, and who says so.
public struct Target: Hashable, Sendable {
  /// On which side of its level a target is met.
  public enum Aim: String, CaseIterable, Hashable, Sendable {
    /// The measure is to be at least so much.
    case atLeast
    /// The measure is to be at most so much.
    case atMost

    /// Whether a value meets a level.
    public func isMet(_ value: Double, level: Double) -> Bool {
      self == .atLeast ? value >= level : value <= level
    }
  }

  /// The level, in the unit of the measure.
  public let level: Double
  /// On which side of the level it is met.
  public let aim: Aim
  /// The last day by which it is to be met.
  public let date: CivilDate
  /// Where the target is set: a document and its page.
  public let source: String

  /// A target.
  public init(level: Double, aim: Aim, date: CivilDate, source: String) {
    self.level = level
    self.aim = aim
    self.date = date
    self.source = source
  }

  /// Whether a value meets it.
  public func isMet(by value: Double) -> Bool { aim.isMet(value, level: level) }
}
