import TimeSeries

/// A row of a table of the gazetteer.
struct GazetteerRow {
  private let file: String
  private let row: Int
  private let fields: [String: String]

  /// Every row of a table that has these columns.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` for a table that is malformed or lacks a column.
  static func all(_ file: FileContents, columns: [String]) throws(EvidenceError) -> [GazetteerRow] {
    let table = try DelimitedText(DecodedText(file))
    var positions: [(name: String, position: Int)] = []
    for name in columns {
      guard let position = table.column(name) else {
        throw .badData(
          Problem(
            file: file.path, row: 1,
            message: "there is no column \"\(name)\"; wanted are \(columns.joined(separator: ", "))"))
      }
      positions.append((name, position))
    }
    var reader = try table.rows()
    var rows: [GazetteerRow] = []
    while try reader.next() {
      if reader.isBlank { continue }
      guard reader.fieldCount == table.header.count else {
        throw .badData(
          Problem(
            file: file.path, row: reader.row,
            message:
              "the row has \(reader.fieldCount) fields and the header \(table.header.count); quote commas"))
      }
      var fields: [String: String] = [:]
      for (name, position) in positions { fields[name] = AreaName.trimmed(reader.text(position)) }
      rows.append(GazetteerRow(file: file.path, row: reader.row, fields: fields))
    }
    return rows
  }

  /// The text of a column.
  func text(_ column: String) -> String { fields[column, default: ""] }

  /// The texts of a column that semicolons part.
  func list(_ column: String) -> [String] {
    text(column).split(separator: ";").map { AreaName.trimmed(String($0)) }.filter { !$0.isEmpty }
  }

  /// The three-digit number of a column; nil, and a problem, where there is none or it is not among those allowed.
  func number(_ column: String, in allowed: Set<Int>? = nil, _ problems: inout [Problem]) -> Int? {
    if let number = AreaName.number(text(column)), allowed?.contains(number) ?? true { return number }
    problems.append(
      problem(
        "\(column) \"\(text(column))\" is not the three-digit number of "
          + (allowed == nil ? "an authority" : "an authority in the table of authorities")))
    return nil
  }

  /// The day of a column; nil, and a problem, where there is none.
  func day(_ column: String, _ problems: inout [Problem]) -> CivilDate? {
    if let day = CivilDate(text(column)) { return day }
    problems.append(problem("\(column) \"\(text(column))\" is not a day such as 2023-04-01"))
    return nil
  }

  /// The day of a column that may be empty (the inner nil); the outer nil, and a problem, where it is no day.
  func optionalDay(_ column: String, _ problems: inout [Problem]) -> CivilDate?? {
    if text(column).isEmpty { return .some(nil) }
    return day(column, &problems).map { .some($0) }
  }

  /// One of the values that a column may have; nil, and a problem, for another.
  func choice<Value>(_ column: String, _ problems: inout [Problem]) -> Value?
  where Value: CaseIterable & RawRepresentable<String> {
    if let value = Value(rawValue: text(column)) { return value }
    problems.append(
      problem(
        "\(column) \"\(text(column))\" is not known; "
          + NearestName.advice(for: text(column), among: Value.allCases.map(\.rawValue))))
    return nil
  }

  /// A problem in the row.
  func problem(_ message: String) -> Problem { Problem(file: file, row: row, message: message) }
}
