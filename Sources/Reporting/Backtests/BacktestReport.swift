import Forecasting
import TimeSeries

/// A backtest as it is reported: what was asked for, and what was found.
public struct BacktestReport: Sendable {
  /// What was asked for.
  public let backtest: Backtest
  /// What was found.
  public let result: BacktestResult
  /// The levels of the intervals, in per cent: those of the backtest.
  public let levels: IntervalLevels
  /// Whether the input names areas; a last column then does too.
  public let namesArea: Bool

  /// Puts together a report.
  ///
  /// - Parameters:
  ///   - result: what the backtest found.
  ///   - backtest: the backtest.
  ///   - levels: the levels of the backtest, in its order.
  ///   - namesArea: whether series are named with their area.
  public init(
    _ backtest: Backtest, _ result: BacktestResult, levels: IntervalLevels = .standard,
    namesArea: Bool = false
  ) {
    self.backtest = backtest
    self.result = result
    self.levels = levels
    self.namesArea = namesArea
  }

  /// The measures by their names, in the order of their columns; what is not known is nil.
  func measures(_ row: AccuracyMeasures) -> [(name: String, value: Double?)] {
    [
      ("mase", row.mase), ("rmsse", row.rmsse), ("smape", row.smape), ("bias", row.bias),
      ("pinball", row.pinball), ("crps", row.crps),
    ] + zip(levels.names, row.coverage).map { ("coverage_\($0)", $1) } + [("msis", row.msis)]
  }
}

extension BacktestReport {
  /// The measures as comma-separated text, one row for each group and model:
  /// `group,model,series,forecasts,failed,zero_scale,mase,rmsse,smape,bias,pinball,crps,coverage_80,coverage_95,msis`,
  /// one column of coverage for each level. What there was nothing to average for is empty.
  public var csv: String {
    CSVText.row(
      ["group", "model", "series", "forecasts", "failed", "zero_scale", "mase", "rmsse", "smape", "bias"]
        + ["pinball", "crps"] + levels.names.map { "coverage_\($0)" } + ["msis"])
      + result.rows.map { row in
        let own = row.measures
        return CSVText.row(
          [CSVText.text(row.group), CSVText.text(row.model)]
            + [own.series, own.forecasts, own.failed, own.zeroScale].map(String.init)
            + measures(own).map { $0.value.map(CSVText.number) ?? "" })
      }.joined()
  }

  /// The forecasts as comma-separated text, one row for each:
  /// `series,model,origin,step,period,actual,mean,lower_80,upper_80,lower_95,upper_95`, one pair for each level, and
  /// `area` where the input names areas. `origin` is the last period that was known.
  public var detailCSV: String {
    var text = CSVText.row(detailColumns)
    for record in result.forecasts {
      text += CSVText.row(cells(record, number: CSVText.number).map(CSVText.text))
    }
    return text
  }

  /// The names of the columns of a forecast.
  var detailColumns: [String] {
    ["series", "model", "origin", "step", "period", "actual", "mean"]
      + levels.names.flatMap { ["lower_\($0)", "upper_\($0)"] } + (namesArea ? ["area"] : [])
  }

  /// A forecast as cells, not yet quoted.
  func cells(_ record: BacktestResult.ForecastRecord, number: (Double) -> String) -> [String] {
    [
      record.id, result.models[record.model], record.origin.labelAsWritten, "\(record.step)",
      record.period.labelAsWritten, number(record.actual), number(record.mean),
    ] + record.bounds.map(number) + (namesArea ? [record.area ?? ""] : [])
  }

  /// The seconds of each model as comma-separated text: `model,seconds`.
  public var timingsCSV: String {
    CSVText.row(["model", "seconds"])
      + zip(result.models, result.seconds).map { CSVText.row([CSVText.text($0), CSVText.number($1)]) }
      .joined()
  }
}
