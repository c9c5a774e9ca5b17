import ArgumentParser
import Needscast

/// `needscast spc`: is this month a signal?
struct SPCVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spc",
    abstract:
      "Draw process-control charts: which points are more than the usual variation, and is the target met.",
    discussion: """
      Reads a series file (CSV; plain or .gz; - for standard input) and charts every series in it as NHS England's \
      Making Data Count does: mean, process limits, the four rules, the icons of variation and assurance. Limits need \
      12 points. They are worked out anew only where --rebase gives an event and its reason; what might be one is \
      listed. A series that cannot be charted is named on standard error and never stops the others.

      EXAMPLES:
        needscast spc Datasets/invented/control-chart.csv
        needscast spc Datasets/invented/control-chart.csv --series seen-in-time --chart xmr --target 92
        needscast spc Datasets/invented/control-chart.csv --chart xmr --rebase "2024-09=Reorganisation"
        needscast spc Datasets/invented/control-chart.csv --chart xmr --baseline 2024-08 --format csv
        needscast spc Datasets/invented/control-chart.csv --series seen-in-time --target 92 --format svg
      """)

  @Argument(help: "The series file, or - for standard input.")
  var input: String

  @Option(
    help: ArgumentHelp(
      "The kind of chart; automatic is p for shares and u for rates that have counts, and xmr otherwise.",
      valueName: "automatic|xmr|p|u|g"))
  var chart = ControlChartChoice.automatic

  @Option(
    help: ArgumentHelp(
      "Fix the limits by the first so many points (12 to 999), or by those up to a period.",
      valueName: "n|period"), transform: ControlChartArguments.baseline)
  var baseline: BaselineArgument?

  @Option(
    help: ArgumentHelp(
      "Work the limits out anew from a period, because of what happened then; may be given more than once.",
      valueName: "period=reason"),
    transform: RebaseArgument.init)
  var rebase: [RebaseArgument] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The level to be met, in the unit of the series.", valueName: "level"),
    transform: ControlChartArguments.target)
  var target: Double?

  @Option(
    help: ArgumentHelp(
      "Which way the measure should go; otherwise as the file's column polarity says, or neutral.",
      valueName: "higher|lower|neutral"),
    transform: ControlChartArguments.polarity)
  var polarity: Polarity?

  @Option(help: ArgumentHelp("Chart only the series of this name.", valueName: "name"))
  var series: String?

  @Option(help: ArgumentHelp("Chart only the series of this area.", valueName: "name"))
  var area: String?

  @Flag(help: "Keep extreme moving ranges in the limits of XmR charts, as NHS England's spreadsheets do.")
  var noScreening = false

  @Flag(help: "Use two of three as the Western Electric handbook has it instead of as NHS England does.")
  var westernElectric = false

  @Flag(help: "Widen the limits of p and u charts by how much more the points vary than chance (Laney).")
  var laney = false

  @Flag(help: "Draw the near lines too (svg only).")
  var nearLimits = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The width of the drawing in pixels, 360 to 2000 (svg only).", valueName: "pixels"),
    transform: ControlChartArguments.width)
  var width: Int?

  @Option(help: ArgumentHelp("Also write the failures to this file, as CSV.", valueName: "file"))
  var errors: String?

  @OptionGroup var seriesInput: SeriesInputOptions

  @OptionGroup var options: DrawableOutputOptions

  func validate() throws {
    if options.format != .svg, nearLimits || width != nil {
      throw ValidationError("--near-limits and --width are for drawings; add --format svg.")
    }
  }

  func run() throws {
    try Failure.reporting {
      let targets = options.target + (errors.map { [OutputTarget(option: "--errors", path: $0)] } ?? [])
      try OutputTarget.check(targets, against: [input], overwrite: options.force)
      let file = try SeriesFile.read(
        input,
        options: SeriesFileOptions(
          frequency: seriesInput.frequency, yearType: seriesInput.calendar, keepsSoundSeries: true))
      for note in file.notes { options.say(PlacedNote.text(note, of: file.file)) }
      for warning in file.warnings { options.say("\(warning)") }
      let batch = try ControlChartBatch(file, asked: self)
      if !batch.charts.isEmpty { try options.write(try text(of: batch)) }
      try finish(batch, of: file)
    }
  }

  private func text(of batch: ControlChartBatch) throws -> String {
    let report = ControlChartReport(batch.charts)
    switch options.format {
    case .text: return report.text(width: options.page.width, style: options.page.style)
    case .csv: return report.csv()
    case .json: return try report.json()
    case .svg:
      guard let chart = batch.charts.first else { return "" }
      return ControlChartDrawing(chart, showsNearLimits: nearLimits).svg(width: Double(width ?? 760))
    }
  }

  /// Names every failure, counts them once at the end, and makes the exit code say so.
  private func finish(_ batch: ControlChartBatch, of file: SeriesFile) throws {
    if let errors {
      do {
        try AtomicOutput.write(batch.failuresCSV, to: errors, overwrite: options.force)
      } catch {
        throw Failure(error)
      }
    }
    for problem in file.problems { StandardStreams.error("\(problem)\n") }
    for failure in batch.failures where failure.isOfChart { StandardStreams.error("\(failure.message)\n") }
    guard !batch.failures.isEmpty else { return }
    StandardStreams.error(
      "\(batch.failures.count) of \(batch.charts.count + batch.failures.count) series could not be charted\n")
    throw ExitCode(Failure.wrongData)
  }
}
