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

  /// Reads `path=value`.
  public init?(_ text: String) {
    guard let equals = text.firstIndex(of: "="), equals != text.startIndex else { return nil }
    self.init(
      path: String(text[..<equals]), value: String(text[text.index(after: equals)...]))
  }
}

extension WorkspaceNode {
  /// The same tree with one value replaced; the value must be there already.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` that says how far the path leads and what stands there.
  func applying(_ override: Override) throws(EvidenceError) -> WorkspaceNode {
    let keys = override.path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let replacement = try WorkspaceNode(
      yaml: override.value.isEmpty ? "\"\"" : override.value, file: "\(override.path)=\(override.value)",
      path: keys)
    return try replaced(keys[...], with: replacement, override: override)
  }

  private func replaced(
    _ keys: ArraySlice<String>, with replacement: WorkspaceNode, override: Override
  ) throws(EvidenceError) -> WorkspaceNode {
    guard let key = keys.first else { return try replaced(with: replacement, override: override) }
    let rest = keys.dropFirst()
    switch content {
    case .mapping(var entries):
      guard let index = entries.firstIndex(where: { $0.key.name == key }) else {
        throw problem(
          "\(override.path): there is no \"\(key)\" in \(name); "
            + NearestName.advice(for: key, among: entries.map(\.key.name)))
      }
      entries[index].value = try entries[index].value.replaced(
        rest, with: replacement, override: override)
      return with(.mapping(entries))
    case .list(var items):
      guard let number = Int(key), number >= 1, number <= items.count else {
        throw problem("\(override.path): \(name) is a list of \(items.count); \"\(key)\" is not one of them")
      }
      items[number - 1] = try items[number - 1].replaced(rest, with: replacement, override: override)
      return with(.list(items))
    case .text:
      throw problem("\(override.path): \(name) is a single value and holds no \"\(key)\"")
    }
  }

  /// A value gives way to a value, and a range to a value or another range; nothing else is replaced whole.
  private func replaced(
    with replacement: WorkspaceNode, override: Override
  ) throws(EvidenceError) -> WorkspaceNode {
    if case .mapping(let entries) = content, path.last != "value" {
      throw problem(
        "\(override.path) holds more than one value; name one of "
          + entries.map { "\(override.path).\($0.key.name)" }.joined(separator: ", "))
    }
    return replacement
  }

  private func with(_ content: Content) -> WorkspaceNode {
    WorkspaceNode(content: content, path: path, file: file, line: line, column: column)
  }
}
