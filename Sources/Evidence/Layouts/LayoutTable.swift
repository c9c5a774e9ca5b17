/// The rows of a file that a layout reads, one after another.
public struct LayoutTable {
  let header: TableHeader
  private var lines: DelimitedReader
  /// The sheet that the text was made from, where it was.
  private let sheet: SheetText?

  init(header: TableHeader, lines: DelimitedReader, sheet: SheetText? = nil) {
    self.header = header
    self.lines = lines
    self.sheet = sheet
  }

  /// The file, as it was named.
  public var file: String { header.file }
  /// The names of the columns, without spaces at their ends.
  public var columns: [String] { header.names }
  /// The line on which the row begins, from 1; of a workbook, the row of the sheet.
  public var row: Int { sheet?.sheetRow(ofLine: lines.row) ?? lines.row }
  /// The number of fields in the row.
  public var fieldCount: Int { lines.fieldCount }
  /// Whether every field of the row is empty.
  public var isBlank: Bool { lines.isBlank }
  /// What the reader should know of the text, as sentences; more may come with later rows.
  public var notes: [String] { lines.notes + header.notes }

  /// The position of a column, whatever its capitals: the first that is written so, else the first of the name; nil when
  /// there is none.
  public func column(_ name: String) -> Int? { header.column(name) }

  /// Reads the next row; false at the end.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` for text that cannot be taken apart.
  public mutating func next() throws(EvidenceError) -> Bool { try lines.next() }

  /// The text of a field, from 0, as it stands; empty for a field that the row does not have.
  public func text(_ index: Int) -> String { lines.text(index) }

  /// The bytes of a field, from 0; none for a field that the row does not have.
  public func withBytes<Result>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    lines.withBytes(index, body)
  }

  /// The positions of columns that a layout cannot do without.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` that names those that are missing and what the header has.
  public func columns(required names: [String], of layout: String) throws(EvidenceError) -> [Int] {
    let missing = names.filter { column($0) == nil }
    guard missing.isEmpty else {
      let wanted = missing.map { "\"\($0)\"" }.joined(separator: ", ")
      let found = columns.prefix(40).map { "\"\($0)\"" }.joined(separator: ", ")
      throw .badData(
        Problem(
          file: file, row: 1,
          message: """
            the layout \(layout) needs \(missing.count == 1 ? "a column" : "columns") \(wanted), and the header has \
            \(found)\(columns.count > 40 ? " and \(columns.count - 40) more" : ""); name another layout, or mend the \
            header
            """))
    }
    return names.compactMap { column($0) }
  }
}
