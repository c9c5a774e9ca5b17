import TimeSeries

/// A scenario in a few words: what it changes, and why.
public struct ScenarioSummary: Codable, Hashable, Sendable {
  /// Its name.
  public let name: String
  /// Why anyone should look at it.
  public let reason: String
  /// Who wrote it; nil where that is not said.
  public let author: String?
  /// The day on which it was written, `2026-03-31`; nil where that is not said.
  public let date: String?
  /// The scenario whose changes are made before its own; nil where there is none.
  public let inherits: String?
  /// Its own changes, in the order in which they are made, as they would be written after `--set`.
  public let changes: [String]

  /// Describes a scenario.
  public init(
    name: String, reason: String, author: String? = nil, date: CivilDate? = nil, inherits: String? = nil,
    changes: [String]
  ) {
    self.name = name
    self.reason = reason
    self.author = author
    self.date = date.map { "\($0)" }
    self.inherits = inherits
    self.changes = changes
  }

  /// Writes every key, null included.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(reason, forKey: .reason)
    try container.encode(author, forKey: .author)
    try container.encode(date, forKey: .date)
    try container.encode(inherits, forKey: .inherits)
    try container.encode(changes, forKey: .changes)
  }

  /// The scenario as lines of a terminal: its name, who wrote it and when, its reason and its changes.
  func lines(width: Int) -> [String] {
    var heading = name
    if let inherits { heading += ", from \(inherits)" }
    let written = [author, date].compactMap { $0 }
    if !written.isEmpty { heading += " (\(written.joined(separator: ", ")))" }
    return Paragraph.lines(heading, width: width)
      + Paragraph.lines(reason, first: "    ", width: width)
      + changes.flatMap { Paragraph.lines($0, first: "    - ", width: width) }
  }
}

/// The scenarios of a workspace, listed.
public struct ScenarioList: Sendable {
  /// The columns of the list as comma-separated text.
  public static let columns = ["scenario", "inherits", "author", "date", "reason", "change"]

  private let scenarios: [ScenarioSummary]

  /// Lists scenarios, in the order given.
  public init(_ scenarios: [ScenarioSummary]) { self.scenarios = scenarios }

  /// The list for a terminal; fewer than 60 characters in a line are taken as 60.
  public func text(width: Int = 100) -> String {
    if scenarios.isEmpty { return "There are no scenarios beside the workspace as it stands.\n" }
    return scenarios.map { $0.lines(width: max(60, width)).joined(separator: "\n") + "\n" }
      .joined(separator: "\n")
  }

  /// The list as comma-separated text: a row for each change; one row without a change for a scenario that has none of
  /// its own.
  public func csv() -> String {
    var text = CSVText.row(Self.columns)
    for scenario in scenarios {
      for change in scenario.changes.isEmpty ? [""] : scenario.changes {
        text += CSVText.row(
          [
            scenario.name, scenario.inherits ?? "", scenario.author ?? "", scenario.date ?? "",
            scenario.reason, change,
          ].map { CSVText.text($0) })
      }
    }
    return text
  }

  /// The list as JSON, with a line feed at the end: `{scenarios[]{name, reason, author, date, inherits, changes[]}}`.
  ///
  /// - Throws: ``ReportingError/notRepresentable(_:)``, which text never causes.
  public func json() throws(ReportingError) -> String {
    try JSONText.text(["scenarios": scenarios])
  }
}
