import TimeSeries

/// The figures of a series that a test of trend over all years may look at: those since its last break that are known, at
/// their distance in periods from the first.
public struct TrendStretch: Hashable, Sendable {
  /// The series, for a sentence about it.
  public let series: String
  /// The figures, each with a value.
  public let points: [DataPoint]
  /// Their times: periods since the first of them.
  public let times: [Double]
  /// One step between periods in words: `year`, `month`.
  public let timeUnit: String
  /// What a reader must know beside the result, sentences without full stops: figures left out, seasons.
  public let remarks: [String]

  /// The values, in order.
  public var values: [Double] { points.compactMap(\.value) }

  /// The figures for a test.
  ///
  /// - Parameters:
  ///   - series: the series.
  ///   - method: the test, for a sentence.
  ///   - least: the fewest figures that it needs.
  /// - Throws: ``IndicatorsError/unfit(series:method:reason:remedy:)`` where periods overlap, so that figures share their
  ///   counts; ``IndicatorsError/tooFewPoints(series:method:found:needed:)``.
  public init(of series: Series, for method: String, least: Int) throws(IndicatorsError) {
    switch series.kind {
    case .pooledYears?, .rollingMonths?:
      throw .unfit(
        series: series.idWithArea, method: method,
        reason: "its periods overlap, such as \(series.points[0].period.label)",
        remedy: "give figures for single years")
    default: break
    }
    let since = series.segmentSinceLastBreak.points
    let points = since.filter { $0.value?.isFinite ?? false }
    guard points.count >= least, let first = points.first?.period else {
      throw .tooFewPoints(
        series: series.idWithArea + (series.breaks.isEmpty ? "" : ", since its last break"), method: method,
        found: points.count, needed: least)
    }
    self.series = series.idWithArea
    self.points = points
    times = points.map { Double(first.distance(to: $0.period) ?? 0) }
    var remarks: [String] = []
    if since.count < series.points.count {
      remarks.append("only the figures from \(since[0].period.label) on, since the series breaks before it")
    }
    if points.count < since.count {
      remarks.append("\(since.count - points.count) periods without a figure are left out")
    }
    switch first.frequency {
    case .yearly: timeUnit = "year"
    case .quarterly: timeUnit = "quarter"
    case .monthly: timeUnit = "month"
    case .weekly: timeUnit = "week"
    case .daily: timeUnit = "day"
    case .other: timeUnit = "period"
    }
    if first.frequency.seasonalPeriod > 1 {
      remarks.append("seasons are not allowed for; a trend over less than two years may be a season")
    }
    self.remarks = remarks
  }
}

extension MannKendall {
  /// Tests the figures of a stretch, with a slope for one period.
  ///
  /// - Parameters:
  ///   - stretch: the figures, at least ``leastCount``.
  ///   - confidence: the levels of the limits of the slope.
  /// - Throws: what ``init(_:at:confidence:series:)`` throws.
  public init(
    of stretch: TrendStretch, confidence: [Confidence] = Confidence.published
  ) throws(IndicatorsError) {
    try self.init(stretch.values, at: stretch.times, confidence: confidence, series: stretch.series)
  }
}

extension JoinpointRegression {
  /// Fits lines to the figures of a stretch.
  ///
  /// - Parameters:
  ///   - stretch: the figures.
  ///   - unit: the unit of the series, which says how counts give variances.
  ///   - weighted: whether figures weigh by the variance that their counts give them; else they weigh alike.
  ///   - scale: what the lines are straight in.
  ///   - most: the greatest number of joins; what the number of figures bears unless given.
  ///   - selection: how the number of joins is decided.
  ///   - confidence: the levels of the limits.
  /// - Throws: what ``init(_:at:variances:scale:most:selection:confidence:timeUnit:series:)`` throws, and
  ///   ``IndicatorsError/countsNotKnown(series:period:method:)`` where weights were asked for.
  public init(
    of stretch: TrendStretch, in unit: TimeSeries.Unit, weighted: Bool = false, scale: Scale = .logarithm,
    most: Int? = nil, selection: Selection = .informationCriterion,
    confidence: [Confidence] = Confidence.published
  ) throws(IndicatorsError) {
    var variances: [Double]?
    if weighted {
      var found: [Double] = []
      for point in stretch.points { found.append(try Self.variance(point, in: unit, of: stretch)) }
      variances = found
    }
    try self.init(
      stretch.values, at: stretch.times, variances: variances, scale: scale, most: most, selection: selection,
      confidence: confidence, timeUnit: stretch.timeUnit, series: stretch.series)
  }

  /// The variance of a rate whose count is Poisson, or of a share whose count is binomial.
  private static func variance(
    _ point: DataPoint, in unit: TimeSeries.Unit, of stretch: TrendStretch
  ) throws(IndicatorsError) -> Double {
    guard let multiplier = unit.multiplier, let numerator = point.numerator,
      let denominator = point.denominator
    else {
      throw .countsNotKnown(
        series: stretch.series, period: point.period.label, method: "weighting by variance")
    }
    let pair = try CountPair(
      numerator, of: denominator, series: stretch.series, period: point.period.label)
    let scale = (multiplier / pair.denominator) * (multiplier / pair.denominator)
    return unit.whole == nil
      ? pair.numerator * scale : pair.numerator * (1 - pair.numerator / pair.denominator) * scale
  }
}

extension TrendInProportions {
  /// Tests the shares of a stretch along its periods.
  ///
  /// - Parameters:
  ///   - stretch: the figures, of a proportion or a percentage, with their counts.
  /// - Throws: what ``init(_:scores:series:)`` throws, and ``IndicatorsError/countsNotKnown(series:period:method:)``.
  public init(of stretch: TrendStretch) throws(IndicatorsError) {
    var pairs: [CountPair] = []
    for point in stretch.points {
      guard let numerator = point.numerator, let denominator = point.denominator else {
        throw .countsNotKnown(
          series: stretch.series, period: point.period.label, method: "the Cochran-Armitage test")
      }
      pairs.append(
        try CountPair(numerator, of: denominator, series: stretch.series, period: point.period.label))
    }
    try self.init(pairs, scores: stretch.times, series: stretch.series)
  }
}
