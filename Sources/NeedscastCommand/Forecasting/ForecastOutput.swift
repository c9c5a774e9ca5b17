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
    var rows: RowOutput?
    var errors: AtomicFile?
  }

  /// How rows are written; nil where the forecasts are kept.
  private let table: ForecastCSV?
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
    state = Mutex(
      State(rows: table.map { RowOutput(header: $0.header, path: path, overwrite: overwrite) }))
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
      state.count.forecasts += portion.forecastCount
      state.count.failures += portion.failures.count
      do {
        try report(portion.failures, &state)
        state.forecasts += portion.forecasts
        try state.rows?.write(portion.rows)
        state.count.isReaderGone = state.rows?.isReaderGone ?? false
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
        // A table with failures in it is one too where there was nothing to forecast.
        if table?.carriesFailures == true { try state.rows?.begin() }
        let isWritten = try state.rows?.finish() ?? false
        try state.errors?.commit()
        return isWritten
      } catch {
        throw Failure(error)
      }
    }
  }

  /// Names every failure of the forecaster; those of the rows are named with the problems of the file.
  private func report(_ failures: [PoolForecaster.Failed], _ state: inout State) throws {
    for failure in failures {
      if failure.code == .forecast, table?.carriesFailures != true {
        StandardStreams.error("\(failure.message)\n")
      }
      try state.errors?.append(
        Array(
          CSVText.row([
            CSVText.text(failure.name), failure.code.rawValue, CSVText.text(failure.message),
          ]).utf8))
    }
  }
}
