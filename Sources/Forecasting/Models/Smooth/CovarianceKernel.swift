import RealModule

/// How alike a Gaussian process is at two times, by their distance over the length scale (Rasmussen and Williams, 2006,
/// chapter 4).
public enum CovarianceKernel: String, Hashable, Sendable, CaseIterable {
  /// exp(−r²/2): curves that can be differentiated for ever.
  case squaredExponential = "squared-exponential"
  /// (1 + √3 r) exp(−√3 r): curves with a slope.
  case matern32 = "matern-3/2"
  /// (1 + √5 r + 5r²/3) exp(−√5 r): curves with a slope and a curvature.
  case matern52 = "matern-5/2"

  /// The correlation at a distance r in length scales, and its derivative by the logarithm of the length scale.
  func correlation(_ r: Double) -> (value: Double, slope: Double) {
    switch self {
    case .squaredExponential:
      let value = Double.exp(-0.5 * r * r)
      return (value, r * r * value)
    case .matern32:
      let s = 3.0.squareRoot() * r
      let decay = Double.exp(-s)
      return ((1 + s) * decay, s * s * decay)
    case .matern52:
      let s = 5.0.squareRoot() * r
      let decay = Double.exp(-s)
      return ((1 + s + s * s / 3) * decay, s * s * (1 + s) / 3 * decay)
    }
  }

  /// The correlation of a process that repeats every `period` (MacKay, 1998), at a distance in periods of the sample, and
  /// its derivative by the logarithm of the length scale.
  static func periodic(_ distance: Int, period: Int, lengthScale: Double) -> (value: Double, slope: Double) {
    let sine = Double.sin(Double.pi * Double(distance % period) / Double(period)) / lengthScale
    let value = Double.exp(-2 * sine * sine)
    return (value, 4 * sine * sine * value)
  }
}
