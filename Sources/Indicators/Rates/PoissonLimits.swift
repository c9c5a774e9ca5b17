import Statistics

/// How the limits of a count of events are found, taking the count to be drawn from a Poisson distribution.
///
/// Byar's limits are close to the exact ones and need no distribution; below ten they are not close enough, and the
/// Office for Health Improvement and Disparities publishes the exact ones there.
///
/// Source: Breslow and Day, *Statistical Methods in Cancer Research*, volume II (1987), page 69; Garwood (1936);
/// PHEindicatormethods 2.0, `byars_lower`, `byars_upper`.
public enum PoissonLimits: String, CaseIterable, Hashable, Sendable {
  /// Exact below a count of ten, Byar's from ten on, as the Office for Health Improvement and Disparities publishes.
  case published
  /// Byar's approximation whatever the count.
  case byar
  /// Garwood's exact limits whatever the count.
  case exact

  /// The count below which published limits are exact.
  public static let leastCountForByar = 10.0

  /// The limits of a count.
  ///
  /// - Parameters:
  ///   - count: the number of events, 0 or more (and at most 10⁹ for the exact limits); it need not be whole, since
  ///     published counts may be rounded or estimated.
  ///   - confidence: how sure the interval is to be.
  /// - Returns: the limits, in events. The lower limit of nothing is 0. Byar's lower limit of one event at 99.8% is a
  ///   little below 0 and is given as it is.
  /// - Throws: ``IndicatorsError/unfit(series:method:reason:remedy:)`` for anything that is not a count, or too great
  ///   a one.
  public func limits(
    of count: Double, at confidence: Confidence
  ) throws(IndicatorsError) -> (lower: Double, upper: Double) {
    guard count >= 0, count.isFinite else {
      throw .unfit(
        series: "limits of a count", method: name(for: count),
        reason: "\(IndicatorsError.plain(count)) is not a count",
        remedy: "give a number of events that is not below 0")
    }
    return switch isExact(for: count) {
    case true: try Self.exact(count, confidence)
    case false: Self.byar(count, z: confidence.z)
    }
  }

  /// Whether the limits of a count are the exact ones.
  private func isExact(for count: Double) -> Bool {
    self == .exact || self == .published && count < Self.leastCountForByar
  }

  /// The name of the method that gives the limits of a count.
  public func name(for count: Double) -> String {
    isExact(for: count) ? "exact Poisson (Garwood)" : "Byar"
  }

  /// Byar's limits by the normal deviate of the upper limit, in plain numbers; 0 is the lower limit of 0.
  static func byar(_ count: Double, z: Double) -> (lower: Double, upper: Double) {
    let lower = count > 0 ? count * cube(1 - 1 / (9 * count) - z / (3 * count.squareRoot())) : 0
    let next = count + 1
    return (lower, next * cube(1 - 1 / (9 * next) + z / (3 * next.squareRoot())))
  }

  /// Garwood's limits: the gamma distribution is that of the sum over the Poisson distribution.
  private static func exact(
    _ count: Double, _ confidence: Confidence
  ) throws(IndicatorsError) -> (lower: Double, upper: Double) {
    let tail = (1 - confidence.level) / 2
    do throws(StatisticsError) {
      return (
        count > 0 ? try Gamma(shape: count).quantile(tail) : 0,
        try Gamma(shape: count + 1).complementQuantile(tail)
      )
    } catch {
      throw .unfit(
        series: "limits of a count", method: "exact Poisson (Garwood)", reason: "\(error)",
        remedy: "use Byar's limits")
    }
  }

  private static func cube(_ x: Double) -> Double { x * x * x }
}
