import Needscast

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a stream can show: how wide its lines are, and whether there are colours and letters beyond ASCII.
///
/// A file and a pipe are always the same: 100 places, no colours, UTF-8. So the bytes of a result do not depend on who
/// asked for it, and from where.
struct Terminal: Hashable, Sendable {
  /// The number of places in a line.
  let width: Int
  /// Whether texts are coloured.
  let style: TextStyle
  /// Whether blocks and bars have to be drawn with ASCII, because the locale is not one of UTF-8.
  let isASCII: Bool
  /// Whether somebody is looking.
  let isLive: Bool

  /// What a file or a pipe shows.
  static let file = Terminal(width: usual, style: .plain, isASCII: false, isLive: false)

  private static let usual = 100
  /// Reports are set for no fewer places than this, and lines of more are not read with pleasure.
  private static let readable = 60...160

  /// What standard output shows.
  ///
  /// - Parameter noColour: whether colours are refused.
  static func output(noColour: Bool) -> Terminal {
    Terminal(
      isLive: isatty(STDOUT_FILENO) == 1, size: size(of: STDOUT_FILENO), noColour: noColour,
      environment: Environment.read)
  }

  private init(width: Int, style: TextStyle, isASCII: Bool, isLive: Bool) {
    self.width = width
    self.style = style
    self.isASCII = isASCII
    self.isLive = isLive
  }

  /// What a stream shows.
  ///
  /// - Parameters:
  ///   - isLive: whether it is a terminal.
  ///   - size: the number of places that the terminal says it has; nil where it does not say.
  ///   - noColour: whether colours are refused by an argument.
  ///   - environment: a variable by its name; nil where it is not set.
  init(isLive: Bool, size: Int?, noColour: Bool, environment: (String) -> String?) {
    guard isLive else {
      self = .file
      return
    }
    let asked = environment("COLUMNS").flatMap(Int.init).flatMap { (1...10_000).contains($0) ? $0 : nil }
    let refuses =
      noColour || !(environment("NO_COLOR") ?? "").isEmpty || environment("TERM") == "dumb"
    self.init(
      width: min(Self.readable.upperBound, max(Self.readable.lowerBound, asked ?? size ?? Self.usual)),
      style: refuses ? .plain : .coloured, isASCII: !Self.isUTF8(environment), isLive: true)
  }

  /// A text as it is shown: lines that are still too long go on below, and blocks are drawn with what there is.
  func shown(_ text: String) -> String {
    guard isLive else { return text }
    let fitted = DisplayText.fitted(text, width: width)
    return isASCII ? Self.ascii(fitted) : fitted
  }

  /// The number of places that a terminal says it has; nil where it does not say.
  static func size(of descriptor: Int32) -> Int? {
    var window = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0 else { return nil }
    return Int(window.ws_col)
  }

  /// Whether the first of the variables that decide it names UTF-8.
  static func isUTF8(_ environment: (String) -> String?) -> Bool {
    for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
      guard let value = environment(name), !value.isEmpty else { continue }
      let letters = value.lowercased().filter { $0 != "-" }
      return letters.hasSuffix(".utf8") || letters.contains(".utf8@")
    }
    return false
  }

  /// Bars, lines of blocks and dashes in ASCII, place for place.
  static func ascii(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    return String(text.map { drawn[$0] ?? $0 })
  }

  private static let drawn: [Character: Character] = [
    "▁": "_", "▂": ".", "▃": ":", "▄": "-", "▅": "=", "▆": "+", "▇": "*", "█": "#", "│": "|", "░": ".",
    "–": "-", "…": ".", "×": "x", "‑": "-", "’": "'",
  ]
}

/// The variables of the process.
enum Environment {
  /// A variable by its name; nil where it is not set.
  static func read(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    return String(cString: value)
  }
}
