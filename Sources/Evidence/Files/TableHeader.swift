/// The first row of a table: the names of its columns, and what stands between them.
struct TableHeader: Sendable {
  /// The file, as it was named.
  let file: String
  /// The names of the columns, without spaces at their ends.
  let names: [String]
  /// What stands between fields.
  let separator: DelimitedText.Separator

  /// Reads the header with a reader that stands at the start of a table.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` for an empty file, a malformed header, a column without a
  ///   name or two columns of one name (capitals do not tell names apart).
  init(reading reader: inout DelimitedReader) throws(EvidenceError) {
    file = reader.file
    separator = try reader.findSeparator()
    guard try reader.next() else {
      throw .badData(Problem(file: file, message: "the file is empty; a header and rows are wanted"))
    }
    names = (0..<reader.fieldCount).map { [reader] in Self.trimmed(reader.text($0)) }
    try Self.check(names, file: file, row: reader.row)
  }

  /// The position of a column, whatever its capitals; nil when there is none.
  func column(_ name: String) -> Int? {
    let wanted = name.lowercased()
    return names.firstIndex { $0.lowercased() == wanted }
  }

  /// What the reader should know of the separator, as sentences.
  var notes: [String] {
    switch separator {
    case .comma: []
    case .tab: ["\(file) has tabs between its columns"]
    case .semicolon: ["\(file) has semicolons between its columns"]
    }
  }

  private static func trimmed(_ text: String) -> String {
    var rest = Substring(text)
    while let first = rest.first, first == " " || first == "\u{A0}" { rest.removeFirst() }
    while let last = rest.last, last == " " || last == "\u{A0}" { rest.removeLast() }
    return String(rest)
  }

  private static func check(_ header: [String], file: String, row: Int) throws(EvidenceError) {
    var problems: [Problem] = []
    var seen: [String: Int] = [:]
    for (position, name) in header.enumerated() {
      if name.isEmpty {
        problems.append(
          Problem(file: file, row: row, message: "column \(position + 1) has no name; name it or remove it"))
      } else if let earlier = seen.updateValue(position, forKey: name.lowercased()) {
        problems.append(
          Problem(
            file: file, row: row,
            message: """
              columns \(earlier + 1) and \(position + 1) are both named "\(name)"; \
              give each a name of its own
              """))
      }
    }
    if !problems.isEmpty { throw .badData(problems: problems, omitted: 0) }
  }
}
