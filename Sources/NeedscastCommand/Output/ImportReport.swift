import Needscast

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What became of an imported file: every row and cell of it.
struct ImportReport {
  private let figures: PublishedFigures
  private let problems: [Problem]
  private let notes: [String]
  /// What was written, counted.
  private let written: [(name: String, count: Int)]

  /// A report on figures that become a series file.
  init(_ figures: PublishedFigures, _ text: SeriesFileText) {
    self.init(
      figures, problems: text.problems, notes: text.notes, written: [("rows_written", text.rowCount)])
  }

  /// A report on figures that went into a store.
  init(_ figures: PublishedFigures, added: StoreImport) {
    self.init(
      figures, problems: added.problems, notes: [],
      written: [
        ("added", added.added), ("revised", added.revised), ("unchanged", added.unchanged),
        ("superseded", added.superseded), ("conflicting", added.conflicting),
      ])
  }

  private init(
    _ figures: PublishedFigures, problems: [Problem], notes: [String], written: [(name: String, count: Int)]
  ) {
    self.figures = figures
    self.notes = figures.notes + notes
    self.written = written
    self.problems = (figures.problems + problems).sorted { left, right in
      (left.severity == .error ? 0 : 1, left.row ?? 0) < (right.severity == .error ? 0 : 1, right.row ?? 0)
    }
  }

  /// The number of problems by which figures are lost.
  var errorCount: Int { problems.count { $0.severity == .error } + figures.omittedProblems }

  /// The errors alone, a line each.
  var errors: String { problems.filter { $0.severity == .error }.map { "error: \($0)\n" }.joined() }

  /// The report for people.
  var text: String {
    var lines = problems.map { "\($0.severity.rawValue): \($0)" }
    if figures.omittedProblems > 0 { lines.append("and \(figures.omittedProblems) more problems") }
    lines += notes.map { "note: \($0)" }
    lines += summary
    return lines.joined(separator: "\n") + "\n"
  }

  /// The rows and the cells as two sums, and what came of them.
  private var summary: [String] {
    Self.summary(of: figures)
      + (written.count == 1 ? written.map { "\($0.count) rows written" } : [])
  }

  /// The rows and the cells of a published file as two sums, and the number of its series.
  static func summary(of figures: PublishedFigures) -> [String] {
    let tally = figures.tally
    return [
      sum(
        "\(tally.rows) rows",
        [
          (tally.rowsRead, "read"), (tally.unwantedRows, "of other areas or measures"),
          (tally.blankRows, "empty"), (tally.unreadableRows, "unreadable"),
        ]),
      sum(
        "\(tally.cells) cells",
        [
          (tally.values, "values"), (tally.suppressed, "suppressed"), (tally.roundedToZero, "round to zero"),
          (tally.notAvailable, "not available"), (tally.notApplicable, "not applicable"),
          (tally.unwantedCells, "of other measures"), (tally.unreadable, "unreadable"),
        ]),
      "\(figures.series.count) series",
    ]
  }

  private static func sum(_ total: String, _ parts: [(count: Int, name: String)]) -> String {
    let named = parts.filter { $0.count > 0 }.map { "\($0.count) \($0.name)" }
    return named.isEmpty ? total : "\(total): " + named.joined(separator: ", ")
  }

  /// The report in a form.
  ///
  /// - Parameters:
  ///   - format: the form.
  ///   - destination: where the figures went.
  ///   - said: what was done there, as a sentence.
  func text(_ format: OutputFormat, destination: String, said: String) throws -> String {
    switch format {
    case .text: return text + said + "\n"
    case .csv: return csv
    case .json: return try json(destination)
    }
  }

  private var counts: [(name: String, count: Int)] {
    let tally = figures.tally
    return [
      ("rows", tally.rows), ("rows_read", tally.rowsRead), ("rows_unwanted", tally.unwantedRows),
      ("rows_empty", tally.blankRows), ("rows_unreadable", tally.unreadableRows), ("cells", tally.cells),
      ("values", tally.values), ("suppressed", tally.suppressed), ("round_to_zero", tally.roundedToZero),
      ("not_available", tally.notAvailable), ("not_applicable", tally.notApplicable),
      ("cells_unwanted", tally.unwantedCells), ("cells_unreadable", tally.unreadable),
      ("series", figures.series.count),
    ] + written
  }

  /// The counts for spreadsheets: `file,layout,quantity,count`.
  private var csv: String {
    CSVText.row(["file", "layout", "quantity", "count"])
      + counts.map {
        CSVText.row([CSVText.text(figures.file), CSVText.text(figures.layout), $0.name, "\($0.count)"])
      }.joined()
  }

  private func json(_ destination: String) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let document = Document(
      file: figures.file, layout: figures.layout, written: destination,
      counts: Dictionary(uniqueKeysWithValues: counts.map { ($0.name, $0.count) }),
      notes: notes,
      problems: problems.map(ProblemDocument.init), omittedProblems: figures.omittedProblems)
    return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
  }

  private struct Document: Encodable {
    let file: String
    let layout: String
    let written: String
    let counts: [String: Int]
    let notes: [String]
    let problems: [ProblemDocument]
    let omittedProblems: Int
  }
}
