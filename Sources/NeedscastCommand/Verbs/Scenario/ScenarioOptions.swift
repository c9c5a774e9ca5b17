import ArgumentParser
import Needscast

/// The workspace that a question is put to, and what a run of it may choose: shared by the verbs under `scenario`.
struct ScenarioOptions: ParsableArguments {
  @Argument(help: "The workspace: a folder that holds workspace.yaml.")
  var workspace: String

  @OptionGroup var simulation: SimulationOptions

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
    return simulation.study(of: workspace, jobs: threads.count)
  }
}
