import Commissioning
import TimeSeries

@testable import Evidence

/// A text that stands for a `workspace.yaml`, for a file of one scenario, and line by line for changes of a plan.
package final class WorkspaceInput {
  private let folder: FuzzFolder
  /// A sound workspace with one service of every kind.
  private let sound: FuzzFolder
  private let workspace: Workspace?

  /// Writes the series files that workspaces may name.
  package init() {
    folder = FuzzFolder()
    sound = FuzzFolder()
    for (name, text) in InventedWorkspace.files {
      _ = folder.file(name, Array(text.utf8))
      _ = sound.file(name, Array(text.utf8))
    }
    _ = sound.file("workspace.yaml", Array(InventedWorkspace.yaml.utf8))
    workspace = try? Workspace(reading: sound.path)
  }

  /// What the readers promise and did not keep on this input; none where all is well, whether the input was accepted or
  /// refused.
  package func defects(_ bytes: [UInt8]) -> [String] {
    guard let workspace else { return ["the sound workspace is refused"] }
    var defects: [String] = []
    _ = folder.file("workspace.yaml", bytes)
    read(folder.path, scenarioFiles: [], &defects)
    let scenario = folder.file("scenario.yaml", bytes)
    var stated = ScenarioReading()
    // What is no scenario is refused before anything else is read again.
    if (try? stated.read(file: scenario, as: scenario)) != nil, !stated.scenarios.isEmpty {
      read(sound.path, scenarioFiles: [scenario], &defects)
    }
    let text = String(decoding: bytes, as: UTF8.self)
    if let node = try? WorkspaceNode(yaml: text, file: "input.yaml") {
      _ = (node.flowText, node.withoutPlaces)
    }
    var list = WorkspaceSeriesList(text, file: "workspace.yaml")
    if (try? list.add("new.csv")) != nil, !list.text.contains("new.csv") {
      defects.append("a file that was added to the list is not in it")
    }
    let changes = text.unicodeScalars.split(separator: "\n").prefix(4).compactMap { Override(String($0)) }
    for change in changes { refusal(of: workspace, [change], &defects) }
    if changes.count > 1 { refusal(of: workspace, changes, &defects) }
    return defects
  }

  private func read(_ path: String, scenarioFiles: [String], _ defects: inout [String]) {
    do throws(EvidenceError) {
      let workspace = try Workspace(reading: path, scenarioFiles: scenarioFiles)
      _ = (workspace.latestPublication, workspace.warnings.map(\.description))
      for scenario in [Workspace.baseScenario] + workspace.scenarios {
        // Every scenario was tried when the workspace was read.
        _ = try workspace.plan(scenario: scenario)
      }
    } catch {
      if error.description.isEmpty { defects.append("a workspace is refused without a reason") }
      if case .badArgument = error { defects.append("a workspace that was read has no plan: \(error)") }
    }
  }

  private func refusal(of workspace: Workspace, _ changes: [Override], _ defects: inout [String]) {
    do throws(EvidenceError) {
      _ = try workspace.plan(overrides: changes)
    } catch {
      guard case .badArgument(let sentence) = error, !sentence.isEmpty else {
        defects.append("\(changes.map(\.text)) is not refused as an argument: \(error)")
        return
      }
    }
  }
}
