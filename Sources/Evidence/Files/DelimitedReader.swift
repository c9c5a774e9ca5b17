/// Reads the rows of a table one after another.
///
/// Empty lines are passed over. The fields of a row are valid until the next one is read. The text is at hand, or
/// comes block by block from a feed: then no more is held than a block and the row that is being read.
public struct DelimitedReader {
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
  private var bytes: [UInt8]
  private var separator: UInt8
  /// What the text comes from; nil where it is at hand as a whole.
  let feed: TextFeed?
  private var fields: [Field] = []
  private var position = 0
  private var lineStart = 0
  /// The line, from 1, on which what has not been read begins.
  private(set) var line = 1

  /// The longest row that is read from a feed, in bytes.
  static let longestRow = 1 << 24

  init(bytes: [UInt8], file: String, separator: DelimitedText.Separator) {
    self.bytes = bytes
    self.file = file
    self.separator = separator.rawValue
    feed = nil
  }

  /// A reader of the middle of a table, which goes on with what a feed gives where there is one.
  ///
  /// - Parameters:
  ///   - bytes: the text from the start of a row on.
  ///   - feed: what follows; nil where nothing does.
  ///   - line: the line on which the text begins.
  init(bytes: [UInt8], feed: TextFeed?, file: String, separator: DelimitedText.Separator, line: Int) {
    self.bytes = bytes
    self.file = file
    self.separator = separator.rawValue
    self.feed = feed
    self.line = line
  }

  /// A reader of what a feed gives, which stands at its start.
  init(feed: TextFeed) {
    bytes = []
    file = feed.file
    separator = DelimitedText.Separator.comma.rawValue
    self.feed = feed
  }

  /// The text that is at hand and has not been read.
  var rest: ArraySlice<UInt8> { bytes[position...] }

  /// The number of fields in the row.
  public var fieldCount: Int { fields.count }

  /// Whether every field of the row is empty, as in the rows that spreadsheets leave at the end.
  public var isBlank: Bool {
    // Most rows say something in their first field.
    if let first = fields.first, first.start < first.end { return false }
    return fields.allSatisfy { $0.start == $0.end }
  }

  /// Reads the next row; false at the end.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` for a quote that is never closed, a quote inside a field that
  ///   does not begin with one, or text after a closing quote; nothing can be read after that. From a feed, what the
  ///   feed throws.
  public mutating func next() throws(EvidenceError) -> Bool {
    while true {
      let (start, startLine, startOfLine) = (position, line, lineStart)
      switch try readRow() {
      case .row: return true
      case .end: return false
      case .unfinished:
        // What follows may belong to the row: take it again from its start when there is more.
        (position, line, lineStart) = (start, startLine, startOfLine)
        try refill()
      }
    }
  }

  /// Finds what stands between the columns of a table, at whose start the reader stands: the separator that the first
  /// line with anything in it has most of outside quotes; a comma when it has none.
  mutating func findSeparator() throws(EvidenceError) -> DelimitedText.Separator {
    while isOpen, Self.firstLine(bytes).map({ $0.upperBound == bytes.count }) ?? true { try refill() }
    var counts: [DelimitedText.Separator: Int] = [:]
    var isQuoted = false
    for byte in Self.firstLine(bytes).map({ bytes[$0] }) ?? [] {
      if byte == 0x22 { isQuoted.toggle() }
      if !isQuoted, let separator = DelimitedText.Separator(rawValue: byte) {
        counts[separator, default: 0] += 1
      }
    }
    var best = DelimitedText.Separator.comma
    for candidate in DelimitedText.Separator.allCases
    where counts[candidate, default: 0] > counts[best, default: 0] {
      best = candidate
    }
    separator = best.rawValue
    return best
  }

  /// The bytes of the first line that is not empty.
  private static func firstLine(_ bytes: [UInt8]) -> Range<Int>? {
    guard let start = bytes.firstIndex(where: { $0 != 0x0A && $0 != 0x0D }) else { return nil }
    let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
    return start..<end
  }

  private enum Outcome { case row, end, unfinished }

  /// Whether more text may follow what is at hand.
  private var isOpen: Bool { feed.map { !$0.isAtEnd } ?? false }

  private mutating func readRow() throws(EvidenceError) -> Outcome {
    if let end = Self.plainRow(bytes, from: position, separator, &fields) {
      row = line
      line += 1
      position = end
      lineStart = end
      return .row
    }
    passEmptyLines()
    fields.removeAll(keepingCapacity: true)
    guard position < bytes.count else { return isOpen ? .unfinished : .end }
    row = line
    while true {
      if bytes[position] == 0x22 {
        guard try readQuoted() else { return .unfinished }
      } else {
        try readPlain()
      }
      guard position < bytes.count else { return isOpen ? .unfinished : .row }
      let byte = bytes[position]
      position += 1
      if byte == separator {
        if position == bytes.count {
          if isOpen { return .unfinished }
          fields.append(Field(start: position, end: position, hasDoubledQuotes: false))
          return .row
        }
        continue
      }
      if byte == 0x0D {
        if position == bytes.count, isOpen { return .unfinished }
        if position < bytes.count, bytes[position] == 0x0A { position += 1 }
      }
      line += 1
      lineStart = position
      return .row
    }
  }

  /// Finds the fields of a row that is at hand as a whole, ends with a line feed and has nothing in it that needs thought:
  /// most rows. Quotes stand only around whole fields, with neither quotes nor line ends inside.
  ///
  /// - Returns: where the next row begins; nil, and fields that mean nothing, where the row must be gone through with care.
  private static func plainRow(
    _ bytes: [UInt8], from start: Int, _ separator: UInt8, _ fields: inout [Field]
  ) -> Int? {
    fields.removeAll(keepingCapacity: true)
    return bytes.withUnsafeBufferPointer { bytes in
      let count = bytes.count
      var position = start
      guard position < count, bytes[position] != 0x0A, bytes[position] != 0x0D else { return nil }
      while position < count {
        var begin = position
        var end = position
        if bytes[position] == 0x22 {
          begin += 1
          end = begin
          while end < count, bytes[end] != 0x22 {
            if bytes[end] == 0x0A || bytes[end] == 0x0D { return nil }
            end += 1
          }
          position = end + 1
        } else {
          // What ends a field, a semicolon apart, is no greater than a comma.
          while end < count, bytes[end] > 0x2C && bytes[end] != separator || isPlain(bytes[end], separator) {
            end += 1
          }
          position = end
        }
        guard position < count else { return nil }
        fields.append(Field(start: begin, end: end, hasDoubledQuotes: false))
        let after = bytes[position]
        position += 1
        if after == 0x0A { return position }
        if after == 0x0D {
          return position < count && bytes[position] == 0x0A ? position + 1 : nil
        }
        guard after == separator else { return nil }
      }
      return nil
    }
  }

  /// Whether a byte neither ends a field nor is a quote.
  @inline(__always)
  private static func isPlain(_ byte: UInt8, _ separator: UInt8) -> Bool {
    byte != separator && byte != 0x0A && byte != 0x0D && byte != 0x22
  }

  /// Drops what has been read and takes at least as much text again as is left, so that a long row is gone through
  /// only a few times.
  private mutating func refill() throws(EvidenceError) {
    guard let feed else { return }
    bytes.removeSubrange(..<position)
    lineStart -= position
    position = 0
    let wanted = 2 * bytes.count
    guard bytes.count <= Self.longestRow else {
      throw .badData(
        Problem(
          file: file, row: line,
          message:
            "the row that begins here is longer than \(Self.longestRow) bytes; a quote that is opened may never be closed"
        ))
    }
    repeat {
      if try !feed.append(to: &bytes) { return }
    } while bytes.count < wanted
  }

  private mutating func passEmptyLines() {
    while position < bytes.count, bytes[position] == 0x0A || bytes[position] == 0x0D {
      // The line feed that belongs to a carriage return may come with the next block.
      if bytes[position] == 0x0D, position + 1 == bytes.count, isOpen {
        position += 1
        return
      }
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
    let separator = separator
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

  /// Reads a field in quotes, up to what stands after the closing one; false where more text is needed to know its end.
  private mutating func readQuoted() throws(EvidenceError) -> Bool {
    let opening = position
    let (openingLine, openingLineStart) = (line, lineStart)
    var hasDoubledQuotes = false
    position += 1
    let start = position
    while position < bytes.count {
      let byte = bytes[position]
      if byte == 0x22 {
        if position + 1 == bytes.count, isOpen { return false }
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
        return true
      }
      position += 1
      let isLoneReturn = byte == 0x0D && !(position < bytes.count && bytes[position] == 0x0A)
      if byte == 0x0A || isLoneReturn {
        line += 1
        lineStart = position
      }
    }
    if isOpen { return false }
    (line, lineStart) = (openingLine, openingLineStart)
    throw malformed(at: opening, "this quote is never closed; close it, or remove it")
  }

  /// What the reader should know of the text, as sentences; more may come with later rows.
  var notes: [String] { feed?.notes ?? [] }

  /// The line on which the text turned out not to be UTF-8, which ends it; see ``TextFeed``.
  var otherEncodingLine: Int? { feed?.otherEncodingLine }

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
