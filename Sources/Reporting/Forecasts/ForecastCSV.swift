import TimeSeries

/// Forecasts as comma-separated text, one row for each series and step:
/// `series,period,step,model,mean,median,lower_80,upper_80,lower_95,upper_95`, one pair for each level.
///
/// Where the input names areas, a last column `area` does too: without it two areas of one series could not be told
/// apart. Header and rows are separate, so that a batch can be written series by series.
public struct ForecastCSV: Sendable {
  /// The levels of the intervals.
  public let levels: IntervalLevels
  /// Whether there is a last column `area`.
  public let namesArea: Bool

  /// Describes the columns.
  public init(levels: IntervalLevels = .standard, namesArea: Bool = false) {
    self.levels = levels
    self.namesArea = namesArea
  }

  /// The header, with its line feed.
  public var header: String {
    CSVText.row(
      ["series", "period", "step", "model", "mean", "median"]
        + levels.names.flatMap { ["lower_\($0)", "upper_\($0)"] } + (namesArea ? ["area"] : []))
  }

  /// The rows of one series, each with its line feed.
  ///
  /// - Throws: ``ReportingError/forecast(_:)``.
  public func rows(_ forecast: SeriesForecast) throws(ReportingError) -> String {
    let series = CSVText.text(forecast.series.id)
    let model = CSVText.text(forecast.model)
    var text = ""
    for step in try forecast.steps(levels: levels) {
      text += CSVText.row(
        [
          series, CSVText.text(step.period), "\(step.step)", model, CSVText.number(step.mean),
          CSVText.number(step.median),
        ] + step.intervals.flatMap { [CSVText.number($0.lowerBound), CSVText.number($0.upperBound)] }
          + (namesArea ? [CSVText.text(forecast.series.area ?? "")] : []))
    }
    return text
  }

  /// The header and the rows of all series.
  ///
  /// - Throws: ``ReportingError/forecast(_:)``.
  public func text(_ forecasts: [SeriesForecast]) throws(ReportingError) -> String {
    var text = header
    for forecast in forecasts { text += try rows(forecast) }
    return text
  }
}
