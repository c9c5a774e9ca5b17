import CBoostMath

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The gamma distribution by shape and scale: mean = shape × scale.
public struct Gamma: ContinuousDistribution, Equatable {
  /// The shape k > 0.
  public let shape: Double
  /// The scale θ > 0, in the units of the variable.
  public let scale: Double

  /// A gamma distribution; throws where `shape` is not above 0 and at most 10⁹, or `scale` is not positive and
  /// finite.
  public init(shape: Double, scale: Double = 1) throws(StatisticsError) {
    try require(shape > 0 && isWithinReach(shape), Self.title, "shape", shape, "above 0 and at most 1e9")
    try require(isPositive(scale), Self.title, "scale", scale, "a finite number above 0")
    self.shape = shape
    self.scale = scale
  }

  /// The chi-squared distribution: the gamma with shape ν/2 and scale 2.
  public static func chiSquared(degreesOfFreedom: Double) throws(StatisticsError) -> Gamma {
    try require(
      degreesOfFreedom > 0 && isWithinReach(degreesOfFreedom / 2), "chi-squared", "degrees of freedom",
      degreesOfFreedom, "above 0 and at most 2e9")
    return try Gamma(shape: degreesOfFreedom / 2, scale: 2)
  }

  /// kθ.
  public var mean: Double { shape * scale }

  /// kθ².
  public var variance: Double { shape * scale * scale }

  /// 0 to infinity.
  public var support: ClosedRange<Double> { 0...Double.infinity }

  /// The density at 0, where Boost 1.74 gives 0 whatever the shape.
  private var densityAtZero: Double { shape < 1 ? .infinity : shape == 1 ? 1 / scale : 0 }

  /// The density, in units of one over the variable's; infinite at 0 for a shape below 1.
  public func density(_ x: Double) throws(StatisticsError) -> Double {
    try inside(x, "density", outside: 0) {
      $0 == 0 ? densityAtZero : cboost_gamma_pdf($0, shape, scale)
    }
  }

  /// The logarithm of the density, as Poisson probabilities of the shape (Loader 2000).
  public func logDensity(_ x: Double) throws(StatisticsError) -> Double {
    try inside(x, "log density", outside: -.infinity) { x in
      if x == 0 { return log(densityAtZero) }
      if shape < 1 {
        return SaddlePoint.logPoisson(shape, mean: x / scale) + log(shape) - log(x)
      }
      return SaddlePoint.logPoisson(shape - 1, mean: x / scale) - log(scale)
    }
  }

  /// P(X ≤ x).
  public func cumulative(_ x: Double) throws(StatisticsError) -> Double {
    try lowerTail(at: x) { cboost_gamma_cdf($0, shape, scale) }
  }

  /// P(X > x).
  public func complement(_ x: Double) throws(StatisticsError) -> Double {
    try upperTail(at: x) { cboost_gamma_ccdf($0, shape, scale) }
  }

  /// The value below which the probability is `p`.
  public func quantile(_ p: Double) throws(StatisticsError) -> Double {
    try inverse(at: p, zero: 0, one: .infinity) { cboost_gamma_quantile($0, shape, scale) }
  }

  /// The value above which the probability is `q`.
  public func complementQuantile(_ q: Double) throws(StatisticsError) -> Double {
    try inverse(at: q, zero: .infinity, one: 0) { cboost_gamma_cquantile($0, shape, scale) }
  }

  /// One draw.
  public func draw(from stream: inout RandomStream) -> Double {
    stream.gamma(shape: shape, scale: scale)
  }
}
