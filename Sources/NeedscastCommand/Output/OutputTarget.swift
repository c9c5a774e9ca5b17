import Needscast

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that a verb is to write, checked before any work is done.
struct OutputTarget {
  /// The option that names it, with its hyphens.
  let option: String
  /// The path, as it was given.
  let path: String

  /// Refuses targets that are an input, that are one another, or that cannot be written.
  ///
  /// - Parameters:
  ///   - inputs: the paths of the files that are read; `-` is whatever standard input comes from.
  ///   - overwrite: whether what is there may be replaced.
  /// - Throws: ``Failure`` with exit code 64 for a file with two uses, or 73 for one that cannot be written.
  static func check(_ targets: [OutputTarget], against inputs: [String], overwrite: Bool) throws(Failure) {
    let read = inputs.map { input in
      input == "-"
        ? (name: "standard input", identity: .standardInput) : (name: input, identity: FileIdentity(input))
    }
    for (position, target) in targets.enumerated() {
      let identity = FileIdentity(target.path)
      if let input = read.first(where: { $0.identity.isSame(as: identity) }) {
        throw Failure(
          "\(target.option) \(target.path): this is the input, \(input.name), which would be lost; name another file",
          code: Failure.wrongArguments)
      }
      if let other = targets[..<position].first(where: { FileIdentity($0.path).isSame(as: identity) }) {
        throw Failure(
          "\(target.option) \(target.path): this is the file of \(other.option) too; name two files",
          code: Failure.wrongArguments)
      }
    }
    for target in targets { try requireWritable(target.path, overwrite: overwrite) }
  }

  /// Refuses a folder that cannot be written to, or that is no folder; one that is not there can be made.
  static func requireFolder(_ path: String) throws(Failure) {
    var status = stat()
    guard stat(path, &status) == 0 else { return try requireWritableFolder(of: path) }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw cannotWrite(path, ENOTDIR) }
    guard access(path, W_OK) == 0 else { throw cannotWrite(path, errno) }
  }

  private static func requireWritable(_ path: String, overwrite: Bool) throws(Failure) {
    var status = stat()
    if stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT != S_IFDIR else { throw cannotWrite(path, EISDIR) }
      guard overwrite else { throw Failure(EvidenceError.alreadyExists(path: path)) }
      guard status.st_mode & S_IFMT == S_IFREG else {
        throw Failure(EvidenceError.cannotWrite(path: path, reason: "it is a device or a pipe, not a file"))
      }
    }
    try requireWritableFolder(of: path)
  }

  private static func requireWritableFolder(of path: String) throws(Failure) {
    let folder = FileIdentity.folder(of: path)
    var status = stat()
    guard stat(folder, &status) == 0 else { throw cannotWrite(path, errno) }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw cannotWrite(path, ENOTDIR) }
    guard access(folder, W_OK) == 0 else { throw cannotWrite(path, errno) }
  }

  private static func cannotWrite(_ path: String, _ code: Int32) -> Failure {
    Failure(EvidenceError.cannotWrite(path: path, reason: SystemReason.of(code)))
  }
}

/// Which file a path leads to: by device and number where it is there, and by its resolved path where it is not yet.
struct FileIdentity {
  private let device: dev_t
  private let number: ino_t
  /// Whether there is anything at the path.
  let exists: Bool
  private let resolved: String

  /// What standard input is read from, where that has a number: a file has, and so have pipes and terminals.
  static var standardInput: FileIdentity {
    var status = stat()
    return FileIdentity(exists: fstat(STDIN_FILENO, &status) == 0, status, resolved: "-")
  }

  init(_ path: String) {
    var status = stat()
    let exists = stat(path, &status) == 0
    let resolved =
      Self.resolve(path)
      ?? "\(Self.resolve(Self.folder(of: path)) ?? Self.folder(of: path))/\(Self.name(of: path))"
    self.init(exists: exists, status, resolved: resolved)
  }

  private init(exists: Bool, _ status: stat, resolved: String) {
    self.exists = exists
    device = status.st_dev
    number = status.st_ino
    self.resolved = resolved
  }

  /// Whether two paths lead to one file.
  func isSame(as other: FileIdentity) -> Bool {
    if exists, other.exists, device == other.device, number == other.number { return true }
    return resolved == other.resolved
  }

  /// Whether a path leads into a folder, at any depth.
  func isInside(_ folder: FileIdentity) -> Bool { resolved.hasPrefix(folder.resolved + "/") }

  /// Whether there is a folder at a path.
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The folder that a path is in: `.` for a bare name.
  static func folder(of path: String) -> String {
    var path = Substring(path)
    while path.count > 1, path.hasSuffix("/") { path = path.dropLast() }
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? ""
  }

  private static func resolve(_ path: String) -> String? {
    guard let text = realpath(path, nil) else { return nil }
    defer { free(text) }
    return String(cString: text)
  }
}
