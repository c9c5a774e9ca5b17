import TimeSeries

/// What a backtest found.
public struct BacktestResult: Sendable {
  /// The measures of one model in one group.
  public struct Row: Sendable {
    /// The group.
    public let group: String
    /// The model, by its name among the contenders.
    public let model: String
    /// How accurate it was.
    public let measures: AccuracyMeasures
    /// The model that it is compared with; nil for that model itself.
    public let against: String?
    /// The test of its absolute scaled errors against that model's: for each origin the mean over the series that both
    /// forecast, of its error less the other's. Nil for the model that the others are compared with.
    public let comparison: DieboldMariano.Outcome?
  }

  /// Why some forecasts could not be made.
  public struct Failure: Sendable, Hashable {
    /// The place of the series in the input.
    public let series: Int
    /// The series, and its area where it has one.
    public let name: String
    /// The model; nil where the series offers nothing to score.
    public let model: String?
    /// The reason, a sentence; that of the earliest origin.
    public let message: String
    /// At how many origins.
    public let origins: Int
  }

  /// One forecast and what came.
  public struct ForecastRecord: Sendable, Hashable {
    /// The place of the series in the input.
    public let series: Int
    /// The identifier of the series.
    public let id: String
    /// Its area, where it has one.
    public let area: String?
    /// The place of the model among the contenders.
    public let model: Int
    /// The last period that was not hidden.
    public let origin: Period
    /// The number of periods after it.
    public let step: Int
    /// The period that was forecast.
    public let period: Period
    /// What came.
    public let actual: Double
    /// The mean that was forecast.
    public let mean: Double
    /// The lower and the upper end of the interval of each level.
    public let bounds: [Double]
  }

  /// The names of the contenders.
  public let models: [String]
  /// The model that the others are compared with: `naive` where it is among them, otherwise the first.
  public let reference: String
  /// A row for each group and model: groups in the order of their first series, models as they were given.
  public let rows: [Row]
  /// What could not be forecast, in the order of the series and models.
  public let failures: [Failure]
  /// The number of series in pools of which no period that was hidden has a value: they lent strength and were not
  /// scored.
  public let silentSeries: Int
  /// Every forecast, by series, model, origin and step; empty unless they were to be kept.
  public let forecasts: [ForecastRecord]
  /// The seconds that each model took to fit and to forecast, added over threads; zero without a clock.
  public let seconds: [Double]
}
