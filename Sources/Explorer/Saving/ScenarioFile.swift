import Needscast

/// A scenario as the text of a file that `needscast plan --scenario FILE.yaml` reads.
struct ScenarioFile: Hashable, Sendable {
  /// The name of the file, without its folder: letters, digits and hyphens of the scenario's name.
  let name: String
  /// The text.
  let text: String

  /// Writes a scenario down.
  ///
  /// - Parameters:
  ///   - form: what is said about it.
  ///   - parent: the scenario that it inherits from; nil for the workspace as it stands.
  ///   - changes: what it changes, in this order, each path once.
  init(_ form: ScenarioForm, inherits parent: String?, changes: [Override]) {
    name = Self.fileName(form.name)
    var lines = [
      "# A scenario of a plan; run it with: needscast plan WORKSPACE --scenario \(name)",
      "needscast: 1",
      "scenario: \(Self.quoted(form.name))",
      "reason: \(Self.quoted(form.reason))",
    ]
    if let author = form.author, !author.isEmpty { lines.append("author: \(Self.quoted(author))") }
    if let date = form.date, !date.isEmpty { lines.append("date: \(Self.quoted(date))") }
    if let parent { lines.append("inherits: \(Self.quoted(parent))") }
    if !changes.isEmpty { lines.append("set:") }
    for change in changes { lines.append("  \(Self.quoted(change.path)): \(change.value)") }
    text = lines.joined(separator: "\n") + "\n"
  }

  /// A name that is safe in any folder of any system.
  static func fileName(_ name: String) -> String {
    var safe = ""
    for scalar in name.lowercased().unicodeScalars {
      let isSafe = ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
      if isSafe { safe.unicodeScalars.append(scalar) } else if !safe.hasSuffix("-") { safe += "-" }
    }
    let trimmed = String(safe.drop { $0 == "-" }.prefix(60).reversed().drop { $0 == "-" }.reversed())
    // A prefix keeps clear of the names that some systems keep for devices.
    return "scenario-\(trimmed.isEmpty ? "unnamed" : trimmed).yaml"
  }

  /// A text in double quotation marks, as YAML and JSON both read it.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      default:
        if ScenarioForm.isControl(scalar) || scalar.value == 0xFEFF {
          let code = String(scalar.value, radix: 16, uppercase: true)
          result += "\\U" + String(repeating: "0", count: 8 - code.count) + code
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
  }
}
