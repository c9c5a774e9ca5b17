import TimeSeries

/// A period from which limits might be worked out anew, if somebody can say what happened then.
///
/// Nothing applies a suggestion: a step that nobody can explain is what the chart is there to show.
public struct RecalculationSuggestion: Hashable, Sendable {
  /// What points to the period.
  public enum Evidence: String, CaseIterable, Hashable, Sendable {
    /// The series says itself that what is measured changed: figures before and after cannot be compared.
    case definitionBreak
    /// The series says itself that the way of collecting or reporting changed.
    case reportingBreak
    /// Two levels describe the points better than one, by least squares and Schwarz's criterion.
    case step
    /// Eight or more consecutive points lie on one side of the centre.
    case run
  }

  /// The first period of what might be a new level.
  public let from: Period
  /// What points to it.
  public let evidence: Evidence
  /// The mean from then on, up to the next suggestion or the end, less the mean before, in the unit of the chart; nil for
  /// a break with no figure on one of its sides.
  public let size: Double?
  /// The number of points of the new level.
  public let pointCount: Int
}
