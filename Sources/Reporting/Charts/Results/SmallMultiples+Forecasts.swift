import Forecasting
import TimeSeries

extension SmallMultiples {
  /// Several series and their forecasts side by side.
  ///
  /// What all series share, their measure or their area, is said once above; each picture says what it alone is of, and
  /// what becomes of it.
  ///
  /// - Parameters:
  ///   - forecasts: the series, each with what the ids of its picture begin with.
  ///   - title: what the chart finds.
  ///   - notes: notes at the foot.
  /// - Throws: ``ReportingError/emptyChart(_:)`` without a series, or ``ReportingError/forecast(_:)``.
  public init(
    _ forecasts: [(forecast: SeriesForecast, identifier: String)], title: String, notes: [String] = []
  ) throws(ReportingError) {
    let series = forecasts.map(\.forecast.series)
    let areas = series.compactMap(\.area)
    let measures = series.map(\.measure.name)
    var names = zip(series, measures).map { one, measure in one.area.map { "\(measure), \($0)" } ?? measure }
    var shared = ""
    if let measure = measures.first, Set(measures).count == 1, Set(areas).count == series.count {
      (names, shared) = (areas, measure)
    } else if let area = areas.first, areas.count == series.count, Set(areas).count == 1,
      Set(measures).count == series.count
    {
      (names, shared) = (measures, area)
    }
    var charts: [FanChart] = []
    for (one, name) in zip(forecasts, names) {
      let whole = try FanChart(one.forecast, identifier: one.identifier)
      charts.append(
        try FanChart(
          title: FanChart.finding(name, whole.points, whole.unit), unit: whole.unit, points: whole.points,
          identifier: whole.identifier))
    }
    try self.init(title: title, subtitle: shared, charts: charts, notes: notes)
  }
}
