import Commissioning

/// A change to what there is, as somebody wrote it: a path, an operation and a number, and for a flow the years in
/// which it acts.
///
/// It stands under `change` in a scenario, `{path: high-needs.requests, growth: -10%, from: 2025/26}`, or after `--set`
/// and under `set`, `high-needs.requests.growth=-10%@2025/26..`.
struct StatedChange: Sendable {
  /// The keys that lead to a value of the workspace, or a service and one of its flows.
  let path: String
  /// What is done.
  let operation: Lever.Operation
  /// By how much.
  let value: WorkspaceNode
  /// The first year, where one is named.
  let from: WorkspaceNode?
  /// The last year, where one is named.
  let until: WorkspaceNode?
  /// Where the path is written.
  let place: WorkspaceNode

  /// The change as it would be written after `--set`.
  var text: String {
    let years =
      from == nil && until == nil ? "" : "@\(from?.flowText ?? "")..\(until?.flowText ?? "")"
    return "\(path).\(operation.rawValue)=\(value.flowText)\(years)"
  }

  /// The words for the operations.
  static let operations = Lever.Operation.allCases.map(\.rawValue).sorted()

  /// A complaint about the path.
  func problem(_ message: String) -> EvidenceError { place.problem("\(path): \(message)") }
}

extension StatedChange {
  /// Reads an item of `change`.
  init(_ node: WorkspaceNode) throws(EvidenceError) {
    let fields = try node.fields(required: ["path"], optional: Self.operations + ["from", "until"])
    let given = Self.operations.filter { fields.optional($0) != nil }
    guard let word = given.first, let operation = Lever.Operation(rawValue: word),
      let value = fields.optional(word)
    else {
      throw node.problem(
        "\(node.name) says what is changed and not how; give one of \(Self.operations.joined(separator: ", "))"
      )
    }
    guard given.count == 1 else {
      throw node.problem(
        "\(node.name) has \(given.joined(separator: " and ")); one change does one thing, so write two of them"
      )
    }
    let place = try fields["path"]
    path = try place.text()
    self.place = place
    self.operation = operation
    self.value = value
    from = fields.optional("from")
    until = fields.optional("until")
  }

  /// Reads `PATH.OPERATION` and its value, with the years behind an `@` where some are named: `-10%@2025/26..2027/28`.
  /// Either end may be left out; one year without points is that year alone.
  ///
  /// Nil when the path does not end in an operation.
  init?(path: String, value: WorkspaceNode) throws(EvidenceError) {
    guard let point = path.lastIndex(of: "."), point != path.startIndex,
      let operation = Lever.Operation(rawValue: String(path[path.index(after: point)...]))
    else { return nil }
    self.path = String(path[..<point])
    self.operation = operation
    place = value
    guard case .text(let text) = value.content, let mark = text.lastIndex(of: "@") else {
      self.value = value
      (from, until) = (nil, nil)
      return
    }
    let years = text[text.index(after: mark)...]
    self.value = value.with(text: text[..<mark])
    if let points = years.firstRange(of: "..") {
      let (first, last) = (years[..<points.lowerBound], years[points.upperBound...])
      guard !first.isEmpty || !last.isEmpty else {
        throw value.problem("\"@..\" names no year; leave it out, or write @2025/26..2027/28")
      }
      from = first.isEmpty ? nil : value.with(text: first)
      until = last.isEmpty ? nil : value.with(text: last)
    } else {
      from = value.with(text: years)
      until = from
    }
  }
}

extension WorkspaceNode {
  /// Another text in the same place.
  func with(text: some StringProtocol) -> WorkspaceNode {
    WorkspaceNode(content: .text(String(text)), path: path, file: file, line: line, column: column)
  }
}
