/// A change to one value of a workspace, written as `path=value`: on the command line, or in a scenario.
public struct Override: Hashable, Sendable {
  /// The keys that lead to the value, separated by points; the items of a list are counted from 1.
  public let path: String
  /// The value, as it would stand in the file.
  public let value: String

  /// A change of the value at a path.
  public init(path: String, value: String) {
    self.path = path
    self.value = value
  }

  /// The change as an argument of the command, under which what is wrong with it is reported.
  var argument: String { "--set \(text)" }

  /// The change as it is written, `path=value`.
  public var text: String { "\(path)=\(value)" }

  /// Reads `path=value`; nil when there is no equals sign, or nothing before it.
  public init?(_ text: String) {
    guard let equals = text.firstIndex(of: "="), equals != text.startIndex else { return nil }
    self.init(
      path: String(text[..<equals]), value: String(text[text.index(after: equals)...]))
  }
}

extension WorkspaceNode {
  /// The same tree with the value at a path replaced by another, which says where it was written; there must be one
  /// already.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)``, at the change, that says how far the path leads and what
  ///   stands there.
  func applying(_ change: ScenarioChange) throws(EvidenceError) -> WorkspaceNode {
    try replaced(Self.keys(of: change.path)[...], by: change)
  }

  /// The keys of a path, which points separate.
  static func keys(of path: String) -> [String] {
    path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
  }

  private func replaced(
    _ keys: ArraySlice<String>, by change: ScenarioChange
  ) throws(EvidenceError) -> WorkspaceNode {
    guard let key = keys.first else { return try replaced(by: change) }
    let rest = keys.dropFirst()
    switch content {
    case .mapping(var entries):
      guard let index = entries.firstIndex(where: { $0.key.name == key }) else {
        throw change.value.problem(
          "\(change.path): there is no \"\(key)\" in \(name); "
            + NearestName.advice(for: key, among: entries.map(\.key.name)))
      }
      entries[index].value = try entries[index].value.replaced(rest, by: change)
      return with(.mapping(entries))
    case .list(var items):
      guard let number = Int(key), number >= 1, number <= items.count else {
        throw change.value.problem(
          "\(change.path): \(name) is a list of \(items.count); \"\(key)\" is not one of them")
      }
      items[number - 1] = try items[number - 1].replaced(rest, by: change)
      return with(.list(items))
    case .text:
      throw change.value.problem("\(change.path): \(name) is a single value and holds no \"\(key)\"")
    }
  }

  /// A value gives way to whatever is written in its place, a list likewise, and an assumption's range to a value or
  /// another range. Any other mapping is changed key by key, so that nothing vanishes because it was not repeated.
  private func replaced(by change: ScenarioChange) throws(EvidenceError) -> WorkspaceNode {
    if case .mapping(let entries) = content, path.last != "value" {
      throw change.value.problem(
        "\(change.path) holds more than one value; name one of "
          + entries.map { "\(change.path).\($0.key.name)" }.joined(separator: ", "))
    }
    return WorkspaceNode(
      content: change.value.content, path: path, file: change.value.file, line: change.value.line,
      column: change.value.column)
  }

  /// The same tree without lines and columns, which mean nothing on a command line.
  var withoutPlaces: WorkspaceNode {
    let content: Content =
      switch content {
      case .text: content
      case .list(let items): .list(items.map(\.withoutPlaces))
      case .mapping(let entries):
        .mapping(
          entries.map { (Key(name: $0.key.name, line: nil, column: nil), $0.value.withoutPlaces) })
      }
    return WorkspaceNode(content: content, path: path, file: file, line: nil, column: nil)
  }

  private func with(_ content: Content) -> WorkspaceNode {
    WorkspaceNode(content: content, path: path, file: file, line: line, column: column)
  }
}

/// A change that a scenario makes: the keys that lead to a value, and what is to stand there.
struct ScenarioChange: Sendable {
  /// The keys, separated by points.
  let path: String
  /// The new value, which knows where it was written.
  let value: WorkspaceNode
}
