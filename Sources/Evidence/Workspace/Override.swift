import Yams

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
    let replacement: Node
    do {
      guard let node = try Yams.compose(yaml: override.value) else {
        throw problem("\(override.path) is set to nothing; write \(override.path)=VALUE")
      }
      replacement = node
    } catch let error as EvidenceError {
      throw error
    } catch {
      throw problem("the value \"\(override.value)\" of \(override.path) cannot be read: write a number or a word")
    }
    let keys = override.path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    return WorkspaceNode(
      node: try replaced(keys[...], with: replacement, override: override), path: path, file: file)
  }

  private func replaced(
    _ keys: ArraySlice<String>, with replacement: Node, override: Override
  ) throws(EvidenceError) -> Node {
    guard let key = keys.first else {
      guard replacement.mapping != nil || node.mapping == nil, node.sequence == nil else {
        throw problem(
          "\(override.path) holds more than one value; name one of "
            + (node.mapping?.keys.compactMap(\.string) ?? []).map { "\(override.path).\($0)" }
            .joined(separator: ", "))
      }
      return replacement
    }
    let rest = keys.dropFirst()
    if var mapping = node.mapping {
      guard let child = mapping[Node(key)] else {
        throw problem(
          "\(override.path): there is no \"\(key)\" in \(name); "
            + NearestName.advice(for: key, among: mapping.keys.compactMap(\.string)))
      }
      let childNode = WorkspaceNode(node: child, path: path + [key], file: file)
      mapping[Node(key)] = try childNode.replaced(rest, with: replacement, override: override)
      return .mapping(mapping)
    }
    if var sequence = node.sequence {
      guard let index = Int(key), index >= 1, index <= sequence.count else {
        throw problem("\(override.path): \(name) is a list of \(sequence.count); \"\(key)\" is not one of them")
      }
      let child = WorkspaceNode(node: sequence[index - 1], path: path + [key], file: file)
      sequence[index - 1] = try child.replaced(rest, with: replacement, override: override)
      return .sequence(sequence)
    }
    throw problem("\(override.path): \(name) is a single value and holds no \"\(key)\"")
  }
}
