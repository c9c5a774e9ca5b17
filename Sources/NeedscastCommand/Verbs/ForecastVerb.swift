import ArgumentParser
import Needscast

/// `needscast forecast`: series in, distributions out.
struct ForecastVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forecast",
    abstract: "Forecast the series of a file, with intervals.",
    discussion: """
      Reads a series file (CSV; plain or .gz; - for standard input) and forecasts every series in it. A series that \
      cannot be forecast is named on standard error with the reason and never stops the others.

      EXAMPLES:
        needscast forecast Datasets/sefton/series/population.csv --horizon 3
        needscast forecast Datasets/sefton/series/population.csv --horizon 3 --model damped-trend --format csv
        needscast forecast Datasets/sefton/series/waits.csv --horizon 6 --model "arima(0,1,1)"
        needscast forecast Datasets/sefton/series/population.csv --describe --model "ets(A,Ad,N)"
        needscast forecast --models
        needscast forecast --models --format json
      """)

  @Argument(help: "The series file, or - for standard input.")
  var input: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The number of periods to forecast, 1 to 1,000.", valueName: "h"),
    transform: ArgumentForms.horizon)
  var horizon: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The levels of the intervals, in per cent (default: 80,95).", valueName: "80,95"),
    transform: ArgumentForms.levels)
  var levels: IntervalLevels?

  @Option(
    help: ArgumentHelp(
      "A model's specification, such as drift or \"ets(A,Ad,N)\"; --models lists them.", valueName: "model"))
  var model = "automatic"

  @Flag(help: "List the models instead of forecasting.")
  var models = false

  @Flag(help: "Describe the fitted models instead of forecasting.")
  var describe = false

  @Flag(help: "Refuse a file in which the rows of a series do not stand together.")
  var grouped = false

  @Option(help: ArgumentHelp("Also write the failures to this file, as CSV.", valueName: "file"))
  var errors: String?

  @OptionGroup var seriesInput: SeriesInputOptions

  @OptionGroup var threads: JobsOption

  @OptionGroup var options: OutputOptions

  func validate() throws {
    if models { return }
    if input == nil { throw ValidationError("Name a series file, or - for standard input.") }
    if horizon == nil, !describe {
      throw ValidationError("--horizon is needed: the number of periods to forecast, such as --horizon 3.")
    }
    if describe, options.format == .csv {
      throw ValidationError("--describe is written as text or json.")
    }
    do {
      _ = try ModelCatalogue.model(named: model)
    } catch {
      throw ValidationError("\(error).")
    }
  }

  func run() throws {
    try Failure.reporting {
      let targets = options.target + (errors.map { [OutputTarget(option: "--errors", path: $0)] } ?? [])
      if models {
        try OutputTarget.check(options.target, against: [], overwrite: options.force)
        try options.write(try ModelList.text(options.format))
        return
      }
      try OutputTarget.check(targets, against: [input ?? "-"], overwrite: options.force)
      let file = try SeriesFile.read(
        input ?? "-",
        options: SeriesFileOptions(
          frequency: seriesInput.frequency, yearType: seriesInput.calendar, keepsSoundSeries: true,
          covariates: try ModelExpression(model).regressorNames))
      for note in file.notes { options.say(PlacedNote.text(note, of: file.file)) }
      for warning in file.warnings { options.say("\(warning)") }
      if grouped, !file.isGrouped {
        throw Failure(
          "\(file.file): the rows of a series do not stand together; sort the file by series, or leave out --grouped",
          code: Failure.wrongData)
      }
      let batch = try ForecastBatch(
        file, model: try ModelCatalogue.model(named: model), horizon: horizon ?? 1,
        jobs: threads.count)
      if batch.forecasts.isEmpty, batch.failures.isEmpty {
        throw Failure("\(file.file): there is no series in it", code: Failure.wrongData)
      }
      if !batch.forecasts.isEmpty { try options.write(try text(of: batch.forecasts)) }
      try report(batch.failures, problems: file)
    }
  }

  private func text(of forecasts: [SeriesForecast]) throws -> String {
    let levels = levels ?? .standard
    if describe {
      let descriptions = forecasts.map { ModelDescription($0) }
      return options.format == .json
        ? try ModelDescription.json(descriptions)
        : descriptions.map { $0.text() }.joined(separator: "\n")
    }
    return switch options.format {
    case .text: try ForecastTable(levels: levels).text(forecasts)
    case .csv:
      try ForecastCSV(levels: levels, namesArea: forecasts.contains { $0.series.area != nil })
        .text(forecasts)
    case .json: try ForecastJSON.text(forecasts, levels: levels)
    }
  }

  /// Names every failure, counts them once at the end, and makes the exit code say so.
  private func report(_ failures: [ForecastBatch.Failed], problems file: SeriesFile) throws {
    if let errors {
      do {
        try AtomicOutput.write(ForecastBatch.csv(failures), to: errors, overwrite: options.force)
      } catch {
        throw Failure(error)
      }
    }
    for problem in file.problems { StandardStreams.error("\(problem)\n") }
    for failure in failures where failure.code == .forecast { StandardStreams.error("\(failure.message)\n") }
    guard !failures.isEmpty else { return }
    StandardStreams.error(
      "\(failures.count) of \(file.keys.count + file.failed.count) series could not be forecast\n")
    throw ExitCode(Failure.wrongData)
  }
}
