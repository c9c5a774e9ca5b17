import Needscast
import Synchronization

/// Every series of a file forecast; a series that fails is a value, and stops no other.
struct ForecastBatch {
  /// A series that could not be forecast.
  struct Failed {
    /// What kind of reason: the rows of the file, or the forecaster.
    enum Code: String {
      case data
      case forecast
    }

    let series: String
    let code: Code
    let message: String
  }

  let forecasts: [SeriesForecast]
  let failures: [Failed]

  /// Forecasts the series in the order of the file, on a number of threads that changes no byte.
  init(_ file: SeriesFile, model: any ForecastModel, horizon: Int, jobs: Int) throws {
    let results = Mutex<[Int: Result<SeriesForecast, ForecastFailure>]>([:])
    concurrentBlocks(count: file.count, blockSize: 1, jobs: jobs) { block in
      for position in block {
        let result = Self.forecast(file, position: position, model: model, horizon: horizon)
        results.withLock { $0[position] = result }
      }
    }
    var forecasts: [SeriesForecast] = []
    var failures = file.failed.map {
      Failed(series: Self.name($0.id, $0.area), code: .data, message: $0.message)
    }
    results.withLock { results in
      for position in 0..<file.count {
        switch results[position] {
        case .success(let forecast): forecasts.append(forecast)
        case .failure(let failure):
          failures.append(Failed(series: failure.series, code: .forecast, message: failure.message))
        case nil: break
        }
      }
    }
    self.forecasts = forecasts
    self.failures = failures
  }

  private struct ForecastFailure: Error {
    let series: String
    let message: String
  }

  private static func forecast(
    _ file: SeriesFile, position: Int, model: any ForecastModel, horizon: Int
  ) -> Result<SeriesForecast, ForecastFailure> {
    var name = "series \(position + 1)"
    do {
      guard let series = try file.series(at: position) else {
        return .failure(ForecastFailure(series: name, message: "\(name): it is not there"))
      }
      name = Self.name(series.id, series.area)
      let sample = try model.sample(series)
      let choice = try (model as? Automatic)?.choose(sample)
      let fitted = if let choice { choice.fitted } else { try model.fit(sample) }
      return .success(
        SeriesForecast(
          series: series, forecast: try Forecast(fitted, horizon: horizon), choice: choice))
    } catch {
      return .failure(ForecastFailure(series: name, message: "\(error)"))
    }
  }

  private static func name(_ id: String, _ area: String?) -> String {
    area.map { "\(id), \($0)" } ?? id
  }

  /// The failures as CSV: `series,code,message`.
  static func csv(_ failures: [Failed]) -> String {
    CSVText.row(["series", "code", "message"])
      + failures.map {
        CSVText.row([CSVText.text($0.series), $0.code.rawValue, CSVText.text($0.message)])
      }.joined()
  }
}
