import Yams

/// A parsed text on its way to a tree that knows its places.
struct WorkspaceReading {
  /// The most places that a file may have once every reference is written out: a few lines of references to references
  /// could otherwise fill any memory.
  private static let limit = 200_000
  /// The most levels that a file may have: a workspace has about ten, and what reads it goes down level by level.
  private static let deepest = 100

  private let file: String
  private let references: ReferenceMark
  private var remaining = Self.limit
  /// What has a name, as it was read.
  private var named: [String: WorkspaceNode] = [:]

  init(file: String, references: ReferenceMark) {
    self.file = file
    self.references = references
  }

  mutating func node(_ node: Node, path: [String], depth: Int) throws(EvidenceError) -> WorkspaceNode {
    try step(depth: depth, row: node.mark?.line, column: node.mark?.column)
    let content: WorkspaceNode.Content
    let name: String?
    switch node {
    case .scalar(let scalar):
      if let wanted = references.name(scalar) {
        guard let found = named[wanted] else {
          throw problem(node, "the reference *\(wanted) names nothing above it")
        }
        remaining += 1
        return try moved(found, path: path, depth: depth)
      }
      content = .text(references.original(scalar.string))
      name = scalar.anchor?.rawValue
    case .sequence(let sequence):
      var items: [WorkspaceNode] = []
      for (index, item) in sequence.enumerated() {
        items.append(try self.node(item, path: path + ["\(index + 1)"], depth: depth + 1))
      }
      content = .list(items)
      name = sequence.anchor?.rawValue
    case .mapping(let mapping):
      var entries: [(key: WorkspaceNode.Key, value: WorkspaceNode)] = []
      for (key, value) in mapping {
        guard case .scalar(let scalar) = key else {
          throw problem(key, "a key is a list or a mapping; write \"name: value\"")
        }
        if let wanted = references.name(scalar) {
          throw problem(key, "a key is the reference *\(wanted); write \"name: value\"")
        }
        let name = references.original(scalar.string)
        entries.append(
          (
            WorkspaceNode.Key(name: name, line: key.mark?.line, column: key.mark?.column),
            try self.node(value, path: path + [name], depth: depth + 1)
          ))
      }
      content = .mapping(entries)
      name = mapping.anchor?.rawValue
    case .alias(let alias):
      throw problem(node, "the reference *\(alias.anchor.rawValue) names nothing above it")
    }
    let read = WorkspaceNode(
      content: content, path: path, file: file, line: node.mark?.line, column: node.mark?.column)
    if let name { named[references.original(name)] = read }
    return read
  }

  /// What a reference names, under the keys that lead to the reference; it stands where it was written.
  private mutating func moved(
    _ node: WorkspaceNode, path: [String], depth: Int
  ) throws(EvidenceError) -> WorkspaceNode {
    try step(depth: depth, row: node.line, column: node.column)
    let content: WorkspaceNode.Content
    switch node.content {
    case .text: content = node.content
    case .list(let items):
      var moved: [WorkspaceNode] = []
      for (index, item) in items.enumerated() {
        moved.append(try self.moved(item, path: path + ["\(index + 1)"], depth: depth + 1))
      }
      content = .list(moved)
    case .mapping(let entries):
      var moved: [(key: WorkspaceNode.Key, value: WorkspaceNode)] = []
      for (key, value) in entries {
        moved.append((key, try self.moved(value, path: path + [key.name], depth: depth + 1)))
      }
      content = .mapping(moved)
    }
    return WorkspaceNode(content: content, path: path, file: file, line: node.line, column: node.column)
  }

  /// Counts a place.
  private mutating func step(depth: Int, row: Int?, column: Int?) throws(EvidenceError) {
    remaining -= 1
    guard remaining >= 0 else {
      throw .badData(
        Problem(
          file: file, row: row, column: column,
          message: "more than \(Self.limit) values, references written out; keep figures in series files"))
    }
    guard depth <= Self.deepest else {
      throw .badData(
        Problem(
          file: file, row: row, column: column,
          message: "more than \(Self.deepest) levels, references written out; write it flatter"))
    }
  }

  private func problem(_ node: Node, _ message: String) -> EvidenceError {
    .badData(Problem(file: file, row: node.mark?.line, column: node.mark?.column, message: message))
  }
}
