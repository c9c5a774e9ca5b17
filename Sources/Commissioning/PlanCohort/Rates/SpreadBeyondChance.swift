/// One observation of a rate: how many, and out of how many (or per how much).
public struct RateObservation: Hashable, Sendable {
  /// The count.
  public let count: Double
  /// What it is counted out of: trials of a share, or the exposure of a ratio.
  public let exposure: Double

  /// States an observation; ``ShrunkRate/estimated(_:own:comparators:service:what:)`` refuses what cannot be
  /// one.
  public init(count: Double, exposure: Double) {
    self.count = count
    self.exposure = exposure
  }

  var rate: Double { count / exposure }
}

/// How far rates differ beyond chance, by the method of moments of R. C. Paule and J. Mandel, "Consensus
/// values and
/// weighting factors" (1982): the added variance at which the weighted sum of squares is what it should be.
///
/// Weighted moments and not a likelihood: they need no law for the spread, and the sum falls as the added
/// variance
/// grows, so that there is one answer and a bisection finds it.
enum SpreadBeyondChance {
  /// One estimate: its value, and the variance that chance alone gives it, as a multiple of a common unit.
  struct Estimate {
    let value: Double
    let chance: Double
  }

  /// The weighted mean of estimates whose variances are chance + spread, and the variance of that mean.
  static func mean(_ estimates: [Estimate], spread: Double) -> (value: Double, variance: Double) {
    var weights = 0.0
    var sum = 0.0
    for estimate in estimates {
      let weight = 1 / (estimate.chance + spread)
      weights += weight
      sum += weight * estimate.value
    }
    return (sum / weights, 1 / weights)
  }

  /// The spread, 0 or more, at which the groups' squared deviations from their own weighted means, each
  /// divided by
  /// its variance, sum to the number of estimates less the number of groups; nil where no group has two.
  ///
  /// - Parameters:
  ///   - groups: Estimates that share a mean within each group.
  ///   - unit: What one unit of variance is worth, for the mean of a group.
  static func spread(_ groups: [[Estimate]], unit: (Double) -> Double) -> Double? {
    let usable = groups.filter { $0.count > 1 && unit(mean($0, spread: 0).value) > 0 }
    let freedom = Double(usable.reduce(0) { $0 + $1.count - 1 })
    guard freedom > 0 else { return nil }
    func excess(_ spread: Double) -> Double {
      var sum = 0.0
      for group in usable {
        let centre = mean(group, spread: spread).value
        let scale = unit(centre)
        guard scale > 0 else { continue }
        for estimate in group {
          let deviation = estimate.value - centre
          sum += deviation * deviation / (scale * (estimate.chance + spread))
        }
      }
      return sum - freedom
    }
    guard excess(0) > 0 else { return 0 }
    var high = 1e-6
    while excess(high) > 0, high < 1e12 { high *= 4 }
    var low = 0.0
    for _ in 0..<80 {
      let middle = (low + high) / 2
      if excess(middle) > 0 { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
