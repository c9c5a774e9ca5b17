import ArgumentParser
import Needscast

/// `needscast review`: how have our forecasts done?
struct ReviewVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract: "Score the forecasts of a store against the outturns that arrived later.",
    discussion: """
      Reads a store (of a workspace, store.sqlite in its folder) in which forecasts were saved with needscast forecast \
      --store and outturns imported with needscast import --store, and gives error, bias and coverage by model and by how \
      far ahead. Forecasts whose outturn has not come are counted.

      EXAMPLES:
        needscast forecast plans.csv --horizon 3 --store plans.sqlite
        needscast import series plans-2026.csv --store plans.sqlite
        needscast review plans.sqlite
        needscast review plans.sqlite --by area --outturn first-published --format csv
      """)

  @Argument(help: "A store, or the folder of a workspace that holds store.sqlite.")
  var input: String

  @Option(
    help: ArgumentHelp(
      "Which vintage is what came, the latest or the first.", valueName: "latest|first-published"))
  var outturn = Outturn.latest

  @Option(
    help: ArgumentHelp("Count only outturns that were known on this day.", valueName: "yyyy-mm-dd"),
    transform: ArgumentForms.day)
  var asOf: CivilDate?

  @Option(help: ArgumentHelp("Average these together.", valueName: "none|area|series"))
  var by = ReviewGrouping.none

  @Flag(help: "One row for each forecast instead of averages (csv only).")
  var detail = false

  @OptionGroup var options: OutputOptions

  func validate() throws {
    if detail, options.format != .csv {
      throw ValidationError("--detail is written as csv; add --format csv.")
    }
  }

  func run() throws {
    try Failure.reporting {
      let path =
        FileIdentity.isFolder(input) ? (input.hasSuffix("/") ? input : input + "/") + "store.sqlite" : input
      try OutputTarget.check(options.target, against: [path], overwrite: options.force)
      let report = try Store(at: path, mode: .reading).review(outturn: outturn, asOf: asOf, by: by)
      if report.details.isEmpty {
        throw Failure(
          "\(path): no forecasts are saved here; save some with needscast forecast FILE --horizon 3 --store \(path)",
          code: Failure.wrongData)
      }
      let text = ReviewText(report)
      switch options.format {
      case .text: try options.write(text.text)
      case .csv: try options.write(detail ? report.detailCSV : report.csv)
      case .json: try options.write(try text.json())
      }
    }
  }
}

extension Outturn: ExpressibleByArgument {}
extension ReviewGrouping: ExpressibleByArgument {}
