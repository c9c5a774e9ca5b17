import Statistics

/// A distribution as a few points with weights, dense in the middle and reaching far into the tails.
struct MixtureNodes {
  /// The points, in increasing order.
  var points: [Double]
  /// Their weights, the same for every distribution; they sum to one.
  static let weights: [Double] = {
    let borders = scores.indices.dropFirst().map {
      StandardNormal.cumulative((scores[$0 - 1] + scores[$0]) / 2)
    }
    return zip(borders + [1], [0] + borders).map { $0 - $1 }
  }()
  /// The probabilities at which the points are quantiles.
  static let probabilities: [Double] = scores.map(StandardNormal.cumulative)
  /// The normal scores of the points.
  private static let scores: [Double] = [
    -3.2, -2.4, -1.9, -1.5, -1.15, -0.8, -0.5, -0.25, 0, 0.25, 0.5, 0.8, 1.15, 1.5, 1.9, 2.4, 3.2,
  ]

  /// All weight at one point: what is known.
  init(known point: Double) { points = [Double](repeating: point, count: Self.weights.count) }

  /// The quantiles of a mixture of Student's t distributions with common degrees of freedom.
  init(_ components: [(weight: Double, location: Double, scale: Double)], table: StudentTable) {
    func cumulative(_ x: Double) -> Double {
      components.reduce(0) { $0 + $1.weight * table.cumulative((x - $1.location) / $1.scale) }
    }
    let least = components.reduce(Double.infinity) { min($0, $1.location - 60 * $1.scale) }
    let greatest = components.reduce(-Double.infinity) { max($0, $1.location + 60 * $1.scale) }
    points = []
    points.reserveCapacity(Self.weights.count)
    for probability in Self.probabilities {
      let lower = points.last ?? least
      points.append(Bracket.solve(lower: lower, upper: greatest) { cumulative($0) - probability })
    }
  }
}

/// The root of an increasing function between two bounds, by the Illinois form of the false position.
enum Bracket {
  static func solve(lower: Double, upper: Double, _ function: (Double) -> Double) -> Double {
    var (low, high) = (lower, upper)
    var (below, above) = (function(low), function(high))
    if below >= 0 { return low }
    if above <= 0 { return high }
    let tolerance = 1e-7 * (upper - lower)
    var side = 0
    for round in 0..<80 where high - low > tolerance {
      // Every third step halves, so that a flat tail cannot hold the search up.
      let x = round % 3 == 2 ? (low + high) / 2 : (low * above - high * below) / (above - below)
      let value = function(x)
      if abs(value) < 1e-7 { return x }
      if value < 0 {
        (low, below) = (x, value)
        if side == -1 { above /= 2 }
        side = -1
      } else {
        (high, above) = (x, value)
        if side == 1 { below /= 2 }
        side = 1
      }
    }
    return (low + high) / 2
  }
}
