/// The lines of a control chart at a point: the centre, the process limits and the near lines at two thirds of the way to
/// them, in the unit of the chart.
///
/// Limits are nowhere cut off at 0 or 100: what a measure cannot reach is said beside the chart, because a limit that was
/// moved is no limit any more.
public struct ControlLimits: Hashable, Sendable {
  /// The centre line: the mean, or for a chart of rare events the median.
  public let centre: Double
  /// The lower process limit.
  public let lower: Double
  /// The upper process limit.
  public let upper: Double
  /// The lower near line, which the rule of two of three uses.
  public let nearLower: Double
  /// The upper near line.
  public let nearUpper: Double

  /// Lines that need not lie evenly about the centre.
  public init(centre: Double, lower: Double, upper: Double, nearLower: Double, nearUpper: Double) {
    self.centre = centre
    self.lower = lower
    self.upper = upper
    self.nearLower = nearLower
    self.nearUpper = nearUpper
  }

  /// Lines evenly about a centre: limits at a distance, near lines at two thirds of it.
  public init(centre: Double, distance: Double) {
    self.init(
      centre: centre, lower: centre - distance, upper: centre + distance,
      nearLower: centre - 2 * distance / 3, nearUpper: centre + 2 * distance / 3)
  }

  /// Whether every line is a finite number.
  public var isFinite: Bool {
    centre.isFinite && lower.isFinite && upper.isFinite && nearLower.isFinite && nearUpper.isFinite
  }

  /// How little, as a part of a figure, is nothing but rounding.
  static let rounding = 1e-12

  /// Whether the process limits are one line, but for rounding.
  var hasNoWidth: Bool { upper - lower <= Self.rounding * centre.magnitude }

  /// The greatest figure of a chart: beyond it, distances are near the end of what a number can hold.
  static let greatestFigure = 1e300
}

/// The mean and the mean moving range of a run of figures, from which the limits of an XmR chart follow.
///
/// The moving range is the distance from one figure to the next. Limits at 2.66 mean moving ranges are three standard
/// deviations, because the moving range of independent normal figures has the mean 1.128 standard deviations:
/// 3 / 1.128 = 2.66. The spread of neighbours is used, and not of all figures, so that a shift does not widen the limits by
/// which it is to be seen (Wheeler, Understanding Variation, 1993).
public struct MovingRangeLimits: Hashable, Sendable {
  /// The mean of the figures.
  public let mean: Double
  /// The mean moving range, without those that were screened.
  public let meanMovingRange: Double
  /// The number of figures.
  public let pointCount: Int
  /// The number of moving ranges, screened ones among them; none is taken across a missing figure.
  public let movingRangeCount: Int
  /// The number of moving ranges that were left out because they reach ``screeningFactor`` times the mean of all.
  public let screenedCount: Int

  /// The limits in mean moving ranges, rounded as NHS England's tools round it.
  public static let limitFactor = 2.66
  /// The upper limit of a moving range, in mean moving ranges: those at or beyond it are screened.
  public static let screeningFactor = 3.267

  /// The limits of some figures, in one pass and a second one where moving ranges are screened; nothing is allocated.
  ///
  /// Ranges are screened once, as NHSRplotthedots does it. Where no figure ever changes nothing is screened, since every
  /// range is then at the mean of all.
  ///
  /// - Parameters:
  ///   - values: the figures in order; what is not a number is a missing figure, and takes its two moving ranges with it.
  ///   - screensMovingRanges: whether extreme moving ranges are left out.
  /// - Returns: nil where there is no figure, or no two neighbouring ones.
  public init?(_ values: Span<Double>, screensMovingRanges: Bool) {
    var sum = 0.0
    var count = 0
    var (least, greatest) = (Double.infinity, -Double.infinity)
    var rangeSum = 0.0
    var rangeCount = 0
    var last = Double.nan
    for position in values.indices {
      let value = values[position]
      if !value.isNaN {
        sum += value
        count += 1
        least = min(least, value)
        greatest = max(greatest, value)
        if !last.isNaN {
          rangeSum += (value - last).magnitude
          rangeCount += 1
        }
      }
      last = value
    }
    guard rangeCount > 0 else { return nil }
    // Rounding of the sum must not put the mean beside figures that are all the same, which would all be signals.
    mean = min(max(sum / Double(count), least), greatest)
    pointCount = count
    movingRangeCount = rangeCount
    let meanOfAll = rangeSum / Double(rangeCount)
    guard screensMovingRanges, meanOfAll > 0 else {
      meanMovingRange = meanOfAll
      screenedCount = 0
      return
    }
    let bound = Self.screeningFactor * meanOfAll
    var keptSum = 0.0
    var keptCount = 0
    last = .nan
    for position in values.indices {
      let value = values[position]
      let range = (value - last).magnitude
      // A missing figure makes a range that is not a number, which is below no bound.
      if range < bound {
        keptSum += range
        keptCount += 1
      }
      last = value
    }
    meanMovingRange = keptSum / Double(keptCount)
    screenedCount = rangeCount - keptCount
  }

  /// The lines of the chart.
  public var limits: ControlLimits {
    ControlLimits(centre: mean, distance: Self.limitFactor * meanMovingRange)
  }
}
