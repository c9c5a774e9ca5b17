import TimeSeries

/// Values that are no plain numbers, as they were read before: files have few of them, and those often.
struct ValueCodes {
  private struct Code {
    /// The bytes of the text, which has none of NUL.
    let text: UInt64
    let unit: Int32
    let observation: Observation
  }

  private var codes: [Code] = []
  /// The most that are remembered; they are gone through one by one.
  private static let limit = 32

  /// What a text was read as under a unit; nil when it was not met, or not remembered.
  func find(_ text: UnsafeBufferPointer<UInt8>, unit: Int32) -> Observation? {
    guard let text = Self.packed(text) else { return nil }
    for code in codes where code.text == text && code.unit == unit { return code.observation }
    return nil
  }

  /// Remembers what a text was read as under a unit.
  mutating func remember(_ text: UnsafeBufferPointer<UInt8>, unit: Int32, _ observation: Observation) {
    guard codes.count < Self.limit, let text = Self.packed(text) else { return }
    codes.append(Code(text: text, unit: unit, observation: observation))
  }

  private static func packed(_ text: UnsafeBufferPointer<UInt8>) -> UInt64? {
    guard text.count <= 8 else { return nil }
    return text.reduce(0) { $0 << 8 | UInt64($1) }
  }
}
