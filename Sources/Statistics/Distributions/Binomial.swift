import CBoostMath

/// The binomial distribution: successes in a number of independent trials.
public struct Binomial: DiscreteDistribution, Equatable {
  /// The number of trials n ≥ 0.
  public let trials: Int
  /// The probability of success in one trial, 0 to 1.
  public let probability: Double

  /// A binomial distribution; throws where `trials` is not from 0 to 10⁹, or `probability` is not
  /// from 0 to 1.
  public init(trials: Int, probability: Double) throws(StatisticsError) {
    try require(
      isWithinReach(Double(trials)), Self.title, "number of trials", Double(trials), "from 0 to 1e9")
    try require(
      probability >= 0 && probability <= 1, Self.title, "probability", probability, "from 0 to 1")
    self.trials = trials
    self.probability = probability
  }

  private var n: Double { Double(trials) }

  /// np.
  public var mean: Double { n * probability }

  /// np(1 − p).
  public var variance: Double { n * probability * (1 - probability) }

  /// 0...n, or the only count possible where the probability is 0 or 1.
  public var support: ClosedRange<Double> {
    probability == 0 ? 0...0 : probability == 1 ? n...n : 0...n
  }

  private var isCertain: Bool { support.lowerBound == support.upperBound }

  /// The probability of exactly `count` successes.
  public func probability(of count: Double) throws(StatisticsError) -> Double {
    try atCount(count, "probability", otherwise: 0) {
      isCertain ? 1 : cboost_binomial_pdf($0, n, probability)
    }
  }

  /// The logarithm of the probability, in Loader's form (2000).
  public func logProbability(of count: Double) throws(StatisticsError) -> Double {
    try atCount(count, "log probability", otherwise: -.infinity) {
      SaddlePoint.logBinomial(successes: $0, failures: n - $0, probability, 1 - probability)
    }
  }

  /// P(X ≤ x).
  public func cumulative(_ x: Double) throws(StatisticsError) -> Double {
    try lowerTail(at: x) { cboost_binomial_cdf($0.rounded(.down), n, probability) }
  }

  /// P(X > x).
  public func complement(_ x: Double) throws(StatisticsError) -> Double {
    try upperTail(at: x) { cboost_binomial_ccdf($0.rounded(.down), n, probability) }
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
    stream.binomial(trials: n, probability: probability)
  }
}
