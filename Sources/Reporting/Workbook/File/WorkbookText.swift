/// Text as a workbook can hold it.
///
/// Everything a reader can see goes through unharmed. What XML has no place for becomes the replacement character, and
/// what is longer than a cell is cut where a reader sees that it was.
enum WorkbookText {
  /// The most that a cell holds, in UTF-16 code units.
  static let longest = 32_767

  /// The text of a cell.
  static func cell(_ text: String) -> String { cut(escaped(held(text)), to: longest) }

  /// A short text of one line: a sheet's property, a header, a chart's title.
  static func line(_ text: String, to length: Int) -> String {
    cut(String(held(text).map { $0.isNewline || $0 == "\t" ? " " : $0 }), to: length)
  }

  /// A line that a header or footer shows as it is: `&` begins a code there and is doubled.
  static func header(_ text: String, to length: Int) -> String {
    var result = ""
    for character in line(text, to: length) {
      let next = character == "&" ? "&&" : String(character)
      if result.utf16.count + next.utf16.count > length { break }
      result += next
    }
    return result
  }

  /// A chart's title or an axis's. libxlsxwriter takes one that begins with `=` for a reference.
  static func title(_ text: String) -> String {
    let line = line(text, to: 250)
    return line.hasPrefix("=") ? " " + line : line
  }

  /// Without the characters that XML 1.0 cannot hold.
  private static func held(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in text.replacing("\r\n", with: "\n").unicodeScalars {
      switch scalar.value {
      case 0x9, 0xA: scalars.append(scalar)
      case 0xD: scalars.append("\n")
      case 0..<0x20, 0xFFFE, 0xFFFF: scalars.append("\u{FFFD}")
      default: scalars.append(scalar)
      }
    }
    return String(scalars)
  }

  /// `_x0041_` is how a workbook writes the letter A; where a text has it, it is meant as it stands.
  private static func escaped(_ text: String) -> String {
    guard text.contains("_x") else { return text }
    let characters = Array(text)
    var result = ""
    for (index, character) in characters.enumerated() {
      if character == "_", index + 6 < characters.count, characters[index + 1] == "x",
        characters[index + 6] == "_",
        characters[(index + 2)...(index + 5)].allSatisfy({ $0.isASCII && $0.isHexDigit })
      {
        result += "_x005F_"
      } else {
        result.append(character)
      }
    }
    return result
  }

  /// The beginning of a text and a mark that there is more.
  static func cut(_ text: String, to length: Int) -> String {
    guard text.utf16.count > length else { return text }
    var result = ""
    var count = 0
    for scalar in text.unicodeScalars {
      let width = scalar.value > 0xFFFF ? 2 : 1
      if count + width > length - 1 { break }
      result.unicodeScalars.append(scalar)
      count += width
    }
    return result + "…"
  }
}
