import RealModule
import Statistics

/// The choice of the power in the transformation of G. E. P. Box and D. R. Cox, "An analysis of transformations" (1964).
enum BoxCox {
  /// The powers that are considered: beyond them a forecast carried back to the unit is all tail.
  static let powers = -1.0...2.0

  /// The power that makes changes from one value to the next most nearly normal and equally wide: the greatest profile
  /// likelihood of a random walk with drift, to three decimals.
  ///
  /// - Parameters:
  ///   - values: positive values in the order of time.
  ///   - series: who they are of, for errors.
  /// - Returns: the power; 1 where fewer than four values, or values that never change, say nothing.
  /// - Throws: ``ForecastingError/scale(series:problem:)`` where the likelihood cannot be computed.
  static func power(of values: [Double], series: String) throws(ForecastingError) -> Double {
    let logs = values.map { Double.log($0) }
    guard values.count >= 4, let first = values.first, values.contains(where: { $0 != first }) else {
      return 1
    }
    // The geometric mean makes the likelihoods of different powers comparable.
    let mean = logs.reduce(0) { $0 + $1 / Double(logs.count) }
    let found = try? minimiseUnivariate(lower: powers.lowerBound, upper: powers.upperBound, tolerance: 1e-5) {
      power in
      let transformed = logs.map {
        let z = power * ($0 - mean)
        return abs(power) < 1e-9 ? $0 - mean : Double.expMinusOne(z) / power
      }
      let changes = zip(transformed.dropFirst(), transformed).map { $0 - $1 }
      let drift = changes.reduce(0) { $0 + $1 / Double(changes.count) }
      return changes.reduce(0) { $0 + ($1 - drift) * ($1 - drift) }
    }
    guard let found, found.point.isFinite, found.value.isFinite else {
      throw .scale(
        series: series,
        problem: "no power of Box and Cox can be found for these values; write the power, as in box-cox(0.5)")
    }
    return (found.point * 1000).rounded() / 1000
  }
}
