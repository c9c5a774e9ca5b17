import Forecasting
import TimeSeries

/// Forecasts as text for a terminal, one table for each series.
public struct ForecastTable: Sendable {
  /// The levels of the intervals.
  public let levels: IntervalLevels
  /// The number of characters in a line.
  public let width: Int
  /// Whether it is coloured.
  public let style: TextStyle

  /// Describes a table; fewer than 60 characters in a line are taken as 60.
  public init(levels: IntervalLevels = .standard, width: Int = 100, style: TextStyle = .plain) {
    self.levels = levels
    self.width = max(60, width)
    self.style = style
  }

  /// The tables of all series, with an empty line between them.
  ///
  /// - Throws: ``ReportingError/forecast(_:)``.
  public func text(_ forecasts: [SeriesForecast]) throws(ReportingError) -> String {
    var sections: [String] = []
    for forecast in forecasts { sections.append(try text(forecast)) }
    return sections.joined(separator: "\n")
  }

  /// The table of one series, with a line feed at the end.
  ///
  /// - Throws: ``ReportingError/forecast(_:)``.
  public func text(_ forecast: SeriesForecast) throws(ReportingError) -> String {
    let steps = try forecast.steps(levels: levels)
    var shown = steps.flatMap {
      [$0.mean, $0.median] + $0.intervals.flatMap { [$0.lowerBound, $0.upperBound] }
    }
    let latest = forecast.series.latest
    if let value = latest?.value { shown.append(value) }
    let decimals = NumberText.decimals(showing: shown)
    func number(_ value: Double) -> String { NumberText.fixed(value, decimals: decimals) }
    var grid = TextGrid(
      [.init("period", alignment: .left), .init("mean"), .init("median")]
        + levels.names.map { .init("\($0)% interval") })
    for step in steps {
      grid.add(
        [step.period, number(step.mean), number(step.median)]
          + step.intervals.map { "\(number($0.lowerBound)) to \(number($0.upperBound))" })
    }
    let series = forecast.series
    var title = series.area.map { "\(series.id), \($0)" } ?? series.id
    let unit = "\(series.measure.unit)"
    title += unit.isEmpty ? ": \(forecast.model)" : " (\(unit)): \(forecast.model)"
    if let latest, let value = latest.value {
      title += "; last published \(number(value)) for \(latest.period.labelAsWritten)"
    }
    let meaning = ModelName.summary(of: forecast.model).map {
      Paragraph.lines("\(forecast.model): \($0)", first: "  ", width: width)
    }
    var lines = Paragraph.lines(title, width: width).map { style.painted($0, .heading) } + (meaning ?? [])
    lines += course(of: forecast, steps, number).lines(
      "history and median", indent: 2, width: width, style: style)
    lines += grid.lines(indent: 2, width: width, style: style)
    if steps.contains(where: { abs($0.mean - $0.median) > Self.skew * abs($0.median) }) {
      lines += Paragraph.lines(Self.skewNote, first: "  ", width: width)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The latest figures of a series and the medians of its forecast.
  private func course(
    of forecast: SeriesForecast, _ steps: [SeriesForecast.Step], _ number: @escaping (Double) -> String
  ) -> SparklineTable {
    let end = forecast.series.points.lastIndex { $0.value != nil } ?? 0
    let points = forecast.series.points.prefix(end + 1).suffix(Self.history)
    return SparklineTable(
      labels: points.map(\.period.labelAsWritten) + steps.map(\.period),
      rows: [
        SparklineTable.Row(
          "\(Sparkline.divider) before the forecast",
          Sparkline(points.map(\.value) + steps.map(\.median), firstForecast: points.count), cell: number)
      ])
  }

  /// The number of figures of the history in a line of blocks.
  private static let history = 40

  /// From this share of the median on, the distance of the mean from it is remarked upon.
  private static let skew = 0.05

  private static let skewNote =
    "The median is as likely to be exceeded as not; the mean differs from it because a few extreme outcomes weigh on it."
}
