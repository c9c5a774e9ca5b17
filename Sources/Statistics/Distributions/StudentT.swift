import CBoostMath

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Student's t distribution, moved and stretched: location + scale × t.
public struct StudentT: ContinuousDistribution, Equatable {
  /// The degrees of freedom ν > 0, whole or not.
  public let degreesOfFreedom: Double
  /// The centre of symmetry, in the units of the variable.
  public let location: Double
  /// The scale > 0, in the units of the variable; not the standard deviation.
  public let scale: Double

  /// A Student's t distribution; throws where `degreesOfFreedom` or `scale` is not positive and finite, or
  /// `location` is not finite.
  public init(
    degreesOfFreedom: Double, location: Double = 0, scale: Double = 1
  ) throws(StatisticsError) {
    try require(
      isPositive(degreesOfFreedom), Self.title, "degrees of freedom", degreesOfFreedom,
      "a finite number above 0")
    try require(location.isFinite, Self.title, "location", location, "a finite number")
    try require(isPositive(scale), Self.title, "scale", scale, "a finite number above 0")
    self.degreesOfFreedom = degreesOfFreedom
    self.location = location
    self.scale = scale
  }

  /// The location; NaN for ν ≤ 1, where no mean exists.
  public var mean: Double { degreesOfFreedom > 1 ? location : .nan }

  /// scale² ν / (ν − 2); infinite for 1 < ν ≤ 2 and NaN for ν ≤ 1.
  public var variance: Double {
    if degreesOfFreedom > 2 { return scale * scale * (degreesOfFreedom / (degreesOfFreedom - 2)) }
    return degreesOfFreedom > 1 ? .infinity : .nan
  }

  /// The whole line.
  public var support: ClosedRange<Double> { -Double.infinity...Double.infinity }

  private func standardised(_ x: Double) -> Double { (x - location) / scale }

  /// The density, in units of one over the variable's.
  public func density(_ x: Double) throws(StatisticsError) -> Double {
    try inside(x, "density", outside: 0) {
      cboost_student_t_pdf(standardised($0), degreesOfFreedom) / scale
    }
  }

  /// The logarithm of the density, with the constant in Loader's form (2000), which does not cancel for large ν.
  public func logDensity(_ x: Double) throws(StatisticsError) -> Double {
    try inside(x, "log density", outside: -.infinity) { x in
      let n = degreesOfFreedom
      let t = standardised(x)
      let constant =
        SaddlePoint.stirlingError((n + 1) / 2) - SaddlePoint.stirlingError(n / 2)
        - SaddlePoint.deviance(n / 2, from: (n + 1) / 2)
      let ratio = t * t / n
      // Half of log(1 + t²/ν), and ν times it; each regime keeps the digits that the others lose.
      let half: Double
      let exponent: Double
      if ratio > 1 / Double.ulpOfOne {
        half = log(abs(t)) - 0.5 * log(n)
        exponent = n * half
      } else if ratio > 0.2 {
        half = 0.5 * log(1 + ratio)
        exponent = n * half
      } else {
        half = 0.5 * log1p(ratio)
        exponent = 0.5 * t * t - SaddlePoint.deviance(n / 2, from: (n + t * t) / 2)
      }
      return constant - exponent - 0.5 * SaddlePoint.logTwoPi - half - log(scale)
    }
  }

  /// P(X ≤ x).
  public func cumulative(_ x: Double) throws(StatisticsError) -> Double {
    try lowerTail(at: x) { cboost_student_t_cdf(standardised($0), degreesOfFreedom) }
  }

  /// P(X > x).
  public func complement(_ x: Double) throws(StatisticsError) -> Double {
    try upperTail(at: x) { cboost_student_t_ccdf(standardised($0), degreesOfFreedom) }
  }

  /// The value below which the probability is `p`.
  public func quantile(_ p: Double) throws(StatisticsError) -> Double {
    try inverse(at: p, zero: -.infinity, one: .infinity) {
      location + scale * cboost_student_t_quantile($0, degreesOfFreedom)
    }
  }

  /// The value above which the probability is `q`.
  public func complementQuantile(_ q: Double) throws(StatisticsError) -> Double {
    try inverse(at: q, zero: .infinity, one: -.infinity) {
      location + scale * cboost_student_t_cquantile($0, degreesOfFreedom)
    }
  }

  /// One draw.
  public func draw(from stream: inout RandomStream) -> Double {
    location + scale * stream.studentT(degreesOfFreedom: degreesOfFreedom)
  }
}
