import ArgumentParser
import Needscast

/// `needscast init`: a workspace to begin with.
struct InitVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract:
      "Begin a workspace: an invented one to learn from, or one for any council from published files.",
    discussion: """
      Writes a folder with workspace.yaml, whose comments say what every key means and who needs it, and the series \
      files that it names. Without --area the figures are invented, and the plan works at once. With --area they are \
      those of the published files given with --from, whose layouts are recognised; every authority in them is kept \
      beside yours, because forecasts lean on the others. Services come in where the files suffice; for the others the \
      folder says what is missing and which file would bring it. What nobody publishes is assumed, and every such \
      assumption begins "\(UnreviewedAssumptions.mark)" until somebody who knows the place has looked at it.

      EXAMPLES:
        needscast init exampleshire
        needscast init wirral --area Wirral --from lait.csv.gz --from population_0_17.csv \
      --from dsg_allocations.csv --from dsg_cumulative_deficit.csv --from high_needs_benchmarking_2021_22.csv
        needscast init wirral --area 344 --from lait.csv.gz --from population_0_17.csv \
      --from statistical_neighbours.csv --comparators neighbours
      """)

  @Argument(help: "The folder; it must have no workspace yet.")
  var folder: String

  @Option(help: ArgumentHelp("The council: a name, a three-digit number or a code.", valueName: "area"))
  var area: String?

  @Option(help: ArgumentHelp("A published file; repeatable.", valueName: "file"))
  var from: [String] = []

  @Option(
    help: ArgumentHelp(
      "The other authorities that are kept; neighbours needs a file of statistical neighbours.",
      valueName: "all|region|neighbours"))
  var comparators = StartingWorkspace.Comparators.all

  @Option(
    help: ArgumentHelp("The integrated care board whose waiting lists are planned for.", valueName: "name"))
  var careBoard: String?

  @Option(
    help: ArgumentHelp(
      "The plan's first financial year; the one after the latest outturn by default.", valueName: "year"),
    transform: ArgumentForms.financialYear)
  var firstYear: FinancialYear?

  @Option(
    help: ArgumentHelp("The plan's last financial year; four years later by default.", valueName: "year"),
    transform: ArgumentForms.financialYear)
  var lastYear: FinancialYear?

  @Flag(help: "Say nothing but errors.")
  var quiet = false

  func validate() throws {
    guard area == nil else { return }
    if !from.isEmpty {
      throw ValidationError("--from needs --area: name the council, as in --area Wirral.")
    }
    if careBoard != nil || firstYear != nil || lastYear != nil {
      throw ValidationError("--care-board, --first-year and --last-year need --area and files with --from.")
    }
  }

  func run() throws {
    try Failure.reporting {
      // Said before any file is read, and again when the folder is written.
      try StartingWorkspace.checkFolder(folder)
      let workspace: StartingWorkspace
      if let area {
        let published = try StartingFiles(reading: from)
        workspace = try StartingWorkspace(
          area: area, from: published,
          choices: .init(
            comparators: comparators, board: careBoard, firstYear: firstYear, lastYear: lastYear))
        try workspace.write(to: folder)
        if !quiet { StandardStreams.error(InitReport.reading(published, workspace)) }
      } else {
        workspace = try StartingWorkspace.example
        try workspace.write(to: folder)
      }
      if !quiet {
        try StandardStreams.output(
          Terminal.output(noColour: true).shown(InitReport.text(workspace, folder: folder)))
      }
    }
  }
}

extension StartingWorkspace.Comparators: ExpressibleByArgument {}
