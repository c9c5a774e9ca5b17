import Needscast

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A program that is not ours, run without a shell in a private folder, with a time limit.
///
/// Its output goes into files and not into pipes, so that however much it says, neither side waits for the other. It is
/// given a small environment of its own: no setting of the user changes what it makes.
struct ExternalProgram {
  /// The name that people use.
  let name: String
  /// Where it is.
  let path: String

  /// The first of some names that is found on PATH; nil where none of them is.
  init?(anyOf names: [String], path search: String? = ExternalProgram.variable("PATH")) {
    let folders = (search ?? "").split(separator: ":").filter { $0.hasPrefix("/") }
    for name in names {
      for folder in folders {
        let path = "\(folder)/\(name)"
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, access(path, X_OK) == 0 {
          self.name = name
          self.path = path
          return
        }
      }
    }
    return nil
  }

  static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// The most that a program may say, in bytes; one that says more is ended.
  static let mostOutput = 64 << 20
  /// How much of what it says on standard error is told.
  private static let told = 2_000

  /// Runs it and waits for it.
  ///
  /// - Parameters:
  ///   - arguments: without its own name.
  ///   - folder: its home, and where what it says is kept; name files in it by their whole paths.
  ///   - environment: variables beside PATH, HOME, TMPDIR and the locale.
  ///   - seconds: after so long it and all that it has started is ended.
  /// - Throws: ``Failure`` with exit code 73 when it cannot be started, fails, or takes too long.
  func run(
    _ arguments: [String], in folder: PrivateFolder, environment: [String] = [], seconds: Double
  ) throws(Failure) {
    let errors = "\(folder.path)/.\(name).errors"
    let process = try start(arguments, in: folder, environment: environment, errors: errors)
    let status = try wait(for: process, seconds: seconds, watching: errors)
    guard status == 0 else {
      // The low seven bits are the signal that ended it, the next byte is what it returned.
      let end =
        status & 0x7F == 0
        ? "ended with exit code \((status >> 8) & 0xFF)" : "was ended by signal \(status & 0x7F)"
      throw failure("\(name) \(end)", errors: errors)
    }
  }

  private func failure(_ what: String, errors: String) -> Failure {
    let said = FileTail.text(of: errors, most: Self.told)
    return Failure(said.isEmpty ? what : "\(what): \(said)", code: Failure.cannotWrite)
  }

  private func start(
    _ arguments: [String], in folder: PrivateFolder, environment: [String], errors: String
  ) throws(Failure) -> pid_t {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, errors, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
    // A group of its own, so that all that it starts can be ended with it.
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawnattr_setpgroup(&attributes, 0)
    let surroundings =
      [
        "PATH=\(Self.variable("PATH") ?? "/usr/bin:/bin")", "HOME=\(folder.path)", "TMPDIR=\(folder.path)",
        "XDG_CONFIG_HOME=\(folder.path)/.config", "XDG_CACHE_HOME=\(folder.path)/.cache",
        "XDG_DATA_HOME=\(folder.path)/.local", "LANG=C.UTF-8", "LC_ALL=C.UTF-8", "TZ=UTC",
      ] + environment
    var words = ([path] + arguments).map { strdup($0) } + [nil]
    var variables = surroundings.map { strdup($0) } + [nil]
    defer { for text in words + variables { free(text) } }
    var process = pid_t()
    let code = posix_spawn(&process, path, &actions, &attributes, &words, &variables)
    guard code == 0 else {
      throw Failure("\(path) cannot be started: \(SystemReason.of(code))", code: Failure.cannotWrite)
    }
    return process
  }

  private func wait(for process: pid_t, seconds: Double, watching errors: String) throws(Failure) -> Int32 {
    let begin = ContinuousClock.now
    var status: Int32 = 0
    while true {
      let found = waitpid(process, &status, WNOHANG)
      if found == process {
        // What it has started and left behind has nothing more to do.
        kill(-process, SIGKILL)
        return status
      }
      if found < 0, errno != EINTR {
        throw Failure("\(name) was lost: \(SystemReason.of(errno))", code: Failure.cannotWrite)
      }
      let isLate = ContinuousClock.now - begin > .seconds(seconds)
      let isLoud = FileTail.size(of: errors) > Self.mostOutput
      if isLate || isLoud {
        kill(-process, SIGKILL)
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        throw failure(
          isLate
            ? "\(name) had not finished after \(Int(seconds.rounded(.up))) seconds and was ended"
            : "\(name) said more than \(Self.mostOutput >> 20) MB and was ended", errors: errors)
      }
      usleep(5_000)
    }
  }
}

/// The end of what a program has said.
enum FileTail {
  static func size(of path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  /// The last bytes of a file as one line of text; empty where there is none.
  static func text(of path: String, most: Int) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return "" }
    defer { close(file) }
    let size = size(of: path)
    let start = max(0, size - most)
    guard lseek(file, off_t(start), SEEK_SET) >= 0 else { return "" }
    var bytes = [UInt8](repeating: 0, count: min(size, most))
    let count = read(file, &bytes, bytes.count)
    let words = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split(
      whereSeparator: \.isWhitespace)
    return (start > 0 ? "... " : "") + words.joined(separator: " ")
  }
}
