import Yams

extension WorkspaceNode {
  /// Reads YAML; `path` are the keys that lead to it when it stands inside another file.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` with the parser's complaint and its place.
  init(yaml: String, file: String, path: [String] = []) throws(EvidenceError) {
    let parsed: Node?
    do {
      parsed = try Yams.compose(yaml: yaml)
    } catch let error as YamlError {
      throw .badData(problems: [error.problem(in: file)], omitted: 0)
    } catch {
      throw .badData(problems: [Problem(file: file, message: "this is not YAML: \(error)")], omitted: 0)
    }
    guard let parsed else {
      throw .badData(problems: [Problem(file: file, row: 1, message: "there is nothing in it")], omitted: 0)
    }
    try self.init(parsed, file: file, path: path)
  }

  private init(_ node: Node, file: String, path: [String]) throws(EvidenceError) {
    let content: Content
    switch node {
    case .scalar(let scalar):
      content = .text(scalar.string)
    case .sequence(let sequence):
      var items: [WorkspaceNode] = []
      for (index, item) in sequence.enumerated() {
        items.append(try WorkspaceNode(item, file: file, path: path + ["\(index + 1)"]))
      }
      content = .list(items)
    case .mapping(let mapping):
      var entries: [(key: Key, value: WorkspaceNode)] = []
      for (key, value) in mapping {
        guard case .scalar(let name) = key else {
          throw .badData(
            problems: [
              Problem(
                file: file, row: key.mark?.line, column: key.mark?.column, message: "a key is not a name")
            ], omitted: 0)
        }
        entries.append(
          (
            Key(name: name.string, line: key.mark?.line, column: key.mark?.column),
            try WorkspaceNode(value, file: file, path: path + [name.string])
          ))
      }
      content = .mapping(entries)
    case .alias(let alias):
      throw .badData(
        problems: [
          Problem(
            file: file, row: alias.mark?.line, column: alias.mark?.column,
            message: "the reference *\(alias.anchor.rawValue) names nothing above it")
        ], omitted: 0)
    }
    self.init(
      content: content, path: path, file: file, line: node.mark?.line, column: node.mark?.column)
  }
}

extension YamlError {
  /// The parser's complaint, with its place.
  fileprivate func problem(in file: String) -> Problem {
    switch self {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      Problem(
        file: file, row: mark.line, column: mark.column,
        message: "this is not YAML: \(problem); check indentation, colons and quotes")
    case .duplicatedKeysInMapping(let duplicates, let context):
      Problem(
        file: file, row: context.mark.line, column: context.mark.column,
        message: "the key \(duplicates.map { "\"\($0)\"" }.joined(separator: ", ")) stands twice in one mapping")
    default:
      Problem(file: file, message: "this is not YAML: \(self)")
    }
  }
}
