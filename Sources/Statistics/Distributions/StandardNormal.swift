#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The normal distribution with mean 0 and variance 1, in functions that neither throw nor allocate.
///
/// For inner loops; ``Normal`` is the checked form. NaN goes in and NaN comes out.
public enum StandardNormal {
  /// The value z with P(Z ≤ z) = p: algorithm AS 241, PPND16, of M. J. Wichura, "The percentage points of the
  /// normal distribution", Applied Statistics 37 (1988), 477–484; relative error about 10⁻¹⁶.
  ///
  /// −∞ at 0, +∞ at 1, NaN outside 0...1.
  @inlinable
  public static func quantile(_ p: Double) -> Double {
    let q = p - 0.5
    if abs(q) <= 0.425 {
      let r = 0.180625 - q * q
      return q * ratio(r, central.0, central.1)
    }
    guard p > 0, p < 1 else {
      return p == 0 ? -.infinity : p == 1 ? .infinity : .nan
    }
    let r = (-log(q < 0 ? p : 1 - p)).squareRoot()
    let z = r <= 5 ? ratio(r - 1.6, middle.0, middle.1) : ratio(r - 5, far.0, far.1)
    return q < 0 ? -z : z
  }

  /// P(Z ≤ z), by the complementary error function so that the lower tail keeps its digits.
  ///
  /// The relative error in the tail is about z² units of rounding, since z/√2 is itself rounded.
  @inlinable
  public static func cumulative(_ z: Double) -> Double {
    0.5 * erfc(-z * 0.707106781186547524400844362105)
  }

  /// P(Z > z), which is `cumulative(-z)`.
  @inlinable
  public static func complement(_ z: Double) -> Double { cumulative(-z) }

  /// The density at z.
  @inlinable
  public static func density(_ z: Double) -> Double { exp(logDensity(z)) }

  /// The logarithm of the density of a normal variable with standard deviation `scale`, at `z` of them from its
  /// mean.
  @inlinable
  public static func logDensity(_ z: Double, scale: Double = 1) -> Double {
    -0.5 * z * z - 0.918938533204672741780329736406 - log(scale)
  }

  // Eight coefficients each of a numerator and a denominator, highest power first. Tuples, because a static array
  // would be reached through a lazy initialiser on every call.
  @usableFromInline typealias Coefficients = (
    Double, Double, Double, Double, Double, Double, Double, Double
  )

  @inlinable
  static func ratio(_ r: Double, _ a: Coefficients, _ b: Coefficients) -> Double {
    horner(r, a) / horner(r, b)
  }

  @inlinable
  static func horner(_ r: Double, _ c: Coefficients) -> Double {
    ((((((c.0 * r + c.1) * r + c.2) * r + c.3) * r + c.4) * r + c.5) * r + c.6) * r + c.7
  }

  @inlinable static var central: (Coefficients, Coefficients) {
    (
      (
        2.5090809287301226727e+3, 3.3430575583588128105e+4, 6.7265770927008700853e+4,
        4.5921953931549871457e+4, 1.3731693765509461125e+4, 1.9715909503065514427e+3,
        1.3314166789178437745e+2, 3.3871328727963666080
      ),
      (
        5.2264952788528545610e+3, 2.8729085735721942674e+4, 3.9307895800092710610e+4,
        2.1213794301586595867e+4, 5.3941960214247511077e+3, 6.8718700749205790830e+2,
        4.2313330701600911252e+1, 1
      )
    )
  }

  @inlinable static var middle: (Coefficients, Coefficients) {
    (
      (
        7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1,
        1.27045825245236838258, 3.64784832476320460504, 5.76949722146069140550,
        4.63033784615654529590, 1.42343711074968357734
      ),
      (
        1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2,
        1.48103976427480074590e-1, 6.89767334985100004550e-1, 1.67638483018380384940,
        2.05319162663775882187, 1
      )
    )
  }

  @inlinable static var far: (Coefficients, Coefficients) {
    (
      (
        2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3,
        2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580,
        5.46378491116411436990, 6.65790464350110377720
      ),
      (
        2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5,
        7.86869131145613259100e-4, 1.48753612908506148525e-2, 1.36929880922735805310e-1,
        5.99832206555887937690e-1, 1
      )
    )
  }
}
