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
    var text: [UInt8] = []
    try append(forecast, to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Puts the rows of one series at the end of a text, as bytes; nothing when it throws.
  ///
  /// - Throws: ``ReportingError/forecast(_:)``.
  public func append(_ forecast: SeriesForecast, to text: inout [UInt8]) throws(ReportingError) {
    let comma = UInt8(ascii: ",")
    let steps = try forecast.steps(levels: levels)
    let model = forecast.model
    for step in steps {
      CSVText.append(forecast.series.id, to: &text)
      text.append(comma)
      CSVText.append(step.period, to: &text)
      text.append(comma)
      text.append(contentsOf: step.step.description.utf8)
      text.append(comma)
      CSVText.append(model, to: &text)
      text.append(comma)
      NumberText.append(step.mean, to: &text)
      text.append(comma)
      NumberText.append(step.median, to: &text)
      for interval in step.intervals {
        text.append(comma)
        NumberText.append(interval.lowerBound, to: &text)
        text.append(comma)
        NumberText.append(interval.upperBound, to: &text)
      }
      if namesArea {
        text.append(comma)
        CSVText.append(forecast.series.area ?? "", to: &text)
      }
      text.append(UInt8(ascii: "\n"))
    }
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
