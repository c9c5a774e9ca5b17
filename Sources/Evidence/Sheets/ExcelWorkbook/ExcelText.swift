/// A text of an xlsx workbook while it is being read: its runs one after another, without phonetic guides.
struct ExcelText {
  private(set) var bytes: [UInt8] = []
  private var isInText = false
  private var phoneticDepth = 0

  mutating func clear() {
    bytes.removeAll(keepingCapacity: true)
    isInText = false
    phoneticDepth = 0
  }

  mutating func start(_ name: XMLBytes) {
    if name == "rPh" { phoneticDepth += 1 }
    if name == "t" { isInText = phoneticDepth == 0 }
  }

  mutating func end(_ name: XMLBytes) {
    if name == "rPh" { phoneticDepth -= 1 }
    if name == "t" { isInText = false }
  }

  /// Takes in some text; false when it is longer than a limit.
  mutating func append(_ more: UnsafeBufferPointer<UInt8>, limit: Int) -> Bool {
    guard isInText else { return true }
    bytes.append(contentsOf: more)
    return bytes.count <= limit
  }

  var text: String { Self.decoded(bytes) }

  /// The text with Excel's escapes resolved: `_x000D_` stands for a carriage return, `_x005F_` for an underscore
  /// (ECMA-376 part 1, 22.9.2.19).
  static func decoded(_ bytes: [UInt8]) -> String {
    guard bytes.contains(0x5F) else { return String(decoding: bytes, as: UTF8.self) }
    var result: [UInt8] = []
    var position = 0
    while position < bytes.count {
      if let scalar = escape(bytes, position) {
        result.append(contentsOf: String(scalar).utf8)
        position += 7
      } else {
        result.append(bytes[position])
        position += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func escape(_ bytes: [UInt8], _ position: Int) -> UnicodeScalar? {
    guard position + 7 <= bytes.count, bytes[position] == 0x5F, bytes[position + 1] == 0x78,
      bytes[position + 6] == 0x5F
    else { return nil }
    let digits = bytes[position + 2..<position + 6]
    guard digits.allSatisfy({ UnicodeScalar($0).properties.isASCIIHexDigit }),
      let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16), value > 0
    else { return nil }
    return UnicodeScalar(value)
  }
}

/// The texts that the cells of an xlsx workbook share.
final class ExcelSharedStrings: PartReader {
  /// The distinct texts.
  private(set) var texts = TextTable()
  /// The number of each shared text among the distinct ones.
  private(set) var numbers: [Int32] = []
  private let limits: SheetLimits
  private var item = ExcelText()
  private var bytes = 0

  init(file: String, limits: SheetLimits) {
    self.limits = limits
    super.init(file: file)
  }

  override func start(_ name: XMLBytes, _ attributes: XMLAttributes) {
    if name == "si" { item.clear() } else { item.start(name) }
  }

  override func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(EvidenceError) {
    guard item.append(bytes, limit: limits.cellText) else {
      throw problem("the shared text \(numbers.count) is longer than \(limits.cellText) bytes; shorten it")
    }
  }

  override func end(_ name: XMLBytes) throws(EvidenceError) {
    item.end(name)
    guard name == "si" else { return }
    let known = texts.count
    numbers.append(texts.number(of: item.text))
    if texts.count > known { bytes += item.bytes.count }
    guard bytes <= limits.textBytes, numbers.count <= 4 * limits.cells else {
      throw problem("the texts of the workbook take more than \(limits.textBytes) bytes; split it")
    }
  }
}
