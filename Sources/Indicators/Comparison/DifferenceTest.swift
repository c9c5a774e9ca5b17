import RealModule
import Statistics
import TimeSeries

/// Whether two shares or two rates differ beyond chance: an area from last year, one area from another.
///
/// The two are taken to be independent, so that an area must not be set beside an England that holds it where it is a
/// large part of it.
public struct DifferenceTest: Hashable, Sendable {
  /// How two rates are compared.
  public enum RateMethod: String, CaseIterable, Hashable, Sendable {
    /// The binomial distribution of one count given the sum of both, exactly.
    case exactConditional
    /// The normal distribution of the logarithm of the ratio; both counts must be above 0.
    case logRatio
  }

  /// The second less the first for shares, in their unit; the second divided by the first for rates, in `ratio`.
  public let effect: Estimate
  /// The value of ``effect`` where nothing differs: 0 for a difference, 1 for a ratio.
  public let noEffect: Double
  /// The probability of counts as far apart, either way, where nothing differs.
  public let pValue: Double
  /// How the probability was found.
  public let test: String

  /// Whether the effect is beyond chance at a level: its limits do not hold ``noEffect``; nil where there are no limits
  /// at that level.
  public func isBeyondChance(at confidence: Confidence = .p95) -> Bool? {
    effect.limits(confidence).map { $0.lower > noEffect || $0.upper < noEffect }
  }

  /// Compares two shares by Newcombe's interval, which joins the Wilson limits of both.
  ///
  /// Source: Newcombe, *Statistics in Medicine* 17 (1998), method 10.
  ///
  /// - Parameters:
  ///   - first: the earlier, or the benchmark.
  ///   - second: the later, or the area.
  ///   - unit: ``TimeSeries/Unit/proportion`` or ``TimeSeries/Unit/percentage``.
  ///   - confidence: the levels at which limits are given.
  /// - Throws: what ``CountPair/proportion(in:limits:confidence:)`` throws.
  public init(
    shares first: CountPair, _ second: CountPair, in unit: TimeSeries.Unit = .percentage,
    confidence: [Confidence] = Confidence.published
  ) throws(IndicatorsError) {
    let one = try first.proportion(in: unit, confidence: confidence)
    let two = try second.proportion(in: unit, confidence: confidence)
    let difference = two.value - one.value
    var limits: [ConfidenceLimits] = []
    for (its, own) in zip(one.limits, two.limits) {
      let down = Double.hypot(two.value - own.lower, its.upper - one.value)
      let up = Double.hypot(own.upper - two.value, one.value - its.lower)
      limits.append(ConfidenceLimits(its.confidence, lower: difference - down, upper: difference + up))
    }
    effect = Estimate(
      value: difference, unit: unit, statistic: "difference of proportions",
      method: "Newcombe (Wilson score)", limits: limits)
    noEffect = 0
    let all = first.denominator + second.denominator
    let pooled = (first.numerator + second.numerator) / all
    let variance = pooled * (1 - pooled) * (1 / first.denominator + 1 / second.denominator)
    let apart = second.numerator / second.denominator - first.numerator / first.denominator
    // Where nobody or everybody is counted on both sides, nothing differs.
    pValue = variance > 0 ? 2 * StandardNormal.complement((apart / variance.squareRoot()).magnitude) : 1
    test = "score test of two proportions"
  }

  /// Compares two rates of events by their ratio.
  ///
  /// Source: Przyborowski and Wilenski, *Biometrika* 31 (1940); Breslow and Day, volume II (1987), section 3.4.
  ///
  /// - Parameters:
  ///   - first: the earlier, or the benchmark; with at least one event.
  ///   - second: the later, or the area.
  ///   - method: how.
  ///   - confidence: the levels at which limits are given.
  /// - Throws: ``IndicatorsError/unfit(series:method:reason:remedy:)`` where the first has no events, or either has none
  ///   and the method takes logarithms.
  public init(
    rates first: CountPair, _ second: CountPair, by method: RateMethod = .exactConditional,
    confidence: [Confidence] = Confidence.published
  ) throws(IndicatorsError) {
    let exposure = first.denominator / second.denominator
    guard first.numerator > 0, method == .exactConditional || second.numerator > 0 else {
      throw .unfit(
        series: second.series, method: "a ratio of rates",
        reason: first.numerator > 0
          ? "there are no events at \(second.period)" : "there are no events at \(first.period)",
        remedy: method == .logRatio && first.numerator > 0 ? "use the exact method" : "pool years")
    }
    let ratio = second.numerator / first.numerator * exposure
    var limits: [ConfidenceLimits] = []
    switch method {
    case .exactConditional:
      let total = first.numerator + second.numerator
      for level in confidence {
        let share = try BinomialLimits.clopperPearson.limits(of: second.numerator, among: total, at: level)
        limits.append(
          ConfidenceLimits(
            level, lower: share.lower / (1 - share.lower) * exposure,
            upper: share.upper / (1 - share.upper) * exposure))
      }
      let expected = second.denominator / (first.denominator + second.denominator)
      pValue = try Self.binomialP(second.numerator, of: total, share: expected, series: second.series)
      test = "exact binomial test of the second count given both"
    case .logRatio:
      let error = (1 / first.numerator + 1 / second.numerator).squareRoot()
      for level in confidence {
        let factor = Double.exp(level.z * error)
        limits.append(ConfidenceLimits(level, lower: ratio / factor, upper: ratio * factor))
      }
      pValue = 2 * StandardNormal.complement((Double.log(ratio) / error).magnitude)
      test = "normal test of the log ratio"
    }
    effect = Estimate(
      value: ratio, unit: .other("ratio"), statistic: "ratio of rates",
      method: method == .logRatio ? "log ratio" : "exact conditional (Clopper-Pearson)", limits: limits)
    noEffect = 1
  }

  /// Twice the smaller tail, at most 1: the test that the central exact interval inverts.
  private static func binomialP(
    _ count: Double, of total: Double, share: Double, series: String
  ) throws(IndicatorsError) -> Double {
    do throws(StatisticsError) {
      let atLeast = count > 0 ? try Beta(alpha: count, beta: total - count + 1).cumulative(share) : 1
      let atMost = count < total ? try Beta(alpha: count + 1, beta: total - count).complement(share) : 1
      return min(1, 2 * min(atLeast, atMost))
    } catch {
      throw .unfit(
        series: series, method: "a ratio of rates", reason: "\(error)", remedy: "use the log ratio")
    }
  }
}
