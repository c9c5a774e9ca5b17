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
      "plan", "forecast", "backtest", "check", "monitor", "rates", "scenario", "scenario list", "scenario compare",
    ] {
      let help = try Command.run(verb.split(separator: " ").map(String.init) + ["--help"]).output
      // A long example is wrapped by the help; its next lines are indented and do not start with the name.
      var isExample = false
      for line in help.split(separator: "\n", omittingEmptySubsequences: false) {
        if line.hasPrefix("  needscast ") {
          examples.append(
            DocumentedExample(
              document: "\(verb) --help", arguments: words(line.dropFirst("  needscast ".count)), pieces: []))
          isExample = true
        } else if isExample, !line.isEmpty, let last = examples.popLast() {
          examples.append(
            DocumentedExample(document: last.document, arguments: last.arguments + words(line), pieces: []))
        } else {
          isExample = false
        }
      }
    }
    return examples
  }

  /// The words of a command line; quotation marks keep parentheses from the shell, and are taken off.
  private static func words(_ line: Substring) -> [String] {
    line.split(separator: " ").map { $0.filter { $0 != "\"" } }
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
