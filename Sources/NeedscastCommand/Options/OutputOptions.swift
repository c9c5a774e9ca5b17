import ArgumentParser
import Needscast

/// The forms that the results of a verb have.
protocol ResultFormat: ExpressibleByArgument, CaseIterable, RawRepresentable<String>, Sendable {
  static var text: Self { get }
  /// The form that a verb has where none is asked for: text, unless it says otherwise.
  static var usual: Self { get }
}

extension ResultFormat {
  static var usual: Self { text }
}

/// The form of a result.
enum OutputFormat: String, ResultFormat {
  case text
  case csv
  case json
}

/// The form of a result that can be drawn.
enum DrawableFormat: String, ResultFormat {
  case text
  case csv
  case json
  case svg
}

/// Where a result goes, for most verbs.
typealias OutputOptions = ResultOptions<OutputFormat>

/// Where a result goes, for verbs that can draw it.
typealias DrawableOutputOptions = ResultOptions<DrawableFormat>

/// Where a result goes and in what form, shared by the verbs.
struct ResultOptions<Format: ResultFormat>: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The form of the result.", valueName: Format.allCases.map(\.rawValue).joined(separator: "|")))
  var format = Format.usual

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write the result here instead of to standard output: whole or not at all.", valueName: "file"))
  var output: String?

  @Flag(help: "Replace what is there already.")
  var force = false

  @Flag(help: "Say nothing on standard error but errors.")
  var quiet = false

  @Flag(
    help:
      "Use no colour. There is colour on terminals only, and words say the same; NO_COLOR is honoured likewise."
  )
  var noColor = false

  /// The file that the result is to be written to, where there is one.
  var target: [OutputTarget] { output.map { [OutputTarget(option: "--output", path: $0)] } ?? [] }

  /// What the text of a result is set for: the terminal, where it goes to one.
  var page: Terminal {
    output == nil && format.rawValue == Format.text.rawValue ? .output(noColour: noColor) : .file
  }

  /// Writes a result to the file that was named, or to standard output.
  func write(_ text: String) throws {
    guard let output else {
      try StandardStreams.output(page.shown(text))
      return
    }
    do {
      try AtomicOutput.write(text, to: output, overwrite: force)
    } catch {
      throw Failure(error)
    }
    say("wrote \(output)")
  }

  /// Says something on standard error, unless asked to be quiet.
  func say(_ message: String) {
    if !quiet { StandardStreams.error(message + "\n") }
  }
}
