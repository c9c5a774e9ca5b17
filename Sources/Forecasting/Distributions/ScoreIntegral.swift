import RealModule
import Statistics

/// Means and probabilities of a distribution that is known by its quantiles alone.
///
/// The quantile of probability Φ(z) is seen as a function of the normal score z, which is smooth and nearly straight
/// for the distributions of forecasts. The mean is then ∫ Q(Φ(z)) φ(z) dz, and a probability is found by solving for z.
struct ScoreIntegral {
  /// Scores further out than this hold less than a thousand-millionth of the probability at either end.
  static let reach = 6.0

  /// The quantile at a normal score; never decreasing.
  let quantile: (Double) throws(ForecastingError) -> Double

  /// The mean of the distribution, without what lies beyond the ``reach``.
  func mean() throws(ForecastingError) -> Double {
    let inside = try integral(from: -Self.reach, to: Self.reach) { $0 }
    return inside / (1 - 2 * StandardNormal.cumulative(-Self.reach))
  }

  /// The mean in the unit of a sample.
  ///
  /// On the natural scale it is the given mean, moved by what the bounds of the unit take off or add; on the others the
  /// mean of the restored quantiles. The places where a bound is reached are found first, so that no kink lies inside
  /// an integral.
  func mean(restoredBy sample: Sample, natural mean: Double) throws(ForecastingError) -> Double {
    if sample.restoresNothing { return mean }
    let isNatural = sample.scale == .natural
    let range = sample.scale.transformedRange(ceiling: sample.ceiling)
    let least = isNatural ? sample.floor : range.least
    let low = max(-Self.reach, try greatestScore(notAbove: least))
    let high = max(low, min(Self.reach, try greatestScore(notAbove: range.greatest)))
    if isNatural {
      var moved = mean
      if low > -Self.reach { moved += try integral(from: -Self.reach, to: low) { least - $0 } }
      if high < Self.reach { moved += try integral(from: high, to: Self.reach) { range.greatest - $0 } }
      return sample.restored(moved)
    }
    let ends =
      StandardNormal.cumulative(low) * sample.restored(try quantile(low))
      + StandardNormal.cumulative(-high) * sample.restored(try quantile(high))
    return min(sample.ceiling, ends + (try integral(from: low, to: high, of: sample.restored)))
  }

  /// The greatest score whose quantile is not above a value: the normal score of its probability; −∞ and ∞ where the
  /// value is outside everything within 7.5 of the middle.
  func greatestScore(notAbove x: Double) throws(ForecastingError) -> Double {
    var (low, high) = (-Self.furthest, Self.furthest)
    var below = try quantile(low) - x
    var above = try quantile(high) - x
    if below > 0 { return -.infinity }
    if above <= 0 { return .infinity }
    var turn = 0
    while high - low > 1e-11, turn < 200 {
      turn += 1
      // By interpolation, every third time by halving: a quantile may have steps.
      let share = turn % 3 == 0 || !(above - below).isFinite ? 0.5 : -below / (above - below)
      let width = high - low
      let middle = low + min(max(share, 1e-3), 1 - 1e-3) * width
      let value = try quantile(middle) - x
      if value <= 0 { (low, below) = (middle, value) } else { (high, above) = (middle, value) }
    }
    return low
  }

  /// Beyond this a probability can no longer be told from 0 or 1.
  private static let furthest = 7.5

  /// ∫ f(Q(Φ(z))) φ(z) dz by Gauss and Legendre's rule on panels one score wide at most.
  private func integral(
    from first: Double, to last: Double, of f: (Double) -> Double
  ) throws(ForecastingError) -> Double {
    guard last > first else { return 0 }
    let panels = max(1, Int((last - first).rounded(.up)))
    let width = (last - first) / Double(panels)
    var sum = 0.0
    for panel in 0..<panels {
      let middle = first + (Double(panel) + 0.5) * width
      for (node, weight) in Self.gaussLegendre {
        for z in [middle - node * width / 2, middle + node * width / 2] {
          sum += weight * StandardNormal.density(z) * f(try quantile(z))
        }
      }
    }
    return sum * width / 2
  }

  /// Half of the eight nodes of the Gauss-Legendre rule on (-1, 1), with their weights (Abramowitz and Stegun, 1964,
  /// table 25.4).
  private static let gaussLegendre: [(node: Double, weight: Double)] = [
    (0.183434642495649805, 0.362683783378361983), (0.525532409916328986, 0.313706645877887287),
    (0.796666477413626740, 0.222381034453374471), (0.960289856497536232, 0.101228536290376259),
  ]
}
