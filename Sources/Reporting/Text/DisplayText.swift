/// Text as a terminal shows it: how many places it takes, and what of it must not reach a terminal.
public enum DisplayText {
  /// The number of places that a text takes in a line.
  ///
  /// Letters take one place each, what East Asian writing sets wide takes two, and so do emoji with all that is joined to
  /// them; combining marks, joiners and selectors take none (Unicode Standard Annex 11). Sequences that only choose a
  /// colour, `ESC [ … m`, take none. Terminals differ over a few rare characters.
  ///
  /// - Parameter text: one line.
  public static func width(of text: String) -> Int {
    // Most cells are digits: nothing has to be looked up for them.
    var isPlain = true
    var bytes = 0
    for byte in text.utf8 {
      if byte < 0x20 || byte >= 0x7F {
        isPlain = false
        break
      }
      bytes += 1
    }
    if isPlain { return bytes }
    var width = 0
    var rest = text[...]
    while let character = rest.first {
      if character == "\u{1B}", let end = endOfColour(rest) {
        rest = rest[end...]
        continue
      }
      width += places(of: character)
      rest = rest.dropFirst()
    }
    return width
  }

  /// A text from a file with nothing in it that could steer a terminal or deceive its reader: line breaks and tabs become
  /// spaces, and other controls and overrides of the direction of writing are shown by their code, as in `[U+001B]`.
  ///
  /// - Parameter text: any text.
  public static func harmless(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D, 0x2028, 0x2029: result += " "
      case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x206F,
        0xFFF9...0xFFFB,
        0xE0000...0xE001F:
        let code = String(scalar.value, radix: 16, uppercase: true)
        result += "[U+" + String(repeating: "0", count: max(0, 4 - code.count)) + code + "]"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A text whose lines fit a width: a line that is too long is broken at its spaces, and goes on under its first word.
  ///
  /// A single word longer than a line, such as an address, stays whole, so that it can be copied.
  ///
  /// - Parameters:
  ///   - text: lines that end in line feeds.
  ///   - width: the places of a line.
  public static func fitted(_ text: String, width: Int) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let line = String(line)
      guard self.width(of: line) > width else { return line }
      var start = String(line.prefix { $0 == " " })
      var rest = line.dropFirst(start.count)
      for mark in ["- ", "! "] where rest.hasPrefix(mark) {
        start += mark
        rest = rest.dropFirst(mark.count)
      }
      return Paragraph.lines(String(rest), first: start, width: width).joined(separator: "\n")
    }.joined(separator: "\n")
  }

  /// Where a sequence that chooses a colour ends; nil where there is none at the start of a text.
  private static func endOfColour(_ text: Substring) -> Substring.Index? {
    let rest = text.dropFirst()
    guard rest.first == "[" else { return nil }
    let end = rest.dropFirst().firstIndex { !("0"..."9").contains($0) && $0 != ";" }
    guard let end, text[end] == "m" else { return nil }
    return text.index(after: end)
  }

  private static func places(of character: Character) -> Int {
    var widest = 0
    var isEmoji = false
    var hasSelector = false
    for scalar in character.unicodeScalars {
      widest = max(widest, places(of: scalar))
      if scalar.properties.isEmojiPresentation { return 2 }
      if scalar.properties.isEmoji, scalar.value > 0x7F { isEmoji = true }
      if scalar.value == 0xFE0F { hasSelector = true }
    }
    return isEmoji && hasSelector ? 2 : widest
  }

  private static func places(of scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x7F { return scalar.value < 0x20 ? 0 : 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .control, .lineSeparator, .paragraphSeparator: return 0
    case .format: return scalar.value == 0xAD ? 1 : 0
    default: break
    }
    // The second and third letters of a Hangul syllable join the first.
    if (0x1160...0x11FF).contains(scalar.value) { return 0 }
    return wide.contains { $0.contains(scalar.value) } ? 2 : 1
  }

  /// What East Asian writing sets wide (`W` and `F` of Unicode Standard Annex 11), emoji aside.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
    0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60,
    0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF, 0x1F300...0x1F320,
    0x1F900...0x1F9FF, 0x20000...0x2FFFD, 0x30000...0x3FFFD,
  ]
}
