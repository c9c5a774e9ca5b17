/// A table in a text file after RFC 4180: a header and rows of fields, in quotes where they need them.
///
/// Commas, tabs or semicolons are recognised by the header. The bytes are held once; rows are read one after another
/// with ``DelimitedReader`` and allocate nothing for fields without quotes.
public struct DelimitedText: Sendable {
  /// What stands between fields.
  public enum Separator: UInt8, CaseIterable, Sendable {
    /// A comma.
    case comma = 0x2C
    /// A tab.
    case tab = 0x09
    /// A semicolon.
    case semicolon = 0x3B
  }

  /// The file, as it was named.
  public let file: String
  /// The names of the columns, without spaces at their ends.
  public let header: [String]
  /// What stands between fields.
  public let separator: Separator
  /// What the reader should know, as sentences: the encoding, a separator other than the comma.
  public let notes: [String]
  let bytes: [UInt8]

  /// Reads the header of a table.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` for an empty file, a malformed header, a column without a
  ///   name or two columns of one name (capitals do not tell names apart).
  public init(_ text: DecodedText) throws(EvidenceError) {
    file = text.file
    bytes = text.bytes
    guard let headerLine = Self.firstLine(text.bytes) else {
      throw .badData(Problem(file: text.file, message: "the file is empty; a header and rows are wanted"))
    }
    separator = Self.separator(of: text.bytes[headerLine])
    var notes = text.notes
    switch separator {
    case .comma: break
    case .tab: notes.append("\(text.file) has tabs between its columns")
    case .semicolon: notes.append("\(text.file) has semicolons between its columns")
    }
    self.notes = notes
    var reader = DelimitedReader(bytes: bytes, file: file, separator: separator)
    guard try reader.next() else {
      throw .badData(Problem(file: text.file, message: "the file is empty; a header and rows are wanted"))
    }
    header = (0..<reader.fieldCount).map { Self.trimmed(reader.text($0)) }
    try Self.check(header, file: file, row: reader.row)
  }

  /// A reader that stands before the first row after the header.
  ///
  /// - Throws: nothing that reading the header has not already thrown.
  public func rows() throws(EvidenceError) -> DelimitedReader {
    var reader = DelimitedReader(bytes: bytes, file: file, separator: separator)
    _ = try reader.next()
    return reader
  }

  /// The position of a column, whatever its capitals; nil when there is none.
  public func column(_ name: String) -> Int? {
    header.firstIndex { $0.lowercased() == name.lowercased() }
  }

  /// The bytes of the first line that is not empty.
  private static func firstLine(_ bytes: [UInt8]) -> Range<Int>? {
    guard let start = bytes.firstIndex(where: { $0 != 0x0A && $0 != 0x0D }) else { return nil }
    let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
    return start..<end
  }

  /// The separator that the header has most of outside quotes; a comma when it has none.
  private static func separator(of line: ArraySlice<UInt8>) -> Separator {
    var counts: [Separator: Int] = [:]
    var isQuoted = false
    for byte in line {
      if byte == 0x22 { isQuoted.toggle() }
      if !isQuoted, let separator = Separator(rawValue: byte) { counts[separator, default: 0] += 1 }
    }
    var best = Separator.comma
    for candidate in Separator.allCases where counts[candidate, default: 0] > counts[best, default: 0] {
      best = candidate
    }
    return best
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
