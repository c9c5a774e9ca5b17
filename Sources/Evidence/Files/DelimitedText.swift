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
  public var file: String { table.file }
  /// The names of the columns, without spaces at their ends.
  public var header: [String] { table.names }
  /// What stands between fields.
  public var separator: Separator { table.separator }
  /// What the reader should know, as sentences: the encoding, a separator other than the comma.
  public let notes: [String]
  let table: TableHeader
  private let bytes: [UInt8]

  /// Reads the header of a table.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` for an empty file, a malformed header, a column without a
  ///   name or two columns of one name (capitals do not tell names apart).
  public init(_ text: DecodedText) throws(EvidenceError) {
    bytes = text.bytes
    var reader = DelimitedReader(bytes: bytes, file: text.file, separator: .comma)
    table = try TableHeader(reading: &reader)
    notes = text.notes + table.notes
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
  public func column(_ name: String) -> Int? { table.column(name) }
}
