import RealModule

/// A predictive distribution known from draws of it, on the model's scale.
///
/// Quantiles interpolate between the ordered draws (Hyndman and Fan's type 7). The density is a Gaussian kernel
/// estimate with Silverman's (1986) robust width, which the rolling origin needs for its score.
public struct SimulatedDistribution: PredictiveDistribution {
  /// The draws, in increasing order.
  public let draws: [Double]
  /// The mean on the model's scale.
  public let mean: Double
  private let width: Double

  /// A distribution from its draws, in any order.
  ///
  /// - Returns: nil unless there are at least two draws and all are finite.
  public init?(_ draws: [Double]) {
    guard draws.count >= 2, draws.allSatisfy(\.isFinite) else { return nil }
    let sorted = draws.sorted()
    let count = Double(sorted.count)
    let mean = sorted.reduce(0) { $0 + $1 / count }
    let variance = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    self.draws = sorted
    self.mean = mean
    let quartiles = Self.interpolated(sorted, 0.75) - Self.interpolated(sorted, 0.25)
    let spread = quartiles > 0 ? min(variance.squareRoot(), quartiles / 1.349) : variance.squareRoot()
    // A distribution without any spread is a point; the width only keeps its density finite.
    width = max(0.9 * spread * Double.pow(count, -0.2), 1e-12 * max(1, abs(mean)))
  }

  /// The kernel estimate of the density.
  public func density(_ x: Double) -> Double {
    // Draws further off than nine widths add nothing that a Double can hold beside the others.
    let first = firstIndex { $0 >= x - 9 * width }
    var sum = 0.0
    var index = first
    while index < draws.count, draws[index] <= x + 9 * width {
      let z = (x - draws[index]) / width
      sum += Double.exp(-0.5 * z * z)
      index += 1
    }
    return sum / (Double(draws.count) * width * (2 * Double.pi).squareRoot())
  }

  /// The share of draws no greater than `x`; NaN for NaN.
  public func cumulative(_ x: Double) -> Double {
    x.isNaN ? .nan : Double(firstIndex { $0 > x }) / Double(draws.count)
  }

  /// The quantile, interpolated between the ordered draws.
  public func quantile(_ probability: Double) throws(ForecastingError) -> Double {
    guard probability > 0, probability < 1 else { throw .probability(probability) }
    return Self.interpolated(draws, probability)
  }

  /// The average of the restored draws.
  public func mean(restoredBy sample: Sample) -> Double {
    draws.reduce(0) { $0 + sample.restored($1) / Double(draws.count) }
  }

  private static func interpolated(_ sorted: [Double], _ probability: Double) -> Double {
    let place = probability * Double(sorted.count - 1)
    let below = Int(place)
    guard below + 1 < sorted.count else { return sorted[sorted.count - 1] }
    return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
  }

  /// The first index at which a condition holds that, once true, stays true; the count where it never holds.
  private func firstIndex(_ condition: (Double) -> Bool) -> Int {
    var low = 0
    var high = draws.count
    while low < high {
      let middle = (low + high) / 2
      if condition(draws[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
