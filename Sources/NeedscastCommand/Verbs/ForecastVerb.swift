import ArgumentParser
import Needscast

/// `needscast forecast`: series in, distributions out.
struct ForecastVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forecast",
    abstract: "Forecast the series of a file, with intervals.",
    discussion: """
      Reads a series file (CSV; plain or .gz; - for standard input) and forecasts every series in it. A series that \
      cannot be forecast is named on standard error with the reason and never stops the others. With --format csv \
      results are written as they come. A file whose series (and pools) stand together is never held, nor is standard \
      input with --grouped or --sorted.

      EXAMPLES:
        needscast forecast Datasets/sefton/series/population.csv --horizon 3
        needscast forecast Datasets/sefton/series/population.csv --horizon 3 --model damped-trend --format csv
        needscast forecast Datasets/sefton/series/waits.csv --horizon 6 --model "arima(0,1,1)"
        needscast forecast Datasets/sefton/series/population.csv --describe --model "ets(A,Ad,N)"
        needscast forecast Datasets/sefton/series/population.csv --horizon 3 --pool-by unit --format csv
        needscast forecast Datasets/sefton/series/population.csv --horizon 3 --errors-inline --tally --format csv
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

  @Flag(
    help:
      "Describe the fitted models instead of forecasting; with --horizon, the forecast in plain words first.")
  var describe = false

  @Option(
    help: ArgumentHelp(
      "The column that says which series lend strength to each other: those that share its value.",
      valueName: "column"))
  var poolBy: String?

  @Flag(help: "Refuse input in which the rows of a series, or the series of a pool, do not stand together.")
  var grouped = false

  @Flag(
    help:
      "Refuse input that is not in ascending order of the pool's column, series and area, as UTF-8 bytes; memory then does not grow with it."
  )
  var sorted = false

  @OptionGroup var filter: FilterOptions

  @Option(help: ArgumentHelp("Also write the failures to this file, as CSV.", valueName: "file"))
  var errors: String?

  @Option(
    help: ArgumentHelp(
      "Also save the forecasts in this store, to be reviewed when outturns have come.", valueName: "file"))
  var store: String?

  @OptionGroup var seriesInput: SeriesInputOptions

  @OptionGroup var threads: JobsOption

  @OptionGroup var options: OutputOptions

  func validate() throws {
    if models { return }
    try filter.check(options.format)
    if grouped, sorted {
      throw ValidationError("--sorted input is grouped already; leave out --grouped.")
    }
    if input == nil { throw ValidationError("Name a series file, or - for standard input.") }
    if horizon == nil, !describe {
      throw ValidationError("--horizon is needed: the number of periods to forecast, such as --horizon 3.")
    }
    if input == "-", store != nil {
      throw ValidationError(
        "--store keeps what forecasts were made from, and standard input cannot be told later; name the file of the series."
      )
    }
    if describe, store != nil {
      throw ValidationError("--describe has no forecasts to save; leave out --store or --describe.")
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
      var reading = SeriesFileOptions(
        frequency: seriesInput.frequency, yearType: seriesInput.calendar, keepsSoundSeries: true,
        covariates: try ModelExpression(model).regressorNames, poolBy: poolBy)
      filter.apply(to: &reading)
      let stream = try SeriesStream(
        input ?? "-", options: reading, order: sorted ? .sorted : grouped ? .grouped : nil)
      let table =
        options.format == .csv
        ? ForecastCSV(
          levels: levels ?? .standard, namesArea: stream.hasColumn("area"),
          carriesFailures: filter.errorsInline) : nil
      let output = try ForecastOutput(
        table: table, path: options.output, errors: errors, overwrite: options.force)
      let run = ForecastRun(
        stream,
        forecaster: PoolForecaster(
          model: try ModelCatalogue.model(named: model), horizon: horizon ?? 1, explainsChoice: describe,
          givesAccounts: describe && horizon != nil, jobs: threads.count),
        table: table, keepsForecasts: store != nil, jobs: threads.count, take: output.take)
      var said: Set<String> = []
      say(run.remarks, &said)
      try Progress.during("forecasting", unit: "series", quiet: options.quiet) { try run.run(on: $0) }
      try finish(run, output, &said)
    }
  }

  /// Says what has come to be known of the input and has not been said.
  private func say(_ remarks: ForecastRun.Remarks, _ said: inout Set<String>) {
    for text in remarks.notes.map({ PlacedNote.text($0, of: input ?? "-") })
      + remarks.warnings.map(\.description)
    where said.insert(text).inserted {
      options.say(text)
    }
  }

  private func finish(_ run: ForecastRun, _ output: ForecastOutput, _ said: inout Set<String>) throws {
    let count = output.count
    if count.isReaderGone { return }
    let remarks = run.remarks
    let total = count.forecasts + count.failures
    if total == 0, remarks.unnamedCount == 0, !filter.errorsInline {
      throw Failure("\(input ?? "-"): there is no series in it", code: Failure.wrongData)
    }
    say(remarks, &said)
    let forecasts = output.forecasts
    if !forecasts.isEmpty, options.format != .csv { try options.write(try text(of: forecasts)) }
    if let store {
      let saving = SavedForecasts(
        input: input ?? "-", model: model, horizon: horizon ?? 1, poolBy: poolBy, levels: levels ?? .standard)
      options.say(try saving.save(forecasts, to: store))
    }
    if try output.finish(), let path = options.output { options.say("wrote \(path)") }
    let problems = filter.errorsInline ? remarks.unnamed : remarks.problems
    for problem in problems { StandardStreams.error("\(problem)\n") }
    if count.failures > 0, !filter.errorsInline {
      StandardStreams.error("\(count.failures) of \(total) series could not be forecast\n")
    }
    if remarks.unnamedCount > 0 {
      StandardStreams.error("\(remarks.unnamedCount) rows name no series and are in no forecast\n")
    }
    try filter.checkEnd(of: input ?? "-", stopsInLine: remarks.stopsInLine)
    filter.say([
      "rows": remarks.rowCount, "series": total, "forecast": count.forecasts, "failed": count.failures,
    ])
    let isWhole = (count.failures == 0 || filter.errorsInline) && remarks.unnamedCount == 0
    if !isWhole { throw ExitCode(Failure.wrongData) }
  }

  private func text(of forecasts: [SeriesForecast]) throws -> String {
    let levels = levels ?? .standard
    if describe {
      let descriptions = forecasts.map { ModelDescription($0) }
      return options.format == .json
        ? try ModelDescription.json(descriptions)
        : descriptions.map { $0.text(width: options.page.width) }.joined(separator: "\n")
    }
    return options.format == .json
      ? try ForecastJSON.text(forecasts, levels: levels)
      : try ForecastTable(levels: levels, width: options.page.width, style: options.page.style).text(
        forecasts)
  }
}
