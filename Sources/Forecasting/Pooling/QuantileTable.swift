import RealModule
import Statistics

/// A predictive distribution known by its quantiles at fixed probabilities.
///
/// Between them the quantile function is a straight line in the normal score of the probability, and beyond the last
/// it goes on as it went; so quantiles cannot cross.
struct QuantileTable: PredictiveDistribution {
  /// The probabilities above one half at which the quantiles stand; below it are their mirror images.
  private static let upper: [Double] = [
    0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.975, 0.99, 0.995, 0.999, 0.9998,
  ]
  /// The probabilities, in increasing order.
  static let probabilities: [Double] = upper.reversed().map { 1 - $0 } + [0.5] + upper
  /// Their normal scores.
  static let scores: [Double] = probabilities.map(StandardNormal.quantile)
  /// What each quantile counts in the mean: half of the probability on either side, and the tails at the ends.
  static let weights: [Double] = probabilities.indices.map { index in
    let below = index == 0 ? -probabilities[0] : probabilities[index - 1]
    let above = index == probabilities.count - 1 ? 2 - probabilities[index] : probabilities[index + 1]
    return (above - below) / 2
  }

  /// The quantiles, never decreasing.
  let quantiles: [Double]

  /// The weighted mean of the quantiles.
  var mean: Double {
    var sum = 0.0
    for (weight, quantile) in zip(Self.weights, quantiles) { sum += weight * quantile }
    return sum
  }

  /// The mean of the restored quantiles.
  func mean(restoredBy sample: Sample) -> Double {
    var sum = 0.0
    for (weight, quantile) in zip(Self.weights, quantiles) { sum += weight * sample.restored(quantile) }
    return sum
  }

  /// The quantile, on the line between its neighbours.
  func quantile(_ probability: Double) throws(ForecastingError) -> Double {
    guard probability > 0, probability < 1 else { throw .probability(probability) }
    return quantile(score: StandardNormal.quantile(probability))
  }

  /// The quantile at a normal score.
  func quantile(score: Double) -> Double {
    let cell = Self.cell { Self.scores[$0] <= score }
    let share = (score - Self.scores[cell]) / (Self.scores[cell + 1] - Self.scores[cell])
    return quantiles[cell] + share * (quantiles[cell + 1] - quantiles[cell])
  }

  /// The probability of a value no greater than `x`; NaN for NaN.
  func cumulative(_ x: Double) -> Double {
    if x.isNaN { return .nan }
    let cell = Self.cell { quantiles[$0] <= x }
    let width = quantiles[cell + 1] - quantiles[cell]
    guard width > 0 else { return x < quantiles[cell] ? 0 : 1 }
    let score =
      Self.scores[cell] + (x - quantiles[cell]) / width * (Self.scores[cell + 1] - Self.scores[cell])
    return StandardNormal.cumulative(score)
  }

  /// The density: that of the normal score, over the slope of the quantile function.
  func density(_ x: Double) -> Double {
    if x.isNaN { return .nan }
    let cell = Self.cell { quantiles[$0] <= x }
    let width = quantiles[cell + 1] - quantiles[cell]
    guard width > 0 else { return x == quantiles[cell] ? .greatestFiniteMagnitude : 0 }
    let slope = (Self.scores[cell + 1] - Self.scores[cell]) / width
    return StandardNormal.density(Self.scores[cell] + (x - quantiles[cell]) * slope) * slope
  }

  /// The cell whose left end is the last node for which a condition holds that, once false, stays false.
  private static func cell(_ holds: (Int) -> Bool) -> Int {
    var low = 0
    var high = scores.count - 1
    while low + 1 < high {
      let middle = (low + high) / 2
      if holds(middle) { low = middle } else { high = middle }
    }
    return low
  }
}
