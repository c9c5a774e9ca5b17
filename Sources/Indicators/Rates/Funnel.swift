import RealModule
import Statistics
import TimeSeries

/// The limits within which the rates of places of different size lie where nothing differs but chance: wide for small
/// places, narrow for great ones.
///
/// A place lies outside a limit exactly where its own interval at that level does not hold the benchmark: Wilson's for
/// shares, the exact Poisson interval for rates and ratios.
///
/// Source: Spiegelhalter, *Statistics in Medicine* 24 (2005); PHEindicatormethods 2.0, `calculate_funnel_limits`.
public struct Funnel: Hashable, Sendable {
  /// Where a place lies.
  public enum Position: String, CaseIterable, Hashable, Sendable {
    /// Below the 99.8% limit.
    case below998
    /// Below the 95% limit.
    case below95
    /// Within the 95% limits.
    case within
    /// Above the 95% limit.
    case above95
    /// Above the 99.8% limit.
    case above998

    /// The position in words: `below the 95% limit`.
    public var label: String {
      switch self {
      case .below998: "below the 99.8% limit"
      case .below95: "below the 95% limit"
      case .within: "within the 95% limits"
      case .above95: "above the 95% limit"
      case .above998: "above the 99.8% limit"
      }
    }
  }

  /// The benchmark, in ``unit``.
  public let benchmark: Double
  /// The unit: a share, a rate, or `ratio` for observed to expected.
  public let unit: TimeSeries.Unit
  /// The series, for a sentence about it.
  public let series: String

  /// A funnel about a benchmark.
  ///
  /// - Parameters:
  ///   - benchmark: the value of everybody together, in `unit`; 1 for a ratio of observed to expected.
  ///   - unit: a share, a rate, or ``TimeSeries/Unit/other(_:)`` named `ratio`.
  ///   - series: the series, for a sentence.
  /// - Throws: ``IndicatorsError/unfit(series:method:reason:remedy:)`` for another unit, or a benchmark that is not
  ///   above 0 (and below the whole of a share).
  public init(benchmark: Double, in unit: TimeSeries.Unit, series: String) throws(IndicatorsError) {
    guard unit.multiplier != nil || unit == .other("ratio") else {
      throw .unfit(
        series: series, method: "a funnel", reason: unit.statement,
        remedy: "give a share, a rate or a ratio of observed to expected")
    }
    guard benchmark > 0, benchmark.isFinite, unit.whole.map({ benchmark < $0 }) ?? true else {
      throw .unfit(
        series: series, method: "a funnel",
        reason: "its benchmark is \(IndicatorsError.plain(benchmark)), about which nothing varies",
        remedy: "give places that together have some events, and not only events")
    }
    self.benchmark = benchmark
    self.unit = unit
    self.series = series
  }

  /// A funnel about the value of all places together.
  ///
  /// - Parameters:
  ///   - pairs: the counts of the places.
  ///   - unit: a share or a rate.
  ///   - series: the series, for a sentence.
  /// - Throws: what the other initialiser throws, or that there are no places.
  public init(of pairs: [CountPair], in unit: TimeSeries.Unit, series: String) throws(IndicatorsError) {
    guard !pairs.isEmpty else {
      throw .tooFewPoints(series: series, method: "a funnel", found: 0, needed: 1)
    }
    let people = pairs.reduce(0) { $0 + $1.denominator }
    let events = pairs.reduce(0) { $0 + $1.numerator }
    try self.init(benchmark: events / people * (unit.multiplier ?? 1), in: unit, series: series)
  }

  private var multiplier: Double { unit.multiplier ?? 1 }

  /// The limits for a place, in ``unit``.
  ///
  /// - Parameters:
  ///   - denominator: its people, or its expected events for a ratio; above 0.
  ///   - confidence: the level.
  /// - Returns: the limits. A lower limit of 0 says that no place of this size can lie below; a share's upper limit that
  ///   would pass the whole is the whole, above which no place can lie.
  /// - Throws: ``IndicatorsError/noPopulation(series:period:denominator:)``, or
  ///   ``IndicatorsError/unfit(series:method:reason:remedy:)`` beyond 10⁹ expected events.
  public func limits(
    denominator: Double, at confidence: Confidence
  ) throws(IndicatorsError) -> (lower: Double, upper: Double) {
    guard denominator > 0, denominator.isFinite else {
      throw .noPopulation(series: series, period: "the funnel", denominator: denominator)
    }
    let share = benchmark / multiplier
    if unit.whole != nil {
      let half = confidence.z * (share * (1 - share) / denominator).squareRoot()
      return (max(0, share - half) * multiplier, min(1, share + half) * multiplier)
    }
    let tail = (1 - confidence.level) / 2
    let counts = try poissonCounts(expected: share * denominator, tail: tail)
    return (counts.lower / denominator * multiplier, counts.upper / denominator * multiplier)
  }

  /// Where a place lies.
  ///
  /// - Parameter pair: its counts; for a ratio, observed and expected.
  /// - Throws: what ``limits(denominator:at:)`` throws.
  public func position(of pair: CountPair) throws(IndicatorsError) -> Position {
    let value = pair.numerator / pair.denominator * multiplier
    let outer = try limits(denominator: pair.denominator, at: .p998)
    if value < outer.lower { return .below998 }
    if value > outer.upper { return .above998 }
    let inner = try limits(denominator: pair.denominator, at: .p95)
    return value < inner.lower ? .below95 : value > inner.upper ? .above95 : .within
  }

  /// The counts whose exact limits just reach the expected count: P(X ≤ lower) = P(X ≥ upper) = tail, carried between
  /// whole counts by the gamma distribution.
  private func poissonCounts(
    expected: Double, tail: Double
  ) throws(IndicatorsError) -> (lower: Double, upper: Double) {
    guard expected < 1e9 else {
      throw .unfit(
        series: series, method: "a funnel", reason: "more than 1,000,000,000 events are expected",
        remedy: "look at its denominators and its benchmark")
    }
    do throws(StatisticsError) {
      let lower =
        Double.exp(-expected) > tail
        ? 0
        : try Self.root(from: 0, to: expected) { count throws(StatisticsError) in
          try Gamma(shape: count + 1).complement(expected) < tail
        }
      let reach = expected + 10 * expected.squareRoot() + 30
      let upper = try Self.root(from: expected, to: reach) { count throws(StatisticsError) in
        try Gamma(shape: count).cumulative(expected) > tail
      }
      return (lower, upper)
    } catch {
      throw .unfit(series: series, method: "a funnel", reason: "\(error)", remedy: "look at its denominators")
    }
  }

  /// Where a condition that holds from the left ceases to, by bisection.
  private static func root(
    from low: Double, to high: Double, _ isLeft: (Double) throws(StatisticsError) -> Bool
  ) throws(StatisticsError) -> Double {
    var (low, high) = (low, high)
    for _ in 0..<100 {
      let middle = (low + high) / 2
      guard middle > low, middle < high else { break }
      if try isLeft(middle) { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
