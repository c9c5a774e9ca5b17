/// The variation icon of NHS England's Making Data Count: what kind of variation the latest point shows.
public enum VariationIcon: String, CaseIterable, Hashable, Sendable {
  /// Nothing but the variation that the process has.
  case commonCause
  /// Special cause, an improvement, towards higher values.
  case improvementHigh
  /// Special cause, an improvement, towards lower values.
  case improvementLow
  /// Special cause, a concern, towards higher values.
  case concernHigh
  /// Special cause, a concern, towards lower values.
  case concernLow
  /// Special cause towards higher values, where nobody judges.
  case neutralHigh
  /// Special cause towards lower values, where nobody judges.
  case neutralLow

  /// The icon in words: `Special cause: concern, high`.
  public var label: String {
    switch self {
    case .commonCause: "Common cause"
    case .improvementHigh: "Special cause: improvement, high"
    case .improvementLow: "Special cause: improvement, low"
    case .concernHigh: "Special cause: concern, high"
    case .concernLow: "Special cause: concern, low"
    case .neutralHigh: "Special cause: neither good nor bad, high"
    case .neutralLow: "Special cause: neither good nor bad, low"
    }
  }
}

/// The assurance icon of NHS England's Making Data Count: whether the process, as it is, will meet its target.
public enum AssuranceIcon: String, CaseIterable, Hashable, Sendable {
  /// The target lies beyond the limits on the good side of the process: it is passed every time.
  case consistentlyPasses
  /// The target lies beyond the limits on the bad side of the process: it is failed every time.
  case consistentlyFails
  /// The target lies between the limits: chance decides.
  case hitAndMiss
  /// There is no target, or the measure has no good direction.
  case notApplicable

  /// The icon in words: `Consistently fails the target`.
  public var label: String {
    switch self {
    case .consistentlyPasses: "Consistently passes the target"
    case .consistentlyFails: "Consistently fails the target"
    case .hitAndMiss: "Hit and miss"
    case .notApplicable: "No target to judge by"
    }
  }
}
