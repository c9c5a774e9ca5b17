import ArgumentParser
import Needscast

/// What every run of a plan may choose, shared by the verbs that run one: the day, changes to the workspace, and chance.
struct SimulationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Use only what was known by this day (default: the latest publication in the workspace).",
      valueName: "yyyy-mm-dd"), transform: ArgumentForms.day)
  var asOf: CivilDate?

  @Option(
    help: ArgumentHelp(
      "Change one value of the workspace, in every scenario; may be repeated.", valueName: "path=value"),
    transform: ArgumentForms.change)
  var set: [Override] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The number of simulated futures (default: the workspace's).", valueName: "n"),
    transform: ArgumentForms.draws)
  var draws: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The seed of all chance (default: the workspace's).", valueName: "n"),
    transform: ArgumentForms.seed)
  var seed: UInt64?

  /// A workspace, to be run as was chosen.
  ///
  /// - Parameters:
  ///   - to: the year to plan to; nil for the workspace's own last year.
  ///   - jobs: the number of threads.
  func study(of workspace: Workspace, to: FinancialYear? = nil, jobs: Int) -> ScenarioStudy {
    ScenarioStudy(
      workspace: workspace, asOf: asOf,
      overrides: set + (to.map { [Override(path: "plan.to", value: "\($0)")] } ?? []), draws: draws,
      seed: seed, jobs: jobs)
  }
}
