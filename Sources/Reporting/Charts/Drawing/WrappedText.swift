/// Text broken into lines for a drawing, which has no measured letters: widths are estimated, on the generous
/// side.
enum WrappedText {
  /// About how wide a text is at a size, in pixels.
  static func width(_ text: String, size: Double) -> Double {
    guard text.unicodeScalars.contains(where: { 0xE0000...0xE007F ~= $0.value }) else {
      return text.unicodeScalars.reduce(0) { $0 + share(of: $1) } * size
    }
    return text.reduce(0) { sum, character in
      HTMLText.subdivisionFlags.contains(character)
        ? sum + 1.3 : character.unicodeScalars.reduce(sum) { $0 + share(of: $1) }
    } * size
  }

  /// A text on one line, cut with an ellipsis where it does not fit a width.
  static func line(_ text: String, width: Double, size: Double = ChartSheet.letters) -> String {
    lines(text, width: width, size: size, most: 1).first ?? ""
  }

  /// The lines of a text that fit a width, words that do not fit broken; what is beyond the most lines ends
  /// in an ellipsis.
  static func lines(_ text: String, width: Double, size: Double, most: Int = .max) -> [String] {
    var lines: [String] = []
    var line = ""
    func fits(_ text: String) -> Bool { Self.width(text, size: size) <= width }
    for word in text.split(whereSeparator: \.isWhitespace).map(String.init) where lines.count <= most {
      let longer = line.isEmpty ? word : line + " " + word
      if fits(longer) {
        line = longer
        continue
      }
      // A single line takes as much of the word as fits.
      if !line.isEmpty, most > 1 {
        lines.append(line)
        line = ""
      } else if !line.isEmpty {
        line += " "
      }
      // A word that does not fit is broken after its hyphens, and where that is not enough anywhere.
      for part in fits(word) ? [word] : hyphenated(word) {
        if most > 1, !line.isEmpty, !fits(line + part), fits(part) {
          lines.append(line)
          line = ""
        }
        for character in part {
          if !line.isEmpty, !fits(line + String(character)) {
            lines.append(line)
            line = ""
          }
          line.append(character)
        }
      }
    }
    if !line.isEmpty { lines.append(line) }
    guard lines.count > most, most > 0 else { return lines }
    var last = lines[most - 1]
    while !last.isEmpty, !fits(last + "…") { last.removeLast() }
    while last.last == " " { last.removeLast() }
    return Array(lines[..<(most - 1)]) + [last + "…"]
  }

  /// A word in parts that each end after a hyphen.
  private static func hyphenated(_ word: String) -> [String] {
    var parts = [""]
    for character in word {
      parts[parts.count - 1].append(character)
      if character == "-" { parts.append("") }
    }
    return parts.filter { !$0.isEmpty }
  }

  /// The width of a letter as a share of its size, after common sans serif faces.
  private static func share(of scalar: Unicode.Scalar) -> Double {
    switch scalar.value {
    case 0x20, 0x27, 0x2C, 0x2E, 0x3A, 0x3B, 0x69, 0x6A, 0x6C, 0x7C: return 0.32
    case 0x66, 0x72, 0x74, 0x28, 0x29, 0x2D, 0x2F, 0x49, 0x21: return 0.42
    case 0x6D, 0x77, 0x4D, 0x57, 0x25, 0x40: return 0.95
    case 0x41...0x5A: return 0.72
    case 0x21...0x7E: return 0.59
    // Joiners between letters.
    case 0x200C, 0x200D: return 0
    case 0x1100...0x11FF, 0x2E80...0xD7AF, 0xF900...0xFAFF, 0xFE30...0xFEFE, 0xFF00...0xFFEF,
      0x1F000...0x3FFFD:
      return 1.3
    default: break
    }
    switch scalar.properties.generalCategory {
    // Marks that stand on the letter before.
    case .nonspacingMark, .enclosingMark: return 0
    // Shown by their code, as `[U+202E]`.
    case .control, .format, .unassigned: return 5.6
    case .otherSymbol: return 1.1
    default: return 0.75
    }
  }
}
