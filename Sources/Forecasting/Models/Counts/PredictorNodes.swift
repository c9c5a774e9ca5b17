import RealModule
import Statistics

/// The nodes of an integral over a normally distributed linear predictor.
///
/// The trapezoidal rule on the whole line is exact but for an error that falls exponentially with the square of a
/// feature's width over the step (Trefethen and Weideman, 2014): a step of nine tenths of the narrowest feature leaves
/// less than a millionth. What is integrated, a probability of counts, is about as wide in the predictor as a count's own
/// noise, and the product with the normal density narrower than either.
enum PredictorNodes {
  /// Beyond this many standard deviations lies less than 10⁻⁸ of the normal distribution.
  private static let reach = 5.75
  /// So many nodes are enough unless the predictor is a thousand times less sure than a count given it.
  private static let most = 2001

  /// Nodes and weights for a predictor.
  ///
  /// - Parameters:
  ///   - centre: its mean.
  ///   - deviation: its standard deviation.
  ///   - width: the standard deviation of a count's noise, carried to the predictor, at a predictor.
  static func nodes(
    centre: Double, deviation: Double, width: (Double) -> Double
  ) -> [(predictor: Double, weight: Double)] {
    guard deviation > 0 else { return [(centre, 1)] }
    // In units of the deviation; the narrowest over the part of the line that carries weight.
    var narrowest = Double.infinity
    for z in stride(from: -4.0, through: 4.0, by: 1.0) {
      narrowest = min(narrowest, width(centre + z * deviation) / deviation)
    }
    let product = narrowest.isFinite ? narrowest / (1 + narrowest * narrowest).squareRoot() : 1
    let half = Int(min(Double(most / 2), (reach / (0.9 * product)).rounded(.up)))
    return (-half...half).map { index in
      let z = reach * Double(index) / Double(half)
      return (centre + z * deviation, Double.exp(-0.5 * z * z))
    }
  }
}
