import TimeSeries

/// Which way a measure has gone, as the recent-trend marker of the Office for Health Improvement and Disparities says it.
public enum TrendMarker: String, CaseIterable, Hashable, Sendable {
  /// It rises, and rising is better.
  case increasingGettingBetter
  /// It rises, and rising is worse.
  case increasingGettingWorse
  /// It falls, and falling is better.
  case decreasingGettingBetter
  /// It falls, and falling is worse.
  case decreasingGettingWorse
  /// It rises, and nobody judges.
  case increasing
  /// It falls, and nobody judges.
  case decreasing
  /// Neither is beyond chance.
  case noSignificantChange
  /// The test cannot be made; the reason stands beside it.
  case cannotBeCalculated

  /// The marker for a direction, in the light of which way the measure should go.
  public init(_ direction: TrendDirection, polarity: Polarity) {
    self =
      switch (direction, polarity) {
      case (.none, _): .noSignificantChange
      case (.increasing, .neutral): .increasing
      case (.decreasing, .neutral): .decreasing
      case (.increasing, .higherIsBetter): .increasingGettingBetter
      case (.increasing, .lowerIsBetter): .increasingGettingWorse
      case (.decreasing, .higherIsBetter): .decreasingGettingWorse
      case (.decreasing, .lowerIsBetter): .decreasingGettingBetter
      }
  }

  /// The marker in the words of the profession: `Increasing and getting worse`.
  public var label: String {
    switch self {
    case .increasingGettingBetter: "Increasing and getting better"
    case .increasingGettingWorse: "Increasing and getting worse"
    case .decreasingGettingBetter: "Decreasing and getting better"
    case .decreasingGettingWorse: "Decreasing and getting worse"
    case .increasing: "Increasing"
    case .decreasing: "Decreasing"
    case .noSignificantChange: "No significant change"
    case .cannotBeCalculated: "Cannot be calculated"
    }
  }
}

/// Which way a test finds a series to go.
public enum TrendDirection: String, CaseIterable, Hashable, Sendable {
  /// Up, beyond chance.
  case increasing
  /// Down, beyond chance.
  case decreasing
  /// Neither, beyond chance.
  case none
}
