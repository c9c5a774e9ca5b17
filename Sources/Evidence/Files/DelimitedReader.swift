/// Reads the rows of a table one after another.
///
/// Empty lines are passed over. The fields of a row are valid until the next one is read.
public struct DelimitedReader: Sendable {
  /// Where a field lies in the bytes, without the quotes around it.
  private struct Field {
    var start: Int
    var end: Int
    /// Whether quotes are doubled inside it.
    var hasDoubledQuotes: Bool
  }

  /// The file, as it was named.
  public let file: String
  /// The line on which the row begins, from 1.
  public private(set) var row = 0
  private let bytes: [UInt8]
  private let separator: UInt8
  private var fields: [Field] = []
  private var position = 0
  private var lineStart = 0
  private var line = 1

  init(bytes: [UInt8], file: String, separator: DelimitedText.Separator) {
    self.bytes = bytes
    self.file = file
    self.separator = separator.rawValue
  }

  /// The number of fields in the row.
  public var fieldCount: Int { fields.count }

  /// Whether every field of the row is empty, as in the rows that spreadsheets leave at the end.
  public var isBlank: Bool { fields.allSatisfy { $0.start == $0.end } }

  /// Reads the next row; false at the end.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` for a quote that is never closed, a quote inside a field that
  ///   does not begin with one, or text after a closing quote; nothing can be read after that.
  public mutating func next() throws(EvidenceError) -> Bool {
    passEmptyLines()
    fields.removeAll(keepingCapacity: true)
    guard position < bytes.count else { return false }
    row = line
    while true {
      if bytes[position] == 0x22 {
        try readQuoted()
      } else {
        try readPlain()
      }
      guard position < bytes.count else { return true }
      let byte = bytes[position]
      position += 1
      if byte == separator {
        if position == bytes.count {
          fields.append(Field(start: position, end: position, hasDoubledQuotes: false))
          return true
        }
        continue
      }
      if byte == 0x0D, position < bytes.count, bytes[position] == 0x0A { position += 1 }
      line += 1
      lineStart = position
      return true
    }
  }

  private mutating func passEmptyLines() {
    while position < bytes.count, bytes[position] == 0x0A || bytes[position] == 0x0D {
      let isPair = bytes[position] == 0x0D && position + 1 < bytes.count && bytes[position + 1] == 0x0A
      position += isPair ? 2 : 1
      line += 1
      lineStart = position
    }
  }

  /// Reads up to the separator or the end of the line.
  private mutating func readPlain() throws(EvidenceError) {
    let start = position
    var end = position
    var quote: Int?
    bytes.withUnsafeBufferPointer { bytes in
      while end < bytes.count {
        let byte = bytes[end]
        if byte == separator || byte == 0x0A || byte == 0x0D { break }
        if byte == 0x22, quote == nil { quote = end }
        end += 1
      }
    }
    if let quote {
      throw malformed(
        at: quote,
        "a quote stands inside a field that does not begin with one; put the whole field in quotes and double those inside"
      )
    }
    position = end
    fields.append(Field(start: start, end: end, hasDoubledQuotes: false))
  }

  /// Reads a field in quotes, up to what stands after the closing one.
  private mutating func readQuoted() throws(EvidenceError) {
    let opening = position
    let (openingLine, openingLineStart) = (line, lineStart)
    var hasDoubledQuotes = false
    position += 1
    let start = position
    while position < bytes.count {
      let byte = bytes[position]
      if byte == 0x22 {
        if position + 1 < bytes.count, bytes[position + 1] == 0x22 {
          hasDoubledQuotes = true
          position += 2
          continue
        }
        fields.append(Field(start: start, end: position, hasDoubledQuotes: hasDoubledQuotes))
        position += 1
        if position < bytes.count {
          let after = bytes[position]
          guard after == separator || after == 0x0A || after == 0x0D else {
            throw malformed(
              at: position, "text follows a closing quote; double the quotes that belong to the field")
          }
        }
        return
      }
      position += 1
      let isLoneReturn = byte == 0x0D && !(position < bytes.count && bytes[position] == 0x0A)
      if byte == 0x0A || isLoneReturn {
        line += 1
        lineStart = position
      }
    }
    (line, lineStart) = (openingLine, openingLineStart)
    throw malformed(at: opening, "this quote is never closed; close it, or remove it")
  }

  private func malformed(at offset: Int, _ message: String) -> EvidenceError {
    let column = bytes[lineStart..<offset].count { $0 & 0xC0 != 0x80 } + 1
    return .badData(Problem(file: file, row: line, column: column, message: message))
  }
}

// MARK: Fields

extension DelimitedReader {
  /// The text of a field, from 0; empty for a field that the row does not have.
  public func text(_ index: Int) -> String {
    withBytes(index) { String(decoding: $0, as: UTF8.self) }
  }

  /// The bytes of a field, from 0, with doubled quotes made single; none for a field that the row does not have.
  public func withBytes<Result>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    guard fields.indices.contains(index) else { return body(UnsafeBufferPointer(start: nil, count: 0)) }
    let field = fields[index]
    if field.hasDoubledQuotes {
      var single: [UInt8] = []
      single.reserveCapacity(field.end - field.start)
      var position = field.start
      while position < field.end {
        single.append(bytes[position])
        position += bytes[position] == 0x22 ? 2 : 1
      }
      return single.withUnsafeBufferPointer(body)
    }
    return bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[field.start..<field.end])) }
  }
}
