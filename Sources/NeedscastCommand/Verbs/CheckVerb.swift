import ArgumentParser
import Needscast

/// `needscast check`: is this input sound?
struct CheckVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract:
      "Check a workspace, a series file or a published file, and say everything that is wrong with it.",
    discussion: """
      Reads a workspace (a folder with workspace.yaml), a series file, or a published file in a layout that is known by \
      its columns, and prints every problem, errors first, with file, row and column, the text and what to do about it. \
      Doubts are raised about the data too: shares above the whole, numerators above denominators, jumps beyond what a \
      series has ever done, units that differ between areas, frequencies that do not match. The exit code is 65 when \
      there is an error, 0 when there are none or only warnings.

      EXAMPLES:
        needscast check Datasets/sefton
        needscast check Datasets/sefton/series/plans.csv --format json
        needscast check Datasets/sefton/series/plans.csv --format csv
      """)

  @Argument(
    help: "A workspace's folder, a series file, a published file, or - for a series file on standard input.")
  var input: String

  @Option(
    help: ArgumentHelp(
      "The file that explains the measures of a published file, for lait.", valueName: "file"))
  var dictionary: String?

  @Option(help: ArgumentHelp("The sheet of a workbook.", valueName: "name"))
  var sheet: String?

  @Option(help: ArgumentHelp("The cells of the sheet.", valueName: "A1:F20"))
  var range: String?

  @OptionGroup var seriesInput: SeriesInputOptions

  @OptionGroup var threads: JobsOption

  @OptionGroup var options: OutputOptions

  func run() throws {
    try Failure.reporting {
      try OutputTarget.check(options.target, against: [input], overwrite: options.force)
      try protectWorkspace()
      let report = try CheckReport(
        LayoutInput(
          input,
          options: LayoutInput.Options(
            sheet: sheet, range: range, frequency: seriesInput.frequency, yearType: seriesInput.calendar,
            dictionary: dictionary)))
      try options.write(try report.text(options.format))
      if report.errorCount > 0 { throw ExitCode(Failure.wrongData) }
    }
  }

  /// Refuses to replace a file of the workspace that is checked. Which of them are inputs is known only when it is
  /// sound, so none of those that are there is replaced.
  private func protectWorkspace() throws(Failure) {
    guard WorkspacePath.isWorkspace(input), let target = options.output, options.force else { return }
    let folder = input.hasSuffix("workspace.yaml") ? FileIdentity.folder(of: input) : input
    let identity = FileIdentity(target)
    if identity.exists, identity.isInside(FileIdentity(folder)) {
      throw Failure(
        "--output \(target): this file of the workspace \(folder) would be lost; name a file outside it",
        code: Failure.wrongArguments)
    }
  }
}
