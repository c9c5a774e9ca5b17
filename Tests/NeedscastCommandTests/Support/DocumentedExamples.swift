import Foundation

/// An example in a document: a command, and what the document says it prints.
struct DocumentedExample: CustomStringConvertible, Sendable {
  let document: String
  let arguments: [String]
  /// The lines printed, in pieces: a line `[...]` in the document stands for any lines left out.
  let pieces: [[String]]

  var description: String { "\(document): needscast \(arguments.joined(separator: " "))" }

  /// The examples of the README: lines `$ needscast ...` in blocks marked `console`, with what follows each.
  static func inReadme() throws -> [DocumentedExample] {
    let text = try String(contentsOf: Command.root.appending(path: "README.md"), encoding: .utf8)
    var examples: [DocumentedExample] = []
    var current: (arguments: [String], pieces: [[String]])?
    var isInside = false
    func finish() {
      if let current {
        examples.append(
          DocumentedExample(
            document: "README.md", arguments: current.arguments, pieces: current.pieces.filter { !$0.isEmpty }
          ))
      }
      current = nil
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.hasPrefix("```") {
        finish()
        isInside = line == "```console"
      } else if isInside, line.hasPrefix("$ needscast ") {
        finish()
        current = (words(line.dropFirst("$ needscast ".count)), [[]])
      } else if isInside, line == "[...]" {
        current?.pieces.append([])
      } else if isInside, let last = current?.pieces.indices.last {
        current?.pieces[last].append(line)
      }
    }
    return examples
  }

  /// The examples in the help of the command and its verbs: indented lines that start with its name.
  static func inHelp() throws -> [DocumentedExample] {
    var examples: [DocumentedExample] = []
    for verb in [
      "plan", "forecast", "backtest", "check", "monitor", "rates", "spc", "waits", "scenario", "scenario list",
      "scenario compare",
    ] {
      let help = try Command.run(verb.split(separator: " ").map(String.init) + ["--help"]).output
      // A long example is wrapped by the help, maybe within quotation marks; its next lines are indented and do not start
      // with the name.
      var lines: [String] = []
      var isExample = false
      for line in help.split(separator: "\n", omittingEmptySubsequences: false) {
        if line.hasPrefix("  needscast ") {
          lines.append(String(line.dropFirst("  needscast ".count)))
          isExample = true
        } else if isExample, !line.isEmpty, let last = lines.popLast() {
          lines.append(last + " " + line.drop { $0 == " " })
        } else {
          isExample = false
        }
      }
      examples += lines.map {
        DocumentedExample(document: "\(verb) --help", arguments: words($0[...]), pieces: [])
      }
    }
    return examples
  }

  /// The words of a command line; quotation marks keep what they enclose from the shell, and are taken off.
  private static func words(_ line: Substring) -> [String] {
    var words: [String] = []
    var word = ""
    var isQuoted = false
    var isWord = false
    for character in line {
      switch character {
      case "\"":
        isQuoted.toggle()
        isWord = true
      case " " where !isQuoted:
        if isWord { words.append(word) }
        (word, isWord) = ("", false)
      default:
        word.append(character)
        isWord = true
      }
    }
    return isWord ? words + [word] : words
  }

  /// Whether every piece stands in the output, in order; the first piece at its start.
  func matches(_ output: String) -> Bool {
    let lines = output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var position = 0
    for piece in pieces {
      let found = (position...max(position, lines.count - piece.count)).first { start in
        start + piece.count <= lines.count && Array(lines[start..<(start + piece.count)]) == piece
      }
      guard let found else { return false }
      position = found + piece.count
    }
    return true
  }
}
