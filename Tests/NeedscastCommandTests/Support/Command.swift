import Foundation

/// The built command, run as a user runs it: from the root of the repository, in a process of its own.
enum Command {
  /// What a run left behind.
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String
  }

  /// The root of the repository.
  static let root: URL = {
    var folder = URL(filePath: #filePath)
    for _ in 0..<4 { folder.deleteLastPathComponent() }
    return folder
  }()

  /// The folder into which this test and the executables were built.
  static let products = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    .deletingLastPathComponent()

  /// The executable of a product: of the command, the one that `NEEDSCAST_COMMAND` names where it is set, so that the
  /// optimised command can be put to the test as it will be used.
  static func executable(_ product: String) -> URL {
    guard product == "needscast", let named = ProcessInfo.processInfo.environment["NEEDSCAST_COMMAND"]
    else { return products.appending(path: product) }
    return URL(filePath: named, relativeTo: root).absoluteURL
  }

  /// Runs an executable product with arguments, and optionally with text or a file on its standard input, or with
  /// another place for its standard output, which is then not read, and with some variables of its environment set.
  static func run(
    _ arguments: [String], product: String = "needscast", input: String? = nil,
    source file: URL? = nil, output other: FileHandle? = nil, environment: [String: String] = [:]
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = executable(product)
    process.arguments = arguments
    if !environment.isEmpty {
      process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    }
    process.currentDirectoryURL = root
    // Files rather than pipes: a long output can never fill a pipe that nobody reads.
    let folder = try TemporaryFolder()
    let output = folder.url.appending(path: "output")
    let errors = folder.url.appending(path: "errors")
    let source = folder.url.appending(path: "input")
    try Data((input ?? "").utf8).write(to: source)
    for url in [output, errors] { try Data().write(to: url) }
    process.standardInput = try FileHandle(forReadingFrom: file ?? source)
    process.standardOutput = try other ?? FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus,
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }
}

/// A folder that is gone when the test is.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "needscast-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Writes a file into the folder and gives its path.
  func write(_ text: String, to name: String) throws -> String {
    let file = url.appending(path: name)
    try Data(text.utf8).write(to: file)
    return file.path
  }

  /// The names of the files in the folder.
  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []).sorted()
  }
}
