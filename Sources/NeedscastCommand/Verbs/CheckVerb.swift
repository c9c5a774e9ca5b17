import ArgumentParser
import Needscast

/// `needscast check`: is this input sound?
struct CheckVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check a workspace or a series file, and say everything that is wrong with it.",
    discussion: """
      Reads a workspace (a folder with workspace.yaml) or a series file and prints every problem with file, row and \
      column. The exit code is 65 when there is an error, 0 when there are none or only warnings.

      EXAMPLES:
        needscast check Datasets/sefton
        needscast check Datasets/sefton/series/plans.csv --format json
      """)

  @Argument(help: "A workspace's folder, a series file, or - for standard input.")
  var input: String

  @Option(
    help: ArgumentHelp(
      "How often observations come, where periods cannot say.",
      valueName: "yearly|quarterly|monthly|weekly|daily|other"))
  var frequency: Frequency?

  @Option(
    help: ArgumentHelp(
      "What kind of years the periods are, where they cannot say.", valueName: "calendar|financial|academic"))
  var calendar: YearType?

  @OptionGroup var options: OutputOptions

  func validate() throws {
    if options.format == .csv { throw ValidationError("check writes text or json.") }
  }

  func run() throws {
    try Failure.reporting {
      let report = try CheckReport(input, frequency: frequency, yearType: calendar)
      try options.write(options.format == .json ? try report.json() : report.text)
      if report.errorCount > 0 { throw ExitCode(Failure.wrongData) }
    }
  }
}
