import Commissioning

extension WorkspaceNode {
  /// What stands here after a change of its number, or of every number of its range. The result stands where the change
  /// was written, so that a complaint about it is found there.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` for what is no number, for a percentage added to what is
  ///   none or the reverse, and for a factor below zero.
  func changed(by change: StatedChange) throws(EvidenceError) -> WorkspaceNode {
    switch content {
    case .text: return try changedNumber(by: change)
    case .mapping(let entries) where path.last == "value":
      var changed: [(key: Key, value: WorkspaceNode)] = []
      for (key, value) in entries { changed.append((key, try value.changedNumber(by: change))) }
      return WorkspaceNode(
        content: .mapping(changed), path: path, file: change.value.file, line: change.value.line,
        column: change.value.column)
    case .mapping(let entries):
      throw change.problem(
        "\(name) holds more than one value; name one of "
          + entries.map { "\(name).\($0.key.name)" }.joined(separator: ", "))
    case .list(let items):
      throw change.problem(
        "\(name) is a list of \(items.count); name one of its items by its number, from \(name).1")
    }
  }

  private func changedNumber(by change: StatedChange) throws(EvidenceError) -> WorkspaceNode {
    guard case .text(let text) = content, let old = try? number() else {
      throw change.problem(
        "\(name) is \"\(flowText)\", and only a number can be changed by \"\(change.operation.rawValue)\"; use \"set\""
      )
    }
    let by = try change.value.number()
    let new: Double
    switch change.operation {
    case .add:
      if change.value.isPercentage, !isPercentage {
        throw change.value.problem(
          "\(change.path): \(change.value.flowText) cannot be added to \(text), which is no percentage; multiply by "
            + "110% to make it a tenth larger, or add a number")
      }
      if isPercentage, !change.value.isPercentage, by.magnitude >= 1 {
        throw change.value.problem(
          "\(change.path): \(change.value.flowText) added to \(text) is \(change.value.flowText) times the whole; write "
            + "\(change.value.flowText)% for percentage points")
      }
      new = old + by
    case .multiply:
      guard by >= 0 else {
        throw change.value.problem(
          "\(change.path): a factor is 0 or more, and \(change.value.flowText) is given; write 90% to take a tenth off"
        )
      }
      new = old * by
    case .set, .growth:
      throw change.problem("accepted for \(name) are add, multiply, set")
    }
    guard new.isFinite else {
      throw change.value.problem("\(change.path): \(text) becomes \(new), which is no number")
    }
    return WorkspaceNode(
      content: .text(isPercentage ? Self.percentage(new) : Self.plain(new)), path: path,
      file: change.value.file, line: change.value.line, column: change.value.column)
  }

  /// A number as text that reads back as it, a whole one without a point.
  private static func plain(_ value: Double) -> String {
    Int(exactly: value).map { "\($0)" } ?? "\(value)"
  }

  /// A share as a percentage that reads back as it: the decimal point of its text is moved by two places.
  static func percentage(_ share: Double) -> String {
    let text = "\(share.magnitude)"
    let sign = share < 0 ? "-" : ""
    guard !text.contains("e"), let point = text.firstIndex(of: ".") else {
      return "\(sign)\(share.magnitude * 100)%"
    }
    let whole = text[..<point]
    let fraction = text[text.index(after: point)...]
    let moved = fraction.prefix(2) + String(repeating: "0", count: 2 - fraction.prefix(2).count)
    let digits = (whole + moved).drop { $0 == "0" }
    let rest = fraction.dropFirst(2)
    return sign + (digits.isEmpty ? "0" : digits) + (rest.isEmpty ? "" : ".\(rest)") + "%"
  }
}
