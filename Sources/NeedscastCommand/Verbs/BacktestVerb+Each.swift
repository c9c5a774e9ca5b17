import ArgumentParser
import Needscast

// A row for each series and model: what is needed to average over more series than one run can hold.

extension BacktestVerb {
  /// Scores series as they come.
  func runEach(_ backtest: Backtest, _ models: ModelsArgument, _ regressors: [String]) throws {
    var reading = SeriesFileOptions(
      frequency: seriesInput.frequency, yearType: seriesInput.calendar, keepsSoundSeries: true,
      covariates: regressors, poolBy: poolBy)
    filter.apply(to: &reading)
    var stream = try SeriesStream(input, options: reading, order: sorted ? .sorted : nil)
    let scoring = SeriesBacktest(
      backtest: backtest, contenders: models.contenders, usesPools: poolBy != nil, asOf: asOf,
      table: SeriesBacktestCSV(
        levels: levels ?? .standard, namesArea: stream.hasColumn("area"),
        carriesFailures: filter.errorsInline), jobs: threads.count)
    var output = RowOutput(header: scoring.table.header, path: options.output, overwrite: options.force)
    if !regressors.isEmpty { options.say(Self.regressorNote) }
    var count = SeriesBacktest.Count()
    let needsDates = vintages || asOf != nil
    var hasDates = false
    try Progress.during("forecasting again", unit: "series", quiet: options.quiet) { progress in
      while !output.isReaderGone, let batch = try stream.next() {
        let portion = scoring.portion(of: batch)
        hasDates = hasDates || (needsDates && BacktestBatch.hasDates(batch))
        try output.write(portion.rows)
        count.series += portion.count.series
        count.failed += portion.count.failed
        progress.advance(by: portion.count.series)
        if filter.errorsInline { continue }
        for failure in portion.failures { StandardStreams.error("\(failure.message)\n") }
      }
    }
    if output.isReaderGone { return }
    if needsDates, !hasDates { options.say(Self.undatedNote) }
    for note in stream.notes { options.say(PlacedNote.text(note, of: input)) }
    for warning in stream.warnings { options.say("\(warning)") }
    if filter.errorsInline { try output.begin() }
    if try output.finish(), let path = options.output { options.say("wrote \(path)") }
    try finish(count, stream)
  }

  private func finish(_ count: SeriesBacktest.Count, _ stream: SeriesStream) throws {
    let unnamed = stream.unnamedProblems
    let unnamedCount = unnamed.listed.count + unnamed.omitted
    if count.series == 0, unnamedCount == 0, !filter.errorsInline {
      throw Failure("\(input): there is no series in it", code: Failure.wrongData)
    }
    for problem in unnamed.listed { StandardStreams.error("\(problem)\n") }
    if unnamedCount > 0 {
      StandardStreams.error("\(unnamedCount) rows name no series and are in no forecast\n")
    }
    if count.failed > 0, !filter.errorsInline {
      StandardStreams.error(
        "\(count.failed) of \(count.series) series could not be forecast from every origin by every model\n")
    }
    try filter.checkEnd(of: stream)
    filter.say([
      "rows": stream.rowCount, "series": count.series, "forecast": count.series - count.failed,
      "failed": count.failed,
    ])
    let isWhole = (count.failed == 0 || filter.errorsInline) && unnamedCount == 0
    if !isWhole { throw ExitCode(Failure.wrongData) }
  }
}
