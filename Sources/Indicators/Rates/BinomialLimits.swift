import Statistics

/// How the limits of a share are found, taking the count above the line to be drawn from a binomial distribution.
///
/// Source: Wilson, *Journal of the American Statistical Association* 22 (1927); Clopper and Pearson, *Biometrika* 26
/// (1934); PHEindicatormethods 2.0, `wilson_lower`, `wilson_upper`.
public enum BinomialLimits: String, CaseIterable, Hashable, Sendable {
  /// Wilson's score limits, which never leave 0 to 1 and are what the Office for Health Improvement and Disparities
  /// publishes.
  case wilson
  /// Clopper and Pearson's exact limits, which hold the underlying share at least as often as they say, and are wider.
  case clopperPearson

  /// The name of the method.
  public var name: String {
    switch self {
    case .wilson: "Wilson score"
    case .clopperPearson: "exact binomial (Clopper-Pearson)"
    }
  }

  /// The limits of a share, from 0 to 1.
  ///
  /// - Parameters:
  ///   - count: how many of them are so, from 0 to `denominator`; it need not be whole.
  ///   - denominator: how many there are, above 0 and finite.
  ///   - confidence: how sure the interval is to be.
  /// - Returns: the limits; exactly 0 below none and exactly 1 above all.
  /// - Throws: ``IndicatorsError/unfit(series:method:reason:remedy:)`` for counts that make no share.
  public func limits(
    of count: Double, among denominator: Double, at confidence: Confidence
  ) throws(IndicatorsError) -> (lower: Double, upper: Double) {
    guard count >= 0, count <= denominator, denominator > 0, denominator.isFinite else {
      throw .unfit(
        series: "limits of a share", method: name,
        reason: "\(IndicatorsError.plain(count)) among \(IndicatorsError.plain(denominator)) is no share",
        remedy: "give a count that is not above its denominator")
    }
    switch self {
    case .wilson: return Self.wilson(count, among: denominator, z: confidence.z)
    case .clopperPearson: return try Self.clopperPearson(count, among: denominator, confidence)
    }
  }

  /// Wilson's limits by the normal deviate of the upper limit, in plain numbers.
  static func wilson(_ x: Double, among n: Double, z: Double) -> (lower: Double, upper: Double) {
    let half = z * (z * z + 4 * x * (1 - x / n)).squareRoot()
    let middle = 2 * x + z * z
    let width = 2 * (n + z * z)
    // At the ends the root is z exactly in real numbers and not always in floating point.
    return (x == 0 ? 0 : (middle - half) / width, x == n ? 1 : (middle + half) / width)
  }

  private static func clopperPearson(
    _ x: Double, among n: Double, _ confidence: Confidence
  ) throws(IndicatorsError) -> (lower: Double, upper: Double) {
    let tail = (1 - confidence.level) / 2
    do throws(StatisticsError) {
      return (
        x == 0 ? 0 : try Beta(alpha: x, beta: n - x + 1).quantile(tail),
        x == n ? 1 : try Beta(alpha: x + 1, beta: n - x).complementQuantile(tail)
      )
    } catch {
      throw .unfit(
        series: "limits of a share", method: Self.clopperPearson.name, reason: "\(error)",
        remedy: "use Wilson's limits")
    }
  }
}
