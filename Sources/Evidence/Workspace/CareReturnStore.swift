import Commissioning

/// The contents of the returns of children looked after that a workspace's services name, read once.
struct CareReturnStore: Sendable {
  private var contents: [String: FileContents] = [:]
  /// The files, in the order in which they are named.
  private(set) var files: [Workspace.WorkspaceFile] = []

  /// Without files.
  init() {}

  /// Reads the files that services name; what is wrong with one is among the problems.
  ///
  /// - Parameters:
  ///   - services: the mapping of services; what else is wrong with it is found when they are read.
  ///   - folder: the workspace's.
  init(of services: WorkspaceNode, in folder: WorkspaceFolder, problems: inout [Problem]) {
    guard case .mapping(let entries) = services.content else { return }
    for (_, service) in entries {
      guard case .list(let returns)? = service.value(of: "episodes")?.value(of: "returns")?.content else {
        continue
      }
      for node in returns.flatMap({ [$0.value(of: "header"), $0.value(of: "episodes")] }).compactMap({ $0 }) {
        do throws(EvidenceError) {
          try read(node, in: folder)
        } catch {
          problems += error.isAboutData ? error.problems : [node.remark("\(error)")]
        }
      }
    }
  }

  private mutating func read(_ node: WorkspaceNode, in folder: WorkspaceFolder) throws(EvidenceError) {
    _ = try node.fileInFolder()
    let name = try node.text()
    guard contents[name] == nil else { return }
    let file = try folder.read(name)
    contents[name] = file
    files.append(Workspace.WorkspaceFile(path: name, bytes: file.bytes, location: file.path))
  }

  /// The contents of the file that a value names.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` for a file that was not read with the workspace.
  func contents(of node: WorkspaceNode) throws(EvidenceError) -> FileContents {
    let name = try node.text()
    guard let file = contents[name] else {
      throw node.problem(
        "\"\(name)\" in \(node.name) was not read with the workspace; name it in workspace.yaml")
    }
    return file
  }
}
