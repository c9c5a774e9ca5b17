import Foundation
import GRDB
import TimeSeries

extension Store {
  /// Saves forecasts with what they were made from: all of them or, when anything goes wrong, none.
  ///
  /// The very same forecasts from the very same manifest are saved once; the result says so.
  ///
  /// - Parameters:
  ///   - forecasts: the forecasts, a step each; none twice for one series, area, model, origin and step.
  ///   - manifest: what they were made from.
  /// - Throws: ``EvidenceError``: a forecast that is no number or stands twice, another process that does not finish.
  public func save(_ forecasts: [StoredForecast], manifest: ForecastManifest) throws(EvidenceError)
    -> StoreSaving
  {
    try checkForecasts(forecasts)
    let text = try Self.text(of: manifest)
    return try writing { database in
      let earlier = try PreparedStatement(
        database, "SELECT id FROM runs WHERE kind = 'forecasts' AND manifest = ? ORDER BY id")
      try earlier.bind(1, text)
      var candidates: [Int] = []
      while try earlier.step() { candidates.append(Int(earlier.integer(0))) }
      for candidate in candidates where try ForecastRows.read(database, run: candidate) == forecasts {
        return (false, StoreSaving(run: candidate, isRepeat: true))
      }
      let run = try StoredRuns.insert(database, kind: "forecasts", manifest: text)
      try ForecastRows.write(forecasts, database, run: run)
      return (true, StoreSaving(run: run, isRepeat: false))
    }
  }

  /// The forecasts that were saved, run by run in their order.
  ///
  /// - Throws: ``EvidenceError`` when the file cannot be read or is damaged.
  public func savedForecasts() throws(EvidenceError) -> [SavedForecasts] {
    try reading { database in
      let statement = try PreparedStatement(
        database, "SELECT id, manifest FROM runs WHERE kind = 'forecasts' ORDER BY id")
      var runs: [(number: Int, manifest: String)] = []
      while try statement.step() { runs.append((Int(statement.integer(0)), statement.text(1))) }
      return try runs.map { run in
        SavedForecasts(
          number: run.number,
          manifest: try JSONDecoder().decode(ForecastManifest.self, from: Data(run.manifest.utf8)),
          forecasts: try ForecastRows.read(database, run: run.number))
      }
    }
  }

  private func checkForecasts(_ forecasts: [StoredForecast]) throws(EvidenceError) {
    var seen: Set<ForecastName> = []
    for forecast in forecasts {
      let name = ForecastName(forecast)
      if let reason = forecast.unsoundness {
        throw .badData(Problem(file: path, message: "the forecast of \(name) cannot be saved: \(reason)"))
      }
      guard seen.insert(name).inserted else {
        throw .badData(
          Problem(file: path, message: "the forecast of \(name) stands twice in one run; save one of them"))
      }
    }
  }

  private static func text(of manifest: ForecastManifest) throws(EvidenceError) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return String(decoding: try encoder.encode(manifest), as: UTF8.self)
    } catch {
      throw .badArgument("the manifest cannot be written as JSON: its levels must be finite numbers")
    }
  }
}

/// What tells a forecast from others of its run.
private struct ForecastName: Hashable, CustomStringConvertible {
  let series: String
  let area: String?
  let model: String
  let origin: Period
  let step: Int

  init(_ forecast: StoredForecast) {
    series = forecast.series
    // The table holds no area and an empty one for the same.
    area = forecast.area.flatMap { $0.isEmpty ? nil : $0 }
    model = forecast.model
    origin = forecast.origin
    step = forecast.step
  }

  var description: String {
    "series \"\(series)\"\(area.map { ", \($0)" } ?? "") by \(model), step \(step) after \(origin)"
  }
}

/// The runs of a store.
enum StoredRuns {
  /// Begins a run, and gives its number.
  static func insert(_ database: Database, kind: String, manifest: String) throws -> Int {
    let insert = try PreparedStatement(database, "INSERT INTO runs (kind, manifest) VALUES (?, ?)")
    try insert.bind(1, kind)
    try insert.bind(2, manifest)
    try insert.run()
    return Int(database.lastInsertedRowID)
  }
}

/// The tables of forecasts and their quantiles.
enum ForecastRows {
  static func write(_ forecasts: [StoredForecast], _ database: Database, run: Int) throws {
    let names = try StoreNames(database, import: 0, renames: false)
    let insert = try PreparedStatement(
      database,
      """
      INSERT INTO forecasts (run, series, area, model, as_of, origin, step, period, style, mean)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """)
    let insertQuantile = try PreparedStatement(
      database, "INSERT INTO quantiles (forecast, probability, value) VALUES (?, ?, ?)")
    for forecast in forecasts {
      try insert.bind(1, run)
      try insert.bind(2, forecast.series)
      try insert.bind(3, forecast.area)
      try insert.bind(4, forecast.model)
      try insert.bind(5, forecast.asOf?.daysSinceEpoch)
      try insert.bind(6, try names.period(forecast.origin))
      try insert.bind(7, forecast.step)
      try insert.bind(8, try names.period(forecast.period))
      try insert.bind(9, Int(forecast.period.style.rawValue))
      try insert.bind(10, forecast.mean)
      try insert.run()
      let id = database.lastInsertedRowID
      for quantile in forecast.quantiles {
        try insertQuantile.bind(1, id)
        try insertQuantile.bind(2, quantile.probability)
        try insertQuantile.bind(3, quantile.value)
        try insertQuantile.run()
      }
    }
  }

  static func read(_ database: Database, run: Int) throws -> [StoredForecast] {
    let periods = try VintageReader.periods(database)
    let statement = try PreparedStatement(
      database,
      """
      SELECT forecasts.id, series, area, model, as_of, origin, step, period, style, mean, probability, value
      FROM forecasts LEFT JOIN quantiles ON quantiles.forecast = forecasts.id
      WHERE run = ? ORDER BY forecasts.id, probability
      """)
    try statement.bind(1, run)
    var forecasts: [StoredForecast] = []
    var last: Int64?
    while try statement.step() {
      if last != statement.integer(0) {
        last = statement.integer(0)
        guard let origin = periods[statement.integer(5)], var period = periods[statement.integer(7)],
          let style = UInt8(exactly: statement.integer(8)).flatMap(PeriodStyle.init(rawValue:)),
          let mean = statement.number(9)
        else { throw StoreFailure.Damage(what: "a forecast has no period") }
        period.style = style
        forecasts.append(
          StoredForecast(
            series: statement.text(1), area: statement.optionalText(2), model: statement.text(3),
            asOf: statement.optionalInteger(4).map { CivilDate(daysSinceEpoch: Int($0)) }, origin: origin,
            step: Int(statement.integer(6)), period: period, mean: mean, quantiles: []))
      }
      if let probability = statement.number(10), let value = statement.number(11) {
        forecasts[forecasts.count - 1].quantiles.append(.init(probability: probability, value: value))
      }
    }
    return forecasts
  }
}
