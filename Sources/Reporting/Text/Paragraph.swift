/// Text broken into lines of a width.
enum Paragraph {
  /// The lines of a text: the first begins with `first`, the others with as many spaces.
  ///
  /// A word longer than the width is not broken, so that a name can still be copied.
  static func lines(_ text: String, first: String = "", width: Int) -> [String] {
    let hanging = String(repeating: " ", count: first.count)
    var lines: [String] = []
    var line = first
    var isEmpty = true
    for word in text.split(whereSeparator: \.isWhitespace) {
      if !isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = hanging
        isEmpty = true
      }
      line += isEmpty ? String(word) : " " + word
      isEmpty = false
    }
    lines.append(line)
    return lines
  }
}
