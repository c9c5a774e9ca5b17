import ArgumentParser
import Needscast

/// `needscast chart`: one picture, and the figures behind it.
struct ChartVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chart",
    abstract: "Draw one chart of a series file or of a workspace, as SVG; or print the figures behind it.",
    discussion: """
      INPUT is a series file (CSV; plain or .gz; - for standard input) or the folder of a workspace. Every chart says \
      in its title what it finds, has words for readers who do not see it, and gives the same bytes for the same seed.

      A series file has the kinds fan (a series and its forecast) and multiples (several side by side). A workspace has \
      fan (a figure of a service; the default), multiples (a figure of every service), histogram (a figure of one year \
      in every future), stack (the lines of a service), bridge (why spending changes), tornado (which assumption \
      matters most), scenarios (a figure in each), neighbours and slope (an indicator of the scorecard beside other \
      areas) and hindcast (what was forecast by --as-of beside what came). Process-control charts are drawn by \
      needscast spc, waiting lists by needscast waits, both with --format svg.

      EXAMPLES:
        needscast chart Datasets/sefton/series/plans.csv --series ehc-plans --area Sefton --horizon 3
        needscast chart Datasets/sefton --service high-needs --figure spend --draws 2000
        needscast chart Datasets/sefton --kind histogram --service looked-after --draws 2000
        needscast chart Datasets/sefton --kind bridge --service high-needs --from 2023/24 --to 2029/30
        needscast chart Datasets/sefton --kind scenarios --draws 1000 --format csv
        needscast chart Datasets/sefton --kind neighbours --indicator 1.1 --width 400
        needscast chart Datasets/sefton --kind hindcast --as-of 2021-09-01 --draws 1000 --format text
      """)

  @Argument(help: "A series file, - for standard input, or the folder of a workspace.")
  var input: String

  @Option(
    help: ArgumentHelp(
      "What is drawn, one of \(ChartKind.names) (default: fan).", valueName: "kind"),
    transform: ChartKind.named)
  var kind = ChartKind.fan

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The width of the drawing in pixels, 360 to 1,400 (default: 760).", valueName: "pixels"),
    transform: ArgumentForms.chartWidth)
  var width: Int?

  @OptionGroup(title: "Of a series file") var series: SeriesChartOptions
  @OptionGroup(title: "Of a workspace") var plan: PlanChartOptions
  @OptionGroup var threads: JobsOption
  @OptionGroup var options: ResultOptions<ChartFormat>

  func validate() throws {
    if width != nil, options.format != .svg {
      throw ValidationError("--width is for drawings; leave it out, or write --format svg.")
    }
  }

  func run() throws {
    try Failure.reporting {
      do {
        if input != "-", FileIdentity.isFolder(input) {
          try refuse(series.given, "a series file, and \(input) is a workspace")
          try refuse(
            plan.given.filter { !isRead($0) },
            "other charts of a workspace than --kind \(kind.rawValue)")
          try PlanCharts(verb: self).run()
        } else {
          try refuse(plan.given, "the folder of a workspace, and \(input) is a series file")
          guard ChartKind.ofSeries.contains(kind) else {
            throw Failure(
              "--kind \(kind.rawValue) is drawn from the folder of a workspace, and \(input) is a series file; "
                + "write one of \(ChartKind.ofSeries.map(\.rawValue).joined(separator: ", "))",
              code: Failure.wrongArguments)
          }
          try SeriesCharts(verb: self).run()
        }
      } catch let error as ReportingError {
        throw Failure("\(error)", code: Failure.wrongData)
      }
    }
  }

  /// Writes a chart in the form that was asked for.
  func write(_ chart: any TabulatedChart) throws {
    switch options.format {
    case .svg: try options.write(chart.svg(width: Double(width ?? 760)))
    case .text: try options.write(ChartReport(chart, kind: kind.rawValue).text(width: options.page.width))
    case .csv: try options.write(ChartReport(chart, kind: kind.rawValue).csv())
    case .json: try options.write(try ChartReport(chart, kind: kind.rawValue).json())
    }
  }

  /// Whether an option of a workspace says something to the kind that is drawn.
  private func isRead(_ option: String) -> Bool {
    switch option {
    case "--as-of": true
    case "--set", "--draws", "--seed": kind.isSimulated
    default: kind.options.contains(option)
    }
  }

  /// Refuses options that would change nothing.
  private func refuse(_ given: [String], _ what: String) throws {
    guard let option = given.first else { return }
    throw Failure("\(option) is for \(what); leave it out", code: Failure.wrongArguments)
  }
}
