/// What ``SeasonalTrendLoess`` found: three parts that add up to the series.
public struct SeasonalTrendDecomposition: Hashable, Sendable {
  /// The number of periods after which the season returns.
  public let period: Int
  /// What the time of the year adds.
  public let season: [Double]
  /// What remains when season and noise are gone.
  public let trend: [Double]
  /// What season and trend leave.
  public let remainder: [Double]
  /// The robustness weights, 0 to 1; all 1 without outer loops.
  public let weights: [Double]

  /// Season, trend and remainder under the names that fitted models use.
  public var components: [SeriesComponent] {
    [
      SeriesComponent("trend", trend), SeriesComponent("season", season),
      SeriesComponent("remainder", remainder),
    ]
  }
}
