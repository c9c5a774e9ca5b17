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
  var swing = 0.1

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "Move this value or flow between two ends as well; may be repeated.", valueName: "path=low..high"),
    transform: ArgumentForms.lever)
  var lever: [LeverArgument] = []

  func run() throws {
    try Failure.reporting {
      let study = try plan.open(scenarios: [asked.scenario])
      let question = try study.question(
        scenario: asked.scenario, service: asked.service, figure: asked.figure, year: asked.year)
      let run = try Progress.during("planning", quiet: plan.output.quiet) { _ in
        try QuestionRun(study, scenario: asked.scenario, question: question)
      }
      let levers = lever.map {
        TornadoCandidate(id: $0.path, path: $0.path, low: $0.start, high: $0.end, reason: .stated)
      }
      // A lever that leads nowhere is a wrong argument, and no end of a bar.
      for one in levers {
        _ = try study.definition(
          of: asked.scenario, overrides: [Override(path: one.path, value: "\(one.low)")])
      }
      let all = try run.base.assumptions.map { try TornadoCandidate($0, swing: swing) }
      let paths = Set(levers.map(\.path))
      let candidates = levers + all.filter { !$0.isStill && !paths.contains($0.path) }
      let still = all.filter(\.isStill).map(\.id)
      let tornado = try Progress.during(
        "moving assumptions", unit: "plans", of: 2 * candidates.count, quiet: plan.output.quiet
      ) { progress in
        try Tornado(
          of: candidates, countsBelowZero: question.figure.isBalance, evaluate: run.counting(on: progress))
      }
      let report = TornadoReport(
        heading: try run.heading, question: question, tornado: tornado,
        shares: try VarianceShares(of: try run.figure([]), drivers: run.base.drivers),
        left: still.isEmpty
          ? [] : ["Not moved, because a share of nought is nought: \(still.joined(separator: ", "))."])
      switch plan.output.format {
      case .text: try plan.output.write(report.text(width: plan.output.page.width))
      case .csv: try plan.output.write(report.csv())
      case .json: try plan.output.write(try report.json())
      }
    }
  }
}
