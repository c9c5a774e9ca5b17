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
/// values and weighting factors" (1982): the added variance at which the weighted sum of squares is what it
/// should be. Each square is bounded after P. J. Huber, "Robust estimation of a location parameter" (1964),
/// because returns hold years that are plainly wrong, and one of them would otherwise be the whole spread.
///
/// Weighted moments and not a likelihood: they need no law for the spread, and the sum falls as the added
/// variance grows, so that there is one answer and a bisection finds it.
enum SpreadBeyondChance {
  /// One estimate: its value, and the variance that chance alone gives it, as a multiple of a common unit.
  struct Estimate {
    let value: Double
    let chance: Double
  }

  /// The standardised deviation from which an estimate counts as no further away.
  static let bound = 1.5
  /// The mean of the square of a standard normal, bounded so: what a square should be on average.
  private static let boundedSquare = 0.7784652161744698

  /// The mean of estimates whose variances are (chance + spread) units, each weighted by its variance and,
  /// where it stands further off than ``bound``, by how much; and the variance of that mean, in units.
  ///
  /// `unit` says what one unit of variance is worth at a mean.
  static func mean(
    _ estimates: [Estimate], spread: Double, unit: (Double) -> Double
  ) -> (value: Double, variance: Double) {
    var centre = weightedMedian(estimates, spread: spread)
    var weights = 0.0
    // From the weighted median a few steps settle the last digit that matters here.
    for _ in 0..<30 {
      weights = 0
      var sum = 0.0
      let scale = unit(centre)
      for estimate in estimates {
        let variance = estimate.chance + spread
        var weight = 1 / variance
        let distance = abs(estimate.value - centre)
        let deviation = (scale * variance).squareRoot()
        if estimates.count > 2, deviation > 0, distance > bound * deviation {
          weight *= bound * deviation / distance
        }
        weights += weight
        sum += weight * estimate.value
      }
      let next = sum / weights
      let moved = abs(next - centre)
      centre = next
      if moved <= 1e-14 * abs(centre) { break }
    }
    return (centre, 1 / weights)
  }

  /// The value at which half of the weight has been passed.
  private static func weightedMedian(_ estimates: [Estimate], spread: Double) -> Double {
    let sorted = estimates.sorted { $0.value < $1.value }
    let half = sorted.reduce(0) { $0 + 1 / ($1.chance + spread) } / 2
    var passed = 0.0
    for estimate in sorted {
      passed += 1 / (estimate.chance + spread)
      if passed >= half { return estimate.value }
    }
    return sorted.last?.value ?? 0
  }

  /// The spread, 0 or more, at which the groups' bounded squared deviations from their own means, each
  /// divided by its variance, sum to what they should; nil where no group has two.
  ///
  /// - Parameters:
  ///   - groups: Estimates that share a mean within each group.
  ///   - unit: What one unit of variance is worth, for the mean of a group.
  static func spread(_ groups: [[Estimate]], unit: (Double) -> Double) -> Double? {
    let usable = groups.filter { $0.count > 1 && unit(mean($0, spread: 0, unit: unit).value) > 0 }
    let number = Double(usable.reduce(0) { $0 + $1.count })
    guard number > 0 else { return nil }
    func excess(_ spread: Double) -> Double {
      var sum = 0.0
      for group in usable {
        let centre = mean(group, spread: spread, unit: unit).value
        // Deviations from the group's own mean are short by n - 1 in n.
        let scale = unit(centre) * Double(group.count - 1) / Double(group.count)
        guard scale > 0 else { continue }
        for estimate in group {
          let deviation = estimate.value - centre
          sum += min(deviation * deviation / (scale * (estimate.chance + spread)), bound * bound)
        }
      }
      return sum - boundedSquare * number
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
