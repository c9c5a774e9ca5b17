import Forecasting
import TimeSeries

/// The measures of reviewed forecasts as they are added up, by group, model and step.
///
/// The definitions are those of a backtest: what is scaled is averaged over the forecasts of a series and then over series,
/// and those without a scale are left out of it and counted; coverage is over all forecasts.
struct ReviewTally {
  /// The levels of the intervals, in rising order.
  var levels: [Double] = []
  private let grouping: ReviewGrouping
  private var groups: [String] = []
  private var models: [String] = []
  private var cells: [Place: Cell] = [:]

  private struct Place: Hashable {
    let group: Int
    let model: Int
    /// Nil for all steps together.
    let step: Int?
  }

  private struct SeriesName: Hashable {
    let id: String
    let area: String?
  }

  private struct Cell {
    var forecasts = 0
    var pending = 0
    var withoutValue = 0
    var units: Set<Unit> = []
    /// Places in `sums`, so that they are added in one order.
    var places: [SeriesName: Int] = [:]
    var sums: [Sums] = []
    var intervals: [Int] = []
    var covered: [Int] = []
  }

  fileprivate struct Sums {
    var scored = 0
    var error = 0.0
    var absoluteError = 0.0
    var symmetric = 0.0
    var scaled = 0
    var absolute = 0.0
    var squared = 0.0
    var bias = 0.0
    var distributions = 0
    var pinball = 0.0
    var intervalScores = 0
    var interval = 0.0
  }

  init(grouping: ReviewGrouping) { self.grouping = grouping }

  mutating func add(
    _ forecast: StoredForecast, outcome: ReviewReport.Outcome, scale: ErrorScale?, unit: Unit?
  ) {
    let group = Self.place(of: name(of: forecast), in: &groups)
    let model = Self.place(of: forecast.model, in: &models)
    for step in [forecast.step, nil] {
      var cell = cells[Place(group: group, model: model, step: step)] ?? Cell()
      cell.forecasts += 1
      switch outcome {
      case .pending: cell.pending += 1
      case .withoutValue: cell.withoutValue += 1
      case .scored(let actual, _):
        if let unit { cell.units.insert(unit) }
        let name = SeriesName(id: forecast.series, area: forecast.area)
        let place = cell.places[name] ?? cell.sums.count
        if place == cell.sums.count {
          cell.places[name] = place
          cell.sums.append(Sums())
        }
        cell.sums[place].add(forecast, actual: actual, scale: scale)
        cover(forecast, actual: actual, &cell)
      }
      cells[Place(group: group, model: model, step: step)] = cell
    }
  }

  private func cover(_ forecast: StoredForecast, actual: Double, _ cell: inout Cell) {
    if cell.intervals.isEmpty {
      cell.intervals = levels.map { _ in 0 }
      cell.covered = cell.intervals
    }
    for (place, level) in levels.enumerated() {
      guard let lower = forecast.quantile((1 - level) / 2), let upper = forecast.quantile((1 + level) / 2)
      else { continue }
      cell.intervals[place] += 1
      if lower <= actual, actual <= upper { cell.covered[place] += 1 }
    }
  }

  /// A row for each group, model and step: groups and models in the order of their first forecast, steps rising, and
  /// after them the row of all steps.
  var rows: [ReviewReport.Row] {
    let places = cells.keys.sorted {
      ($0.group, $0.model, $0.step ?? .max) < ($1.group, $1.model, $1.step ?? .max)
    }
    return places.compactMap { place in cells[place].map { row($0, at: place) } }
  }

  private func row(_ cell: Cell, at place: Place) -> ReviewReport.Row {
    let scaled = cell.sums.filter { $0.scaled > 0 }
    let scored = cell.sums.reduce(0) { $0 + $1.scored }
    func mean(_ series: [Sums], _ value: (Sums) -> Double) -> Double? {
      let sum = series.reduce(0) { $0 + value($1) }
      return series.isEmpty || !sum.isFinite ? nil : sum / Double(series.count)
    }
    // Errors of pounds and children have no mean.
    let alike = cell.units.count == 1 && scored > 0
    func total(_ value: (Sums) -> Double) -> Double? {
      let sum = cell.sums.reduce(0) { $0 + value($1) }
      return alike && sum.isFinite ? sum / Double(scored) : nil
    }
    return ReviewReport.Row(
      group: groups[place.group], model: models[place.model], step: place.step, forecasts: cell.forecasts,
      scored: scored, pending: cell.pending, withoutValue: cell.withoutValue, series: cell.sums.count,
      zeroScale: cell.sums.count - scaled.count, error: total(\.error), absoluteError: total(\.absoluteError),
      mase: mean(scaled) { $0.absolute / Double($0.scaled) },
      rmsse: mean(scaled) { ($0.squared / Double($0.scaled)).squareRoot() },
      smape: mean(cell.sums) { $0.symmetric / Double($0.scored) },
      bias: mean(scaled) { $0.bias / Double($0.scaled) },
      pinball: mean(scaled.filter { $0.distributions > 0 }) { $0.pinball / Double($0.distributions) },
      coverage: levels.indices.map { level in
        guard level < cell.intervals.count, cell.intervals[level] > 0 else { return nil }
        return 100 * Double(cell.covered[level]) / Double(cell.intervals[level])
      },
      msis: mean(scaled.filter { $0.intervalScores > 0 }) { $0.interval / Double($0.intervalScores) })
  }

  private func name(of forecast: StoredForecast) -> String {
    switch grouping {
    case .none: "all"
    case .area: forecast.area ?? ""
    case .series: forecast.area.map { "\(forecast.series), \($0)" } ?? forecast.series
    }
  }

  private static func place(of name: String, in names: inout [String]) -> Int {
    if let known = names.firstIndex(of: name) { return known }
    names.append(name)
    return names.count - 1
  }
}

extension ReviewTally.Sums {
  /// The level of the interval score.
  private static let intervalLevel = 0.95

  fileprivate mutating func add(_ forecast: StoredForecast, actual: Double, scale: ErrorScale?) {
    let error = forecast.mean - actual
    scored += 1
    self.error += error
    absoluteError += abs(error)
    symmetric += ForecastLoss.symmetricPercentage(actual: actual, forecast: forecast.mean)
    guard let scale, !scale.isZero else { return }
    scaled += 1
    absolute += abs(error) / scale.absolute
    squared += error * error / scale.squared
    bias += error / scale.absolute
    if !forecast.quantiles.isEmpty {
      let loss = forecast.quantiles.reduce(0) { sum, quantile in
        sum
          + ForecastLoss.pinball(
            actual: actual, quantile: quantile.value, probability: quantile.probability)
      }
      distributions += 1
      pinball += loss / Double(forecast.quantiles.count) / scale.absolute
    }
    if let lower = forecast.quantile((1 - Self.intervalLevel) / 2),
      let upper = forecast.quantile((1 + Self.intervalLevel) / 2)
    {
      intervalScores += 1
      interval +=
        ForecastLoss.interval(actual: actual, lower: lower, upper: upper, level: Self.intervalLevel)
        / scale.absolute
    }
  }
}
