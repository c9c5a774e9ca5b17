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
      throw .badData(error.problem(in: file))
    } catch {
      throw .badData(Problem(file: file, message: "this is not YAML: \(error)"))
    }
    guard let parsed else {
      throw .badData(Problem(file: file, row: 1, message: "there is nothing in it"))
    }
    var remaining = Self.limit
    try self.init(parsed, file: file, path: path, remaining: &remaining)
  }

  /// The most places that a file may have once every reference is written out: a few lines of references to references
  /// could otherwise fill any memory.
  static let limit = 200_000

  private init(
    _ node: Node, file: String, path: [String], remaining: inout Int
  ) throws(EvidenceError) {
    remaining -= 1
    guard remaining >= 0 else {
      throw .badData(
        Problem(
          file: file, row: node.mark?.line, column: node.mark?.column,
          message: "more than \(Self.limit) values, references written out; keep figures in series files"))
    }
    let content: Content
    switch node {
    case .scalar(let scalar):
      content = .text(scalar.string)
    case .sequence(let sequence):
      var items: [WorkspaceNode] = []
      for (index, item) in sequence.enumerated() {
        items.append(
          try WorkspaceNode(
            item, file: file, path: path + ["\(index + 1)"], remaining: &remaining))
      }
      content = .list(items)
    case .mapping(let mapping):
      var entries: [(key: Key, value: WorkspaceNode)] = []
      for (key, value) in mapping {
        guard case .scalar(let name) = key else {
          throw .badData(
            Problem(
              file: file, row: key.mark?.line, column: key.mark?.column,
              message: "a key is a list or a mapping; write \"name: value\""))
        }
        entries.append(
          (
            Key(name: name.string, line: key.mark?.line, column: key.mark?.column),
            try WorkspaceNode(
              value, file: file, path: path + [name.string], remaining: &remaining)
          ))
      }
      content = .mapping(entries)
    case .alias(let alias):
      throw .badData(
        Problem(
          file: file, row: alias.mark?.line, column: alias.mark?.column,
          message: "the reference *\(alias.anchor.rawValue) names nothing above it"))
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
        message:
          "the key \(duplicates.map { "\"\($0)\"" }.joined(separator: ", ")) stands twice in one mapping")
    default:
      Problem(file: file, message: "this is not YAML: \(self)")
    }
  }
}
