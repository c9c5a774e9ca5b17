import CBoostMath

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The negative binomial distribution of a count that varies more than a Poisson count: a Poisson whose mean
/// follows a gamma distribution. Variance = mean + mean²/size, so a large size is close to the Poisson.
public struct NegativeBinomial: DiscreteDistribution, Equatable {
  /// The size r > 0, the shape of the gamma distribution of means.
  public let size: Double
  /// The mean ≥ 0; at 0 all the probability stands on the count 0.
  public let mean: Double
  /// The probability of success p = size / (size + mean), in the reading as failures before the r-th success.
  public let probability: Double
  // 1 − p, kept because it is tiny where the distribution is nearly Poisson and 1 − p would round it away.
  private let failure: Double

  /// A negative binomial by its size and mean; throws where `size` is not above 0 and at most 10¹⁵, or `mean`
  /// is not from 0 to 10⁹.
  public init(size: Double, mean: Double) throws(StatisticsError) {
    try Self.requireSize(size)
    try require(isWithinReach(mean), Self.title, "mean", mean, "from 0 to 1e9")
    self.size = size
    self.mean = mean
    // Divided before they are added, so that two large parameters do not overflow.
    probability = 1 / (1 + mean / size)
    failure = mean == 0 ? 0 : 1 / (1 + size / mean)
  }

  /// The number of failures before the `size`-th success; throws where `size` is not above 0 and at most 10¹⁵, or
  /// `probability` is not above 0 and at most 1, or so small that the mean is above 10⁹.
  public init(size: Double, probability: Double) throws(StatisticsError) {
    try Self.requireSize(size)
    let mean = size * ((1 - probability) / probability)
    try require(
      probability > 0 && probability <= 1 && isWithinReach(mean), Self.title, "probability", probability,
      "above 0 and at most 1, with a mean of at most 1e9")
    self.size = size
    self.mean = mean
    self.probability = probability
    failure = 1 - probability
  }

  private static func requireSize(_ size: Double) throws(StatisticsError) {
    try require(
      size > 0 && size <= 1e15, Self.title, "size", size,
      "above 0 and at most 1e15; a larger one is a Poisson distribution")
  }

  /// mean + mean²/size.
  public var variance: Double { mean + mean * (mean / size) }

  /// 0 to infinity; 0 alone for a mean of 0.
  public var support: ClosedRange<Double> { mean > 0 ? 0...Double.infinity : 0...0 }

  // Boost takes p alone and forms 1 − p itself. Where 1 − p is the smaller, the same regularised beta functions
  // are asked from the other side: I_p(r, k + 1) = 1 − I_{1−p}(k + 1, r).
  private var isNearlyPoisson: Bool { failure < probability }

  /// The probability of exactly `count`.
  public func probability(of count: Double) throws(StatisticsError) -> Double {
    try atCount(count, "probability", otherwise: 0) { k in
      if mean == 0 { return 1 }
      return isNearlyPoisson
        ? probability / (size + k) * cboost_beta_pdf(failure, k + 1, size)
        : cboost_negative_binomial_pdf(k, size, probability)
    }
  }

  /// The logarithm of the probability, in Loader's form (2000).
  public func logProbability(of count: Double) throws(StatisticsError) -> Double {
    try atCount(count, "log probability", otherwise: -.infinity) { k in
      SaddlePoint.logBinomial(successes: size, failures: k, probability, failure) - log1p(k / size)
    }
  }

  /// P(X ≤ x).
  public func cumulative(_ x: Double) throws(StatisticsError) -> Double {
    try lowerTail(at: x) { x in
      guard x < .infinity else { return 1 }
      let k = x.rounded(.down)
      return isNearlyPoisson
        ? cboost_beta_ccdf(failure, k + 1, size) : cboost_negative_binomial_cdf(k, size, probability)
    }
  }

  /// P(X > x).
  public func complement(_ x: Double) throws(StatisticsError) -> Double {
    try upperTail(at: x) { x in
      guard x < .infinity else { return 0 }
      let k = x.rounded(.down)
      return isNearlyPoisson
        ? cboost_beta_cdf(failure, k + 1, size) : cboost_negative_binomial_ccdf(k, size, probability)
    }
  }

  /// The smallest count k with P(X ≤ k) ≥ `p`.
  public func quantile(_ p: Double) throws(StatisticsError) -> Double {
    try countQuantile(p)
  }

  /// The smallest count k with P(X > k) ≤ `q`.
  public func complementQuantile(_ q: Double) throws(StatisticsError) -> Double {
    try countComplementQuantile(q)
  }

  /// One draw.
  public func draw(from stream: inout RandomStream) -> Double {
    stream.negativeBinomial(size: size, mean: mean)
  }
}
