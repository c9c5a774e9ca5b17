import Forecasting
import GRDB
import TimeSeries

/// Which of several vintages of a period is what came.
public enum Outturn: String, CaseIterable, Hashable, Sendable {
  /// The latest: what is now known to have happened.
  case latest
  /// The first with a value: what the next forecast would have been made from.
  case firstPublished = "first-published"
}

/// What forecasts are reviewed together.
public enum ReviewGrouping: String, CaseIterable, Hashable, Sendable {
  /// All of them.
  case none
  /// Those of an area.
  case area
  /// Those of a series in an area.
  case series
}

extension Store {
  /// Scores the saved forecasts against what has come since.
  ///
  /// Where one forecast (series, area, model, day of knowledge, origin and step) was saved in several runs, the latest
  /// run is scored and the others are counted (``ReviewReport/replaced``). The scale of an error is that of the history up
  /// to the origin, as it was known on the forecast's own day: the mean absolute seasonal naive error, as in a backtest.
  ///
  /// - Parameters:
  ///   - outturn: which vintage is what came.
  ///   - day: only what was known on this day counts as having come; nil for everything.
  ///   - grouping: which forecasts are averaged together.
  /// - Throws: ``EvidenceError`` when the file cannot be read or is damaged.
  public func review(
    outturn: Outturn = .latest, asOf day: CivilDate? = nil, by grouping: ReviewGrouping = .none
  ) throws(EvidenceError) -> ReviewReport {
    let runs = try savedForecasts()
    return try reading { database in
      var review = Review(outturn: outturn, day: day, grouping: grouping)
      try review.score(runs, database)
      return review.report
    }
  }
}

/// A review as it is made.
struct Review {
  private let outturn: Outturn
  private let day: CivilDate?
  private var tally: ReviewTally
  private var details: [ReviewReport.Detail] = []
  private var replaced = 0
  private var unknown: Set<SeriesName> = []

  private struct SeriesName: Hashable {
    let id: String
    let area: String?
  }

  private struct ForecastName: Hashable {
    let series: SeriesName
    let model: String
    let asOf: CivilDate?
    let origin: Period
    let step: Int
  }

  init(outturn: Outturn, day: CivilDate?, grouping: ReviewGrouping) {
    self.outturn = outturn
    self.day = day
    tally = ReviewTally(grouping: grouping)
  }

  var report: ReviewReport {
    ReviewReport(
      outturn: outturn, levels: tally.levels, rows: tally.rows, details: details, replaced: replaced,
      unknownSeries: unknown.count)
  }

  mutating func score(_ runs: [SavedForecasts], _ database: Database) throws {
    let all = runs.flatMap { run in run.forecasts.map { (run: run.number, forecast: $0) } }
    var latest: [ForecastName: Int] = [:]
    for (place, one) in all.enumerated() { latest[Self.name(one.forecast)] = place }
    tally.levels = Self.levels(all.map(\.forecast))
    var histories = try Histories(database)
    for (place, one) in all.enumerated() {
      guard latest[Self.name(one.forecast)] == place else {
        replaced += 1
        continue
      }
      let name = SeriesName(id: one.forecast.series, area: one.forecast.area)
      guard let history = try histories.of(id: name.id, area: name.area) else {
        unknown.insert(name)
        add(one.forecast, run: one.run, outcome: .pending, scale: nil, unit: nil)
        continue
      }
      let (outcome, scale) = (outcome(of: one.forecast, history), history.scale(for: one.forecast))
      add(one.forecast, run: one.run, outcome: outcome, scale: scale, unit: history.unit)
    }
  }

  private mutating func add(
    _ forecast: StoredForecast, run: Int, outcome: ReviewReport.Outcome, scale: ErrorScale?, unit: Unit?
  ) {
    tally.add(forecast, outcome: outcome, scale: scale, unit: unit)
    details.append(
      ReviewReport.Detail(run: run, forecast: forecast, outcome: outcome, scale: scale?.absolute))
  }

  private func outcome(of forecast: StoredForecast, _ history: History) -> ReviewReport.Outcome {
    let vintages = history.vintages(of: forecast.period).filter { vintage in
      day.map(vintage.isKnown(on:)) ?? true
    }
    let chosen =
      switch outturn {
      case .latest: vintages.last
      case .firstPublished: vintages.first { $0.figure.observation.value != nil } ?? vintages.last
      }
    guard let chosen else { return .pending }
    guard let value = chosen.figure.observation.value else { return .withoutValue(chosen.figure.observation) }
    return .scored(actual: value, published: chosen.figure.publication?.date)
  }

  private static func name(_ forecast: StoredForecast) -> ForecastName {
    ForecastName(
      series: SeriesName(id: forecast.series, area: forecast.area), model: forecast.model,
      asOf: forecast.asOf, origin: forecast.origin, step: forecast.step)
  }

  /// The levels of which at least one forecast has both ends, in rising order.
  private static func levels(_ forecasts: [StoredForecast]) -> [Double] {
    var levels: Set<Double> = []
    for forecast in forecasts {
      for quantile in forecast.quantiles where quantile.probability < 0.5 {
        guard forecast.quantile(1 - quantile.probability) != nil else { continue }
        levels.insert(
          StoredForecast.Quantile(probability: 1 - 2 * quantile.probability, value: 0).probability)
      }
    }
    return levels.sorted()
  }
}

/// What is known of a series: the vintages of every period, in the order in which they became known.
private struct History {
  let unit: Unit
  let vintages: [Period: [Vintage]]

  /// The vintages of a period. A census day moves from year to year: a census of the same month is the same.
  func vintages(of period: Period) -> [Vintage] {
    if let exact = vintages[period] { return exact }
    let near = vintages.keys.filter { $0.distance(to: period) == 0 }.min()
    return near.flatMap { vintages[$0] } ?? []
  }

  /// What the errors of a forecast are divided by; nil where nothing of its history is held.
  func scale(for forecast: StoredForecast) -> ErrorScale? {
    var known: [(position: Int, value: Double)] = []
    for (period, vintages) in vintages {
      guard let ahead = forecast.origin.distance(to: period), ahead <= 0 else { continue }
      let then = vintages.last { vintage in forecast.asOf.map(vintage.isKnown(on:)) ?? true }
      if let value = then?.figure.observation.value { known.append((ahead, value)) }
    }
    guard !known.isEmpty else { return nil }
    // Two censuses of one month are one step.
    known.sort { ($0.position, $0.value) < ($1.position, $1.value) }
    return ErrorScale(
      values: known.map(\.value), positions: known.map(\.position),
      season: forecast.origin.frequency.seasonalPeriod)
  }
}

/// The histories of the series that are asked for, each read once.
private struct Histories {
  private let reader: VintageReader
  private var series: [String: [String?: StoredSeries]] = [:]
  private var read: [Int: History] = [:]

  init(_ database: Database) throws {
    reader = try VintageReader(database)
    for one in try StoreCatalogue.series(database) { series[one.id, default: [:]][one.area] = one }
  }

  /// The history of a series; nil when the store holds none.
  mutating func of(id: String, area: String?) throws -> History? {
    guard let stored = series[id]?[area] else { return nil }
    if let known = read[stored.number] { return known }
    var vintages: [Period: [Vintage]] = [:]
    try reader.eachPeriod(of: stored.number) { period, own in
      vintages[period] = own.sorted { $0.isBefore($1) }
    }
    let history = History(unit: stored.key.unit, vintages: vintages)
    read[stored.number] = history
    return history
  }
}
