import RealModule
import Statistics

// The continuous ranked probability score of Student mixtures.

extension StudentMixture {
  /// The score on the scale of a sample, carried back to its unit.
  func rankedProbabilityScore(_ actual: Double, sample: Sample) throws(ForecastingError) -> Double {
    if sample.restoresNothing, components.count == 1, let only = components.first {
      return only.scale * Self.standardScore((actual - only.location) / only.scale, degreesOfFreedom)
    }
    return try integratedScore(actual, sample: sample)
  }

  /// The score of a standard t variate with ν degrees of freedom at z, for ν above 1:
  /// z (2F(z) − 1) + 2 f(z) (ν + z²) / (ν − 1) − 2√ν B(½, ν − ½) / ((ν − 1) B(½, ν/2)²); infinite for fewer.
  static func standardScore(_ z: Double, _ degreesOfFreedom: Double) -> Double {
    let n = degreesOfFreedom
    guard n > 1, let law = try? StudentT(degreesOfFreedom: n), let cumulative = try? law.cumulative(z),
      let density = try? law.density(z)
    else { return .infinity }
    // log B(½, ν − ½) − 2 log B(½, ν/2), with B(a, b) = Γ(a)Γ(b)/Γ(a + b) and Γ(½)² = π.
    let logarithm =
      Double.logGamma(n - 0.5) - Double.logGamma(n) - 2 * Double.logGamma(n / 2)
      + 2 * Double.logGamma((n + 1) / 2) - 0.5 * Double.log(.pi)
    return z * (2 * cumulative - 1) + 2 * density * (n + z * z) / (n - 1)
      - 2 * n.squareRoot() / (n - 1) * Double.exp(logarithm)
  }

  /// The score by quadrature, with finer panels as long as the rule does not find all of the mass; over the quantiles
  /// where it never does, because a component is too narrow beside its distance from the others.
  private func integratedScore(_ actual: Double, sample: Sample) throws(ForecastingError) -> Double {
    guard let reach = try? StudentT(degreesOfFreedom: degreesOfFreedom).quantile(1 - Self.scoreTail) else {
      return .infinity
    }
    var (first, last) = (Double.infinity, -Double.infinity)
    for component in components {
      first = min(first, component.location - component.scale * reach)
      last = max(last, component.location + component.scale * reach)
    }
    let (least, greatest) =
      sample.scale == .natural
      ? (sample.floor, sample.ceiling) : sample.scale.transformedRange(ceiling: sample.ceiling)
    // Beyond the bounds all values are the same, and so far out the rest is too small to be seen.
    let lower = min(max(first, least), max(last, least))
    let upper = max(lower, min(last, greatest))
    let transformed = sample.scale.transformed(actual)
    // A value below every logarithm has no place on the scale.
    let centre = min(max(transformed.isNaN ? -.infinity : transformed, lower), upper)
    let (below, above) = (cumulative(lower), 1 - cumulative(upper))
    let edges =
      Self.edge(below, value: sample.restored(lower), actual: actual)
      + Self.edge(above, value: -sample.restored(upper), actual: -actual)
    for width in [1.5, 0.6, 0.25] {
      let (loss, mass) = integrated(
        [lower, centre, upper], panelWidth: width, actual: actual, sample: sample)
      if abs(mass - (1 - below - above)) < Self.massTolerance { return 2 * loss + edges }
    }
    return try RankedProbabilityScore.overQuantiles(self, sample: sample, actual: actual)
  }

  /// ∫ pinball f(t) dt and ∫ f(t) dt.
  ///
  /// The variable of integration is the inverse hyperbolic sine of the distance from the heaviest component's centre in
  /// units of the narrowest, which spreads the nodes over the peak and the long tails.
  ///
  /// - Parameter ends: the range, divided where the integrand has a kink: at the value that came.
  private func integrated(
    _ ends: [Double], panelWidth: Double, actual: Double, sample: Sample
  ) -> (loss: Double, mass: Double) {
    let centre = components.first?.location ?? 0
    let unit = components.reduce(Double.infinity) { min($0, $1.scale) }
    var (loss, mass) = (0.0, 0.0)
    for (from, to) in zip(ends, ends.dropFirst()) where to > from {
      let (start, end) = (Double.asinh((from - centre) / unit), Double.asinh((to - centre) / unit))
      let panels = max(1, Int(((end - start) / panelWidth).rounded(.up)))
      let width = (end - start) / Double(panels)
      for panel in 0..<panels {
        for (node, weight) in GaussLegendre.nodes {
          let u = start + (Double(panel) + (1 + node) / 2) * width
          let t = centre + unit * Double.sinh(u)
          let share = density(t) * unit * Double.cosh(u) * weight / 2 * width
          loss +=
            share
            * ForecastLoss.pinball(
              actual: actual, quantile: sample.restored(t), probability: cumulative(t))
          mass += share
        }
      }
    }
    return (loss, mass)
  }

  /// 2 ∫ pinball dp over the first `mass` of the probabilities, all at one value.
  private static func edge(_ mass: Double, value: Double, actual: Double) -> Double {
    actual >= value ? mass * mass * (actual - value) : (2 - mass) * mass * (value - actual)
  }

  /// The share at either end whose values count as those at its edge; the loss there is of the order of its square.
  private static let scoreTail = 1e-6
  /// The most of the mass that the rule may miss or find twice.
  private static let massTolerance = 1e-5
}
