/// A probability distribution on the real line.
///
/// Functions take and give plain numbers and throw ``StatisticsError`` where no number is right: at NaN, for a
/// probability outside 0...1, or where the numerical method did not converge.
public protocol Distribution: Sendable {
  /// The expected value; NaN where it does not exist (Student's t with one degree of freedom or fewer).
  var mean: Double { get }

  /// The variance; infinite where it diverges, NaN where the mean does not exist.
  var variance: Double { get }

  /// The smallest closed interval that holds all the probability.
  var support: ClosedRange<Double> { get }

  /// The distribution function, P(X ≤ x), at any `x` including the infinities.
  func cumulative(_ x: Double) throws(StatisticsError) -> Double

  /// The upper tail, P(X > x), computed directly so that small tails keep their digits.
  func complement(_ x: Double) throws(StatisticsError) -> Double

  /// The smallest value at which the distribution function reaches `p`, for `p` from 0 to 1.
  ///
  /// `quantile(0)` and `quantile(1)` are the ends of the ``support``.
  func quantile(_ p: Double) throws(StatisticsError) -> Double

  /// The smallest value at which the upper tail has fallen to `q`: the quantile of 1 − q, without the rounding
  /// of 1 − q.
  func complementQuantile(_ q: Double) throws(StatisticsError) -> Double

  /// One draw from the distribution, taken from `stream`.
  func draw(from stream: inout RandomStream) -> Double
}

/// A distribution that has a density.
public protocol ContinuousDistribution: Distribution {
  /// The density at `x`: zero outside the support, infinite at a pole.
  func density(_ x: Double) throws(StatisticsError) -> Double

  /// The natural logarithm of the density, finite where the density itself would underflow.
  func logDensity(_ x: Double) throws(StatisticsError) -> Double
}

/// A distribution of counts 0, 1, 2, …
public protocol DiscreteDistribution: Distribution {
  /// The probability of exactly `count`: zero where `count` is not a whole number of the support.
  func probability(of count: Double) throws(StatisticsError) -> Double

  /// The natural logarithm of ``probability(of:)``, finite where the probability itself would underflow.
  func logProbability(of count: Double) throws(StatisticsError) -> Double
}

extension Distribution {
  /// The square root of the variance.
  public var standardDeviation: Double { variance.squareRoot() }
}
