import TimeSeries

/// How an area stands beside a benchmark, such as England or its region, by a stated rule.
public struct BenchmarkComparison: Hashable, Sendable {
  /// The standing.
  public let standing: Standing
  /// The value of the area.
  public let value: Double
  /// The value of the benchmark, in the same unit.
  public let benchmark: Double
  /// Whom the benchmark describes, such as England.
  public let benchmarkName: String
  /// The rule.
  public let method: ComparisonMethod
  /// Which way the measure was taken to go.
  public let polarity: Polarity
  /// Why there is no comparison, a sentence without its full stop; nil where there is one.
  public let reason: String?

  /// The value less the benchmark, in their unit.
  public var difference: Double { value - benchmark }

  /// The side on which an interval lies: -1 wholly below a benchmark, 1 wholly above it, 0 where it holds it. In plain
  /// numbers, for batches.
  public static func side(lower: Double, upper: Double, benchmark: Double) -> Int {
    upper < benchmark ? -1 : lower > benchmark ? 1 : 0
  }

  /// Compares an area with a benchmark of the same measure, period, ages and sexes.
  ///
  /// - Parameters:
  ///   - estimate: the value of the area; ``Estimate/published(_:unit:)`` where it came without limits.
  ///   - benchmark: the value of the benchmark, whose limits are looked at by ``ComparisonMethod/overlap(_:)`` alone.
  ///   - name: whom the benchmark describes.
  ///   - polarity: which way the measure should go; a user may override what a publisher says.
  ///   - method: the rule.
  ///   - others: the values of all other areas, at least seven, for ``ComparisonMethod/quartiles``.
  public init(
    _ estimate: Estimate, with benchmark: Estimate, named name: String, polarity: Polarity,
    by method: ComparisonMethod = .limits(.p95), among others: [Double] = []
  ) {
    value = estimate.value
    self.benchmark = benchmark.value
    benchmarkName = name
    self.method = method
    self.polarity = polarity
    let outcome = Self.outcome(estimate, benchmark, method, polarity, others)
    standing = outcome.standing
    reason = outcome.reason
  }

  private static func outcome(
    _ estimate: Estimate, _ benchmark: Estimate, _ method: ComparisonMethod, _ polarity: Polarity,
    _ others: [Double]
  ) -> (standing: Standing, reason: String?) {
    guard estimate.value.isFinite, benchmark.value.isFinite else {
      return (.notCompared, "a value is not a number")
    }
    guard estimate.unit == benchmark.unit else {
      return (.notCompared, "the area is told in \(estimate.unit) and the benchmark in \(benchmark.unit)")
    }
    switch method {
    case .none: return (.notCompared, "no comparison was asked for")
    case .limits(let confidence):
      guard let own = estimate.limits(confidence) else {
        return (.notCompared, "the area has no \(confidence.label) limits")
      }
      let side = side(lower: own.lower, upper: own.upper, benchmark: benchmark.value)
      return (Standing(side: side, polarity: polarity), nil)
    case .overlap(let confidence):
      guard let own = estimate.limits(confidence) else {
        return (.notCompared, "the area has no \(confidence.label) limits")
      }
      guard let its = benchmark.limits(confidence) else {
        return (.notCompared, "the benchmark has no \(confidence.label) limits")
      }
      let side = own.upper < its.lower ? -1 : own.lower > its.upper ? 1 : 0
      return (Standing(side: side, polarity: polarity), nil)
    case .quartiles:
      if let refusal = Quartile.refusal(count: others.count + 1) { return (.notCompared, refusal) }
      guard let side = Quartile.side(of: estimate.value, among: others) else {
        return (.notCompared, "the value of another area is not a number")
      }
      return (Standing(side: side, polarity: polarity), nil)
    }
  }
}

extension Estimate {
  /// A value as it was published, without counts or limits.
  public static func published(_ value: Double, unit: TimeSeries.Unit) -> Estimate {
    Estimate(
      value: value, unit: unit, statistic: "published value", method: "as published", limits: [],
      remark: "no limits, because neither they nor the counts are published")
  }
}
