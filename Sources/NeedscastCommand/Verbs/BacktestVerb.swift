import ArgumentParser
import Needscast

/// `needscast backtest`: how good the forecasts would have been.
struct BacktestVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest",
    abstract: "Make forecasts again from earlier ends of series, and score them by what came.",
    discussion: """
      Hides the last periods of every series in a file, forecasts them from what is left, and measures how far off the \
      forecasts were and how often their intervals held: for each model, over all series. The earliest of K origins \
      hides H + K - 1 periods, the latest H. With --pool-by, all series of a pool are cut at the same period.

      EXAMPLES:
        needscast backtest Datasets/sefton/series/population.csv --horizon 2 --origins 3
        needscast backtest Datasets/sefton/series/population.csv --horizon 1 --origins 4 --models "naive,drift,ets(A,Ad,N)"
        needscast backtest Datasets/sefton/series/population.csv --horizon 2 --origins 3 --by area --format csv
        needscast backtest Datasets/sefton/series/population.csv --horizon 1 --origins 2 --detail --format csv
        needscast backtest Datasets/sefton/series/population.csv --horizon 1 --origins 2 --each --format csv
      """)

  @Argument(help: "The series file, or - for standard input.")
  var input: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The number of periods to forecast from each origin, 1 to 1,000.", valueName: "h"),
    transform: ArgumentForms.horizon)
  var horizon: Int

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The number of origins, each one period before the next.", valueName: "k"),
    transform: ArgumentForms.origins)
  var origins: Int

  @Option(
    help: ArgumentHelp(
      "The models, with commas between them; forecast --models lists them.", valueName: "a,b,c"))
  var models = "automatic,naive"

  @Option(
    help: ArgumentHelp(
      "Forecast the series that share a value of this column together; none learns across.",
      valueName: "column"))
  var poolBy: String?

  @Option(help: ArgumentHelp("Average the series of each value of this column apart.", valueName: "column"))
  var by: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Learn from the last n periods before each origin only (default: from all).", valueName: "n"),
    transform: ArgumentForms.window)
  var sliding: Int?

  @Flag(
    help:
      "Use at each origin what had been published when the figures of its last period came out (column published)."
  )
  var vintages = false

  @Option(
    help: ArgumentHelp("Use only what was published by a day.", valueName: "yyyy-mm-dd"),
    transform: ArgumentForms.day)
  var asOf: CivilDate?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The levels of the intervals, in per cent (default: 80,95).", valueName: "80,95"),
    transform: ArgumentForms.levels)
  var levels: IntervalLevels?

  @Flag(help: "Write every forecast and what came instead of the measures.")
  var detail = false

  @Flag(
    help:
      "Write a row for each series and model, as they come: no more is held than the largest series or pool.")
  var each = false

  @Flag(
    help:
      "With --each: refuse input that is not in ascending order of the pool's column, series and area, as UTF-8 bytes."
  )
  var sorted = false

  @OptionGroup var filter: FilterOptions

  @Option(help: ArgumentHelp("Also write the seconds of each model to this file, as CSV.", valueName: "file"))
  var timings: String?

  @Option(help: ArgumentHelp("Also write the failures to this file, as CSV.", valueName: "file"))
  var errors: String?

  @OptionGroup var seriesInput: SeriesInputOptions

  @OptionGroup var threads: JobsOption

  @OptionGroup var options: OutputOptions

  func validate() throws {
    _ = try ModelsArgument(models)
    try filter.check(options.format)
    if each {
      if options.format != .csv {
        throw ValidationError("--each writes rows as they come; it needs --format csv.")
      }
      for (option, isGiven) in [
        ("--by", by != nil), ("--detail", detail), ("--timings", timings != nil), ("--errors", errors != nil),
      ] where isGiven {
        throw ValidationError("--each gives every series its own rows, and cannot be used with \(option).")
      }
    } else if sorted || filter.errorsInline || filter.tally {
      throw ValidationError(
        "--sorted, --errors-inline and --tally are for series one by one; they need --each.")
    }
  }

  func run() throws {
    try Failure.reporting {
      let others = [("--errors", errors), ("--timings", timings)].compactMap { option, path in
        path.map { OutputTarget(option: option, path: $0) }
      }
      try OutputTarget.check(options.target + others, against: [input], overwrite: options.force)
      let models = try ModelsArgument(models)
      let levels = levels ?? .standard
      let backtest = try Backtest(
        horizon: horizon, origins: origins, window: sliding, levels: levels.percentages.map { $0 / 100 },
        followsPublication: vintages)
      let regressors = try models.regressorNames()
      if each {
        try runEach(backtest, models, regressors)
        return
      }
      let file = try SeriesFile.read(
        input,
        options: SeriesFileOptions(
          frequency: seriesInput.frequency, yearType: seriesInput.calendar, keepsSoundSeries: true,
          covariates: regressors, poolBy: poolBy))
      for note in file.notes { options.say(PlacedNote.text(note, of: file.file)) }
      for warning in file.warnings { options.say("\(warning)") }
      if !regressors.isEmpty { options.say(Self.regressorNote) }
      if vintages || asOf != nil, !BacktestBatch.hasDates(file) { options.say(Self.undatedNote) }
      let batch = try Progress.during("forecasting again", unit: "forecasts by a model", quiet: options.quiet)
      { progress in
        try BacktestBatch(
          file, backtest: backtest, contenders: models.contenders,
          division: .init(poolBy: poolBy, by: by, asOf: asOf), jobs: threads.count, keepsForecasts: detail,
          progress: progress)
      }
      let report = BacktestReport(backtest, batch.result, levels: levels, namesArea: batch.namesArea)
      if batch.result.rows.contains(where: { $0.measures.forecasts > 0 }) {
        try options.write(try text(report))
      }
      if batch.result.silentSeries > 0 {
        options.say(
          "\(batch.result.silentSeries) series ended before every period that their pool's origins hide: they lent "
            + "strength and were not scored")
      }
      if let timings { try write(report.timingsCSV, to: timings) }
      try finish(batch, of: file)
    }
  }

  static let regressorNote =
    "the regressors of hidden periods are taken as known, as they must be for a forecast"

  static let undatedNote =
    "no figure has a date of publication (column published): all are hidden by their periods alone"

  private func text(_ report: BacktestReport) throws -> String {
    switch (options.format, detail) {
    case (.text, false): report.table(width: options.page.width)
    case (.text, true): report.detailTable(width: options.page.width)
    case (.csv, false): report.csv
    case (.csv, true): report.detailCSV
    case (.json, false): try report.json()
    case (.json, true): try report.detailJSON()
    }
  }

  private func write(_ text: String, to path: String) throws {
    do {
      try AtomicOutput.write(text, to: path, overwrite: options.force)
    } catch {
      throw Failure(error)
    }
  }

  /// Names every failure, counts them once at the end, and makes the exit code say so.
  private func finish(_ batch: BacktestBatch, of file: SeriesFile) throws {
    if let errors { try write(batch.failuresCSV, to: errors) }
    for problem in file.problems { StandardStreams.error("\(problem)\n") }
    for failure in batch.failures where failure.code != .data {
      StandardStreams.error("\(failure.message)\n")
    }
    guard !batch.failures.isEmpty else { return }
    let count = Set(batch.failures.map(\.series)).count
    StandardStreams.error(
      "\(count) of \(file.count + file.failed.count) series could not be forecast from every origin by every model\n"
    )
    throw ExitCode(Failure.wrongData)
  }
}
