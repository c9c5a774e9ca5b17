import Forecasting
import TimeSeries

/// A series with what a model says of its future.
public struct SeriesForecast: Sendable {
  /// The series.
  public let series: Series
  /// The forecast, which knows its model.
  public let forecast: Forecast
  /// How the model was chosen; nil where it was asked for by name.
  public let choice: Automatic.Choice?
  /// The forecast in plain sentences; nil where it was not asked for.
  public let account: ForecastAccount?

  /// A forecast of a series.
  public init(
    series: Series, forecast: Forecast, choice: Automatic.Choice? = nil, account: ForecastAccount? = nil
  ) {
    self.account = account
    self.series = series
    self.forecast = forecast
    self.choice = choice
  }

  /// The specification of the model.
  public var model: String { forecast.model.specification }

  /// The models that spoke and the share of each; none where one model speaks alone.
  public var voices: [Voice] { forecast.model.voices }

  /// What the reader must know beside the numbers, a sentence each.
  public var remarks: [String] { forecast.model.remarks }

  /// One forecast period.
  public struct Step: Sendable {
    /// The period, in the form of the input.
    public let period: String
    /// The number of periods after the last that is known, from 1.
    public let step: Int
    /// The mean, in the unit of the series.
    public let mean: Double
    /// The median.
    public let median: Double
    /// The intervals, in the order of the levels.
    public let intervals: [ClosedRange<Double>]
  }

  /// The forecast periods in order, written in the form of the input.
  ///
  /// - Throws: ``ReportingError/forecast(_:)`` when the forecast cannot be read off, or the series has no value.
  public func steps(levels: IntervalLevels) throws(ReportingError) -> [Step] {
    guard let latest = series.latest?.period else {
      throw .forecast("series \"\(series.id)\" has no value to forecast from")
    }
    do {
      var steps: [Step] = []
      for step in 1...forecast.horizon {
        var intervals: [ClosedRange<Double>] = []
        for level in levels.percentages { intervals.append(try forecast.interval(level / 100, step: step)) }
        steps.append(
          Step(
            period: latest.advanced(by: step).labelAsWritten, step: step, mean: try forecast.mean(step: step),
            median: try forecast.median(step: step), intervals: intervals))
      }
      return steps
    } catch {
      throw .forecast("series \"\(series.id)\": \(error)")
    }
  }
}

/// The levels of the intervals that are reported, in per cent: 80 and 95 unless others are asked for.
public struct IntervalLevels: Hashable, Sendable {
  /// The levels, in the order asked for, each above 0 and below 100.
  public let percentages: [Double]

  /// 80 and 95 per cent.
  public static let standard = IntervalLevels(checked: [80, 95])

  /// Levels in per cent; a level that is named twice counts once.
  ///
  /// - Throws: ``ReportingError/level(_:)`` for a level that is not above 0 and below 100.
  public init(_ percentages: [Double]) throws(ReportingError) {
    var seen: [Double] = []
    for level in percentages {
      guard level > 0, level < 100 else { throw .level(level) }
      if !seen.contains(level) { seen.append(level) }
    }
    self.init(checked: seen)
  }

  private init(checked: [Double]) { percentages = checked }

  /// The levels as columns name them: `80`, `99.8`.
  var names: [String] { percentages.map(NumberText.plain) }
}
