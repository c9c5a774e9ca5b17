import Yams

extension WorkspaceNode {
  /// Reads YAML; `path` are the keys that lead to it when it stands inside another file.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` with the parser's complaint and its place.
  init(yaml: String, file: String, path: [String] = []) throws(EvidenceError) {
    let references = ReferenceMark(yaml)
    let parsed: Node?
    // The names that references go by are the parser's own, and gone with it.
    let parser: Parser
    do {
      parser = try Parser(yaml: references.marked(yaml), encoding: .utf8)
      parsed = try parser.singleRoot()
    } catch let error as YamlError {
      throw .badData(error.problem(in: file, references))
    } catch {
      throw .badData(Problem(file: file, message: "this is not YAML: \(error)"))
    }
    guard let parsed else {
      throw .badData(Problem(file: file, row: 1, message: "there is nothing in it"))
    }
    var reading = WorkspaceReading(file: file, references: references)
    self = try reading.node(parsed, path: path, depth: 0)
    withExtendedLifetime(parser) {}
  }
}

extension YamlError {
  /// The parser's complaint, with its place.
  fileprivate func problem(in file: String, _ references: ReferenceMark) -> Problem {
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
          "the key \(duplicates.map { "\"\(references.original($0))\"" }.joined(separator: ", ")) stands twice in one mapping"
      )
    default:
      Problem(file: file, message: "this is not YAML: \(self)")
    }
  }
}
