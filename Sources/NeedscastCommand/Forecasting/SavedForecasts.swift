import Needscast

/// Forecasts on their way into a store, with what they were made from.
struct SavedForecasts {
  let input: String
  let model: String
  let horizon: Int
  let poolBy: String?
  let levels: IntervalLevels

  /// Saves forecasts.
  ///
  /// - Returns: what was done, as a sentence.
  /// - Throws: ``EvidenceError`` of the store; ``Failure`` for standard input, of which nothing can be told later.
  func save(_ forecasts: [SeriesForecast], to path: String) throws -> String {
    guard input != "-" else {
      throw Failure(
        "--store \(path): what came from standard input cannot be told later; name the file of the series",
        code: Failure.wrongArguments)
    }
    let bytes = try FileContents.read(input).bytes
    let manifest = ForecastManifest(
      version: Version.text, seed: 1, levels: levels.percentages.map { $0 / 100 },
      options: [
        ForecastManifest.Option(name: "model", value: model),
        ForecastManifest.Option(name: "horizon", value: "\(horizon)"),
      ] + (poolBy.map { [ForecastManifest.Option(name: "pool-by", value: $0)] } ?? []),
      inputs: [ForecastManifest.Input(path: input, sha256: FileDigest.sha256(bytes))])
    let stored = try forecasts.flatMap { try steps(of: $0) }
    let saving = try Store(at: path, mode: .writing).save(stored, manifest: manifest)
    return saving.isRepeat
      ? "\(path): these forecasts are there already, as run \(saving.run)"
      : "saved \(stored.count) forecasts in \(path) as run \(saving.run)"
  }

  private func steps(of forecast: SeriesForecast) throws -> [StoredForecast] {
    guard let origin = forecast.series.latest?.period else { return [] }
    let known = forecast.series.points.compactMap { $0.publication?.date }.max()
    return try forecast.steps(levels: levels).map { step in
      StoredForecast(
        series: forecast.series.id, area: forecast.series.area, model: forecast.model, asOf: known,
        origin: origin, step: step.step, period: origin.advanced(by: step.step), mean: step.mean,
        quantiles: StoredForecast.quantiles(
          median: step.median, levels: levels.percentages.map { $0 / 100 },
          bounds: step.intervals.flatMap { [$0.lowerBound, $0.upperBound] }))
    }
  }
}
