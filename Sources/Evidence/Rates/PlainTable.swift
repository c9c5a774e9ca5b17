import TimeSeries

/// A small table of comma-separated text, every cell as a text without the spaces at its ends.
struct PlainTable {
  /// A row of a table.
  struct Row {
    let file: String
    /// The line of the file on which it begins, from 1.
    let row: Int
    private let cells: [String: String]

    init(file: String, row: Int, cells: [String: String]) {
      self.file = file
      self.row = row
      self.cells = cells
    }

    /// The text of a column, whatever its capitals; empty where there is no such column.
    subscript(_ column: String) -> String { cells[column.lowercased()] ?? "" }

    /// The number of a column; a problem where there is none.
    func number(_ column: String, _ problems: inout ProblemList) -> Double? {
      do throws(UnreadableText) {
        if let value = try Observation(parsing: self[column]).value { return value }
        problems.add(problem("column \"\(column)\" holds no number but \"\(self[column])\"; write a number"))
      } catch {
        problems.add(
          problem("value \"\(self[column])\" in column \"\(column)\" \(error.problem); \(error.remedy)"))
      }
      return nil
    }

    /// A problem of this row.
    func problem(_ message: String) -> Problem { Problem(file: file, row: row, message: message) }
  }

  let file: String
  let notes: [String]
  private(set) var rows: [Row] = []
  private(set) var problems = ProblemList()

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - contents: the contents.
  ///   - required: the columns that there must be, whatever their capitals.
  ///   - chosen: a column that an option names, and the option.
  /// - Throws: ``EvidenceError/badArgument(_:)`` where that column is missing,
  ///   ``EvidenceError/badData(problems:omitted:)`` for missing columns, or no rows; rows with another number of
  ///   fields than the header are in ``problems``.
  init(_ contents: FileContents, required: [String], chosen: (option: String, column: String)? = nil)
    throws(EvidenceError)
  {
    let text = try DelimitedText(try DecodedText(contents))
    file = text.file
    notes = text.notes
    let names = text.header.map { $0.lowercased() }
    if let chosen, !names.contains(chosen.column.lowercased()) {
      throw .badArgument(
        "\(chosen.option) \(chosen.column): \(text.file) has no such column; "
          + NearestName.advice(for: chosen.column, among: text.header))
    }
    let missing = required.filter { !names.contains($0.lowercased()) }
    if !missing.isEmpty {
      throw .badData(
        problems: missing.map {
          Problem(
            file: text.file, row: 1,
            message: "there is no column \"\($0)\"; \(NearestName.advice(for: $0, among: text.header))")
        }, omitted: 0)
    }
    var reader = try text.rows()
    while try reader.next() {
      if reader.isBlank { continue }
      guard reader.fieldCount == names.count else {
        problems.add(
          Problem(
            file: text.file, row: reader.row,
            message: "the row has \(reader.fieldCount) fields and the header \(names.count); "
              + "put a field that holds a comma in quotes"))
        continue
      }
      var cells: [String: String] = [:]
      for (index, name) in names.enumerated() { cells[name] = Self.trimmed(reader.text(index)) }
      rows.append(Row(file: text.file, row: reader.row, cells: cells))
    }
    if rows.isEmpty, problems.isEmpty {
      throw .badData(
        Problem(file: text.file, row: 1, message: "there are no rows under the header; add some"))
    }
  }

  private static func trimmed(_ text: String) -> String {
    var rest = Substring(text)
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
