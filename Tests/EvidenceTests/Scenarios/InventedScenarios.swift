import Commissioning
import Evidence

/// The invented workspace with other scenarios.
struct InventedScenarios {
  let invented: InventedWorkspace

  /// - Parameters:
  ///   - yaml: what stands in place of `scenarios:` and all below it.
  ///   - files: files of scenarios in the workspace's folder.
  init(_ yaml: String, files: [String: String] = [:]) throws {
    let whole = InventedWorkspace.yaml
    guard let start = whole.firstRange(of: "scenarios:") else {
      throw InventedWorkspace.Missing(text: "scenarios:")
    }
    invented = try InventedWorkspace([(String(whole[start.lowerBound...]), yaml)], files: files)
  }

  /// The first line of what stands in place of `scenarios:`.
  static var firstLine: Int { InventedWorkspace.line(of: "scenarios:") }

  func read() throws -> Workspace { try invented.read() }

  func plan(_ scenario: String, _ overrides: [Override] = []) throws -> PlanDefinition {
    try read().plan(scenario: scenario, overrides: overrides)
  }

  func problems() -> [String] { invented.problems() }
}

extension PlanDefinition {
  /// What an assumption is.
  func value(_ id: String) -> Assumption.Value? { assumptions.first { $0.id == id }?.value }
}

/// A line of YAML with the place of a complaint marked by a `^`, which is not in its text.
struct Marked {
  let text: String
  let column: Int

  /// - Parameter start: the column at which the text will begin.
  init(_ marked: String, from start: Int) {
    text = marked.replacing("^", with: "")
    column = start + marked.prefix { $0 != "^" }.count
  }
}
