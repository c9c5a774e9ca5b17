import RealModule

extension FivePointTrend {
  /// Fits the line to the log odds of five shares by logistic regression on their counts, the variant for proportions:
  /// the statistic is Wald's, (slope / standard error)².
  ///
  /// Which statistic the published variant takes is not public; where shares are not near 0 or 1, Wald's, the score's
  /// and that of the likelihood ratio hardly differ.
  ///
  /// - Parameters:
  ///   - counts: the counts above the line, in the order of their periods, which are equally far apart.
  ///   - denominators: the counts below the line.
  /// - Returns: nil unless there are five counts, none above its denominator, of which neither all are 0 nor all equal
  ///   to their denominators, also when one figure is left out, and the regression converges.
  public init?(counts: Span<Double>, denominators: Span<Double>) {
    guard counts.count == Self.count, denominators.count == Self.count else { return nil }
    var above = SIMD8<Double>(repeating: 0)
    var below = SIMD8<Double>(repeating: 0)
    for position in 0..<Self.count {
      let (count, denominator) = (counts[position], denominators[position])
      guard count >= 0, denominator > 0, count <= denominator, denominator.isFinite else { return nil }
      above[position] = count
      below[position] = denominator
    }
    guard let full = Self.logistic(above, below) else { return nil }
    var without = SIMD8<Double>(repeating: 0)
    for position in 0..<Self.count {
      var (counts, denominators) = (above, below)
      counts[position] = 0
      denominators[position] = 0
      guard let fit = Self.logistic(counts, denominators) else { return nil }
      without[position] = fit.slope
    }
    self.init(slope: full.slope, standardError: full.standardError, slopesWithout: without)
  }

  /// Newton's method on the log likelihood of intercept and slope; a denominator of 0 leaves a figure out.
  private static func logistic(
    _ counts: SIMD8<Double>, _ denominators: SIMD8<Double>
  ) -> (slope: Double, standardError: Double)? {
    let total = denominators.sum()
    let successes = counts.sum()
    guard successes > 0, successes < total else { return nil }
    // Ranks about the middle, so that intercept and slope are nearly independent.
    var intercept = Double.log(successes / (total - successes))
    var slope = 0.0
    for _ in 0..<50 {
      var (scoreA, scoreB, aa, ab, bb) = (0.0, 0.0, 0.0, 0.0, 0.0)
      for position in 0..<count where denominators[position] > 0 {
        let rank = Double(position - 2)
        let share = 1 / (1 + Double.exp(-intercept - slope * rank))
        let residual = counts[position] - denominators[position] * share
        let weight = denominators[position] * share * (1 - share)
        scoreA += residual
        scoreB += residual * rank
        aa += weight
        ab += weight * rank
        bb += weight * rank * rank
      }
      let determinant = aa * bb - ab * ab
      guard determinant > 0 else { return nil }
      let stepA = (bb * scoreA - ab * scoreB) / determinant
      let stepB = (aa * scoreB - ab * scoreA) / determinant
      intercept += stepA
      slope += stepB
      guard intercept.magnitude < 1e3, slope.magnitude < 1e3 else { return nil }
      if stepA.magnitude + stepB.magnitude < 1e-12 * (1 + intercept.magnitude + slope.magnitude) {
        // Newton's steps end within 10⁻¹² of the answer; a slope as small as that has no sign.
        let isNothing = slope.magnitude < 1e-10 * (1 + intercept.magnitude)
        return (isNothing ? 0 : slope, (aa / determinant).squareRoot())
      }
    }
    return nil
  }
}
