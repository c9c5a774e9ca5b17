import Statistics

/// The values of a predictive distribution as normal scores: z = Φ⁻¹(F(x)), and back.
///
/// For a normal distribution the score is the distance from the mean in standard deviations, and for any other
/// what that distance would be: scores of forecasts with different shapes are of one kind, and under a forecast that
/// tells the truth they are standard normal (Rosenblatt, 1952; Smith, 1985). A value that the distribution holds to be all but
/// impossible has a score that no probability can tell: beyond the ``edge`` scores are continued in proportion to
/// the distance from the median.
struct NormalScores: Sendable {
  /// The score from which on scores are proportional to distances: one value in 4,300 lies beyond it on either side.
  static let edge = 3.5

  let base: any PredictiveDistribution
  let median: Double
  /// The values at the two edges.
  private let lower: Double
  private let upper: Double

  /// - Throws: what the quantiles of the distribution throw.
  init(_ base: any PredictiveDistribution) throws(ForecastingError) {
    self.base = base
    median = try base.quantile(0.5)
    lower = min(median, try base.quantile(StandardNormal.cumulative(-Self.edge)))
    upper = max(median, try base.quantile(StandardNormal.cumulative(Self.edge)))
  }

  /// The value at a score.
  func value(at score: Double) throws(ForecastingError) -> Double {
    if score > Self.edge { return median + (upper - median) * (score / Self.edge) }
    if score < -Self.edge { return median - (median - lower) * (score / -Self.edge) }
    return try base.quantile(StandardNormal.cumulative(score))
  }

  /// The score of a value: always a number for a finite value. A value that carries probability itself, as a count does,
  /// has the score of the middle of that probability.
  func score(of x: Double) -> Double {
    if x > upper {
      return upper > median ? Self.edge * ((x - median) / (upper - median)) : Self.edge
    }
    if x < lower {
      return lower < median ? -Self.edge * ((median - x) / (median - lower)) : -Self.edge
    }
    let probability = base.cumulative(x) - Self.mass(at: x, of: base) / 2
    let score = StandardNormal.quantile(min(max(probability, 0), 1))
    return min(max(score, -Self.edge), Self.edge)
  }

  /// The derivative of the score by the value.
  func slope(at x: Double) -> Double {
    if x > upper { return upper > median ? Self.edge / (upper - median) : 0 }
    if x < lower { return lower < median ? Self.edge / (median - lower) : 0 }
    return base.density(x) / StandardNormal.density(score(of: x))
  }

  /// The probability of a single value; zero for distributions that have none.
  private static func mass(at x: Double, of distribution: any PredictiveDistribution) -> Double {
    switch distribution {
    case let counts as CountMixture: counts.density(x)
    case let restored as RestoredDistribution: restored.mass(at: x, of: mass)
    default: 0
    }
  }
}
