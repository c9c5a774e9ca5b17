// Texts from outside in YAML: an area, a file, a sentence of a reader.

enum YAMLScalar {
  /// A text as one scalar on one line, whatever stands in it: plain where YAML takes it so, else in double quotes with
  /// its escapes (YAML 1.2, 5.7).
  static func text(_ text: String) -> String {
    isPlain(text) ? text : quoted(text)
  }

  /// A text in a comment: one line, without characters that could end it or that an editor would hide.
  static func comment(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { isPrintable($0) ? $0 : " " }))
  }

  /// Letters, digits and a few marks, beginning with a letter, and no word that YAML reads as something else.
  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, first.properties.isAlphabetic, text.last != " ",
      !["true", "false", "yes", "no", "on", "off", "null", "y", "n"].contains(text.lowercased())
    else { return false }
    return text.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || ("0"..."9").contains($0) || " -./'".unicodeScalars.contains($0)
    }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case _ where isPrintable(scalar): quoted.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let width = scalar.value <= 0xFF ? 2 : scalar.value <= 0xFFFF ? 4 : 8
        quoted +=
          (width == 2 ? "\\x" : width == 4 ? "\\u" : "\\U")
          + String(repeating: "0", count: width - digits.utf8.count) + digits
      }
    }
    return quoted + "\""
  }

  /// Whether a scalar may stand in a line as it is: no control character, no line or paragraph separator, no mark of
  /// order or direction.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .format, .surrogate, .privateUse, .unassigned: false
    default: true
    }
  }
}
