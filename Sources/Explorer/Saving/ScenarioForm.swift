import Needscast

/// What somebody writes about settings that are to be kept as a scenario.
public struct ScenarioForm: Codable, Hashable, Sendable {
  /// The scenario that was started from.
  public let scenario: String
  /// The changes, `path=value`.
  public let set: [String]
  /// The name by which it is to be run.
  public let name: String
  /// Why anyone should look at it.
  public let reason: String
  /// Who wrote it; nil or empty where that is not said.
  public let author: String?
  /// The day on which it was written, yyyy-mm-dd; nil or empty where that is not said.
  public let date: String?

  /// States all of it.
  public init(
    scenario: String, set: [String], name: String, reason: String, author: String? = nil, date: String? = nil
  ) {
    self.scenario = scenario
    self.set = set
    self.name = name
    self.reason = reason
    self.author = author
    self.date = date
  }

  /// What is wrong with the form itself; nil where nothing is.
  var fault: String? {
    for (what, text, most) in [
      ("name", name, 80), ("reason", reason, 2000), ("author", author ?? "", 200), ("date", date ?? "", 10),
    ] {
      if text.count > most { return "the \(what) is longer than \(most) characters; shorten it" }
      if text.unicodeScalars.contains(where: { Self.isControl($0) }) {
        return "the \(what) holds a line break or another character that does not show; take it out"
      }
    }
    if name.allSatisfy(\.isWhitespace) { return "a scenario needs a name; write a few words" }
    if reason.allSatisfy(\.isWhitespace) {
      return "a scenario needs a reason; say why anyone should look at it"
    }
    if let date, !date.isEmpty, CivilDate(date) == nil {
      return "the date \"\(date)\" is not a day; write it as 2028-03-31"
    }
    return nil
  }

  static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: true
    case .format: scalar.value != 0x200D && scalar.value != 0x200C
    default: false
    }
  }
}
