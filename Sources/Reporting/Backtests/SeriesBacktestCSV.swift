import Forecasting
import TimeSeries

/// The measures of a backtest as comma-separated text, one row for each series and model:
/// `series,model,forecasts,failed,zero_scale,mase,rmsse,smape,bias,pinball,crps,coverage_80,coverage_95,msis`, one column of
/// coverage for each level; where the input names areas there is a column `area` after `series`. What there was nothing to
/// average for is empty.
///
/// Where failures are wanted among the measures two columns `code,message` follow, as in ``ForecastCSV``: of a series that
/// could not be scored at all there is one row without a model, and a model that failed at some origins has its measures and
/// the reason in one row.
public struct SeriesBacktestCSV: Sendable {
  /// Why a series could not be scored, or a model not at every origin.
  public struct Failure: Sendable {
    /// What kind of reason, as a word.
    public let code: String
    /// The reason, as a sentence.
    public let message: String

    /// Puts a reason together.
    public init(code: String, message: String) {
      self.code = code
      self.message = message
    }
  }

  /// The levels of the intervals.
  public let levels: IntervalLevels
  /// Whether there is a column `area`.
  public let namesArea: Bool
  /// Whether there are columns `code` and `message`.
  public let carriesFailures: Bool

  /// Describes the columns.
  public init(levels: IntervalLevels = .standard, namesArea: Bool = false, carriesFailures: Bool = false) {
    self.levels = levels
    self.namesArea = namesArea
    self.carriesFailures = carriesFailures
  }

  /// The header, with its line feed.
  public var header: String {
    CSVText.row(
      ["series"] + (namesArea ? ["area"] : [])
        + ["model", "forecasts", "failed", "zero_scale", "mase", "rmsse", "smape", "bias", "pinball", "crps"]
        + levels.names.map { "coverage_\($0)" } + ["msis"] + (carriesFailures ? ["code", "message"] : []))
  }

  /// Puts a row at the end of a text, as bytes.
  ///
  /// - Parameters:
  ///   - series: the name of the series.
  ///   - area: its area, where it has one.
  ///   - model: the name of the model; nil for a series that could not be scored at all.
  ///   - measures: what was measured; nil without a model.
  ///   - failure: what went wrong; nil where nothing did.
  public func append(
    series: String, area: String?, model: String? = nil, measures: AccuracyMeasures? = nil,
    failure: Failure? = nil, to text: inout [UInt8]
  ) {
    append(series, to: &text)
    if namesArea { field(area ?? "", &text) }
    field(model ?? "", &text)
    for count in [measures?.forecasts, measures?.failed, measures?.zeroScale] {
      plain(count.map(String.init) ?? "", &text)
    }
    let values =
      [
        measures?.mase, measures?.rmsse, measures?.smape, measures?.bias, measures?.pinball, measures?.crps,
      ]
      + levels.percentages.indices.map { index in
        measures.flatMap { $0.coverage.indices.contains(index) ? $0.coverage[index] : nil }
      } + [measures?.msis]
    for value in values { plain(value.map(CSVText.number) ?? "", &text) }
    if carriesFailures {
      field(failure?.code ?? "", &text)
      field(failure?.message ?? "", &text)
    }
    text.append(UInt8(ascii: "\n"))
  }

  private func plain(_ cell: String, _ text: inout [UInt8]) {
    text.append(UInt8(ascii: ","))
    text.append(contentsOf: cell.utf8)
  }

  private func field(_ cell: String, _ text: inout [UInt8]) {
    text.append(UInt8(ascii: ","))
    append(cell, to: &text)
  }

  /// A name: as it is where the rows are for programs, else guarded against spreadsheets.
  private func append(_ cell: String, to text: inout [UInt8]) {
    if carriesFailures { CSVText.append(exactly: cell, to: &text) } else { CSVText.append(cell, to: &text) }
  }
}
