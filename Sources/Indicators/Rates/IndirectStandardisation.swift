import TimeSeries

/// The events of a place beside those that would be expected if people of each age had the rates of a reference, such as
/// England.
///
/// The expected count is Σ nᵢ rᵢ over age bands i; the ratio is observed / expected and the rate is the ratio times the
/// crude rate of the reference. Limits are those of the observed count; the reference is taken as known.
///
/// Source: PHEindicatormethods 2.0, `calculate_ISRatio`, `calculate_ISRate`.
public struct IndirectStandardisation: Hashable, Sendable {
  /// The series, for a sentence about it.
  public let series: String
  /// The period.
  public let period: String
  /// The events that happened.
  public let observed: Double
  /// The events expected.
  public let expected: Double
  /// The crude rate of the reference for one person.
  public let referenceRate: Double

  /// Standardises the events of a place.
  ///
  /// - Parameters:
  ///   - bands: the events and people of the place by age band; only the sum of the events is used.
  ///   - reference: the events and people of the reference, in the same bands by name or by ages.
  ///   - series: the series, for a sentence.
  ///   - period: the period.
  /// - Throws: a sentence for counts that cannot be, bands that the reference does not have, or a reference without
  ///   events, by which nothing is expected.
  public init(
    _ bands: [DirectStandardisation.Band], reference: [DirectStandardisation.Band], series: String,
    period: String
  ) throws(IndicatorsError) {
    try DirectStandardisation.check(bands, series: series, period: period)
    try DirectStandardisation.check(reference, series: "the reference of \(series)", period: period)
    var (observed, expected) = (0.0, 0.0)
    for band in bands {
      let ages = AgeBand(band.name)
      guard
        let same = reference.first(where: { $0.name == band.name })
          ?? reference.first(where: { ages != nil && AgeBand($0.name) == ages })
      else {
        throw .unfit(
          series: series, method: "indirect standardisation",
          reason: "the reference has no band \(band.name) at \(period)",
          remedy: "give the reference in the same bands")
      }
      observed += band.count
      expected += band.population * same.count / same.population
    }
    guard expected > 0 else {
      throw .unfit(
        series: series, method: "indirect standardisation",
        reason: "the reference has no events at \(period), so that none are expected",
        remedy: "pool years, or take a larger reference")
    }
    self.series = series
    self.period = period
    self.observed = observed
    self.expected = expected
    referenceRate =
      reference.reduce(0) { $0 + $1.count } / reference.reduce(0) { $0 + $1.population }
  }

  /// Observed to expected, 1 where there are as many events as in the reference.
  ///
  /// - Parameters:
  ///   - limits: how the limits of the observed count are found.
  ///   - confidence: the levels at which limits are given.
  /// - Throws: ``IndicatorsError/unfit(series:method:reason:remedy:)`` for a count beyond 10⁹.
  public func ratio(
    limits: PoissonLimits = .published, confidence: [Confidence] = Confidence.published
  ) throws(IndicatorsError) -> Estimate {
    try estimate(
      scale: 1, unit: .other("ratio"), statistic: "indirectly standardised ratio", limits, confidence)
  }

  /// The ratio times the crude rate of the reference.
  ///
  /// - Parameters:
  ///   - multiplier: the number of people that the rate is told by, such as 100,000.
  ///   - limits: how the limits of the observed count are found.
  ///   - confidence: the levels at which limits are given.
  /// - Throws: ``IndicatorsError/unfit(series:method:reason:remedy:)`` for a multiplier that is not above 0, or a count
  ///   beyond 10⁹.
  public func rate(
    per multiplier: Double, limits: PoissonLimits = .published,
    confidence: [Confidence] = Confidence.published
  ) throws(IndicatorsError) -> Estimate {
    guard multiplier > 0, multiplier.isFinite else {
      throw .unfit(
        series: series, method: "a standardised rate", reason: "it is told per \(multiplier)",
        remedy: "give a number of people above 0, such as 100,000")
    }
    return try estimate(
      scale: referenceRate * multiplier, unit: .rate(per: multiplier),
      statistic: "indirectly standardised rate", limits, confidence)
  }

  private func estimate(
    scale: Double, unit: TimeSeries.Unit, statistic: String, _ limits: PoissonLimits,
    _ confidence: [Confidence]
  ) throws(IndicatorsError) -> Estimate {
    var all: [ConfidenceLimits] = []
    for level in confidence {
      let pair = try limits.limits(of: observed, at: level)
      all.append(
        ConfidenceLimits(
          level, lower: pair.lower / expected * scale, upper: pair.upper / expected * scale))
    }
    return Estimate(
      value: observed / expected * scale, unit: unit, statistic: statistic,
      method: limits.name(for: observed), limits: all, numerator: observed, denominator: expected)
  }
}
