/// Text inside an HTML document.
public enum HTMLText {
  /// A text as it stands between tags, or between the quotation marks of an attribute.
  ///
  /// `&`, `<`, `>`, both quotation marks and the back quote are written as references, so that no text can open a tag,
  /// close an attribute or begin a reference of its own. Characters that do not show and yet change what a reader sees are
  /// shown by their code, as in `[U+202E]`: controls but for tabs and line feeds, the marks and overrides of the direction
  /// of writing ("Trojan Source", Boucher and Anderson 2021), tags but in the flags of England, Scotland and Wales, and what is
  /// no character at all. Joiners between letters
  /// stay, because some scripts need them.
  ///
  /// An attribute must stand in quotation marks. Addresses, scripts and style sheets have rules of their own: a text from a
  /// file belongs in none of them.
  ///
  /// - Parameter text: any text.
  /// - Returns: the text with references and codes; the empty text for the empty one.
  public static func escaped(_ text: String) -> String {
    guard text.unicodeScalars.contains(Self.blackFlag) else {
      var result = ""
      result.reserveCapacity(text.utf8.count)
      append(text.unicodeScalars, to: &result)
      return result
    }
    var result = ""
    for character in text {
      if Self.subdivisionFlags.contains(character) {
        result.append(character)
      } else {
        append(character.unicodeScalars, to: &result)
      }
    }
    return result
  }

  private static let blackFlag: Unicode.Scalar = "\u{1F3F4}"

  /// The flags of England, Scotland and Wales, which are written with tags that stand for nothing else here.
  static let subdivisionFlags: Set<Character> = ["🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🏴󠁧󠁢󠁷󠁬󠁳󠁿"]

  private static func append(_ scalars: some Sequence<Unicode.Scalar>, to result: inout String) {
    for scalar in scalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "`": result += "&#96;"
      case "\t", "\n": result.unicodeScalars.append(scalar)
      default:
        if deceives(scalar) {
          result += "[" + code(of: scalar) + "]"
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
  }

  /// A scalar by its number: `U+202E`.
  static func code(of scalar: Unicode.Scalar) -> String {
    let code = String(scalar.value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - code.count)) + code
  }

  /// Whether a scalar is a control, changes the direction of writing or the line, or is no character.
  static func deceives(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F: true
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0x206A...0x206F: true
    case 0x2028, 0x2029, 0xFEFF, 0xFFF9...0xFFFB, 0xFDD0...0xFDEF: true
    case 0xE0000...0xE007F: true
    default: scalar.value & 0xFFFE == 0xFFFE
    }
  }
}
