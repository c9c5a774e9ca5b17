import TimeSeries

/// What a milestone asks for, as improvement plans word it.
///
/// ``init(parsing:unit:plusMeans:)`` reads the words; ``isLevel`` says whether a figure can be set beside it at all.
public enum MilestoneRule: Hashable, Sendable {
  /// Which of two levels counts, by the plan's own words.
  ///
  /// The words are kept as they stand: of a measure where lower is better, the higher of two levels is the less demanding.
  public enum Choice: String, CaseIterable, Hashable, Sendable {
    /// Whichever is the higher.
    case higher
    /// Whichever is the lower.
    case lower

    /// The level that counts.
    public func of(_ first: Double, _ second: Double) -> Double {
      self == .higher ? Swift.max(first, second) : Swift.min(first, second)
    }
  }

  /// What "plus 10%" adds.
  public enum Increase: String, CaseIterable, Hashable, Sendable {
    /// Percentage points, or units of the measure: 17% plus 10% is 27%.
    case points
    /// A share of the baseline itself: 17% plus 10% is 18.7%.
    case perCent = "per cent"
  }

  /// A level, in the unit of the measure.
  case level(Double)
  /// The national average in the period by which the milestone is judged.
  case nationalAverage
  /// A level or the national average, whichever is the higher or the lower.
  case levelOrNational(Double, Choice)
  /// So much above the baseline, or below it where the number is negative.
  case baselinePlus(Double, Increase)
  /// The baseline is said to be so much; there is nothing to reach.
  case statesBaseline(Double)
  /// A baseline is to be measured; there is no level.
  case establishBaseline
  /// The plan sets nothing for the date: `NA`.
  case none
  /// A level is still to be set, or nobody has said how the one that is written is to be read.
  case toBeDetermined

  /// Whether it sets a level that figures can be set beside.
  public var isLevel: Bool {
    switch self {
    case .level, .nationalAverage, .levelOrNational, .baselinePlus: true
    case .statesBaseline, .establishBaseline, .none, .toBeDetermined: false
    }
  }

  /// Whether the national average has a part in it.
  public var needsNationalAverage: Bool {
    switch self {
    case .nationalAverage, .levelOrNational: true
    default: false
    }
  }

  /// Whether the baseline has a part in it.
  public var needsBaseline: Bool {
    if case .baselinePlus = self { true } else { false }
  }

  /// The forms that are read, for the person who has to choose one.
  public static let accepted =
    "a level with its unit such as 10%, 8 weeks or -4.10; national average; 50% or national average whichever is the higher "
    + "(or the lower); baseline plus 10%, plus 10 points or plus 10 per cent of itself; baseline 50%; establish baseline; NA; "
    + "to be determined"
}
