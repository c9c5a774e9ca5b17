import TimeSeries

/// How one milestone stands, with everything that the judgement rests on.
public struct MilestoneOutlook: Hashable, Sendable {
  /// A level and where it comes from.
  public struct Level: Hashable, Sendable {
    /// The level, in the unit of the measure.
    public let value: Double
    /// How it follows from the plan's words: `50% or national average (58% in 2020), whichever is the higher: 58%`.
    public let basis: String
    /// Whether the national average in it is an earlier one that stands for one not published yet.
    public let isProvisional: Bool
  }

  /// What a forecast says of the figure that is to come.
  public struct Expected: Hashable, Sendable {
    /// The value that half of the futures exceed.
    public let median: Double
    /// The interval that holds it in 80 of 100 futures.
    public let lower80: Double
    /// The upper end of that interval.
    public let upper80: Double
    /// The probability that the figure reaches the level.
    public let probability: Double
    /// The number of other areas that lent strength to the forecast.
    public let comparatorCount: Int
  }

  /// The milestone.
  public let milestone: Trajectory.Milestone
  /// The level; nil where there is none or it cannot be known.
  public let level: Level?
  /// The period by which it is judged; nil where there are no figures.
  public let period: Period?
  /// The published figure of that period; nil where there is none.
  public let actual: Double?
  /// How it stands.
  public let status: MilestoneStatus
  /// Why it stands so, as a sentence; never empty.
  public let reason: String
  /// What is expected of the figure that is to come; nil where it is published, or cannot be forecast.
  public let expected: Expected?
  /// How fast the measure must change; nil where the milestone is judged, has no level, or has no figure to start from.
  public let runRate: RequiredRunRate?

  /// The probability that the milestone is reached: 1 or 0 where that is known, nil where nothing can be said.
  public var probability: Double? {
    switch status {
    case .met: milestone.rule.isLevel ? 1 : nil
    case .missed: 0
    case .onTrack, .atRisk, .offTrack, .notYetDue, .notMeasurable: expected?.probability
    }
  }
}
