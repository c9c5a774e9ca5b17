import CBoostMath

/// The Poisson distribution of a count.
public struct Poisson: DiscreteDistribution, Equatable {
  /// The mean λ ≥ 0; at 0 all the probability stands on the count 0.
  public let mean: Double

  /// A Poisson distribution; throws where `mean` is not from 0 to 10⁹. (``RandomStream/poisson(mean:)`` draws
  /// beyond.)
  public init(mean: Double) throws(StatisticsError) {
    try require(isWithinReach(mean), Self.title, "mean", mean, "from 0 to 1e9")
    self.mean = mean
  }

  /// λ.
  public var variance: Double { mean }

  /// 0 to infinity; 0 alone for a mean of 0, where Boost 1.74 has no answer.
  public var support: ClosedRange<Double> { mean > 0 ? 0...Double.infinity : 0...0 }

  /// The probability of exactly `count`.
  public func probability(of count: Double) throws(StatisticsError) -> Double {
    try atCount(count, "probability", otherwise: 0) { mean > 0 ? cboost_poisson_pdf($0, mean) : 1 }
  }

  /// The logarithm of the probability, in Loader's form (2000).
  public func logProbability(of count: Double) throws(StatisticsError) -> Double {
    try atCount(count, "log probability", otherwise: -.infinity) {
      SaddlePoint.logPoisson($0, mean: mean)
    }
  }

  /// P(X ≤ x).
  public func cumulative(_ x: Double) throws(StatisticsError) -> Double {
    try lowerTail(at: x) { $0 < .infinity ? cboost_poisson_cdf($0.rounded(.down), mean) : 1 }
  }

  /// P(X > x).
  public func complement(_ x: Double) throws(StatisticsError) -> Double {
    try upperTail(at: x) { $0 < .infinity ? cboost_poisson_ccdf($0.rounded(.down), mean) : 0 }
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
  public func draw(from stream: inout RandomStream) -> Double { stream.poisson(mean: mean) }
}
