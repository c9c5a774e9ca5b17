import CBoostMath

/// The normal distribution.
public struct Normal: ContinuousDistribution, Equatable {
  /// The mean μ, in the units of the variable.
  public let mean: Double
  /// The standard deviation σ > 0, in the units of the variable.
  public let standardDeviation: Double

  /// A normal distribution; throws where `mean` is not finite or `standardDeviation` is not positive.
  public init(mean: Double = 0, standardDeviation: Double = 1) throws(StatisticsError) {
    try require(mean.isFinite, Self.title, "mean", mean, "a finite number")
    try require(
      isPositive(standardDeviation), Self.title, "standard deviation", standardDeviation,
      "a finite number above 0")
    self.mean = mean
    self.standardDeviation = standardDeviation
  }

  /// σ².
  public var variance: Double { standardDeviation * standardDeviation }

  /// The whole line.
  public var support: ClosedRange<Double> { -Double.infinity...Double.infinity }

  /// The density, in units of one over the variable's.
  public func density(_ x: Double) throws(StatisticsError) -> Double {
    try inside(x, "density", outside: 0) { cboost_normal_pdf($0, mean, standardDeviation) }
  }

  /// The logarithm of the density.
  public func logDensity(_ x: Double) throws(StatisticsError) -> Double {
    try inside(x, "log density", outside: -.infinity) {
      StandardNormal.logDensity(($0 - mean) / standardDeviation, scale: standardDeviation)
    }
  }

  /// P(X ≤ x).
  public func cumulative(_ x: Double) throws(StatisticsError) -> Double {
    try lowerTail(at: x) { cboost_normal_cdf($0, mean, standardDeviation) }
  }

  /// P(X > x).
  public func complement(_ x: Double) throws(StatisticsError) -> Double {
    try upperTail(at: x) { cboost_normal_ccdf($0, mean, standardDeviation) }
  }

  /// The value below which the probability is `p`.
  public func quantile(_ p: Double) throws(StatisticsError) -> Double {
    try inverse(at: p, zero: -.infinity, one: .infinity) {
      cboost_normal_quantile($0, mean, standardDeviation)
    }
  }

  /// The value above which the probability is `q`.
  public func complementQuantile(_ q: Double) throws(StatisticsError) -> Double {
    try inverse(at: q, zero: .infinity, one: -.infinity) {
      cboost_normal_cquantile($0, mean, standardDeviation)
    }
  }

  /// One draw, by inversion.
  public func draw(from stream: inout RandomStream) -> Double {
    mean + standardDeviation * stream.normal()
  }
}
