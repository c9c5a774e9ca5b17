/// The text of a file as UTF-8 without a byte-order mark, block by block.
///
/// A whole file is Windows-1252 when any byte of it is not UTF-8 (``DecodedText``). A feed meets that byte late: where
/// the input can be opened again, it stops there and says so (``otherEncodingLine``), and the reader starts anew;
/// where it cannot, it goes on in Windows-1252 if everything before was plain ASCII, which both encodings share.
final class TextFeed {
  /// How the bytes are read.
  enum Encoding: Hashable {
    /// UTF-8; what is not ends the feed with ``otherEncodingLine``.
    case utf8
    /// Windows-1252, as was seen on a line.
    case windows1252(line: Int)
    /// UTF-8 as long as it lasts, of an input that cannot be read again.
    case onePass
  }

  /// The file, as it was named.
  let file: String
  private let source: ByteFeed
  private var encoding: Encoding
  /// Bytes that were read and not yet given: the start of a character whose rest is in the next block.
  private var held: [UInt8] = []
  private var isFirst = true
  /// The line, from 1, on which the next block begins.
  private var line = 1
  /// The first line with a character beyond ASCII.
  private var firstAccent: Int?
  /// Whether there is nothing more to come.
  private(set) var isAtEnd = false
  /// Whether what has been given so far ends with the end of a line; so it is where nothing has been.
  private(set) var endsLine = true
  /// The line on which a text in UTF-8 turned out not to be; nil while it is.
  private(set) var otherEncodingLine: Int?
  /// What ended the feed, which is thrown again whenever more is asked for.
  private var failure: EvidenceError?

  init(_ source: ByteFeed, encoding: Encoding) {
    self.source = source
    self.encoding = encoding
    file = source.path
  }

  /// What the reader should know, as sentences.
  var notes: [String] {
    guard case .windows1252(let line) = encoding else { return [] }
    return [
      "\(file) is in Windows-1252, not UTF-8 (seen on line \(line)); it was converted, check accented letters"
    ]
  }

  /// Puts the next block at the end of a buffer; false when there is none.
  ///
  /// - Throws: ``EvidenceError``; of the text, what ``DecodedText`` throws.
  func append(to bytes: inout [UInt8]) throws(EvidenceError) -> Bool {
    if let failure { throw failure }
    do throws(EvidenceError) {
      return try appendNext(to: &bytes)
    } catch {
      failure = error
      throw error
    }
  }

  /// Says nothing of another encoding: the text was refused before it was met.
  func forgetOtherEncoding() { otherEncodingLine = nil }

  private func appendNext(to bytes: inout [UInt8]) throws(EvidenceError) -> Bool {
    while !isAtEnd {
      var block = held
      held = []
      if try !source.append(to: &block) { isAtEnd = true }
      if isFirst, block.count < 3, !isAtEnd {
        held = block
        continue
      }
      try passMark(&block)
      guard !block.isEmpty else { continue }
      if let position = ByteSearch.first(0, in: block) {
        let (row, column) = place(position, in: block)
        throw .badData(
          Problem(
            file: file, row: row, column: column,
            message: "there is a NUL byte, so this is not a text file; name a CSV file"))
      }
      try decode(&block)
      if block.isEmpty { continue }
      line += ByteSearch.count(0x0A, in: block)
      endsLine = block.last == 0x0A || block.last == 0x0D
      bytes.append(contentsOf: block)
      return true
    }
    return false
  }

  /// Passes over a byte-order mark at the start.
  private func passMark(_ block: inout [UInt8]) throws(EvidenceError) {
    guard isFirst else { return }
    isFirst = false
    if block.starts(with: [0xFF, 0xFE]) || block.starts(with: [0xFE, 0xFF]) {
      throw .badData(Problem(file: file, message: "the text is UTF-16; save it again as \"CSV UTF-8\""))
    }
    if block.starts(with: [0xEF, 0xBB, 0xBF]) { block.removeFirst(3) }
  }

  private func decode(_ block: inout [UInt8]) throws(EvidenceError) {
    if case .windows1252 = encoding {
      block = try Windows1252.utf8(block, file: file, line: line)
      return
    }
    guard let position = UTF8Check.firstInvalid(block) else {
      noteAccent(in: block, upTo: block.count)
      return
    }
    // The last character of a block may go on in the next.
    if !isAtEnd, block.count - position < 4, UTF8Check.mayContinue(block[position...]) {
      held = Array(block[position...])
      block.removeSubrange(position...)
      noteAccent(in: block, upTo: block.count)
      return
    }
    let seen = place(position, in: block).row
    guard case .onePass = encoding else {
      otherEncodingLine = seen
      isAtEnd = true
      block = []
      return
    }
    noteAccent(in: block, upTo: 0)
    if let firstAccent {
      throw .badData(
        Problem(
          file: file, row: seen,
          message: """
            the text is UTF-8 on line \(firstAccent) and is not here; save it again as "CSV UTF-8", or name the file \
            instead of piping it
            """))
    }
    encoding = .windows1252(line: seen)
    block = try Windows1252.utf8(block, file: file, line: line)
  }

  /// Remembers the first line that has a character beyond ASCII.
  private func noteAccent(in block: [UInt8], upTo end: Int) {
    guard firstAccent == nil, case .onePass = encoding else { return }
    if let position = block[..<end].firstIndex(where: { $0 >= 0x80 }) {
      firstAccent = place(position, in: block).row
    }
  }

  private func place(_ position: Int, in block: [UInt8]) -> (row: Int, column: Int) {
    let (row, column) = TextPosition.of(position, in: block)
    return (row + line - 1, column)
  }
}
