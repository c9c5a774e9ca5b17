import TimeSeries

/// A count, and what it is a count among: the two numbers that a rate or a share is made of, and where they stand.
public struct CountPair: Hashable, Sendable {
  /// The series that the counts belong to, for a sentence about them.
  public let series: String
  /// The period of the counts.
  public let period: String
  /// The count above the line: events, or those of the people who are so.
  public let numerator: Double
  /// The number below the line: people, or person-years.
  public let denominator: Double

  /// A count of events or of people among a number of people.
  ///
  /// - Parameters:
  ///   - numerator: the count above the line, 0 or more.
  ///   - denominator: the number below the line, above 0.
  ///   - series: the series, for a sentence about it.
  ///   - period: the period.
  /// - Throws: ``IndicatorsError/impossibleCount(series:period:count:)`` or
  ///   ``IndicatorsError/noPopulation(series:period:denominator:)``. A count above its denominator is refused by
  ///   ``proportion(in:limits:confidence:)`` alone: there may be more events than people.
  public init(
    _ numerator: Double, of denominator: Double, series: String, period: String
  ) throws(IndicatorsError) {
    guard numerator >= 0, numerator.isFinite else {
      throw .impossibleCount(series: series, period: period, count: numerator)
    }
    guard denominator > 0, denominator.isFinite else {
      throw .noPopulation(series: series, period: period, denominator: denominator)
    }
    self.series = series
    self.period = period
    self.numerator = numerator
    self.denominator = denominator
  }

  /// The counts of a figure.
  ///
  /// - Parameters:
  ///   - point: the figure.
  ///   - series: the series that it belongs to.
  ///   - method: what the counts are needed for, for a sentence where they are not known.
  /// - Throws: ``IndicatorsError/unfit(series:method:reason:remedy:)`` where the figure is suppressed, whose counts would
  ///   give it away; ``IndicatorsError/countsNotKnown(series:period:method:)``; or what the other initialiser throws.
  public init(_ point: DataPoint, of series: Series, for method: String) throws(IndicatorsError) {
    if point.isHeldBack {
      throw .unfit(
        series: series.idWithArea, method: method,
        reason: "the figure for \(point.period.label) is suppressed",
        remedy: "leave that period out, or give its value where it may be told")
    }
    guard let numerator = point.numerator, let denominator = point.denominator else {
      throw .countsNotKnown(series: series.idWithArea, period: point.period.label, method: method)
    }
    try self.init(numerator, of: denominator, series: series.idWithArea, period: point.period.label)
  }

  /// The counts that a published rate and the population imply, for a rate that is published without them.
  ///
  /// - Parameters:
  ///   - value: the rate or share, in `unit`.
  ///   - unit: a rate, a proportion or a percentage.
  ///   - population: the number below the line.
  ///   - series: the series, for a sentence about it.
  ///   - period: the period.
  /// - Throws: ``IndicatorsError/unfit(series:method:reason:remedy:)`` where the unit is no quotient, or what the first
  ///   initialiser throws.
  public init(
    impliedBy value: Double, in unit: TimeSeries.Unit, population: Double, series: String, period: String
  ) throws(IndicatorsError) {
    guard let multiplier = unit.multiplier, multiplier > 0 else {
      throw .unfit(
        series: series, method: "a count from rate and population", reason: unit.statement,
        remedy: "give a rate such as per 10,000, a proportion or per cent")
    }
    try self.init(value / multiplier * population, of: population, series: series, period: period)
  }

  /// The share of those below the line who are above it, with its limits.
  ///
  /// - Parameters:
  ///   - unit: ``TimeSeries/Unit/proportion`` or ``TimeSeries/Unit/percentage``.
  ///   - limits: how its limits are found.
  ///   - confidence: the levels at which limits are given.
  /// - Throws: ``IndicatorsError/countAboveDenominator(series:period:count:denominator:)``, or
  ///   ``IndicatorsError/unfit(series:method:reason:remedy:)`` for a unit that is no share.
  public func proportion(
    in unit: TimeSeries.Unit = .proportion, limits: BinomialLimits = .wilson,
    confidence: [Confidence] = Confidence.published
  ) throws(IndicatorsError) -> Estimate {
    guard let whole = unit.whole else {
      throw .unfit(
        series: series, method: "a proportion", reason: unit.statement,
        remedy: "give proportion or per cent, or ask for a rate")
    }
    guard numerator <= denominator else {
      throw .countAboveDenominator(
        series: series, period: period, count: numerator, denominator: denominator)
    }
    var all: [ConfidenceLimits] = []
    for level in confidence {
      let pair = try limits.limits(of: numerator, among: denominator, at: level)
      all.append(ConfidenceLimits(level, lower: pair.lower * whole, upper: pair.upper * whole))
    }
    return Estimate(
      value: numerator / denominator * whole, unit: unit, statistic: "proportion", method: limits.name,
      limits: all, numerator: numerator, denominator: denominator)
  }

  /// The crude rate of events, with its limits.
  ///
  /// - Parameters:
  ///   - multiplier: the number of people that the rate is told by, such as 10,000.
  ///   - limits: how its limits are found.
  ///   - confidence: the levels at which limits are given.
  /// - Throws: ``IndicatorsError/unfit(series:method:reason:remedy:)`` for a multiplier that is not above 0, or a count
  ///   beyond 10⁹.
  public func crudeRate(
    per multiplier: Double, limits: PoissonLimits = .published,
    confidence: [Confidence] = Confidence.published
  ) throws(IndicatorsError) -> Estimate {
    guard multiplier > 0, multiplier.isFinite else {
      throw .unfit(
        series: series, method: "a crude rate", reason: "it is told per \(IndicatorsError.plain(multiplier))",
        remedy: "give a number of people above 0, such as 10,000")
    }
    var all: [ConfidenceLimits] = []
    for level in confidence {
      let pair = try limits.limits(of: numerator, at: level)
      all.append(
        ConfidenceLimits(
          level, lower: pair.lower / denominator * multiplier, upper: pair.upper / denominator * multiplier))
    }
    guard all.allSatisfy({ $0.upper.isFinite }), (numerator / denominator * multiplier).isFinite else {
      throw .unfit(
        series: series, method: "a crude rate",
        reason: "\(numerator) among \(denominator) at \(period) is too great a rate to be told",
        remedy: "look at the two counts")
    }
    let isBelowZero = all.contains { $0.lower < 0 }
    return Estimate(
      value: numerator / denominator * multiplier, unit: .rate(per: multiplier), statistic: "crude rate",
      method: limits.name(for: numerator), limits: all, numerator: numerator, denominator: denominator,
      remark: isBelowZero
        ? "Byar's lower limit falls below 0 for so small a count; the exact limits do not" : nil)
  }

  /// The estimate that a unit asks for: a share for a proportion or a percentage, a crude rate for a rate.
  ///
  /// - Parameters:
  ///   - unit: the unit of the estimate.
  ///   - confidence: the levels at which limits are given.
  /// - Throws: what ``proportion(in:limits:confidence:)`` and ``crudeRate(per:limits:confidence:)`` throw;
  ///   ``IndicatorsError/unfit(series:method:reason:remedy:)`` for any other unit.
  public func estimate(
    in unit: TimeSeries.Unit, confidence: [Confidence] = Confidence.published
  ) throws(IndicatorsError) -> Estimate {
    if case .rate(let per) = unit { return try crudeRate(per: per, confidence: confidence) }
    return try proportion(in: unit, confidence: confidence)
  }
}

extension DataPoint {
  /// Whether the figure is suppressed, so that it must not be worked out from counts beside it.
  var isHeldBack: Bool {
    if case .suppressed = observation { true } else { false }
  }
}

extension TimeSeries.Unit {
  /// What the unit is, as a part of a sentence: `its unit is pounds`, `no unit is given`.
  var statement: String { self == .other("") ? "no unit is given" : "its unit is \(self)" }
}

extension Series {
  /// The identifier and the area, for sentences: `neet, Sefton`.
  var idWithArea: String { area.map { "\(id), \($0)" } ?? id }
}
