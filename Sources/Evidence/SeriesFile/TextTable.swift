/// Distinct texts, each known by a number, so that a column of repeated texts costs four bytes a row.
///
/// The texts stand one after another in one buffer: a text costs its bytes and some sixteen more, not an object of its
/// own.
struct TextTable {
  private var bytes: [UInt8] = []
  /// Where each text ends.
  private var ends: [Int] = []
  /// The number of the text that has a place, by hash, or -1; the places are a power of two.
  private var slots: [Int32] = [Int32](repeating: -1, count: 64)

  /// How many texts there are.
  var count: Int { ends.count }

  /// The number of a text; -1 for one that is not there.
  func find(_ text: UnsafeBufferPointer<UInt8>) -> Int32 {
    var slot = place(ByteHash.of(text))
    while slots[slot] >= 0 {
      if isEqual(slots[slot], text) { return slots[slot] }
      slot = (slot + 1) & (slots.count - 1)
    }
    return -1
  }

  /// The number of a text, from 0, in the order in which texts first appear.
  mutating func number(of text: UnsafeBufferPointer<UInt8>) -> Int32 {
    var slot = place(ByteHash.of(text))
    while slots[slot] >= 0 {
      if isEqual(slots[slot], text) { return slots[slot] }
      slot = (slot + 1) & (slots.count - 1)
    }
    let number = Int32(clamping: ends.count)
    bytes.append(contentsOf: text)
    ends.append(bytes.count)
    slots[slot] = number
    if 2 * ends.count > slots.count { grow() }
    return number
  }

  /// The number of a text, from 0, in the order in which texts first appear.
  mutating func number(of text: String) -> Int32 {
    var text = text
    return text.withUTF8 { number(of: $0) }
  }

  /// The text of a number.
  subscript(number: Int32) -> String { String(decoding: bytes[range(number)], as: UTF8.self) }

  /// The texts in the order of their numbers.
  var all: [String] { ends.indices.map { self[Int32(clamping: $0)] } }

  /// Whether the text of a number is empty.
  func isEmpty(_ number: Int32) -> Bool { range(number).isEmpty }

  private func range(_ number: Int32) -> Range<Int> {
    let position = Int(number)
    return (position > 0 ? ends[position - 1] : 0)..<ends[position]
  }

  /// Whether the text of a number is this.
  func isEqual(_ number: Int32, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let range = range(number)
    guard range.count == text.count else { return false }
    return bytes.withUnsafeBufferPointer { ByteHash.areEqual(UnsafeBufferPointer(rebasing: $0[range]), text) }
  }

  private func place(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & (slots.count - 1) }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: 2 * slots.count)
    bytes.withUnsafeBufferPointer { bytes in
      for number in ends.indices {
        var slot = place(ByteHash.of(UnsafeBufferPointer(rebasing: bytes[range(Int32(number))])))
        while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Int32(number)
      }
    }
  }
}
