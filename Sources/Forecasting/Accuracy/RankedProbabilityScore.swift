import RealModule
import Statistics

/// The continuous ranked probability score (CRPS): the squared distance of the predictive distribution function from
/// the step at the value that came, ∫ (F(x) − 1{x ≥ y})² dx, in the unit of the series (J. E. Matheson and
/// R. L. Winkler, 1976). For a point it is the absolute error.
///
/// How it is computed depends on what is known of the distribution:
/// - one Student distribution on the natural scale of a unit without bounds: in closed form (A. Jordan, F. Krüger and
///   S. Lerch, "Evaluating probabilistic forecasts with scoringRules", 2019);
/// - drawn paths: exactly, for the empirical distribution of the draws;
/// - counts: exactly, as a sum over the lattice, where there are at most ``CountMixture/longestLattice`` counts to sum;
/// - any other Student mixture, scale or bound: by Gauss and Legendre's rule over the density and the distribution
///   function, what stands at a bound added in closed form;
/// - anything else: by the same rule over its quantiles, as twice the pinball loss averaged over all probabilities.
enum RankedProbabilityScore {
  /// The score of a distribution on a model's scale for a value in the unit of the series.
  static func of(
    _ distribution: any PredictiveDistribution, sample: Sample, actual: Double
  ) throws(ForecastingError) -> Double {
    switch distribution {
    case let student as StudentMixture:
      return try student.rankedProbabilityScore(actual, sample: sample)
    case let blend as StudentBlend:
      return try blend.mixture.rankedProbabilityScore(actual, sample: sample)
    case let simulated as SimulatedDistribution:
      return simulated.rankedProbabilityScore(actual, sample: sample)
    case let counts as CountMixture:
      if let score = try counts.rankedProbabilityScore(actual) { return score }
    default: break
    }
    return try overQuantiles(distribution, sample: sample, actual: actual)
  }

  /// Twice the pinball loss, averaged over all probabilities: what needs nothing but quantiles.
  ///
  /// The probabilities are p = u³ (10 − 15u + 6u²), which draws the nodes towards both tails and takes the edge off those
  /// that have a power law; they are divided at that of the value, where the loss has its kink.
  static func overQuantiles(
    _ distribution: any PredictiveDistribution, sample: Sample, actual: Double
  ) throws(ForecastingError) -> Double {
    let place = distribution.cumulative(sample.scale.transformed(actual))
    // A value below every logarithm has no place on the scale: it lies below all quantiles.
    let kink = steepness(reaching: place.isNaN ? 0 : min(max(place, 0), 1))
    var sum = 0.0
    for (start, end) in [(0, kink), (kink, 1)] where end > start {
      let panels = max(1, Int(((end - start) * Self.panels).rounded(.up)))
      let width = (end - start) / Double(panels)
      for panel in 0..<panels {
        for (node, weight) in GaussLegendre.nodes {
          let u = start + (Double(panel) + (1 + node) / 2) * width
          let probability = Self.probability(u)
          guard probability > 0, probability < 1 else { continue }
          let quantile = sample.restored(try distribution.quantile(probability))
          sum +=
            30 * u * u * (1 - u) * (1 - u) * weight / 2 * width
            * ForecastLoss.pinball(actual: actual, quantile: quantile, probability: probability)
        }
      }
    }
    return 2 * sum
  }

  private static func probability(_ u: Double) -> Double { u * u * u * (10 - 15 * u + 6 * u * u) }

  /// The u at which the probability is reached.
  private static func steepness(reaching probability: Double) -> Double {
    var (lower, upper) = (0.0, 1.0)
    for _ in 0..<40 {
      let middle = (lower + upper) / 2
      if Self.probability(middle) < probability { lower = middle } else { upper = middle }
    }
    return probability <= 0 ? 0 : probability >= 1 ? 1 : (lower + upper) / 2
  }

  /// How many panels the whole range of probabilities is divided into.
  private static let panels = 6.0
}

/// Gauss and Legendre's rule.
enum GaussLegendre {
  /// The eight nodes on (−1, 1) with their weights (Abramowitz and Stegun, 1964, table 25.4).
  static let nodes: [(node: Double, weight: Double)] = [
    (-0.960289856497536232, 0.101228536290376259), (-0.796666477413626740, 0.222381034453374471),
    (-0.525532409916328986, 0.313706645877887287), (-0.183434642495649805, 0.362683783378361983),
    (0.183434642495649805, 0.362683783378361983), (0.525532409916328986, 0.313706645877887287),
    (0.796666477413626740, 0.222381034453374471), (0.960289856497536232, 0.101228536290376259),
  ]
}

extension Forecast {
  /// The continuous ranked probability score of a step for the value that came, in the unit of the series.
  ///
  /// - Parameters:
  ///   - actual: the value that came, in the unit of the series.
  ///   - step: 1 to ``horizon``.
  /// - Returns: the score; infinite for an unbounded distribution without a mean.
  /// - Throws: ``ForecastingError/horizon(_:)`` for a step outside its range.
  public func rankedProbabilityScore(_ actual: Double, step: Int) throws(ForecastingError) -> Double {
    try RankedProbabilityScore.of(try distribution(step: step), sample: model.sample, actual: actual)
  }
}
