/// How an area is set beside a benchmark.
public enum ComparisonMethod: Hashable, Sendable {
  /// The limits of the area against the value of the benchmark, as the Office for Health Improvement and Disparities
  /// does: better or worse only where the benchmark lies outside them.
  case limits(Confidence)
  /// The limits of the area against the limits of the benchmark: better or worse only where they do not overlap, which
  /// is harder to pass than a test at that level.
  case overlap(Confidence)
  /// The quarter of all areas that the area is in, as the Local Authority Interactive Tool does: the best quarter is
  /// better, the worst is worse; no limits are needed and chance is not looked at. For ties see ``Quartile``.
  case quartiles
  /// No comparison, where the values are not comparable.
  case none

  /// Reads `limits-95`, `limits-99.8`, `overlap-95`, `overlap-99.8`, `quartiles` or `none`; nil for any other text.
  public init?(_ text: String) {
    switch text {
    case "limits-95": self = .limits(.p95)
    case "limits-99.8": self = .limits(.p998)
    case "overlap-95": self = .overlap(.p95)
    case "overlap-99.8": self = .overlap(.p998)
    case "quartiles": self = .quartiles
    case "none": self = .none
    default: return nil
    }
  }

  /// The rule as a sentence without its full stop, to stand beside what it decided.
  public var rule: String {
    switch self {
    case .limits(let confidence):
      "better or worse where the benchmark lies outside the \(confidence.label) limits of the area"
    case .overlap(let confidence):
      "better or worse where the \(confidence.label) limits of area and benchmark do not overlap"
    case .quartiles:
      "better in the best quarter of areas, worse in the worst, whatever chance does; \(Quartile.ruleOfTies); needs "
        + "\(Quartile.leastCount) areas with a figure"
    case .none: "not compared"
    }
  }
}
