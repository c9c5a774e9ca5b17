/// Text broken into lines for a drawing, which has no measured letters: widths are estimated, on the generous side.
enum WrappedText {
  /// About how wide a text is at a size, in pixels.
  static func width(_ text: String, size: Double) -> Double {
    text.unicodeScalars.reduce(0) { $0 + share(of: $1) } * size
  }

  /// The lines of a text that fit a width, words that do not fit broken; what is beyond the most lines ends in an ellipsis.
  static func lines(_ text: String, width: Double, size: Double, most: Int = .max) -> [String] {
    var lines: [String] = []
    var line = ""
    func fits(_ text: String) -> Bool { Self.width(text, size: size) <= width }
    for word in text.split(whereSeparator: \.isWhitespace).map(String.init) {
      let longer = line.isEmpty ? word : line + " " + word
      if fits(longer) {
        line = longer
        continue
      }
      if !line.isEmpty { lines.append(line) }
      line = ""
      for character in word {
        if !line.isEmpty, !fits(line + String(character)) {
          lines.append(line)
          line = ""
        }
        line.append(character)
      }
    }
    if !line.isEmpty { lines.append(line) }
    guard lines.count > most, most > 0 else { return lines }
    var last = lines[most - 1]
    while !last.isEmpty, !fits(last + "…") { last.removeLast() }
    return Array(lines[..<(most - 1)]) + [last + "…"]
  }

  /// The width of a letter as a share of its size, after common sans serif faces.
  private static func share(of scalar: Unicode.Scalar) -> Double {
    switch scalar.value {
    case 0x20, 0x27, 0x2C, 0x2E, 0x3A, 0x3B, 0x69, 0x6A, 0x6C, 0x7C: 0.32
    case 0x66, 0x72, 0x74, 0x28, 0x29, 0x2D, 0x2F, 0x49, 0x21: 0.42
    case 0x6D, 0x77, 0x4D, 0x57, 0x25, 0x40: 0.95
    case 0x41...0x5A: 0.72
    case 0x21...0x7E: 0.59
    // Marks that stand on the letter before.
    case 0x300...0x36F, 0x200D, 0xFE00...0xFE0F: 0
    case 0x1100...0x11FF, 0x2E80...0xD7AF, 0xF900...0xFAFF, 0xFE30...0xFFEF, 0x1F000...: 1.3
    default: 0.7
    }
  }
}
