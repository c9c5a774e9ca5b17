#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that is written bit by bit and appears whole or not at all.
///
/// What is written goes to a temporary file beside it; ``commit()`` flushes that to the disk and puts it in its place in
/// one step. Without that, the temporary file is gone when the value is.
public final class AtomicFile {
  /// The file that is to appear.
  public let path: String
  private let overwrite: Bool
  private let temporary: String
  /// The temporary file; -1 once it is closed.
  private var descriptor: Int32
  /// The permissions of the file that is replaced.
  private let mode: mode_t?
  private var isInPlace = false

  /// Opens the temporary file.
  ///
  /// - Parameters:
  ///   - path: the file that is to appear.
  ///   - overwrite: whether a file of that name is replaced; without it, an existing file is left as it is.
  /// - Throws: ``EvidenceError/alreadyExists(path:)`` or ``EvidenceError/cannotWrite(path:reason:)``.
  public init(_ path: String, overwrite: Bool = false) throws(EvidenceError) {
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists, status.st_mode & S_IFMT == S_IFDIR {
      throw .cannotWrite(path: path, reason: SystemMessage.of(EISDIR))
    }
    if exists, !overwrite { throw .alreadyExists(path: path) }
    self.path = path
    self.overwrite = overwrite
    mode = exists ? status.st_mode & 0o777 : nil
    (descriptor, temporary) = try Self.openTemporary(beside: path)
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if !isInPlace { unlink(temporary) }
  }

  /// Writes more of the contents.
  ///
  /// - Throws: ``EvidenceError/cannotWrite(path:reason:)``.
  public func append(_ bytes: [UInt8]) throws(EvidenceError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        let rest = UnsafeRawBufferPointer(rebasing: buffer[written...])
        return writeBytes(descriptor, rest.baseAddress, rest.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Self.failure(path) }
      written += count
    }
  }

  /// Puts the file in its place; nothing can be written after that.
  ///
  /// - Throws: ``EvidenceError/alreadyExists(path:)`` or ``EvidenceError/cannotWrite(path:reason:)``.
  public func commit() throws(EvidenceError) {
    guard descriptor >= 0 else { return }
    if let mode { _ = fchmod(descriptor, mode) }
    guard fsync(descriptor) == 0 else { throw Self.failure(path) }
    let isClosed = close(descriptor) == 0
    descriptor = -1
    guard isClosed else { throw Self.failure(path) }
    if try !place() { unlink(temporary) }
    isInPlace = true
    flushFolder()
  }

  /// Puts the temporary file in place; true when it has no other name left.
  ///
  /// Without leave to overwrite a link is made, which fails if the name was taken in the meantime, where a rename would
  /// replace it.
  private func place() throws(EvidenceError) -> Bool {
    if !overwrite {
      if link(temporary, path) == 0 { return false }
      if errno == EEXIST { throw .alreadyExists(path: path) }
      // Some file systems have no links; a rename is the best they offer.
    }
    guard rename(temporary, path) == 0 else { throw Self.failure(path) }
    return true
  }

  private static func openTemporary(beside path: String) throws(EvidenceError) -> (Int32, String) {
    let folder = folder(of: path)
    let name = path.split(separator: "/").last.map(String.init) ?? "output"
    for attempt in 0..<100 {
      let temporary = "\(folder)/.\(name.prefix(100)).\(getpid())-\(attempt).part"
      let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 { return (descriptor, temporary) }
      guard errno == EEXIST else { throw failure(path) }
    }
    throw .cannotWrite(path: path, reason: "no free name for a temporary file beside it")
  }

  /// Makes the new name itself survive a power cut, where the file system allows it.
  private func flushFolder() {
    let descriptor = open(Self.folder(of: path), O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    _ = fsync(descriptor)
    close(descriptor)
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func failure(_ path: String) -> EvidenceError {
    .cannotWrite(path: path, reason: SystemMessage.of(errno))
  }
}
