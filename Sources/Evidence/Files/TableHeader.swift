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
  /// - Parameters:
  ///   - reader: stands at the start of the table.
  ///   - allowsRepeatedNames: whether two columns may share a name, as in files of the Office for National Statistics
  ///     that name a code `sex` and its label `Sex`.
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` for an empty file, a malformed header, a column without a
  ///   name or, where that is not allowed, two columns of one name (capitals do not tell names apart).
  init(reading reader: inout DelimitedReader, allowsRepeatedNames: Bool = false) throws(EvidenceError) {
    file = reader.file
    separator = try reader.findSeparator()
    guard try reader.next() else {
      throw .badData(Problem(file: file, message: "the file is empty; a header and rows are wanted"))
    }
    names = (0..<reader.fieldCount).map { [reader] in Self.trimmed(reader.text($0)) }
    try Self.check(names, file: file, row: reader.row, allowsRepeatedNames: allowsRepeatedNames)
  }

  /// The position of a column, whatever its capitals: the first that is written so, else the first of the name; nil when
  /// there is none.
  func column(_ name: String) -> Int? {
    let wanted = name.lowercased()
    return names.firstIndex(of: name) ?? names.firstIndex { $0.lowercased() == wanted }
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

  private static func check(
    _ header: [String], file: String, row: Int, allowsRepeatedNames: Bool
  ) throws(EvidenceError) {
    var problems: [Problem] = []
    var seen: [String: Int] = [:]
    for (position, name) in header.enumerated() {
      if name.isEmpty {
        problems.append(
          Problem(file: file, row: row, message: "column \(position + 1) has no name; name it or remove it"))
      } else if !allowsRepeatedNames, let earlier = seen.updateValue(position, forKey: name.lowercased()) {
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
