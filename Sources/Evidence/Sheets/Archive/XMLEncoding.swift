/// Whether XML is in an encoding that workbooks use, by its first bytes: UTF-8 (ASCII and Latin-1 too) or UTF-16.
///
/// The other encodings that libxml2 knows could hide what ``AttributeTrap`` counts.
enum XMLEncoding {
  static func isKnown(_ block: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = block.prefix(4)
    if start.starts(with: [0xFE, 0xFF]) || start.starts(with: [0, 0x3C, 0]) { return true }
    if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0x3C, 0]) {
      return !start.elementsEqual([0xFF, 0xFE, 0, 0])
    }
    let isMarked = start.starts(with: [0xEF, 0xBB, 0xBF])
    let head = block.dropFirst(isMarked ? 3 : 0).prefix(200)
    guard head.first.map({ $0 == 0x3C || $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }) ?? true
    else {
      return false
    }
    let text = String(decoding: head, as: UTF8.self).lowercased()
    guard text.hasPrefix("<?xml"), let end = text.firstIndex(of: ">") else { return true }
    let declaration = text[..<end].filter { $0 != "\"" && $0 != "'" && $0 != " " }
    guard let known = declaration.firstRange(of: "encoding=") else { return true }
    let rest = declaration[known.upperBound...]
    return ["utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1"].contains { rest.hasPrefix($0) }
  }
}

/// Counts the equals signs since the last `<`, and so the attributes of an element: libxml2 compares each attribute with
/// every other, which a million of them would make a matter of hours.
struct AttributeTrap {
  /// Excel's longest text, 32,767 characters, might be equals signs alone.
  static let most = 50_000
  private var count = 0

  /// Goes through a block; false where an element, or a text, has too many.
  mutating func passes(_ block: UnsafeBufferPointer<UInt8>) -> Bool {
    for byte in block {
      if byte == 0x3C {
        count = 0
      } else if byte == 0x3D {
        count += 1
        if count > Self.most { return false }
      }
    }
    return true
  }
}
