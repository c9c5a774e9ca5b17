import ArgumentParser
import Needscast

/// The chart of a series file: a series and its forecast, or several side by side.
struct SeriesCharts {
  let verb: ChartVerb

  private var asked: SeriesChartOptions { verb.series }

  /// Forecasts what was asked for and draws it; names what could not be forecast.
  func run() throws {
    try OutputTarget.check(verb.options.target, against: [verb.input], overwrite: verb.options.force)
    let model = asked.model ?? "automatic"
    let file = try SeriesFile.read(
      verb.input,
      options: SeriesFileOptions(
        frequency: asked.input.frequency, yearType: asked.input.calendar, keepsSoundSeries: true,
        covariates: try ModelExpression(model).regressorNames))
    for note in file.notes { verb.options.say(PlacedNote.text(note, of: file.file)) }
    for warning in file.warnings { verb.options.say("\(warning)") }
    let (positions, failed) = try chosen(of: file)
    let forecaster = PoolForecaster(
      model: try ModelCatalogue.model(named: model), horizon: asked.horizon ?? 3, explainsChoice: false,
      givesAccounts: false, jobs: verb.threads.count)
    var charts: [(forecast: SeriesForecast, identifier: String)] = []
    var failures = failed.map { PoolForecaster.Failed($0) }
    for position in positions {
      // Each by itself, as the command forecasts them unless it is told which lend strength to each other.
      for outcome in forecaster.forecast([position], of: file) {
        switch outcome {
        case .success(let forecast):
          charts.append((forecast, "series-\(position + 1)"))
        case .failure(let refusal): failures.append(refusal.failed)
        }
      }
    }
    let names = failures.map(\.name).joined(separator: "; ")
    if verb.kind == .fan, let chart = charts.first {
      try verb.write(try FanChart(chart.forecast, identifier: chart.identifier))
    } else if !charts.isEmpty {
      try verb.write(
        try SmallMultiples(
          charts, title: "\(charts.count) series and their forecasts, \(periods) ahead",
          notes: failures.isEmpty ? [] : ["Could not be forecast: \(names)."]))
    }
    for problem in file.problems { StandardStreams.error("\(problem)\n") }
    for failure in failures where failure.code == .forecast { StandardStreams.error("\(failure.message)\n") }
    guard !failures.isEmpty else { return }
    StandardStreams.error(
      "\(failures.count) of \(charts.count + failures.count) series could not be drawn\n")
    throw ExitCode(Failure.wrongData)
  }

  private var periods: String { (asked.horizon ?? 3) == 1 ? "1 period" : "\(asked.horizon ?? 3) periods" }

  /// The series that were asked for.
  ///
  /// - Throws: ``Failure`` where there is none, or more than a chart has room for.
  private func chosen(of file: SeriesFile) throws -> ([Int], [SeriesFile.FailedSeries]) {
    func isAsked(_ id: String, _ area: String?) -> Bool {
      (asked.series ?? id) == id && (asked.area.map { $0 == area } ?? true)
    }
    let positions = file.keys.indices.filter { isAsked(file.keys[$0].id, file.keys[$0].area) }
    let failed = file.failed.filter { isAsked($0.id, $0.area) }
    let count = positions.count + failed.count
    if file.count + file.failed.count == 0 {
      throw Failure("\(file.file): there is no series in it", code: Failure.wrongData)
    }
    guard count > 0 else {
      throw Failure(
        "\(file.file): no series \(Self.name(asked.series ?? "of any name", asked.area)); it has "
          + Self.listed(file.keys), code: Failure.wrongArguments)
    }
    let keys = positions.map { file.keys[$0] }
    if verb.kind == .fan, count > 1 {
      throw Failure(
        "--kind fan draws one series and \(count) are asked for; choose one with --series NAME and, where areas "
          + "differ, --area NAME, or draw several with --kind multiples, of \(Self.listed(keys))",
        code: Failure.wrongArguments)
    }
    guard count <= Self.most else {
      throw Failure(
        "--kind multiples draws up to \(Self.most) series and \(NumberText.whole(count)) are asked for; choose some with "
          + "--series NAME or --area NAME, of \(Self.listed(keys))", code: Failure.wrongArguments)
    }
    return (positions, failed)
  }

  /// More would be pages of pictures that nobody compares.
  private static let most = 48

  private static func name(_ series: String, _ area: String?) -> String {
    area.map { "\(series) of \($0)" } ?? series
  }

  private static func listed(_ keys: [Panel.Key]) -> String {
    let names = keys.prefix(8).map { name($0.id, $0.area) }.joined(separator: "; ")
    return names + (keys.count > 8 ? "; and \(keys.count - 8) more" : "")
  }
}
