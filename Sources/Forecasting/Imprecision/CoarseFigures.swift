import TimeSeries

/// The figures of a series that are known as intervals: rounded values, values suppressed within bounds, and figures
/// that round to zero.
///
/// "Coarse data" is the word of D. F. Heitjan and D. B. Rubin, "Inference from coarse data via multiple imputation with
/// application to age heaping" (1990).
public struct CoarseFigures: Sendable {
  /// A figure that is known as an interval.
  public struct Figure: Hashable, Sendable {
    /// Periods since the first observation of the sample; negative before it, and beyond the last position after the
    /// last observation.
    public let position: Int
    /// Where the quantity lies, in the unit of the series and inside its bounds.
    public let bounds: ClosedRange<Double>
    /// Whether the sample holds a value at the position: a rounded one. Nothing else is known of the others.
    public let hasValue: Bool
    /// Its place among the points of the series.
    let index: Int
  }

  /// The figures in the order of time.
  public let figures: [Figure]
  /// What they are figures of.
  let series: Series

  /// The upper bound of the figures without a value; zero where each has one.
  var greatestHidden: Double {
    figures.reduce(0) { $1.hasValue ? $0 : Swift.max($0, $1.bounds.upperBound) }
  }

  /// Bounds of a figure that is known as an interval; nil for one that is not, and for bounds that end nowhere.
  ///
  /// - Throws: ``ForecastingError/outOfBounds(series:period:value:unit:)`` for bounds that leave nothing that the unit allows.
  static func bounds(
    of point: DataPoint, unit: TimeSeries.Unit, series: String
  ) throws(ForecastingError) -> ClosedRange<Double>? {
    guard let stated = point.bounds(in: unit) else { return nil }
    guard Sample.isSize(stated.lowerBound), Sample.isSize(stated.upperBound) else { return nil }
    let least = max(stated.lowerBound, unit.lowerBound ?? stated.lowerBound)
    let greatest = min(stated.upperBound, unit.upperBound ?? stated.upperBound)
    guard least <= greatest else {
      throw .outOfBounds(
        series: series, period: point.period.label, value: stated.lowerBound, unit: "\(unit)")
    }
    return least...greatest
  }

  /// Collects the figures of a series.
  ///
  /// - Parameters:
  ///   - found: the places of the figures among the points, with their bounds, in order.
  ///   - origin: the period of the first observation.
  init?(_ found: [(index: Int, bounds: ClosedRange<Double>)], of series: Series, origin: Period?) {
    guard let origin, !found.isEmpty else { return nil }
    let figures = found.compactMap { place, bounds -> Figure? in
      let point = series.points[place]
      return origin.distance(to: point.period).map {
        Figure(position: $0, bounds: bounds, hasValue: point.value != nil, index: place)
      }
    }
    guard !figures.isEmpty else { return nil }
    self.init(figures: figures, series: series)
  }

  private init(figures: [Figure], series: Series) {
    self.figures = figures
    self.series = series
  }

  /// The figures up to a position; nil where there are none.
  func through(_ position: Int) -> CoarseFigures? {
    guard let last = figures.last, last.position > position else { return self }
    let kept = figures.filter { $0.position <= position }
    guard let latest = kept.last else { return nil }
    // The exact figures between the last that is kept and the position go on being part of the series.
    let origin = series.points[latest.index].period.advanced(by: -latest.position)
    let end = origin.advanced(by: position)
    return CoarseFigures(
      figures: kept, series: series.hidingAfter(end))
  }

  /// The figures with another, exact value at the position of one of the sample's.
  func replacing(_ value: Double, at position: Int, origin: Period) -> CoarseFigures? {
    let period = origin.advanced(by: position)
    let kept = figures.filter { $0.position != position || !$0.hasValue }
    guard !kept.isEmpty else { return nil }
    let points = series.points.map { $0.period == period ? $0.holding(value) : $0 }
    guard let changed = try? series.replacingPoints(points) else { return nil }
    return CoarseFigures(figures: kept, series: changed)
  }

  /// The values that a scale is chosen from: those observed, and where none was a bound of the unit that an interval
  /// reaches, or its middle; in the order of time.
  static func scaleValues(
    of series: Series, coarse: [(index: Int, bounds: ClosedRange<Double>)], unit: TimeSeries.Unit
  ) -> [Double] {
    var values: [Double] = []
    var left = coarse[...]
    for (index, point) in series.points.enumerated() {
      let bounds = left.first.flatMap { $0.index == index ? $0.bounds : nil }
      if bounds != nil { left.removeFirst() }
      if let value = point.value {
        values.append(value)
      } else if let bounds {
        let touched =
          bounds.lowerBound == unit.lowerBound
          ? bounds.lowerBound : bounds.upperBound == unit.upperBound ? bounds.upperBound : nil
        values.append(touched ?? bounds.middle)
      }
    }
    return values
  }
}

extension ClosedRange<Double> {
  /// The middle, without the sum of both ends, which could overflow.
  var middle: Double { lowerBound + (upperBound - lowerBound) / 2 }
}

extension Sample {
  /// Whether a number is of a size that a published figure has.
  static func isSize(_ value: Double) -> Bool { value == 0 || sizes.contains(abs(value)) }
}

extension DataPoint {
  /// The figure with an exact value in place of what is published.
  ///
  /// The count above the line follows the value where the one below is known, because nothing else is: a suppressed share
  /// has a suppressed numerator.
  func holding(_ value: Double, multiplier: Double? = nil) -> DataPoint {
    var numerator = numerator
    if numerator == nil, let multiplier, multiplier > 0, let denominator, denominator > 0 {
      numerator = (value / multiplier * denominator).rounded()
    }
    return DataPoint(
      period: period, observation: .value(value), numerator: numerator, denominator: denominator,
      publication: publication, flags: flags, origin: origin, note: note, covariates: covariates)
  }
}

extension Series {
  /// The series without the figures after a period; covariates stay.
  func hidingAfter(_ end: Period) -> Series { hiding { $0.period > end } }

  /// The series with other points.
  func replacingPoints(_ points: [DataPoint]) throws(TimeSeriesError) -> Series {
    try Series(
      id: id, area: area, measure: measure, points: points, attributes: attributes,
      covariateNames: covariateNames)
  }
}
