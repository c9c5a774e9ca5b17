/// Text broken into lines of a width.
enum Paragraph {
  /// The lines of a text: the first begins with `first`, the others with as many spaces.
  ///
  /// A word longer than the width is not broken, so that a name can still be copied; it stands on a line of its own.
  /// Controls in the text are shown by their codes.
  static func lines(_ text: String, first: String = "", width: Int) -> [String] {
    let first = DisplayText.harmless(first)
    let hanging = String(repeating: " ", count: DisplayText.width(of: first))
    var lines: [String] = []
    var line = first
    var length = hanging.count
    var isEmpty = true
    for word in text.split(whereSeparator: \.isWhitespace) {
      let word = DisplayText.harmless(String(word))
      let places = DisplayText.width(of: word)
      if !isEmpty, length + 1 + places > width {
        lines.append(line)
        line = hanging
        length = hanging.count
        isEmpty = true
      }
      line += isEmpty ? word : " " + word
      length += places + (isEmpty ? 0 : 1)
      isEmpty = false
    }
    lines.append(line)
    return lines
  }
}
