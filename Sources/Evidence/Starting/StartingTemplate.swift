// The template of a workspace: the YAML that it becomes, with marks in comments.
//
// A line whose text is `#<< name` begins a part and `#>>` ends it; parts may stand in one another. A part is kept where
// its name is among those that hold. Otherwise it is left out, or, where it begins with `#<<# name`, it is kept as
// comments, so that a reader sees what would stand there. `#<< no name` is kept where the name does not hold. In a part
// `#<< held` an item of a list is kept where it names a series that is held. `{{name}}` gives way to a value, which is
// YAML already.

struct StartingTemplate: Sendable {
  /// The lines of the template.
  private let lines: [Substring]

  /// The template that comes with the library.
  static var embedded: StartingTemplate {
    StartingTemplate(String(decoding: PackageResources.starting_workspace_yaml, as: UTF8.self))
  }

  init(_ text: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  /// What a template is filled with.
  struct Values {
    /// The names of the parts that hold.
    var parts: Set<String> = []
    /// The series that are held.
    var series: Set<String> = []
    /// Values by name, as YAML.
    var texts: [String: String] = [:]
  }

  /// Why a template cannot be filled.
  struct Unfilled: Error, CustomStringConvertible {
    let line: Int
    let reason: String
    var description: String { "template line \(line): \(reason)" }
  }

  private enum Mode { case keep, comment, drop, held }

  /// Fills the template.
  ///
  /// - Throws: ``Unfilled`` for a part that does not end or a value that is not given.
  func filled(with values: Values) throws(Unfilled) -> String {
    var open: [Mode] = []
    var filled: [String] = []
    for (index, line) in lines.enumerated() {
      let mark = line.drop { $0 == " " }
      if mark.hasPrefix("#<<") {
        open.append(mode(of: mark, in: values))
        continue
      }
      if mark == "#>>" {
        guard open.popLast() != nil else {
          throw Unfilled(line: index + 1, reason: "a part ends that did not begin")
        }
        continue
      }
      if open.contains(.drop) { continue }
      if open.contains(.held), !isHeld(mark, values.series) { continue }
      let text = try fill(line, values.texts, line: index + 1)
      filled.append(open.contains(.comment) ? commented(text) : text)
    }
    guard open.isEmpty else { throw Unfilled(line: lines.count, reason: "a part does not end") }
    return filled.joined(separator: "\n")
  }

  private func mode(of mark: Substring, in values: Values) -> Mode {
    let isShown = mark.hasPrefix("#<<#")
    let name = mark.dropFirst(isShown ? 4 : 3).drop { $0 == " " }
    if name == "held" { return .held }
    let holds =
      name.hasPrefix("no ")
      ? !values.parts.contains(String(name.dropFirst(3))) : values.parts.contains(String(name))
    return holds ? .keep : isShown ? .comment : .drop
  }

  /// Whether a line is no item of a list, or one that names a series that is held.
  private func isHeld(_ line: Substring, _ series: Set<String>) -> Bool {
    !line.hasPrefix("- ") || series.contains(String(line.dropFirst(2)))
  }

  /// A line as a comment, with its indentation; one that is a comment already stays.
  private func commented(_ line: String) -> String {
    let indentation = line.prefix { $0 == " " }
    let rest = line.dropFirst(indentation.count)
    if rest.isEmpty || rest.hasPrefix("#") { return line }
    return "  # " + line.dropFirst(2)
  }

  private func fill(_ line: Substring, _ texts: [String: String], line number: Int) throws(Unfilled) -> String
  {
    var filled = ""
    var rest = line
    while let start = rest.firstRange(of: "{{") {
      guard let end = rest[start.upperBound...].firstRange(of: "}}") else {
        throw Unfilled(line: number, reason: "{{ without }}")
      }
      let name = String(rest[start.upperBound..<end.lowerBound])
      guard let text = texts[name] else {
        throw Unfilled(line: number, reason: "nothing is given for \(name)")
      }
      filled += rest[..<start.lowerBound] + text
      rest = rest[end.upperBound...]
    }
    return filled + rest
  }
}

extension Substring {
  /// Where a text of two characters stands first.
  fileprivate func firstRange(of pair: String) -> Range<Index>? {
    var position = startIndex
    while position < endIndex {
      if self[position...].hasPrefix(pair) { return position..<index(position, offsetBy: pair.count) }
      position = index(after: position)
    }
    return nil
  }
}
