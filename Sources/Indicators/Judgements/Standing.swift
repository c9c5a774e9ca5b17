import TimeSeries

/// How an area stands beside a benchmark, as the Office for Health Improvement and Disparities words it: better, similar or
/// worse where the measure has a good direction, and lower, similar or higher where it has none.
public enum Standing: String, CaseIterable, Hashable, Sendable {
  /// On the good side of the benchmark, beyond chance.
  case better
  /// On the bad side of the benchmark, beyond chance.
  case worse
  /// Below the benchmark, beyond chance, where nobody judges.
  case lower
  /// Above the benchmark, beyond chance, where nobody judges.
  case higher
  /// Not beyond chance.
  case similar
  /// There is nothing to compare with, or no interval to compare by; the reason stands beside it.
  case notCompared

  /// The standing of a value whose interval lies wholly below (-1) or above (1) a benchmark, or holds it (0).
  public init(side: Int, polarity: Polarity) {
    self =
      switch (side.signum(), polarity) {
      case (0, _): .similar
      case (let sign, .neutral): sign < 0 ? .lower : .higher
      case (let sign, .higherIsBetter): sign < 0 ? .worse : .better
      case (let sign, .lowerIsBetter): sign < 0 ? .better : .worse
      }
  }

  /// The standing in words: `Worse`, `Not compared`.
  public var label: String {
    switch self {
    case .better: "Better"
    case .worse: "Worse"
    case .lower: "Lower"
    case .higher: "Higher"
    case .similar: "Similar"
    case .notCompared: "Not compared"
    }
  }
}
