/// The text of a file as UTF-8 without a byte-order mark, and what was done to make it so.
public struct DecodedText: Sendable {
  /// The file, as it was named.
  public let file: String
  /// Valid UTF-8 with no NUL in it.
  public let bytes: [UInt8]
  /// What the reader should know, as sentences.
  public let notes: [String]

  /// Decodes the contents of a file: UTF-8 with or without a byte-order mark, or Windows-1252, which is recognised by
  /// bytes that UTF-8 does not have, converted, and said in ``notes``.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` for NUL bytes, for UTF-16, and for bytes that neither
  ///   encoding has.
  public init(_ contents: FileContents) throws(EvidenceError) {
    file = contents.path
    var bytes = contents.bytes
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw .badData(
        Problem(file: file, message: "the text is UTF-16; save it again as \"CSV UTF-8\""))
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    if let position = ByteSearch.first(0, in: bytes) {
      let (row, column) = TextPosition.of(position, in: bytes)
      throw .badData(
        Problem(
          file: file, row: row, column: column,
          message: "there is a NUL byte, so this is not a text file; name a CSV file"))
    }
    if let position = UTF8Check.firstInvalid(bytes) {
      let (row, _) = TextPosition.of(position, in: bytes)
      self.bytes = try Windows1252.utf8(bytes, file: file)
      notes = [
        "\(file) is in Windows-1252, not UTF-8 (seen on line \(row)); it was converted, check accented letters"
      ]
    } else {
      self.bytes = bytes
      notes = []
    }
  }
}

/// Line and character of a byte.
enum TextPosition {
  static func of(_ position: Int, in bytes: [UInt8]) -> (row: Int, column: Int) {
    var row = 1
    var lineStart = 0
    for index in 0..<min(position, bytes.count) where bytes[index] == 0x0A {
      row += 1
      lineStart = index + 1
    }
    let before = bytes[lineStart..<min(position, bytes.count)]
    return (row, before.count { $0 & 0xC0 != 0x80 } + 1)
  }
}

/// Whether bytes are UTF-8.
enum UTF8Check {
  /// The position of the first byte that does not belong; nil when all do.
  ///
  /// The ranges of second bytes are those of the Unicode Standard 15.0, table 3-7: no overlong forms, no surrogates,
  /// nothing beyond U+10FFFF.
  static func firstInvalid(_ bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBufferPointer { bytes in
      var position = 0
      while position < bytes.count {
        // Most text is plain ASCII: eight bytes at a time.
        while position + 8 <= bytes.count,
          UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped + position)
            .loadUnaligned(as: UInt64.self) & 0x8080_8080_8080_8080 == 0
        {
          position += 8
        }
        guard position < bytes.count else { break }
        let lead = bytes[position]
        if lead < 0x80 {
          position += 1
          continue
        }
        let second: ClosedRange<UInt8>
        let length: Int
        switch lead {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return position
        }
        guard position + length <= bytes.count, second.contains(bytes[position + 1]) else { return position }
        for index in (position + 2)..<max(position + 2, position + length) where bytes[index] & 0xC0 != 0x80 {
          return position
        }
        position += length
      }
      return nil
    }
  }
}

extension UTF8Check {
  /// Whether bytes that end too early may be the start of a character of UTF-8.
  static func mayContinue(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard let lead = bytes.first else { return false }
    let length =
      switch lead {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 0
      }
    guard bytes.count < length, bytes.dropFirst().allSatisfy({ $0 & 0xC0 == 0x80 }) else { return false }
    guard let second = bytes.dropFirst().first else { return true }
    return switch lead {
    case 0xE0: second >= 0xA0
    case 0xED: second <= 0x9F
    case 0xF0: second >= 0x90
    case 0xF4: second <= 0x8F
    default: true
    }
  }
}

/// The encoding of older Windows spreadsheets.
enum Windows1252 {
  /// The characters of 0x80 to 0x9F; zero where there is none. Below and above, codes are those of Unicode.
  private static let upper: [UInt32] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
    0x017D,
    0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,
    0x017E, 0x0178,
  ]

  /// - Parameter line: the line of the file on which the bytes begin.
  static func utf8(_ bytes: [UInt8], file: String, line: Int = 1) throws(EvidenceError) -> [UInt8] {
    var converted: [UInt8] = []
    converted.reserveCapacity(bytes.count + bytes.count / 8)
    // What both encodings share is copied as it stands, up to the next byte that they do not.
    var shared = 0
    for (position, byte) in bytes.enumerated() where byte >= 0x80 {
      converted.append(contentsOf: bytes[shared..<position])
      shared = position + 1
      let code = byte < 0xA0 ? upper[Int(byte) - 0x80] : UInt32(byte)
      guard code != 0, let scalar = Unicode.Scalar(code) else {
        let (row, _) = TextPosition.of(position, in: bytes)
        throw .badData(
          Problem(
            file: file, row: row + line - 1,
            message: "the text is neither UTF-8 nor Windows-1252; save it again as \"CSV UTF-8\""))
      }
      converted.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
    converted.append(contentsOf: bytes[shared...])
    return converted
  }
}
