/// Text and coordinates inside an SVG document.
enum SVGText {
  /// A text without the characters that mean something to XML, and without those that XML does not allow.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      case "\t", "\n", "\r": result += " "
      default:
        let isAllowed = scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
        if isAllowed { result.unicodeScalars.append(scalar) }
      }
    }
    return result
  }

  /// A coordinate to a hundredth of a pixel.
  static func coordinate(_ value: Double) -> String {
    NumberText.plain((value * 100).rounded() / 100)
  }
}
