/// The list of series files in a `workspace.yaml`, to which a file is added without touching anything else in it.
struct WorkspaceSeriesList {
  private var lines: [Substring]
  private let file: String
  /// Whether lines end in a carriage return and a line feed.
  private let ending: Substring

  /// The list of a workspace's text.
  init(_ text: String, file: String) {
    self.file = file
    // Scalars: a carriage return and a line feed are one character.
    ending = text.unicodeScalars.contains("\r") ? "\r" : ""
    lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { Substring($0) }
  }

  /// The text.
  var text: String { lines.joined(separator: "\n") }

  /// Adds a file to the end of the list.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` where the list is not written one file to a line.
  mutating func add(_ name: String) throws(EvidenceError) {
    guard let start = lines.firstIndex(where: { Self.withoutComment($0) == "series:" }), hasItem(after: start)
    else {
      throw .badData(
        Problem(
          file: file,
          message: """
            there is no "series:" on a line of its own with its files below it, one to a line; add "- \(name)" to the \
            list of series by hand
            """))
    }
    var last = start
    var indent: Substring = "  "
    for index in lines.indices.dropFirst(start + 1) {
      let content = Self.withoutComment(lines[index])
      if content.isEmpty { continue }
      let spaces = lines[index].prefix { $0 == " " }
      guard content.hasPrefix("- ") || content == "-" else { break }
      indent = spaces
      last = index
    }
    lines.insert("\(indent)- \(Self.scalar(name))\(ending)", at: last + 1)
  }

  /// Whether the first content behind a line is an item of a list.
  private func hasItem(after start: Int) -> Bool {
    lines[(start + 1)...].lazy.map(Self.withoutComment).first { !$0.isEmpty }?.hasPrefix("-") ?? false
  }

  /// A line without the comment behind it and without spaces at its ends; the comment must follow a space.
  private static func withoutComment(_ line: Substring) -> Substring {
    var content = line
    if let mark = line.indices.first(where: { index in
      line[index] == "#" && (index == line.startIndex || line[line.index(before: index)] == " ")
    }) {
      content = line[..<mark]
    }
    while let last = content.unicodeScalars.last, last == " " || last == "\r" || last == "\t" {
      content = Substring(content.unicodeScalars.dropLast())
    }
    return content.drop { $0 == " " }
  }

  /// A name as YAML: in quotes unless it is plain letters, digits, points, slashes, hyphens and underscores.
  private static func scalar(_ name: String) -> String {
    let isPlain =
      name.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
          || [0x2E, 0x2F, 0x2D, 0x5F].contains($0)
      } && name.first?.isLetter == true
    if isPlain { return name }
    let escaped = name.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }
    return "\"\(String(escaped))\""
  }
}
