import TimeSeries

// A rate and a population, both ways.

extension Estimate {
  /// The number of people or events that a rate or a share makes of a population.
  ///
  /// - Parameters:
  ///   - population: the people, in the unit of the rate's denominator.
  ///   - subject: what is counted, for a sentence.
  /// - Returns: the expected count, with limits that are those of the rate. What happens in one year varies about it by
  ///   chance as well, which its limits do not hold.
  /// - Throws: ``IndicatorsError/unfit(series:method:reason:remedy:)`` where the unit is no quotient, or
  ///   ``IndicatorsError/noPopulation(series:period:denominator:)``.
  public func expectedCount(
    among population: Double, subject: String
  ) throws(IndicatorsError) -> Estimate {
    let multiplier = try quotient(subject)
    guard population > 0, population.isFinite else {
      throw .noPopulation(series: subject, period: "the expected count", denominator: population)
    }
    return Estimate(
      value: value / multiplier * population, unit: .count, statistic: "expected count",
      method: "\(statistic) times population, \(method)",
      limits: limits.map {
        ConfidenceLimits(
          $0.confidence, lower: $0.lower / multiplier * population,
          upper: $0.upper / multiplier * population)
      }, numerator: nil, denominator: population,
      remark: "the limits are of the rate; a single year varies about the expected count by chance as well")
  }

  /// The population that a count and a rate imply: how many people there are if so many events are this rate.
  ///
  /// - Parameters:
  ///   - count: the count above the line, which is taken as known.
  ///   - subject: what is counted, for a sentence.
  /// - Returns: the population; its limits are turned about, since a higher rate implies fewer people. Where the lower
  ///   limit of the rate is 0 there is no upper limit, and no pair at that level.
  /// - Throws: ``IndicatorsError/impossibleCount(series:period:count:)``, or
  ///   ``IndicatorsError/unfit(series:method:reason:remedy:)`` for a rate of 0, or a unit that is no quotient.
  public func impliedPopulation(of count: Double, subject: String) throws(IndicatorsError) -> Estimate {
    let multiplier = try quotient(subject)
    guard count >= 0, count.isFinite else {
      throw .impossibleCount(series: subject, period: "the implied population", count: count)
    }
    guard value > 0, value.isFinite else {
      throw .unfit(
        series: subject, method: "a population from count and rate", reason: "the rate is \(value)",
        remedy: "give a rate above 0")
    }
    return Estimate(
      value: count / value * multiplier, unit: .count, statistic: "implied population",
      method: "count divided by \(statistic), \(method)",
      limits: limits.filter { $0.lower > 0 }.map {
        ConfidenceLimits(
          $0.confidence, lower: count / $0.upper * multiplier, upper: count / $0.lower * multiplier)
      }, numerator: count, denominator: nil,
      remark: limits.contains { $0.lower <= 0 }
        ? "no limits at a level at which the rate may be 0" : nil)
  }

  private func quotient(_ subject: String) throws(IndicatorsError) -> Double {
    guard let multiplier = unit.multiplier, multiplier > 0 else {
      throw .unfit(
        series: subject, method: "rate and population", reason: unit.statement,
        remedy: "give a rate such as per 10,000, a proportion or per cent")
    }
    return multiplier
  }
}
