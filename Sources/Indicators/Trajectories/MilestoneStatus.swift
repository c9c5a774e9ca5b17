/// How a milestone stands on a day, by what was published by then.
public enum MilestoneStatus: String, CaseIterable, Hashable, Sendable {
  /// The figure by which it is judged is published and reaches the level.
  case met
  /// The figure by which it is judged is published and does not reach the level.
  case missed
  /// The figure is to come, and is likely to reach the level or on the line to it.
  case onTrack
  /// The figure is to come, and may reach the level.
  case atRisk
  /// The figure is to come, and is not likely to reach the level.
  case offTrack
  /// The date has not come, and nothing is published by which to say how likely it is.
  case notYetDue
  /// There is no level, no baseline or no figure to judge by; the reason stands beside it.
  case notMeasurable

  /// The status in words: `on track`.
  public var label: String {
    switch self {
    case .met: "met"
    case .missed: "missed"
    case .onTrack: "on track"
    case .atRisk: "at risk"
    case .offTrack: "off track"
    case .notYetDue: "not yet due"
    case .notMeasurable: "not measurable"
    }
  }
}
