/// A predictive distribution that is one of several with known probabilities.
struct WeightedMixture: PredictiveDistribution {
  /// The distributions with their probabilities, which sum to one.
  let parts: [(weight: Double, distribution: any PredictiveDistribution)]

  /// - Parameter parts: at least one, with weights above zero that need not yet sum to one.
  init?(_ parts: [(weight: Double, distribution: any PredictiveDistribution)]) {
    let total = parts.reduce(0) { $0 + $1.weight }
    guard total > 0, total.isFinite, parts.allSatisfy({ $0.weight > 0 }) else { return nil }
    self.parts = parts.map { ($0.weight / total, $0.distribution) }
  }

  func density(_ x: Double) -> Double { parts.reduce(0) { $0 + $1.weight * $1.distribution.density(x) } }

  func cumulative(_ x: Double) -> Double {
    parts.reduce(0) { $0 + $1.weight * $1.distribution.cumulative(x) }
  }

  /// Between the least and the greatest of the parts' own quantiles, by halving and interpolation in turn.
  func quantile(_ probability: Double) throws(ForecastingError) -> Double {
    var (lower, upper) = (Double.infinity, -Double.infinity)
    for part in parts {
      let own = try part.distribution.quantile(probability)
      lower = min(lower, own)
      upper = max(upper, own)
    }
    var (below, above) = (cumulative(lower) - probability, cumulative(upper) - probability)
    let tolerance = max(1e-10 * (upper - lower), 4 * max(abs(lower), abs(upper)) * .ulpOfOne)
    var turn = 0
    while upper - lower > tolerance, turn < 200 {
      turn += 1
      let share = turn.isMultiple(of: 2) || above <= below ? 0.5 : -below / (above - below)
      let middle = lower + min(max(share, 0.01), 0.99) * (upper - lower)
      guard middle > lower, middle < upper else { break }
      let excess = cumulative(middle) - probability
      if excess < 0 { (lower, below) = (middle, excess) } else { (upper, above) = (middle, excess) }
    }
    return upper
  }

  var mean: Double { parts.reduce(0) { $0 + $1.weight * $1.distribution.mean } }

  func mean(restoredBy sample: Sample) throws(ForecastingError) -> Double {
    var mean = 0.0
    for part in parts { mean += part.weight * (try part.distribution.mean(restoredBy: sample)) }
    return mean
  }
}
