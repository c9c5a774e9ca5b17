import ArgumentParser
import Needscast

/// `needscast scenario list`: what could be otherwise, and why.
struct ScenarioListVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List a workspace's scenarios: what each changes, and why.",
    discussion: """
      EXAMPLES:
        needscast scenario list Datasets/sefton
        needscast scenario list Datasets/sefton --format csv
      """)

  @Argument(help: "The workspace: a folder that holds workspace.yaml.")
  var workspace: String

  @OptionGroup var output: OutputOptions

  func run() throws {
    try Failure.reporting {
      let workspace = try Workspace(reading: self.workspace)
      try OutputTarget.check(
        output.target, against: workspace.files.map(\.location), overwrite: output.force)
      let list = ScenarioList(workspace.scenarioDefinitions.map { $0.summary })
      switch output.format {
      case .text: try output.write(list.text(width: output.page.width))
      case .csv: try output.write(list.csv())
      case .json: try output.write(try list.json())
      }
    }
  }
}

extension Scenario {
  /// The scenario as reports name it.
  var summary: ScenarioSummary {
    ScenarioSummary(
      name: name, reason: reason, author: author, date: date, inherits: inherits, changes: changes)
  }
}
