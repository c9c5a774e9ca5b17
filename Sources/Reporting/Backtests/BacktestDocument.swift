import Forecasting
import TimeSeries

/// A backtest as programs read it.
public struct BacktestDocument: Codable, Hashable, Sendable {
  /// The number of periods that were forecast from each origin.
  public let horizon: Int
  /// The number of origins.
  public let origins: Int
  /// The number of periods that were learned from; null for all there were.
  public let window: Int?
  /// The model that the others are compared with.
  public let reference: String
  /// The groups, in the order of their first series.
  public let groups: [Group]

  /// The models of one group.
  public struct Group: Codable, Hashable, Sendable {
    /// The group.
    public let group: String
    /// The models, in the order asked for.
    public let models: [Model]
  }

  /// The measures of one model.
  public struct Model: Codable, Hashable, Sendable {
    /// The specification, as it was asked for.
    public let model: String
    /// The number of series with a forecast.
    public let series: Int
    /// The number of forecasts that were scored.
    public let forecasts: Int
    /// The number that could not be made.
    public let failed: Int
    /// The number of series whose scale is zero.
    public let zeroScale: Int
    /// The measures by name: `mase`, `rmsse`, `smape`, `bias`, `pinball`, `crps`, `coverage_80` and so on, `msis`; one that
    /// there was nothing to average for is missing.
    public let measures: [String: Double]
    /// The comparison with the reference; null for the reference itself.
    public let comparison: Comparison?
  }

  /// Diebold and Mariano's test against the reference: the numbers, or the reason why there are none.
  public struct Comparison: Codable, Hashable, Sendable {
    /// The reference.
    public let against: String
    /// The mean over origins of the absolute scaled error less the reference's.
    public let meanDifference: Double?
    /// The corrected statistic.
    public let statistic: Double?
    /// The degrees of freedom of its t distribution.
    public let degreesOfFreedom: Int?
    /// The probability of a statistic at least as far from zero, were both equally accurate.
    public let pValue: Double?
    /// Why there is no test.
    public let reason: String?
  }

  /// Reads the measures off.
  public init(_ report: BacktestReport) {
    horizon = report.backtest.horizon
    origins = report.backtest.origins
    window = report.backtest.window
    reference = report.result.reference
    var groups: [Group] = []
    var rows = report.result.rows[...]
    while let first = rows.first {
      let own = rows.prefix(report.result.models.count)
      groups.append(Group(group: first.group, models: own.map { Model($0, of: report) }))
      rows = rows.dropFirst(own.count)
    }
    self.groups = groups
  }
}

extension BacktestDocument.Model {
  init(_ row: BacktestResult.Row, of report: BacktestReport) {
    model = row.model
    series = row.measures.series
    forecasts = row.measures.forecasts
    failed = row.measures.failed
    zeroScale = row.measures.zeroScale
    var known: [String: Double] = [:]
    for (name, value) in report.measures(row.measures) { known[name] = value }
    measures = known
    comparison = row.against.map { against in
      let test = row.comparison?.test
      var reason: String?
      if case .absent(let why)? = row.comparison { reason = why }
      return .init(
        against: against, meanDifference: test?.meanDifference, statistic: test?.statistic,
        degreesOfFreedom: test?.degreesOfFreedom, pValue: test?.pValue, reason: reason)
    }
  }
}

/// The forecasts of a backtest as programs read them.
public struct BacktestDetailDocument: Codable, Hashable, Sendable {
  /// Every forecast, by series, model, origin and step.
  public let forecasts: [Record]

  /// One forecast and what came.
  public struct Record: Codable, Hashable, Sendable {
    /// The series.
    public let series: String
    /// Its area; left out where it has none.
    public let area: String?
    /// The specification of the model, as it was asked for.
    public let model: String
    /// The last period that was known.
    public let origin: String
    /// The number of periods after it.
    public let step: Int
    /// The period that was forecast.
    public let period: String
    /// What came.
    public let actual: Double
    /// The mean that was forecast.
    public let mean: Double
    /// The intervals, in the order of the levels asked for.
    public let intervals: [ForecastDocument.Interval]
  }

  /// Reads the forecasts off.
  public init(_ report: BacktestReport) {
    forecasts = report.result.forecasts.map { record in
      Record(
        series: record.id, area: record.area, model: report.result.models[record.model],
        origin: record.origin.labelAsWritten, step: record.step, period: record.period.labelAsWritten,
        actual: record.actual, mean: record.mean,
        intervals: report.levels.percentages.enumerated().map { index, level in
          ForecastDocument.Interval(
            level: level, lower: record.bounds[2 * index], upper: record.bounds[2 * index + 1])
        })
    }
  }
}

extension BacktestReport {
  /// The measures as JSON, with a line feed at the end.
  ///
  /// - Throws: ``ReportingError/notRepresentable(_:)``.
  public func json() throws(ReportingError) -> String { try JSONText.text(BacktestDocument(self)) }

  /// Every forecast as JSON, with a line feed at the end.
  ///
  /// - Throws: ``ReportingError/notRepresentable(_:)``.
  public func detailJSON() throws(ReportingError) -> String {
    try JSONText.text(BacktestDetailDocument(self))
  }
}
