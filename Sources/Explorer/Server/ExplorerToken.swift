/// A secret of one run: 128 bits of the system's randomness as hexadecimal digits.
struct ExplorerToken: Hashable, Sendable {
  /// The digits.
  let text: String

  /// Draws a token.
  init() {
    var generator = SystemRandomNumberGenerator()
    text = (0..<4).map { _ in
      let digits = String(generator.next() as UInt32, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  /// Whether a text is the token; it takes as long for a text that is nearly right as for one that is all wrong.
  func matches(_ other: String?) -> Bool {
    let own = Array(text.utf8)
    let given = Array((other ?? "").utf8)
    var difference: UInt8 = own.count == given.count ? 0 : 1
    for (index, byte) in own.enumerated() {
      difference |= byte ^ (index < given.count ? given[index] : 0)
    }
    return difference == 0
  }
}
