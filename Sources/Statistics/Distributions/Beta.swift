import CBoostMath

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The beta distribution of a proportion: mean = α / (α + β).
public struct Beta: ContinuousDistribution, Equatable {
  /// The first shape α > 0; as a prior, the weight of successes.
  public let alpha: Double
  /// The second shape β > 0; as a prior, the weight of failures.
  public let beta: Double

  /// A beta distribution; throws where either shape is not above 0 and at most 10⁹.
  public init(alpha: Double, beta: Double) throws(StatisticsError) {
    try require(alpha > 0 && isWithinReach(alpha), Self.title, "alpha", alpha, "above 0 and at most 1e9")
    try require(beta > 0 && isWithinReach(beta), Self.title, "beta", beta, "above 0 and at most 1e9")
    self.alpha = alpha
    self.beta = beta
  }

  /// α / (α + β).
  public var mean: Double { alpha / (alpha + beta) }

  /// αβ / ((α + β)² (α + β + 1)).
  public var variance: Double {
    let sum = alpha + beta
    return (alpha / sum) * (beta / sum) / (sum + 1)
  }

  /// 0 to 1.
  public var support: ClosedRange<Double> { 0...1 }

  // For α = β = ½ Boost takes an arcsine whose argument is rounded: near 1 that costs 10⁻¹² of the answer. The function
  // is symmetric, so the lower half is enough.
  private var isArcsine: Bool { alpha == 0.5 && beta == 0.5 }

  private func densityAtEnd(own: Double, other: Double) -> Double {
    own < 1 ? .infinity : own == 1 ? other : 0
  }

  /// The density; infinite at an end whose shape is below 1.
  public func density(_ x: Double) throws(StatisticsError) -> Double {
    try inside(x, "density", outside: 0) { x in
      if x == 0 { return densityAtEnd(own: alpha, other: beta) }
      if x == 1 { return densityAtEnd(own: beta, other: alpha) }
      return cboost_beta_pdf(x, alpha, beta)
    }
  }

  /// The logarithm of the density, as binomial probabilities of the shapes (Loader 2000).
  public func logDensity(_ x: Double) throws(StatisticsError) -> Double {
    try inside(x, "log density", outside: -.infinity) { x in
      if x == 0 { return log(densityAtEnd(own: alpha, other: beta)) }
      if x == 1 { return log(densityAtEnd(own: beta, other: alpha)) }
      let y = 1 - x
      // Γ(α + β) / (Γ(α) Γ(β)) is a binomial coefficient of α − 1 and β − 1, or of α and β where those would be
      // negative, times what the change of argument leaves behind.
      switch (alpha < 1, beta < 1) {
      case (true, true):
        return SaddlePoint.logBinomial(successes: alpha, failures: beta, x, y)
          + log(alpha) - log(x) + log(beta / (alpha + beta)) - log(y)
      case (true, false):
        return SaddlePoint.logBinomial(successes: alpha, failures: beta - 1, x, y) + log(alpha) - log(x)
      case (false, true):
        return SaddlePoint.logBinomial(successes: alpha - 1, failures: beta, x, y) + log(beta) - log(y)
      case (false, false):
        return SaddlePoint.logBinomial(successes: alpha - 1, failures: beta - 1, x, y)
          + log(alpha + beta - 1)
      }
    }
  }

  /// P(X ≤ x).
  public func cumulative(_ x: Double) throws(StatisticsError) -> Double {
    try lowerTail(at: x) { x in
      if isArcsine, x > 0.5 { return 1 - cboost_beta_cdf(1 - x, alpha, beta) }
      return cboost_beta_cdf(x, alpha, beta)
    }
  }

  /// P(X > x).
  public func complement(_ x: Double) throws(StatisticsError) -> Double {
    try upperTail(at: x) { x in
      if isArcsine {
        return x > 0.5 ? cboost_beta_cdf(1 - x, alpha, beta) : 1 - cboost_beta_cdf(x, alpha, beta)
      }
      return cboost_beta_ccdf(x, alpha, beta)
    }
  }

  /// The value below which the probability is `p`.
  public func quantile(_ p: Double) throws(StatisticsError) -> Double {
    try inverse(at: p, zero: 0, one: 1) { cboost_beta_quantile($0, alpha, beta) }
  }

  /// The value above which the probability is `q`.
  public func complementQuantile(_ q: Double) throws(StatisticsError) -> Double {
    try inverse(at: q, zero: 1, one: 0) { cboost_beta_cquantile($0, alpha, beta) }
  }

  /// One draw.
  public func draw(from stream: inout RandomStream) -> Double {
    stream.beta(alpha: alpha, beta: beta)
  }
}
