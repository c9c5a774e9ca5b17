import TimeSeries

/// Mann-Kendall's test with Sen's slope of the figures of an indicator since its last break.
public struct MonotonicTrend: Hashable, Sendable {
  /// The figures that were looked at.
  public let stretch: TrendStretch
  /// The test and the slope.
  public let test: MannKendall

  /// Tests the figures since the last break of a series.
  init(of series: Series) throws(IndicatorsError) {
    stretch = try TrendStretch(of: series, for: "the Mann-Kendall test", least: MannKendall.leastCount)
    test = try MannKendall(of: stretch)
  }

  /// The first period that was looked at; a stretch is never empty.
  public var first: Period? { stretch.points.first?.period }
}
