import RealModule
import Statistics

/// Draws from a normal distribution of which only an interval is possible.
enum TruncatedNormal {
  /// Further out than so many standard deviations the distribution function has no digits left to invert.
  private static let farTail = 35.0

  /// A draw, by inversion of one uniform; in the far tail, where the density falls off as an exponential does
  /// (C. P. Robert, "Simulation of truncated normal variables", 1995), by inversion of that.
  ///
  /// - Parameters:
  ///   - mean: the mean before truncation; finite.
  ///   - deviation: the standard deviation before truncation; positive and finite.
  ///   - lower: the least value, which may be −∞.
  ///   - upper: the greatest value, not below the least; may be ∞.
  ///   - stream: where the uniform comes from.
  static func draw(
    mean: Double, deviation: Double, lower: Double, upper: Double, from stream: inout RandomStream
  ) -> Double {
    guard lower < upper else { return lower }
    let uniform = stream.uniform()
    var (a, b) = ((lower - mean) / deviation, (upper - mean) / deviation)
    // Mirrored into the lower tail, where the distribution function keeps its digits.
    let isMirrored = a > 0
    if isMirrored { (a, b) = (-b, -a) }
    let z: Double
    if b < -farTail {
      let rate = -b
      z = b + Double.log(onePlus: uniform * Double.expMinusOne(rate * (a - b))) / rate
    } else {
      let below = StandardNormal.cumulative(a)
      z = StandardNormal.quantile(below + uniform * (StandardNormal.cumulative(b) - below))
    }
    let drawn = mean + deviation * (isMirrored ? -z : z)
    return min(max(drawn, lower), upper)
  }
}
