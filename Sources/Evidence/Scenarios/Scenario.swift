import TimeSeries

/// A scenario of a workspace: what is changed from the workspace as it stands, and why.
///
/// It stands under `scenarios` in `workspace.yaml`, or in a file of its own.
public struct Scenario: Sendable {
  /// The name by which it is run.
  public let name: String
  /// Why anyone should look at it.
  public let reason: String
  /// Who wrote it, where that is said.
  public let author: String?
  /// When it was written, where that is said.
  public let date: CivilDate?
  /// The scenario whose changes are made before its own; nil for one that starts from the workspace as it stands.
  public let inherits: String?
  /// The file that it was read from, as that was named to the reader.
  public let file: String

  /// What stands under its name, for complaints.
  let node: WorkspaceNode
  /// Where it says what it inherits from.
  let parent: WorkspaceNode?
  /// Its own changes, in the order in which they are made.
  let steps: [ScenarioStep]

  /// Its own changes in the order in which they are made, each as it would be written after `--set`.
  public var changes: [String] { steps.map(\.text) }
}

/// One change that a scenario makes.
enum ScenarioStep: Sendable {
  /// Another value for the one at a path.
  case set(ScenarioChange)
  /// A change to the value at a path, or to a flow of a service.
  case change(StatedChange)

  /// The change as it would be written after `--set`.
  var text: String {
    switch self {
    case .set(let change): "\(change.path)=\(change.value.flowText)"
    case .change(let change): change.text
    }
  }
}

extension WorkspaceNode {
  /// What stands here on one line: `0%`, `[1, 2]` or `{low: 1, most-likely: 2}`.
  var flowText: String {
    switch content {
    case .text(let text): text
    case .list(let items): "[\(items.map(\.flowText).joined(separator: ", "))]"
    case .mapping(let entries):
      "{\(entries.map { "\($0.key.name): \($0.value.flowText)" }.joined(separator: ", "))}"
    }
  }
}
