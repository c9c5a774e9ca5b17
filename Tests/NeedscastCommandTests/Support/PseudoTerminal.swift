import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The command run on a terminal, which a pseudo-terminal is to it.
enum PseudoTerminal {
  /// The streams that are the terminal; the others are files.
  enum Stream {
    case output
    case errors
    case both
  }

  /// What a run showed.
  struct Outcome {
    let status: Int32
    /// Whether a signal ended it.
    let isKilled: Bool
    /// What the terminal was sent, byte for byte but for the carriage returns that it adds to line feeds.
    let shown: String
    /// What went to a stream that is no terminal.
    let other: String
  }

  /// Runs the command.
  ///
  /// - Parameters:
  ///   - columns: the width that the terminal says it has.
  ///   - environment: variables beside those of a terminal of UTF-8 with colours.
  ///   - word: it is interrupted, as by Ctrl-C, when the terminal has been shown this.
  static func run(
    _ arguments: [String], on stream: Stream = .output, columns: Int, environment: [String: String] = [:],
    interruptAt word: String? = nil
  ) throws -> Outcome {
    var (main, side): (Int32, Int32) = (0, 0)
    var size = winsize(ws_row: 50, ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    guard openpty(&main, &side, nil, nil, &size) == 0 else {
      throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
    }
    defer { close(main) }
    // No other process that a test starts may hold the terminal open.
    for descriptor in [main, side] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    let folder = try TemporaryFolder()
    let file = folder.url.appending(path: "other")
    try Data().write(to: file)
    let process = Process()
    process.executableURL = Command.executable("needscast")
    process.arguments = arguments
    process.currentDirectoryURL = Command.root
    var variables = ProcessInfo.processInfo.environment
    for name in ["COLUMNS", "NO_COLOR", "LC_ALL", "LC_CTYPE"] { variables[name] = nil }
    variables.merge(["TERM": "xterm-256color", "LANG": "C.UTF-8"]) { $1 }
    process.environment = variables.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    let terminal = FileHandle(fileDescriptor: side, closeOnDealloc: false)
    let other = try FileHandle(forWritingTo: file)
    process.standardOutput = stream == .errors ? other : terminal
    process.standardError = stream == .output ? other : terminal
    try startWithSignals(process)
    // When the process ends nobody holds the other side, and reading comes to an end.
    close(side)
    var bytes: [UInt8] = []
    var isInterrupted = false
    var portion = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = read(main, &portion, portion.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      bytes += portion[..<count]
      if let word, !isInterrupted, String(decoding: bytes, as: UTF8.self).contains(word) {
        isInterrupted = true
        process.interrupt()
      }
    }
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, isKilled: process.terminationReason == .uncaughtSignal,
      shown: String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n"),
      other: String(decoding: try Data(contentsOf: file), as: UTF8.self))
  }

  /// Starts a process to which signals come: the threads of tests hold them back, and a process has what its thread has.
  private static func startWithSignals(_ process: Process) throws {
    var (none, earlier) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &earlier)
    defer { pthread_sigmask(SIG_SETMASK, &earlier, nil) }
    try process.run()
  }
}
