import ArgumentParser
import Needscast

/// `needscast scenario tornado`: which assumption moves a figure most.
struct TornadoVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tornado",
    abstract: "Find which assumption moves a figure most: one at a time, and by share of its variance.",
    discussion: """
      Each assumption is put at the low and the high end of its own range, all else drawn as before with the same \
      random numbers; then the variance of the figure is shared out among everything that is uncertain. Only the \
      service that is asked about is run.

      EXAMPLES:
        needscast scenario tornado Datasets/sefton
        needscast scenario tornado Datasets/sefton --service high-needs --figure spend --year 2027/28
        needscast scenario tornado Datasets/sefton --lever high-needs.grant.growth=-2%..2% --format csv
      """)

  @OptionGroup var plan: ScenarioOptions
  @OptionGroup var asked: QuestionOptions

  @Option(
    help: ArgumentHelp("How far an assumption without a range is moved either way.", valueName: "share"),
    transform: ArgumentForms.share)
  var swing = TornadoRun.usualSwing

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Move this value or flow between two ends as well; may be repeated.", valueName: "path=low..high"),
    transform: ArgumentForms.lever)
  var lever: [LeverArgument] = []

  func run() throws {
    try Failure.reporting {
      let study = try plan.open(scenarios: [asked.scenario])
      let run = TornadoRun(
        study: study, scenario: asked.scenario, service: asked.service, figure: asked.figure,
        year: asked.year, swing: swing, levers: lever, quiet: plan.output.quiet)
      let report = try run.report()
      switch plan.output.format {
      case .text: try plan.output.write(report.text(width: plan.output.page.width))
      case .csv: try plan.output.write(report.csv())
      case .json: try plan.output.write(try report.json())
      }
    }
  }
}
