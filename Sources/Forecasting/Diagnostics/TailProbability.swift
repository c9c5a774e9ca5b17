import Statistics

/// Upper tails of the distributions that test statistics are compared with; nil where a statistic is not a
/// number.
enum TailProbability {
  /// Why a test with such a statistic is absent.
  static let reason = "its statistic is not a number"

  /// P(X > x) for a chi-squared variable.
  static func chiSquared(_ x: Double, degreesOfFreedom: Int) -> Double? {
    guard x >= 0 else { return nil }
    return try? Gamma.chiSquared(degreesOfFreedom: Double(degreesOfFreedom)).complement(x)
  }

  /// P(X ≤ x) and P(X > x) for an F variable, as a beta variable d₁x / (d₁x + d₂).
  static func f(_ x: Double, _ d1: Int, _ d2: Int) -> (lower: Double, upper: Double)? {
    guard x >= 0 else { return nil }
    let (a, b) = (Double(d1), Double(d2))
    // Divided by x where it is large, so that an infinite ratio still has its tail.
    let share = x > 1 ? a / (a + b / x) : a * x / (a * x + b)
    let rest = x > 1 ? b / x / (a + b / x) : b / (a * x + b)
    guard let lower = try? Beta(alpha: a / 2, beta: b / 2).cumulative(share),
      let upper = try? Beta(alpha: b / 2, beta: a / 2).cumulative(rest)
    else { return nil }
    return (lower, upper)
  }
}
