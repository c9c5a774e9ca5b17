/// A table of a sheet as delimited text (RFC 4180, UTF-8), which every reader of delimited files reads, and the way back
/// from its lines to the sheet.
public struct SheetText: Sendable {
  /// The workbook's file, as it was named.
  public let file: String
  /// The text: a header, and one line for each row.
  public let bytes: [UInt8]
  /// The row of the sheet for each line, from the first line on; the header has the last row of the heading.
  private let rows: [Int32]

  /// The text as the contents of a file, under the workbook's name.
  public var contents: FileContents { FileContents(path: file, bytes: bytes) }

  /// The row of the sheet that a line shows; nil for a line that is not there.
  ///
  /// - Parameter line: the line, from 1, which is the header.
  public func sheetRow(ofLine line: Int) -> Int? {
    rows.indices.contains(line - 1) ? Int(rows[line - 1]) : nil
  }

  /// Writes rows one after another.
  struct Writer {
    private(set) var bytes: [UInt8] = []
    private(set) var rows: [Int32] = []
    private let limit: Int
    private let place: String
    private let file: String

    init(file: String, place: String, limit: Int) {
      self.file = file
      self.place = place
      self.limit = limit
    }

    /// Writes a line.
    ///
    /// - Throws: ``EvidenceError/badData(problems:omitted:)`` beyond the limit.
    mutating func write(_ fields: [String], row: Int) throws(EvidenceError) {
      for (position, field) in fields.enumerated() {
        if position > 0 { bytes.append(0x2C) }
        append(field)
      }
      // A line of one empty field would be an empty line, which readers pass over.
      if fields.count == 1, fields[0].isEmpty { bytes += [0x22, 0x22] }
      bytes.append(0x0A)
      rows.append(Int32(clamping: row))
      guard bytes.count <= limit else {
        throw .badData(
          Problem(
            file: file,
            message: "\(place): the table is longer than \(limit) bytes at row \(row); give a smaller range"))
      }
    }

    private mutating func append(_ field: String) {
      let needsQuotes = field.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x3B || $0 == 0x09 }
      guard needsQuotes else {
        bytes.append(contentsOf: field.utf8)
        return
      }
      bytes.append(0x22)
      for byte in field.utf8 {
        if byte == 0x22 { bytes.append(0x22) }
        bytes.append(byte)
      }
      bytes.append(0x22)
    }

    func finished() -> SheetText { SheetText(file: file, bytes: bytes, rows: rows) }
  }
}

extension SheetTable {
  /// The table as delimited text: a header with the names of the columns and one line for each row, cells on one line.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` for a table longer than a limit.
  ///
  /// - Parameter limit: the most bytes; 1 GiB unless said otherwise.
  public func delimitedText(limit: Int = SheetLimits().tableBytes) throws(EvidenceError) -> SheetText {
    var writer = SheetText.Writer(file: file, place: "sheet \"\(sheet.name)\"", limit: limit)
    try writer.write(columns.map(\.name), row: headingRows.upperBound)
    for position in rows.indices { try writer.write(texts(ofRow: position), row: rows[position]) }
    return writer.finished()
  }
}
