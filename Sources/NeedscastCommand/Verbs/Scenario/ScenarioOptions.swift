import ArgumentParser
import Needscast

/// The workspace that a question is put to, and what a run of it may choose: shared by the verbs under `scenario`.
struct ScenarioOptions: ParsableArguments {
  @Argument(help: "The workspace: a folder that holds workspace.yaml.")
  var workspace: String

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

  @OptionGroup var threads: JobsOption

  @OptionGroup var output: OutputOptions

  func validate() throws {
    try ArgumentForms.requireFolder(workspace)
  }

  /// Reads the workspace, with the files of scenarios among some names, says its warnings, and refuses an `--output`
  /// that is one of its files.
  ///
  /// - Parameter scenarios: names of scenarios or of their files, as they were given.
  func open(scenarios: [String] = []) throws -> ScenarioStudy {
    let files = scenarios.filter { Workspace.isScenarioFile($0) }
    let workspace = try Workspace(reading: self.workspace, scenarioFiles: files)
    for warning in workspace.warnings { output.say("\(warning)") }
    try OutputTarget.check(
      output.target, against: workspace.files.map(\.location), overwrite: output.force)
    return ScenarioStudy(
      workspace: workspace, asOf: asOf, overrides: set, draws: draws, seed: seed, jobs: threads.count)
  }
}
