/// How a text for people is dressed: plain, or with the colours of a terminal.
///
/// A colour never stands alone: what it says is said by a word or a sign as well.
public struct TextStyle: Hashable, Sendable {
  /// What a piece of text is, by which it is coloured.
  public enum Tone: String, CaseIterable, Hashable, Sendable {
    /// A heading: bold.
    case heading
    /// What is as it should be: green.
    case good
    /// What has to be watched: amber.
    case warning
    /// What is not as it should be, and deficits: red.
    case bad
  }

  /// Whether there are colours.
  public let isColoured: Bool

  /// Text as files hold it.
  public static let plain = TextStyle(isColoured: false)
  /// Text with the colours of a terminal.
  public static let coloured = TextStyle(isColoured: true)

  private init(isColoured: Bool) { self.isColoured = isColoured }

  /// A text in a tone; the same text in a plain style, and where there is none.
  ///
  /// - Parameters:
  ///   - text: one line.
  ///   - tone: what it is; nil for nothing in particular.
  public func painted(_ text: String, _ tone: Tone?) -> String {
    guard isColoured, let tone, !text.isEmpty else { return text }
    let code =
      switch tone {
      case .heading: "1"
      case .good: "32"
      case .warning: "33"
      case .bad: "31"
      }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }

  /// A title with a line of hyphens under it.
  func underlined(_ title: String, with mark: String = "-", width: Int) -> [String] {
    let lines = Paragraph.lines(title, width: width)
    let length = min(width, lines.map(DisplayText.width).max() ?? 0)
    return lines.map { painted($0, .heading) } + [String(repeating: mark, count: length)]
  }

  /// The tone of a number in a table: a deficit or an overspend is negative.
  static func deficit(_ cell: String) -> Tone? {
    guard cell.hasPrefix("-"), let next = cell.dropFirst().first else { return nil }
    return next.isNumber || next == "£" ? .bad : nil
  }
}
