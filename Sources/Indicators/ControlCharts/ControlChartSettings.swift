import TimeSeries

/// The figures from which a chart's limits are worked out, where they are not all of them.
public enum ControlBaseline: Hashable, Sendable {
  /// The first so many points, of the series and again after every recalculation.
  case points(Int)
  /// The points up to a period, for the part of the chart that holds it.
  case upTo(Period)
}

/// A dated and explained event from which on a chart's limits are worked out anew.
public struct Recalculation: Hashable, Sendable {
  /// The first period of the new limits.
  public let from: Period
  /// What happened: a chart without the reason of a recalculation hides what it should show.
  public let reason: String

  /// A recalculation.
  public init(from: Period, reason: String) {
    self.from = from
    self.reason = reason
  }
}

/// How a control chart is drawn up.
public struct ControlChartSettings: Hashable, Sendable {
  /// The figures that limits are from; nil for all of them.
  public var baseline: ControlBaseline?
  /// The events from which on limits are worked out anew, in any order.
  public var recalculations: [Recalculation]
  /// Whether extreme moving ranges are left out of the limits of an XmR chart, as NHSRplotthedots does unless told
  /// otherwise and NHS England's spreadsheets do not.
  public var screensMovingRanges: Bool
  /// The version of the rule of two of three.
  public var twoOfThree: TwoOfThreeVersion
  /// Whether the limits of a p or u chart are widened by how much more the points vary than chance alone (Laney).
  public var adjustsForDispersion: Bool
  /// The level that is to be met, in the unit of the chart; nil for none.
  public var target: Double?
  /// Which way the measure should go; nil for the way that the measure itself says.
  public var polarity: Polarity?

  /// Settings, each as NHSRplotthedots has it unless given.
  public init(
    baseline: ControlBaseline? = nil, recalculations: [Recalculation] = [], screensMovingRanges: Bool = true,
    twoOfThree: TwoOfThreeVersion = .makingDataCount, adjustsForDispersion: Bool = false,
    target: Double? = nil,
    polarity: Polarity? = nil
  ) {
    self.baseline = baseline
    self.recalculations = recalculations
    self.screensMovingRanges = screensMovingRanges
    self.twoOfThree = twoOfThree
    self.adjustsForDispersion = adjustsForDispersion
    self.target = target
    self.polarity = polarity
  }
}
