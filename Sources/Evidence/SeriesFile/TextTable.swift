/// Distinct texts, each known by a number, so that a column of repeated texts costs four bytes a row.
struct TextTable {
  private(set) var texts: [String] = []
  private var numbers: [String: Int32] = [:]

  /// The number of a text, from 0, in the order in which texts first appear.
  mutating func number(of bytes: UnsafeBufferPointer<UInt8>) -> Int32 {
    number(of: String(decoding: bytes, as: UTF8.self))
  }

  /// The number of a text, from 0, in the order in which texts first appear.
  mutating func number(of text: String) -> Int32 {
    if let number = numbers[text] { return number }
    let number = Int32(clamping: texts.count)
    texts.append(text)
    numbers[text] = number
    return number
  }

  /// The text of a number.
  subscript(number: Int32) -> String { texts[Int(number)] }
}
