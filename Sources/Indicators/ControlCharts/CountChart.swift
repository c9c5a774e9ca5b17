import RealModule
import TimeSeries

/// The limits of p and u charts: shares and rates of which numerator and denominator are counted.
struct CountChart {
  let kind: ControlChartKind
  /// What a quotient is multiplied by to be in the unit of the chart.
  let multiplier: Double
  /// The pooled share or rate: all counts above the line over all below.
  let mean: Double
  /// Laney's sigma z: the mean moving range of the points in their own standard deviations, over 1.128; nil where the
  /// pooled share is none or all, or no two points are neighbours.
  let dispersion: Double?

  /// The mean moving range of independent normal figures, in standard deviations.
  static let expectedMovingRange = 1.128

  init(_ points: ArraySlice<ControlPoint>, _ kind: ControlChartKind, multiplier: Double) {
    self.kind = kind
    self.multiplier = multiplier
    var events = 0.0
    var counted = 0.0
    for point in points where point.value != nil {
      events += point.numerator ?? 0
      counted += point.denominator ?? 0
    }
    let mean = counted > 0 ? events / counted : 0
    self.mean = mean
    var sum = 0.0
    var count = 0
    var last: Double?
    for point in points {
      var standardised: Double?
      if let value = point.value, let below = point.denominator {
        let deviation = Self.deviation(mean, kind, below)
        if deviation > 0 { standardised = (value / multiplier - mean) / deviation }
      }
      if let standardised, let last {
        sum += (standardised - last).magnitude
        count += 1
      }
      last = standardised
    }
    dispersion = count > 0 ? sum / Double(count) / Self.expectedMovingRange : nil
  }

  /// The standard deviation that chance alone gives a share or rate.
  private static func deviation(_ mean: Double, _ kind: ControlChartKind, _ denominator: Double) -> Double {
    ((kind == .p ? mean * (1 - mean) : mean) / denominator).squareRoot()
  }

  /// The lines at a point that counts so many below the line; nil where it is not known.
  func limits(_ denominator: Double?, widenedBy factor: Double) -> ControlLimits? {
    denominator.map {
      ControlLimits(
        centre: mean * multiplier, distance: 3 * Self.deviation(mean, kind, $0) * factor * multiplier)
    }
  }

  /// How far sigma z of some points may lie above 1 by chance: three standard errors. That of a standard deviation from
  /// moving ranges is about the square root of 0.826 over their number.
  static func greatestChanceDispersion(points: Int) -> Double {
    1 + 3 * (0.826 / Double(max(points, 1))).squareRoot()
  }

  /// The points of a series as its counts give them.
  static func points(
    of series: Series, _ kind: ControlChartKind, _ name: String
  ) throws(IndicatorsError) -> [ControlPoint] {
    let multiplier = series.measure.unit.multiplier ?? 1
    var points: [ControlPoint] = []
    for point in try ControlChartDraft.spaced(series, name).points {
      guard point.value != nil else {
        points.append(ControlPoint(period: point.period, value: nil))
        continue
      }
      let period = point.period.label
      guard let above = point.numerator, let below = point.denominator else {
        throw .countsNotKnown(series: name, period: period, method: "a \(kind.label)")
      }
      guard above >= 0, above.isFinite else {
        throw .impossibleCount(series: name, period: period, count: above)
      }
      guard below > 0, below.isFinite else {
        throw .noPopulation(series: name, period: period, denominator: below)
      }
      guard kind == .u || above <= below else {
        throw .countAboveDenominator(series: name, period: period, count: above, denominator: below)
      }
      points.append(
        ControlPoint(
          period: point.period, value: above / below * multiplier, numerator: above, denominator: below))
    }
    return points
  }
}
