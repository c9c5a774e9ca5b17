import TimeSeries

/// What the recent-trend marker asks of a series, and the sentences where it cannot be had.
extension RecentTrend {
  static func unfit(_ series: Series, _ reason: String, _ remedy: String) -> IndicatorsError {
    .unfit(series: series.idWithArea, method: testName, reason: reason, remedy: remedy)
  }

  static func requireFitUnit(_ series: Series) throws(IndicatorsError) {
    switch series.measure.unit {
    case .proportion, .percentage, .rate: return
    case .count, .pounds, .weeks, .score, .other:
      throw unfit(
        series, series.measure.unit.statement,
        "give a proportion, a percentage, a crude rate or a directly standardised rate")
    }
  }

  /// The last five points of a series, when they are five years in a row without a break.
  static func lastFive(of series: Series) throws(IndicatorsError) -> [DataPoint] {
    let needed = FivePointTrend.count
    switch series.kind {
    case nil:
      throw .tooFewPoints(series: series.idWithArea, method: testName, found: 0, needed: needed)
    case .pooledYears?, .rollingMonths?:
      throw unfit(
        series, "its periods overlap, such as \(series.points[0].period.label)",
        "give figures for single years, or every period that begins where another ends")
    case let kind? where series.frequency != .yearly:
      throw unfit(
        series, "its figures are not for years but \(series.frequency ?? .other) (\(kind))",
        "give yearly figures, or read a control chart")
    default: break
    }
    let found = series.points.count { $0.value != nil }
    guard found >= needed else {
      throw .tooFewPoints(series: series.idWithArea, method: testName, found: found, needed: needed)
    }
    let points = Array(series.points.suffix(needed))
    if let missing = points.first(where: { $0.value == nil }) {
      throw unfit(
        series,
        "the figure for \(missing.period.label) among its last five is not known (\(missing.observation))",
        "give that figure, or the figures up to the year before it")
    }
    for (point, next) in zip(points, points.dropFirst()) {
      guard point.period.distance(to: next.period) == 1 else {
        throw unfit(
          series, "there is no figure between \(point.period.label) and \(next.period.label)",
          "give five years in a row")
      }
      if next.breakBefore {
        throw unfit(
          series, "the series breaks before \(next.period.label), within its last five figures",
          "wait until there are five figures since the break")
      }
    }
    return points
  }

  /// The value of a figure and its 95% limits.
  static func figure(
    _ point: DataPoint, of series: Series, limits: ConfidenceLimits?, population: Series?
  ) throws(IndicatorsError) -> (value: Double, limits: ConfidenceLimits, basis: Basis) {
    let value = try finiteValue(point, of: series)
    if let limits {
      guard limits.confidence == .p95 else {
        throw unfit(
          series, "the limits given for \(point.period.label) are at \(limits.confidence.label)",
          "give 95% limits, which its weights are made of")
      }
      return (value, limits, .givenLimits)
    }
    let (pair, basis) = try counts(point, value, of: series, population: population)
    let estimate = try pair.estimate(in: series.measure.unit, confidence: [.p95])
    return (value, estimate.limits[0], basis)
  }

  /// The counts of a share.
  static func shareCounts(
    _ point: DataPoint, of series: Series, population: Series?
  ) throws(IndicatorsError) -> (counts: CountPair, basis: Basis) {
    guard series.measure.unit.whole != nil else {
      throw unfit(
        series, "logistic regression is for shares and \(series.measure.unit.statement)",
        "use the weighted regression")
    }
    let (pair, basis) = try counts(
      point, finiteValue(point, of: series), of: series, population: population)
    guard pair.numerator <= pair.denominator else {
      throw .countAboveDenominator(
        series: pair.series, period: pair.period, count: pair.numerator, denominator: pair.denominator)
    }
    return (pair, basis)
  }

  private static func finiteValue(
    _ point: DataPoint, of series: Series
  ) throws(IndicatorsError) -> Double {
    guard let value = point.value, value.isFinite else {
      throw unfit(series, "the figure for \(point.period.label) is not a number", "give a number")
    }
    return value
  }

  private static func counts(
    _ point: DataPoint, _ value: Double, of series: Series, population: Series?
  ) throws(IndicatorsError) -> (CountPair, Basis) {
    let counts: (CountPair, Basis)
    if point.numerator != nil, point.denominator != nil {
      counts = (try CountPair(point, of: series, for: testName), .counts)
    } else if let population {
      let people = try PopulationBase(population).people(for: point.period, of: series)
      counts = (
        try CountPair(
          impliedBy: value, in: series.measure.unit, population: people.count, series: series.idWithArea,
          period: point.period.label),
        .impliedCounts
      )
    } else {
      throw unfit(
        series, "neither its counts nor its limits for \(point.period.label) are known",
        "give numerator and denominator, or the limits that were published, or the population of a rate")
    }
    guard counts.0.numerator != counts.0.denominator else {
      throw unfit(
        series,
        "the count for \(point.period.label) equals its denominator of "
          + IndicatorsError.plain(counts.0.denominator),
        "leave the marker out where everybody is counted")
    }
    return counts
  }
}
