import TimeSeries

/// How the forecasts of a store have done.
public struct ReviewReport: Hashable, Sendable {
  /// What has come of a forecast.
  public enum Outcome: Hashable, Sendable {
    /// Nothing has been published yet.
    case pending
    /// Something was published, but no value: it is suppressed, for one.
    case withoutValue(Observation)
    /// A value, and the day of its publication where that is known.
    case scored(actual: Double, published: CivilDate?)
  }

  /// The measures of a model at a step, over the series of a group. What there is nothing to average for is nil.
  public struct Row: Hashable, Sendable {
    /// The group: `all`, an area, or a series and its area.
    public let group: String
    /// The model.
    public let model: String
    /// The number of periods ahead; nil for all steps together.
    public let step: Int?
    /// The forecasts that were reviewed: the sum of the next three.
    public let forecasts: Int
    /// Those whose value has come.
    public let scored: Int
    /// Those of whose period nothing has been published.
    public let pending: Int
    /// Those of whose period something was published, but no value.
    public let withoutValue: Int
    /// The series with a scored forecast.
    public let series: Int
    /// Those among them without a scale: their history is not in the store, or never changed.
    public let zeroScale: Int
    /// The mean error, forecast less outturn, in the unit of the series; nil where the units differ.
    public let error: Double?
    /// The mean absolute error, in the unit of the series; nil where the units differ.
    public let absoluteError: Double?
    /// The mean absolute scaled error.
    public let mase: Double?
    /// The root mean squared scaled error.
    public let rmsse: Double?
    /// The symmetric mean absolute percentage error, 0 to 200.
    public let smape: Double?
    /// The mean scaled error: positive where forecasts were too high.
    public let bias: Double?
    /// The scaled pinball loss, averaged over the quantiles that were kept.
    public let pinball: Double?
    /// The share of outturns that lay in their interval, in per cent, for each of ``ReviewReport/levels``.
    public let coverage: [Double?]
    /// The mean scaled interval score at 95 per cent.
    public let msis: Double?
  }

  /// One forecast and what has come of it.
  public struct Detail: Hashable, Sendable {
    /// The number of its run.
    public let run: Int
    /// The forecast.
    public let forecast: StoredForecast
    /// What has come of it.
    public let outcome: Outcome
    /// What its error is divided by, in the unit of the series; nil where nothing of its history is in the store.
    public let scale: Double?

    /// The forecast less what has come; nil where nothing has.
    public var error: Double? {
      if case .scored(let actual, _) = outcome { forecast.mean - actual } else { nil }
    }
  }

  /// Which vintage counted as what came.
  public let outturn: Outturn
  /// The levels of the intervals, from 0 to 1, rising.
  public let levels: [Double]
  /// The measures: groups and models in the order of their first forecast, steps rising, then all steps together.
  public let rows: [Row]
  /// Every forecast that was reviewed, in the order in which they were saved.
  public let details: [Detail]
  /// The forecasts that were made again in a later run, which alone is reviewed.
  public let replaced: Int
  /// The series with forecasts that the store holds no figures of, under their identifier and area.
  public let unknownSeries: Int
}

// MARK: As text

extension ReviewReport {
  /// The columns of ``csv``.
  public var columns: [String] {
    [
      "group", "model", "step", "forecasts", "scored", "pending", "without_value", "series", "zero_scale",
      "error", "absolute_error", "mase", "rmsse", "smape", "bias", "pinball",
    ] + levels.map { "coverage_\(Self.percent($0))" } + ["msis"]
  }

  /// A row for each group, model and step; `all` in the column `step` for all steps together.
  public var csv: String {
    var text = CSVText.row(columns)
    for row in rows {
      let counts = [row.forecasts, row.scored, row.pending, row.withoutValue, row.series, row.zeroScale]
      let measures = [
        row.error, row.absoluteError, row.mase, row.rmsse, row.smape, row.bias, row.pinball,
      ]
      text += CSVText.row(
        [CSVText.text(row.group), CSVText.text(row.model), row.step.map(String.init) ?? "all"]
          + counts.map(String.init) + (measures + row.coverage + [row.msis]).map(Self.number))
    }
    return text
  }

  /// The columns of ``detailCSV``.
  public var detailColumns: [String] {
    [
      "run", "series", "area", "model", "as_of", "origin", "step", "period", "mean", "actual", "published",
      "error", "scaled_error",
    ] + levels.flatMap { ["lower_\(Self.percent($0))", "upper_\(Self.percent($0))"] }
  }

  /// A row for each forecast; `actual` is empty where nothing has come, and a code such as `c` where no value has.
  public var detailCSV: String {
    var text = CSVText.row(detailColumns)
    for detail in details {
      let forecast = detail.forecast
      let (actual, published): (String, String) =
        switch detail.outcome {
        case .pending: ("", "")
        case .withoutValue(let observation): (observation.description, "")
        case .scored(let value, let day): (Self.number(value), day?.description ?? "")
        }
      let scaled = detail.scale.flatMap { scale in
        scale > 0 ? detail.error.map { $0 / scale } : nil
      }
      let bounds = levels.flatMap {
        [forecast.quantile((1 - $0) / 2), forecast.quantile((1 + $0) / 2)]
      }
      text += CSVText.row(
        [
          String(detail.run), CSVText.text(forecast.series), CSVText.text(forecast.area ?? ""),
          CSVText.text(forecast.model), forecast.asOf?.description ?? "",
          CSVText.text(forecast.origin.label), String(forecast.step),
          CSVText.text(forecast.period.labelAsWritten), Self.number(forecast.mean), actual, published,
          Self.number(detail.error), Self.number(scaled),
        ] + bounds.map(Self.number))
    }
    return text
  }

  private static func number(_ value: Double?) -> String {
    guard let value, value.isFinite else { return "" }
    return Observation.value(value).description
  }

  /// `80`, or `99.8`.
  private static func percent(_ level: Double) -> String {
    Observation.value((level * 1e8).rounded() / 1e6).description
  }
}
