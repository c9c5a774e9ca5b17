import TimeSeries

/// A series with the figures that its counts give where none is published.
struct CountedFigures {
  /// The series; its figures are in its unit, or for a p or u chart of a measure that is no quotient, plain quotients.
  let series: Series
  /// How many figures were worked out.
  let workedOutCount: Int

  /// Works out the figures that a chart of a kind can take from numerator and denominator.
  ///
  /// - Throws: ``IndicatorsError/impossibleCount(series:period:count:)``,
  ///   ``IndicatorsError/noPopulation(series:period:denominator:)`` or
  ///   ``IndicatorsError/countAboveDenominator(series:period:count:denominator:)`` for counts that give no figure;
  ///   ``IndicatorsError/unfit(series:method:reason:remedy:)`` where there are counts alone and the unit is no quotient.
  init(_ series: Series, _ kind: ControlChartKind, _ name: String) throws(IndicatorsError) {
    let isCounted = series.points.contains { $0.value == nil && $0.isCounted }
    guard isCounted, kind != .g else {
      self.series = series
      workedOutCount = 0
      return
    }
    guard let whole = series.measure.unit.multiplier ?? (kind == .xmr ? nil : 1) else {
      guard series.points.contains(where: { $0.value != nil }) else {
        throw .unfit(
          series: name, method: "an \(kind.label)",
          reason: "it has counts and no value, and its unit, \(series.measure.unit), is no quotient of them",
          remedy: "write its values, or a unit such as per cent or per 1,000")
      }
      self.series = series
      workedOutCount = 0
      return
    }
    let isShare = kind == .p || kind == .xmr && series.measure.unit.whole != nil
    var points = series.points
    var count = 0
    for position in points.indices where points[position].value == nil && points[position].isCounted {
      let pair = try CountPair(points[position], of: series, for: "a \(kind.label)")
      guard !isShare || pair.numerator <= pair.denominator else {
        throw .countAboveDenominator(
          series: name, period: pair.period, count: pair.numerator, denominator: pair.denominator)
      }
      points[position] = points[position].valued(pair.numerator / pair.denominator * whole)
      count += 1
    }
    do throws(TimeSeriesError) {
      self.series = try Series(
        id: series.id, area: series.area, measure: series.measure, points: points,
        attributes: series.attributes, covariateNames: series.covariateNames)
    } catch {
      throw .unfit(
        series: name, method: "a control chart", reason: "\(error)", remedy: "look at its counts")
    }
    workedOutCount = count
  }
}

extension DataPoint {
  /// Whether numerator and denominator are known, and the figure is not suppressed.
  var isCounted: Bool { numerator != nil && denominator != nil && !isHeldBack }

  /// The figure with a value.
  fileprivate func valued(_ value: Double) -> DataPoint {
    DataPoint(
      period: period, observation: .value(value), rounding: rounding, numerator: numerator,
      denominator: denominator, publication: publication, flags: flags, origin: origin, note: note,
      covariates: covariates)
  }
}
