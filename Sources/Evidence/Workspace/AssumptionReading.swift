import Commissioning

extension WorkspaceNode {
  /// The assumptions of a workspace: each a value or a range, a unit and a reason.
  ///
  /// Every one is read, and all that is wrong is reported together.
  func assumptions(problems: inout [Problem]) throws(EvidenceError) -> [Assumption] {
    var assumptions: [Assumption] = []
    for (key, value) in try entries() {
      do {
        assumptions.append(try value.assumption(id: key.name))
      } catch {
        problems += error.problems
      }
    }
    return assumptions
  }

  private func assumption(id: String) throws(EvidenceError) -> Assumption {
    let fields = try fields(required: ["value", "unit", "reason"])
    let value = try fields["value"]
    let content: Assumption.Value
    if value.isMapping {
      let range = try value.fields(required: ["low", "most-likely", "high"])
      content = .range(
        low: try range["low"].number(), mostLikely: try range["most-likely"].number(),
        high: try range["high"].number())
    } else {
      content = .fixed(try value.number())
    }
    let unit = try fields["unit"].text()
    let reason = try fields["reason"].text()
    do {
      return try Assumption(id: id, value: content, unit: unit, reason: reason)
    } catch {
      throw value.problem("\(error)")
    }
  }
}

extension EvidenceError {
  /// The problems behind an error; one without a place for an error that is not about data.
  var problems: [Problem] {
    if case .badData(let problems, _) = self { return problems }
    return [Problem(file: "workspace", message: description)]
  }
}
