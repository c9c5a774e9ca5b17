/// Text inside a Markdown document.
public enum MarkdownText {
  /// A text as it stands in a paragraph, a list item or a cell of a table, in CommonMark, in GitHub's dialect and for
  /// pandoc.
  ///
  /// Every character that could begin a tag, a link, an emphasis, a cell or a block has a backslash before it, so that no
  /// text from a workspace is more than text. A line feed or a tab becomes a space, because a cell has one line. What does
  /// not show and yet changes what a reader sees is shown by its code, as ``HTMLText/escaped(_:)`` does it.
  ///
  /// - Parameter text: any text.
  /// - Returns: the text with backslashes and codes; the empty text for the empty one.
  public static func escaped(_ text: String) -> String {
    let scalars = trimmed(text)
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for (place, scalar) in scalars.enumerated() {
      let next = place + 1 < scalars.count ? scalars[place + 1] : " "
      if HTMLText.deceives(scalar) {
        result += "\\[" + HTMLText.code(of: scalar) + "\\]"
        continue
      }
      if isActive(scalar, next: next) || (place == 0 && beginsBlock(scalar, next: next))
        || endsNumber(scalars, place, next: next) || makesAddress(scalars, place, next: next)
      {
        result += "\\"
      }
      result.unicodeScalars.append(scalar)
    }
    return result
  }

  /// The scalars with spaces for line feeds, returns and tabs, and without spaces at the ends.
  private static func trimmed(_ text: String) -> [Unicode.Scalar] {
    var scalars = Array(text.unicodeScalars).map { scalar -> Unicode.Scalar in
      switch scalar.value {
      case 0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029: " "
      default: scalar
      }
    }
    while scalars.last == " " { scalars.removeLast() }
    return Array(scalars.drop { $0 == " " })
  }

  private static func isActive(_ scalar: Unicode.Scalar, next: Unicode.Scalar) -> Bool {
    switch scalar {
    case "\\", "`", "*", "_", "{", "}", "[", "]", "<", "#", "|", "~", "^", "$", "@": true
    case "&": next == "#" || next.properties.isAlphabetic
    default: false
    }
  }

  /// Whether the first character of a text would begin a list, a rule, a heading or a definition.
  private static func beginsBlock(_ scalar: Unicode.Scalar, next: Unicode.Scalar) -> Bool {
    switch scalar {
    case "-", "+": !(("0"..."9").contains(next) || next == "£")
    case "=", ":", ">": true
    default: false
    }
  }

  /// Whether it is the point or the bracket of a number at the beginning, which would begin a numbered list.
  private static func endsNumber(_ scalars: [Unicode.Scalar], _ place: Int, next: Unicode.Scalar) -> Bool {
    guard place > 0, place <= 9, scalars[place] == "." || scalars[place] == ")", next == " " else {
      return false
    }
    return scalars[..<place].allSatisfy { ("0"..."9").contains($0) }
  }

  /// Whether an address would begin to be a link here.
  private static func makesAddress(_ scalars: [Unicode.Scalar], _ place: Int, next: Unicode.Scalar) -> Bool {
    switch scalars[place] {
    case ":": next == "/"
    case ".":
      place >= 3
        && String(String.UnicodeScalarView(scalars[(place - 3)..<place])).lowercased() == "www"
    default: false
    }
  }
}
