import TimeSeries

/// Forecasts as comma-separated text, one row for each series and step:
/// `series,period,step,model,mean,median,lower_80,upper_80,lower_95,upper_95`, one pair for each level.
///
/// Where the input names areas, a last column `area` does too: without it two areas of one series could not be told
/// apart. Header and rows are separate, so that a batch can be written series by series.
///
/// Where failures are wanted among the forecasts, two columns `code,message` follow, which are empty in the rows of forecasts; of
/// a series that failed there is one row, in which nothing but its name (and area) and these two is filled. Such a table is for
/// programs, and names stand in it as they are, without the guard against spreadsheets' formulas.
public struct ForecastCSV: Sendable {
  /// The levels of the intervals.
  public let levels: IntervalLevels
  /// Whether there is a last column `area`.
  public let namesArea: Bool
  /// Whether there are columns `code` and `message` for series that failed.
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
      ["series", "period", "step", "model", "mean", "median"]
        + levels.names.flatMap { ["lower_\($0)", "upper_\($0)"] } + (namesArea ? ["area"] : [])
        + (carriesFailures ? ["code", "message"] : []))
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
      append(name: forecast.series.id, to: &text)
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
        append(name: forecast.series.area ?? "", to: &text)
      }
      if carriesFailures { text.append(contentsOf: [comma, comma]) }
      text.append(UInt8(ascii: "\n"))
    }
  }

  /// Puts a name at the end of a row: as it is where the rows are for programs, else guarded against spreadsheets.
  private func append(name: String, to text: inout [UInt8]) {
    if carriesFailures { CSVText.append(exactly: name, to: &text) } else { CSVText.append(name, to: &text) }
  }

  /// Puts the row of a series that failed at the end of a text, as bytes.
  ///
  /// - Parameters:
  ///   - series: its name.
  ///   - area: its area, where there is one.
  ///   - code: what kind of reason, as a word.
  ///   - message: the reason, as a sentence.
  public func append(
    failed series: String, area: String?, code: String, message: String, to text: inout [UInt8]
  ) {
    let figures = 5 + 2 * levels.percentages.count
    append(name: series, to: &text)
    text.append(contentsOf: repeatElement(UInt8(ascii: ","), count: figures))
    if namesArea {
      text.append(UInt8(ascii: ","))
      append(name: area ?? "", to: &text)
    }
    for field in [code, message] {
      text.append(UInt8(ascii: ","))
      CSVText.append(exactly: field, to: &text)
    }
    text.append(UInt8(ascii: "\n"))
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
