import Commissioning

extension WorkspaceNode {
  /// The assumptions of a workspace: each a value or a range, a unit and a reason.
  ///
  /// Every one is read, and all that is wrong is reported together.
  ///
  /// - Returns: the assumptions, and the names of those that could not be read.
  func assumptions(
    problems: inout [Problem]
  ) throws(EvidenceError) -> (read: [Assumption], unread: Set<String>) {
    var assumptions: [Assumption] = []
    var unread: Set<String> = []
    for (key, value) in try entries() {
      do {
        assumptions.append(try value.assumption(id: key.name))
      } catch {
        problems += error.problems
        unread.insert(key.name)
      }
    }
    return (assumptions, unread)
  }

  private func assumption(id: String) throws(EvidenceError) -> Assumption {
    let fields = try fields(required: ["value", "unit", "reason"])
    let value = try fields["value"]
    let (content, isPercentage) = try value.assumedValue()
    let unit = try fields["unit"].text()
    let reason = try fields["reason"].text()
    do {
      return try Assumption(id: id, value: content, unit: unit, reason: reason, isPercentage: isPercentage)
    } catch {
      throw value.problem("\(error)")
    }
  }
}

extension WorkspaceNode {
  /// A number, or a range with its most likely value.
  func assumedValue() throws(EvidenceError) -> (value: Assumption.Value, isPercentage: Bool) {
    guard isMapping else {
      return (
        .fixed(
          try number("a number, such as 0.035 or 3.5%, or a range {low: 1%, most-likely: 3%, high: 7%}")),
        isPercentage
      )
    }
    let range = try fields(required: ["low", "most-likely", "high"])
    let numbers = (try range["low"], try range["most-likely"], try range["high"])
    return (
      .range(low: try numbers.0.number(), mostLikely: try numbers.1.number(), high: try numbers.2.number()),
      numbers.0.isPercentage || numbers.1.isPercentage || numbers.2.isPercentage
    )
  }
}

extension EvidenceError {
  /// The problems behind an error; one without a place for an error that is not about data.
  var problems: [Problem] {
    if case .badData(let problems, _) = self { return problems }
    return [Problem(file: "workspace", message: description)]
  }
}
