import Needscast
import Synchronization

/// Every series of a file backtested; what fails is a value, and stops nothing else.
struct BacktestBatch {
  /// A series that could not be forecast, or not by every model.
  struct Failed {
    /// What kind of reason: the rows of the file, too few periods for any origin, or the forecaster.
    enum Code: String {
      case data
      case origin
      case forecast
    }

    let series: String
    /// The model; nil where the reason is the series'.
    let model: String?
    let code: Code
    let message: String

    init(series: String, model: String?, code: Code, message: String) {
      self.series = series
      self.model = model
      self.code = code
      self.message = message
    }

    init(_ failed: SeriesFile.FailedSeries) {
      self.init(
        series: failed.area.map { "\(failed.id), \($0)" } ?? failed.id, model: nil, code: .data,
        message: failed.message)
    }

    /// - Parameter origins: the number of origins there were.
    init(_ failure: BacktestResult.Failure, origins: Int) {
      let model = failure.model.map {
        " (\($0), at \(failure.origins) of \(origins) origin\(origins == 1 ? "" : "s"))"
      }
      self.init(
        series: failure.name, model: failure.model, code: failure.model == nil ? .origin : .forecast,
        message: failure.message + (model ?? ""))
    }
  }

  let result: BacktestResult
  let failures: [Failed]
  let namesArea: Bool

  /// Which columns divide the series, and as of when they are known.
  struct Division {
    let poolBy: String?
    let by: String?
    let asOf: CivilDate?
  }

  init(
    _ file: SeriesFile, backtest: Backtest, contenders: [Backtest.Contender], division: Division, jobs: Int,
    keepsForecasts: Bool, progress: Progress
  ) throws {
    if let by = division.by { try Self.require(by, in: file, option: "--by") }
    let asOf = division.asOf
    @Sendable func series(_ position: Int) -> Series? {
      guard let series = try? file.series(at: position) else { return nil }
      return asOf.map { series.known(asOf: $0) } ?? series
    }
    var places = [Backtest.Place](repeating: .init(), count: file.count)
    var pools = [String?](repeating: nil, count: file.count)
    if division.poolBy != nil {
      // What has no value there belongs to no pool.
      for (number, pool) in file.pools.enumerated() where pool.count > 1 {
        for position in pool { pools[position] = "\(number)" }
      }
    }
    if division.poolBy != nil || division.by != nil {
      for position in 0..<file.count {
        guard let series = try file.series(at: position) else { continue }
        places[position] = .init(
          pool: pools[position],
          group: division.by.map { Self.value($0, of: series) } ?? Backtest.Place.everything)
      }
    }
    namesArea = file.keys.contains { $0.area != nil }
    let start = ContinuousClock.now
    if division.poolBy == nil { progress.expect(file.count * backtest.origins * contenders.count) }
    // The clock is looked at before and after a model has forecast from an origin.
    let looks = Counter()
    result = backtest.run(
      contenders, places: places, jobs: jobs, keepsForecasts: keepsForecasts,
      clock: {
        if looks.next().isMultiple(of: 2) { progress.advance() }
        return (ContinuousClock.now - start) / .seconds(1)
      }, series: series)
    failures =
      file.failed.map { Failed($0) }
      + result.failures.map { Failed($0, origins: backtest.origins) }
  }

  /// Whether any figure of a file has a date of publication.
  static func hasDates(_ file: SeriesFile) -> Bool {
    (0..<file.count).contains { position in
      (try? file.series(at: position))?.points.contains { $0.publication != nil } ?? false
    }
  }

  /// The columns beside the attributes that series can be divided by.
  private static let fixed = ["series", "area", "measure", "unit"]

  private static func require(_ column: String, in file: SeriesFile, option: String) throws {
    guard !file.attributeNames.contains(column), !fixed.contains(column) else { return }
    let known = (file.attributeNames + fixed).joined(separator: ", ")
    throw Failure(
      "\(file.file): there is no column \"\(column)\" for \(option); write one of \(known)",
      code: Failure.wrongData)
  }

  private static func value(_ column: String, of series: Series) -> String {
    if let value = series.attribute(column) { return value }
    switch column {
    case "series": return series.id
    case "area": return series.area ?? ""
    case "measure": return series.measure.id
    default: return "\(series.measure.unit)"
    }
  }

  /// The failures as CSV: `series,code,message`.
  var failuresCSV: String {
    CSVText.row(["series", "code", "message"])
      + failures.map {
        CSVText.row([CSVText.text($0.series), $0.code.rawValue, CSVText.text($0.message)])
      }.joined()
  }
}

/// How often something has happened, on any thread.
private final class Counter: Sendable {
  private let count = Atomic<Int>(0)

  /// Counts once more, from 1.
  func next() -> Int { count.wrappingAdd(1, ordering: .relaxed).newValue }
}
