import Needscast

/// What a page is shown of a plan with some settings.
struct PlanAnswer: Encodable, Sendable {
  /// The scenario that it starts from.
  let scenario: String
  /// The service, by the name that scripts use; `total` for all of them together.
  let service: String
  /// The service, by the name that people use.
  let name: String
  /// The figure that is drawn.
  let figure: String
  /// The figures that can be drawn.
  let figures: [Choice]
  /// What is set, `path=value`.
  let changes: [String]
  /// What it comes to.
  let sentence: String
  /// What was changed by the settings; null where nothing is set.
  let compared: String?
  /// The last year in a few words, for a screen that has no room for the sentence.
  let short: String
  /// The years as the JSON of the plan has them.
  let years: [YearDocument]
  /// The years as they are read.
  let table: YearRows
  /// The chart of the figure.
  let fan: String
  /// The chart of the last year's balance; null where the balance is certain.
  let histogram: String?
  /// Why services, or parts of them, could not be planned.
  let refusals: [SettingFault]
  /// What a reader must know.
  let notes: [String]
  /// The command that prints the same.
  let command: String

  /// One of some things to choose from.
  struct Choice: Encodable, Hashable, Sendable {
    /// The name that scripts use.
    let id: String
    /// The name that people use.
    let name: String
  }
}

/// The years of a service in a table, as text.
struct YearRows: Encodable, Hashable, Sendable {
  /// What heads the columns.
  let columns: [String]
  /// A row for each year: its name, what kind of year it is, and a text for each column.
  let rows: [Row]
  /// What a reader must know of the table.
  let note: String

  /// A year.
  struct Row: Encodable, Hashable, Sendable {
    let year: String
    let kind: String
    let cells: [String]
  }
}
