#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

// Draws for inner loops: nothing is thrown or allocated. A parameter outside the stated domain gives NaN and takes
// nothing from the stream; parameters that come from data belong in the validated distributions, whose
// `draw(from:)` calls these.
extension RandomStream {
  /// A uniform draw from the open interval (0, 1): one of the 2⁵³ − 1 multiples of 2⁻⁵³ inside it.
  ///
  /// Neither 0 nor 1 occurs, so that logarithms and quantiles of it are finite, and u is exactly as likely as
  /// 1 − u.
  @inlinable
  public mutating func uniform() -> Double {
    var bits: UInt64
    repeat { bits = next() >> 11 } while bits == 0
    return Double(bits) * 0x1p-53
  }

  /// A standard normal draw by inversion of one uniform.
  ///
  /// One uniform for each normal, and the normal increasing in it: scenarios that share a stream stay in step and
  /// move the same way, which pairs such as Box and Muller's or a rejection would break.
  @inlinable
  public mutating func normal() -> Double { StandardNormal.quantile(uniform()) }

  /// An exponential draw with mean 1, by inversion.
  @inlinable
  public mutating func exponential() -> Double { -log(uniform()) }

  /// A gamma draw with mean `shape` × `scale`, for `shape` and `scale` positive and finite; otherwise NaN.
  ///
  /// G. Marsaglia and W. W. Tsang, "A simple method for generating gamma variables" (2000); below a shape of 1, a
  /// gamma of shape + 1 times u^(1/shape). For shapes under about 0.01 many draws underflow to 0, as they should.
  public mutating func gamma(shape: Double, scale: Double = 1) -> Double {
    guard isPositive(shape), isPositive(scale) else { return .nan }
    if shape >= 1 { return scale * gammaAboveOne(shape) }
    return scale * gammaAboveOne(shape + 1) * pow(uniform(), 1 / shape)
  }

  /// The logarithm of a gamma draw of scale 1, which does not underflow for small shapes.
  mutating func logGamma(shape: Double) -> Double {
    if shape >= 1 { return log(gammaAboveOne(shape)) }
    return log(gammaAboveOne(shape + 1)) + log(uniform()) / shape
  }

  private mutating func gammaAboveOne(_ shape: Double) -> Double {
    let d = shape - 1 / 3.0
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal()
      let y = c * x
      guard y > -1 else { continue }
      // v = (1 + y)³ less 1. The paper's 1 − v + log v cancels to rounding error, which d would then multiply.
      let excess = y * (3 + y * (3 + y))
      let u = uniform()
      let square = x * x
      if u < 1 - 0.0331 * square * square { return d + d * excess }
      if log(u) < 0.5 * square + d * (log1p(excess) - excess) { return d + d * excess }
    }
  }

  /// A chi-squared draw, for `degreesOfFreedom` positive and finite; otherwise NaN.
  public mutating func chiSquared(degreesOfFreedom: Double) -> Double {
    gamma(shape: degreesOfFreedom / 2, scale: 2)
  }

  /// A draw of Student's t, for `degreesOfFreedom` positive and finite; otherwise NaN. For a fraction of a degree
  /// a draw may overflow to an infinity.
  public mutating func studentT(degreesOfFreedom: Double) -> Double {
    guard isPositive(degreesOfFreedom) else { return .nan }
    let z = normal()
    let shape = degreesOfFreedom / 2
    if shape >= 1 { return z / (gammaAboveOne(shape) / shape).squareRoot() }
    // A chi-squared that underflows would make 0/0 of a z of 0; in logarithms it does not.
    let magnitude = exp(log(abs(z)) - 0.5 * (logGamma(shape: shape) - log(shape)))
    return z < 0 ? -magnitude : magnitude
  }

  /// A beta draw, for `alpha` and `beta` positive and finite; otherwise NaN.
  ///
  /// X/(X + Y) of two gamma draws, in logarithms, since for small shapes both may underflow.
  public mutating func beta(alpha: Double, beta: Double) -> Double {
    guard isPositive(alpha), isPositive(beta) else { return .nan }
    if alpha >= 1, beta >= 1 {
      let x = gammaAboveOne(alpha)
      let y = gammaAboveOne(beta)
      return 1 / (1 + y / x)
    }
    let logX = logGamma(shape: alpha)
    let logY = logGamma(shape: beta)
    return 1 / (1 + exp(logY - logX))
  }

  /// A draw from ``PERT``, for minimum ≤ mode ≤ maximum with a finite range; otherwise NaN. The value itself where
  /// minimum equals maximum.
  public mutating func pert(minimum: Double, mode: Double, maximum: Double) -> Double {
    let range = maximum - minimum
    guard minimum <= mode, mode <= maximum, range.isFinite else { return .nan }
    guard range > 0 else { return minimum }
    let alpha = 1 + 4 * ((mode - minimum) / range)
    let beta = 1 + 4 * ((maximum - mode) / range)
    return Swift.min(minimum + range * self.beta(alpha: alpha, beta: beta), maximum)
  }

  /// A Dirichlet draw: proportions that sum to 1, one for each concentration, written into `proportions`.
  ///
  /// All the proportions are NaN unless the buffers are of one length and every concentration is positive and
  /// finite. Gamma draws in logarithms, so that small concentrations give a single 1 and not 0/0.
  public mutating func dirichlet(
    _ concentrations: UnsafeBufferPointer<Double>, into proportions: UnsafeMutableBufferPointer<Double>
  ) {
    guard concentrations.count == proportions.count, concentrations.allSatisfy(isPositive) else {
      for i in proportions.indices { proportions[i] = .nan }
      return
    }
    var greatest = -Double.infinity
    for i in proportions.indices {
      let value = logGamma(shape: concentrations[i])
      proportions[i] = value
      greatest = Swift.max(greatest, value)
    }
    var sum = 0.0
    for i in proportions.indices {
      let value = exp(proportions[i] - greatest)
      proportions[i] = value
      sum += value
    }
    for i in proportions.indices { proportions[i] /= sum }
  }
}
