import Forecasting
import TimeSeries

/// Forecasts as programs read them.
public struct ForecastDocument: Codable, Hashable, Sendable {
  /// The series, in input order.
  public let series: [SeriesDocument]

  /// The forecast of one series.
  public struct SeriesDocument: Codable, Hashable, Sendable {
    /// The series.
    public let series: String
    /// Its area; left out where it has none.
    public let area: String?
    /// The unit of its values.
    public let unit: String
    /// The model.
    public let model: String
    /// The models that spoke and the share of each; left out where one model speaks alone.
    public let models: [VoiceDocument]?
    /// The forecast periods, in order.
    public let forecasts: [Step]
  }

  /// A model that spoke with others.
  public struct VoiceDocument: Codable, Hashable, Sendable {
    /// Its specification.
    public let specification: String
    /// Its share, from 0 to 1.
    public let weight: Double

    init(_ voice: Voice) {
      specification = voice.specification
      weight = voice.weight
    }
  }

  /// One forecast period.
  public struct Step: Codable, Hashable, Sendable {
    /// The period, in the form of the input.
    public let period: String
    /// The number of periods after the last observation.
    public let step: Int
    /// The mean.
    public let mean: Double
    /// The median.
    public let median: Double
    /// The intervals, in the order of the levels asked for.
    public let intervals: [Interval]
  }

  /// An interval with equal tails.
  public struct Interval: Codable, Hashable, Sendable {
    /// Its level in per cent.
    public let level: Double
    /// Its lower end.
    public let lower: Double
    /// Its upper end.
    public let upper: Double
  }

  /// Reads the forecasts off.
  ///
  /// - Throws: ``ReportingError/forecast(_:)``.
  public init(_ forecasts: [SeriesForecast], levels: IntervalLevels = .standard) throws(ReportingError) {
    var documents: [SeriesDocument] = []
    for forecast in forecasts {
      documents.append(
        SeriesDocument(
          series: forecast.series.id, area: forecast.series.area,
          unit: "\(forecast.series.measure.unit)", model: forecast.model,
          models: forecast.voices.isEmpty ? nil : forecast.voices.map(VoiceDocument.init),
          forecasts: try forecast.steps(levels: levels).map { step in
            Step(
              period: step.period, step: step.step, mean: step.mean, median: step.median,
              intervals: zip(levels.percentages, step.intervals).map {
                Interval(level: $0, lower: $1.lowerBound, upper: $1.upperBound)
              })
          }))
    }
    series = documents
  }
}

/// Forecasts as JSON: ``ForecastDocument`` written out.
public enum ForecastJSON {
  /// The forecasts as JSON, with a line feed at the end.
  ///
  /// - Throws: ``ReportingError/forecast(_:)`` or ``ReportingError/notRepresentable(_:)``.
  public static func text(
    _ forecasts: [SeriesForecast], levels: IntervalLevels = .standard
  ) throws(ReportingError) -> String {
    try JSONText.text(try ForecastDocument(forecasts, levels: levels))
  }
}
