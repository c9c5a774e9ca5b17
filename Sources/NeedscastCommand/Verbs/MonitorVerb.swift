import ArgumentParser
import Needscast

/// `needscast monitor`: a budget against what has been spent and is promised.
struct MonitorVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "monitor",
    abstract: "Set a budget beside what has been spent and what is promised, by period of a financial year.",
    discussion: """
      Reads a file with the columns line,period,budget,actual and, where there are any, commitment and reason: a row for \
      every line and every month or quarter of one financial year, in pounds and pence. The forecast is what was spent \
      and what is promised; the variance is the budget less the forecast, and negative for an overspend. Everything sums \
      to the penny. Of a workspace, the file monitoring.csv in its folder is read.

      EXAMPLES:
        needscast monitor Datasets/invented/monitoring.csv
        needscast monitor Datasets/invented/monitoring.csv --reason-above 10000 --format csv
        needscast monitor Datasets/invented --format json
      """)

  @Argument(
    help: "The monitoring file, - for standard input, or the folder of a workspace that holds monitoring.csv."
  )
  var input: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Note each line without a reason whose variance is more than this, either way.", valueName: "pounds"),
    transform: Self.amount)
  var reasonAbove: Pence?

  @OptionGroup var options: OutputOptions

  func run() throws {
    try Failure.reporting {
      let file = try MonitoringFile.read(path)
      try OutputTarget.check(options.target, against: [path], overwrite: options.force)
      for note in file.notes { options.say(note) }
      let report = MonitoringReport(try file.view(reasonAbove: reasonAbove.map { Int($0.count) }))
      switch options.format {
      case .text: try options.write(report.text(width: options.page.width, style: options.page.style))
      case .csv: try options.write(report.csv())
      case .json: try options.write(try report.json())
      }
    }
  }

  /// The file: of a folder, the one that holds its monitoring.
  private var path: String {
    FileIdentity.isFolder(input) ? (input.hasSuffix("/") ? input : input + "/") + "monitoring.csv" : input
  }

  private static func amount(_ text: String) throws -> Pence {
    guard let pence = Pence(text), pence.count >= 0 else {
      throw ValidationError(
        "\"\(text)\" is not an amount that is not negative; write pounds as 10000 or 2,500.50")
    }
    return pence
  }
}
