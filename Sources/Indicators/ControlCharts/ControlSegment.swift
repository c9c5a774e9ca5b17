import TimeSeries

/// A part of a control chart with limits of its own: from the beginning, or a recalculation, to the next.
public struct ControlSegment: Hashable, Sendable {
  /// The places of its points among those of the chart.
  public let positions: Range<Int>
  /// Its first period.
  public let first: Period
  /// Its last period.
  public let last: Period
  /// The event with which it begins; nil for the first part.
  public let recalculation: Recalculation?
  /// The number of its points that have a value.
  public let pointCount: Int
  /// The number of points that its limits are from: all of them, or those of the baseline.
  public internal(set) var baselineCount = 0
  /// The lines at its last point; those of p and u charts differ from point to point. Nil where limits are refused.
  public internal(set) var limits: ControlLimits?
  /// Why there are no limits, as a sentence; nil where there are.
  public internal(set) var refusal: String?
  /// The mean of an XmR chart's points; of a p or u chart the pooled share or rate, of a g chart the mean between events.
  public internal(set) var mean: Double?
  /// The mean moving range, without those that were screened; XmR charts only.
  public internal(set) var meanMovingRange: Double?
  /// The number of moving ranges, screened ones among them; XmR charts only.
  public internal(set) var movingRangeCount = 0
  /// The number of moving ranges that were screened; XmR charts only.
  public internal(set) var screenedCount = 0
  /// How many times as much points vary as chance alone would make them, from the moving range of standardised points
  /// (Laney's sigma z); p and u charts only.
  public internal(set) var dispersion: Double?

  init(positions: Range<Int>, first: Period, last: Period, recalculation: Recalculation?, pointCount: Int) {
    self.positions = positions
    self.first = first
    self.last = last
    self.recalculation = recalculation
    self.pointCount = pointCount
  }
}
