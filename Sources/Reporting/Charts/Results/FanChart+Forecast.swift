import Forecasting
import TimeSeries

extension FanChart {
  /// A chart of a series and its forecast, whose title says what becomes of it.
  ///
  /// - Throws: ``ReportingError/emptyChart(_:)`` or ``ReportingError/forecast(_:)``.
  public init(_ forecast: SeriesForecast, identifier: String? = nil) throws(ReportingError) {
    let series = forecast.series
    let spaced: Series
    do {
      spaced = try series.evenlySpaced()
    } catch {
      throw .forecast("\(error)")
    }
    var points = spaced.points.map { point in
      Point(label: point.period.labelAsWritten, content: point.value.map { .published($0) } ?? .missing)
    }
    // Periods after the last value that have none are forecast.
    while points.last?.content == .missing { points.removeLast() }
    for step in try forecast.steps(levels: IntervalLevels([50, 80, 95])) {
      guard step.intervals.count == 3 else { continue }
      points.append(
        Point(
          label: step.period,
          content: .forecast(
            Fan(
              median: step.median, interval50: step.intervals[0], interval80: step.intervals[1],
              interval95: step.intervals[2]))))
    }
    let unit: ChartUnit =
      switch series.measure.unit {
      case .pounds: .pounds
      case .percentage: .percentage
      default: .count("\(series.measure.unit)")
      }
    let name = series.area.map { "\(series.measure.name), \($0)" } ?? series.measure.name
    try self.init(
      title: Self.finding(name, points, unit), unit: unit, points: points, identifier: identifier ?? series.id
    )
  }

  /// What becomes of a quantity: its last published figure and the median of the last forecast.
  ///
  /// - Parameters:
  ///   - name: what it is.
  ///   - points: its figures.
  ///   - unit: what they count.
  ///   - middle: what goes before an uncertain figure: `about`, or `median` where means stand beside the chart.
  static func finding(_ name: String, _ points: [Point], _ unit: ChartUnit, middle: String = "about")
    -> String
  {
    let figures = FigureText(unit, showing: points.flatMap(\.figures).filter(\.isDrawable))
    let now = points.last { $0.published?.isDrawable ?? false }
      .flatMap { point in point.published.map { "\(figures.text($0)) \(Self.when(point.label))" } }
    let then = points.last { $0.fan?.median.isDrawable ?? false }
      .flatMap { point in
        point.fan.map {
          "\($0.isCertain ? "" : middle + " ")\(figures.text($0.median)) \(Self.when(point.label))"
        }
      }
    let known = [now, then].compactMap { $0 }
    return known.isEmpty ? name : "\(name): \(known.joined(separator: ", "))"
  }

  /// A period as a sentence has it: `in 2024/25`, `on 2025-01-15`.
  private static func when(_ label: String) -> String {
    (label.split(separator: "-").count == 3 ? "on " : "in ") + label
  }
}
