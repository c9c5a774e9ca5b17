import TimeSeries

/// A rate as it would be if the people of a place had the ages of a standard population.
///
/// Σ wᵢ Oᵢ/nᵢ ÷ Σ wᵢ over age bands i, with variance Σ wᵢ² Oᵢ/nᵢ² ÷ (Σ wᵢ)² where counts are Poisson. The limits are
/// Dobson's: those of the total count, scaled to that variance.
///
/// Source: Dobson, Kuulasmaa, Eberle and Scherer, *Statistics in Medicine* 10 (1991); PHEindicatormethods 2.0, `phe_dsr`.
public struct DirectStandardisation: Hashable, Sendable {
  /// The events and the people of an age band.
  public struct Band: Hashable, Sendable {
    /// The name of the band, such as `0-4`.
    public let name: String
    /// The number of events.
    public let count: Double
    /// The number of people.
    public let population: Double

    /// A band.
    public init(name: String, count: Double, population: Double) {
      self.name = name
      self.count = count
      self.population = population
    }
  }

  /// The total count below which there is no standardised rate.
  public static let leastCount = 10.0

  /// The series, for a sentence about it.
  public let series: String
  /// The period.
  public let period: String
  /// The standard.
  public let standard: StandardPopulation
  /// The rate for one person, unscaled.
  public let rate: Double
  /// The variance of ``rate``.
  public let variance: Double
  /// All events.
  public let count: Double
  /// All people.
  public let population: Double
  /// The share of the standard population whose ages the bands cover: 1 where all ages are there.
  public let coverage: Double

  /// Standardises the rates of age bands.
  ///
  /// - Parameters:
  ///   - bands: the bands of one place and period; each must be a band of the standard or a union of some.
  ///   - standard: the standard population.
  ///   - series: the series, for a sentence.
  ///   - period: the period.
  /// - Throws: a sentence for a negative count, a band without people, twice the same band, ages in two bands, or a band that the
  ///   standard does not have.
  public init(
    _ bands: [Band], standard: StandardPopulation = .european2013, series: String, period: String
  ) throws(IndicatorsError) {
    try Self.check(bands, series: series, period: period)
    var (sum, squares, weights, count, population) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for band in bands {
      guard let weight = standard.weight(of: band.name) else {
        throw .unfit(
          series: series, method: "direct standardisation",
          reason: "\(standard.name) has no band \(band.name), which \(period) has",
          remedy: "use the bands of the standard, such as \(standard.bands[0].name), or unions of them")
      }
      sum += weight * band.count / band.population
      squares += weight * weight * band.count / (band.population * band.population)
      weights += weight
      count += band.count
      population += band.population
    }
    self.series = series
    self.period = period
    self.standard = standard
    rate = sum / weights
    variance = squares / (weights * weights)
    self.count = count
    self.population = population
    coverage = weights / standard.total
  }

  /// What every method for age bands asks of them.
  static func check(_ bands: [Band], series: String, period: String) throws(IndicatorsError) {
    guard !bands.isEmpty else {
      throw .tooFewPoints(series: series, method: "standardisation", found: 0, needed: 1)
    }
    for (position, band) in bands.enumerated() {
      _ = try CountPair(
        band.count, of: band.population, series: series, period: "\(period), ages \(band.name)")
      let ages = AgeBand(band.name)
      for other in bands[..<position] {
        let otherAges = AgeBand(other.name)
        let shareAges =
          if let ages, let otherAges {
            ages.lower <= otherAges.upper ?? .max && otherAges.lower <= ages.upper ?? .max
          } else { band.name == other.name }
        guard !shareAges else {
          throw .invalid(
            subject: "\(series) at \(period)",
            reason: "bands \(other.name) and \(band.name) share ages; give each age once")
        }
      }
    }
  }

  /// The standardised rate with Dobson's limits.
  ///
  /// - Parameters:
  ///   - multiplier: the number of people that the rate is told by, such as 100,000.
  ///   - limits: the limits of the total count that Dobson's are made of; Byar's are published.
  ///   - confidence: the levels at which limits are given.
  /// - Throws: ``IndicatorsError/tooFewEvents(series:period:method:found:needed:)`` where there are fewer than ten events,
  ///   for which neither rate nor limits are published; ``IndicatorsError/unfit(series:method:reason:remedy:)`` where the
  ///   multiplier is not above 0.
  public func estimate(
    per multiplier: Double, limits: PoissonLimits = .published,
    confidence: [Confidence] = Confidence.published
  ) throws(IndicatorsError) -> Estimate {
    guard multiplier > 0, multiplier.isFinite else {
      throw .unfit(
        series: series, method: "a standardised rate", reason: "it is told per \(multiplier)",
        remedy: "give a number of people above 0, such as 100,000")
    }
    guard count >= Self.leastCount else {
      throw .tooFewEvents(
        series: series, period: period, method: "direct standardisation", found: count,
        needed: Self.leastCount)
    }
    let scale = (variance / count).squareRoot()
    var all: [ConfidenceLimits] = []
    for level in confidence {
      let pair = try limits.limits(of: count, at: level)
      all.append(
        ConfidenceLimits(
          level, lower: (rate + scale * (pair.lower - count)) * multiplier,
          upper: (rate + scale * (pair.upper - count)) * multiplier))
    }
    let share = (coverage * 1_000).rounded() / 10
    return Estimate(
      value: rate * multiplier, unit: .rate(per: multiplier), statistic: "directly standardised rate",
      method: "Dobson, \(limits.name(for: count))", limits: all, numerator: count, denominator: population,
      remark: coverage < 1 - 1e-12
        ? "standardised over the ages given, \(share)% of the \(standard.name)" : nil)
  }
}
