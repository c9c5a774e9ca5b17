// The continuous ranked probability score of distributions that are known point by point.

extension SimulatedDistribution {
  /// The score of the empirical distribution of the restored draws:
  /// (1/n) Σ |xᵢ − y| − (1/n²) Σ (2i − n − 1) x₍ᵢ₎, by the draws in order.
  func rankedProbabilityScore(_ actual: Double, sample: Sample) -> Double {
    let count = Double(draws.count)
    var distance = 0.0
    var spread = 0.0
    // Measured from the value that came, so that large numbers do not cancel; the coefficients sum to zero.
    for (index, draw) in draws.enumerated() {
      let value = sample.restored(draw) - actual
      distance += abs(value)
      spread += (2 * Double(index + 1) - count - 1) * value
    }
    return max(0, distance / count - spread / count / count)
  }
}

extension CountMixture {
  /// The most counts that a score is summed over, one by one.
  static let longestLattice = 1 << 14

  /// The score as a sum over the counts; nil where there are too many.
  func rankedProbabilityScore(_ actual: Double) throws(ForecastingError) -> Double? {
    let first = (try quantile(Self.tail) / unitPerCount).rounded()
    let last = (try quantile(1 - Self.tail) / unitPerCount).rounded()
    guard last - first <= Double(Self.longestLattice) else { return nil }
    // Below the first count nothing is likely and above the last everything: the step alone counts there.
    var sum = max(0, first * unitPerCount - actual) + max(0, actual - last * unitPerCount)
    for index in 0..<Int(last - first) {
      let lower = (first + Double(index)) * unitPerCount
      let upper = (first + Double(index + 1)) * unitPerCount
      let probability = cumulative(lower)
      let split = min(max(actual, lower), upper)
      sum +=
        probability * probability * (split - lower)
        + (1 - probability) * (1 - probability) * (upper - split)
    }
    return sum
  }

  private static let tail = 1e-10
}
