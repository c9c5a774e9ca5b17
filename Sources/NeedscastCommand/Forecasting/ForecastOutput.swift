import ArgumentParser
import Needscast
import Synchronization

/// Where forecasts and failures go as they come: CSV rows to a file or to standard output, failures to standard error
/// and to their own file.
final class ForecastOutput: Sendable {
  /// What has gone through.
  struct Count {
    var forecasts = 0
    var failures = 0
    /// Whether nobody reads standard output any more.
    var isReaderGone = false
  }

  private struct State {
    var count = Count()
    var forecasts: [SeriesForecast] = []
    var file: AtomicFile?
    var errors: AtomicFile?
  }

  /// How rows are written; nil where the forecasts are kept.
  private let table: ForecastCSV?
  private let path: String?
  private let overwrite: Bool
  private let state: Mutex<State>

  /// Describes the output.
  ///
  /// - Parameters:
  ///   - table: how rows are written; nil where the forecasts are kept for the end.
  ///   - path: the file of the rows; nil for standard output.
  ///   - errors: the file of the failures; nil for none.
  /// - Throws: ``Failure`` with exit code 73.
  init(table: ForecastCSV?, path: String?, errors: String?, overwrite: Bool) throws {
    self.table = table
    self.path = path
    self.overwrite = overwrite
    state = Mutex(State())
    guard let errors else { return }
    try state.withLock { state in
      do {
        let file = try AtomicFile(errors, overwrite: overwrite)
        try file.append(Array(CSVText.row(["series", "code", "message"]).utf8))
        state.errors = file
      } catch {
        throw Failure(error)
      }
    }
  }

  /// What has gone through by now.
  var count: Count { state.withLock { $0.count } }

  /// The forecasts that were kept.
  var forecasts: [SeriesForecast] { state.withLock { $0.forecasts } }

  /// Takes a portion; false when nobody wants more.
  func take(_ portion: ForecastRun.Portion) throws -> Bool {
    try state.withLock { state in
      let isFirst = state.count.forecasts == 0
      state.count.forecasts += portion.forecastCount
      state.count.failures += portion.failures.count
      do {
        try report(portion.failures, &state)
        state.forecasts += portion.forecasts
        guard let table, portion.forecastCount > 0 else { return true }
        if isFirst, let path { state.file = try AtomicFile(path, overwrite: overwrite) }
        if isFirst { try write(Array(table.header.utf8), &state) }
        try write(portion.rows, &state)
        return !state.count.isReaderGone
      } catch {
        throw error as? Failure ?? Failure(error)
      }
    }
  }

  /// Puts the files in their places.
  ///
  /// - Returns: whether a file of rows was written.
  /// - Throws: ``Failure`` with exit code 73.
  func finish() throws -> Bool {
    try state.withLock { state in
      do {
        try state.file?.commit()
        try state.errors?.commit()
        return state.file != nil
      } catch {
        throw Failure(error)
      }
    }
  }

  private func write(_ bytes: [UInt8], _ state: inout State) throws {
    if let file = state.file {
      try file.append(bytes)
    } else if try !StandardStreams.output(bytes) {
      state.count.isReaderGone = true
    }
  }

  /// Names every failure of the forecaster; those of the rows are named with the problems of the file.
  private func report(_ failures: [PoolForecaster.Failed], _ state: inout State) throws {
    for failure in failures {
      if failure.code == .forecast { StandardStreams.error("\(failure.message)\n") }
      try state.errors?.append(
        Array(
          CSVText.row([
            CSVText.text(failure.series), failure.code.rawValue, CSVText.text(failure.message),
          ]).utf8))
    }
  }
}
