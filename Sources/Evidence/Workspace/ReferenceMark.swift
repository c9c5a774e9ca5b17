import Yams

/// References (`*name`) hidden from the parser behind another character, so that they can be written out under limits.
///
/// The parser would put what they name in their place. References to references then make trees that are deeper than any
/// stack, and keys that take longer to compare than anybody waits.
struct ReferenceMark {
  /// Stands for every asterisk: a private character that the text does not hold, neither as it is nor escaped.
  private let character: Unicode.Scalar

  init(_ text: String) {
    let privateUse: ClosedRange<UInt32> = 0xE000...0xF8FF
    var taken = Set(text.unicodeScalars.lazy.map(\.value).filter(privateUse.contains))
    for escape in text.unicodeScalars.split(separator: "\\").dropFirst() {
      for digits in [4, 8] {
        if let value = UInt32(String(escape.dropFirst().prefix(digits)), radix: 16) { taken.insert(value) }
      }
    }
    let free = privateUse.first { !taken.contains($0) }
    // A text with all 6,400 of them is no workspace; one of them is then read as an asterisk.
    character = free.flatMap(Unicode.Scalar.init) ?? "\u{E000}"
  }

  /// The text with no reference that the parser knows as one.
  func marked(_ text: String) -> String { replacing("*", with: character, in: text) }

  /// A text as it was written.
  func original(_ text: String) -> String { replacing(character, with: "*", in: text) }

  /// The name of a reference; nil for any other value.
  func name(_ scalar: Node.Scalar) -> String? {
    guard scalar.style == .plain, scalar.string.unicodeScalars.first == character else { return nil }
    return original(String(scalar.string.unicodeScalars.dropFirst()))
  }

  private func replacing(_ old: Unicode.Scalar, with new: Unicode.Scalar, in text: String) -> String {
    guard text.unicodeScalars.contains(old) else { return text }
    var replaced = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { replaced.append(scalar == old ? new : scalar) }
    return String(replaced)
  }
}
