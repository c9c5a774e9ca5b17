#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Writes files whole or not at all.
public enum AtomicOutput {
  /// Writes bytes to a file: to a temporary file beside it, flushed to the disk, then put in its place in one step. A
  /// reader sees the old file or the new one, never a part.
  ///
  /// - Parameters:
  ///   - bytes: the whole contents.
  ///   - path: the file.
  ///   - overwrite: whether a file of that name is replaced; without it, an existing file is left as it is.
  /// - Throws: ``EvidenceError/alreadyExists(path:)``, ``EvidenceError/cannotWrite(path:reason:)`` or
  ///   ``EvidenceError/isDirectory(path:)``; the temporary file is gone then.
  public static func write(
    _ bytes: some Sequence<UInt8>, to path: String, overwrite: Bool = false
  ) throws(EvidenceError) {
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists, status.st_mode & S_IFMT == S_IFDIR {
      throw .cannotWrite(path: path, reason: SystemMessage.of(EISDIR))
    }
    if exists, !overwrite { throw .alreadyExists(path: path) }
    let (descriptor, temporary) = try openTemporary(beside: path)
    var isInPlace = false
    defer { if !isInPlace { unlink(temporary) } }
    do throws(EvidenceError) {
      try writeAll(Array(bytes), to: descriptor, path: path)
      if exists { _ = fchmod(descriptor, status.st_mode & 0o777) }
      guard fsync(descriptor) == 0 else { throw failure(path) }
    } catch {
      close(descriptor)
      throw error
    }
    guard close(descriptor) == 0 else { throw failure(path) }
    isInPlace = try place(temporary, at: path, overwrite: overwrite)
    flushFolder(of: path)
  }

  /// Writes a text in UTF-8; see ``write(_:to:overwrite:)-(Sequence<UInt8>,_,_)``.
  public static func write(_ text: String, to path: String, overwrite: Bool = false) throws(EvidenceError) {
    try write(text.utf8, to: path, overwrite: overwrite)
  }

  /// Puts the temporary file in place; true when it has no other name left.
  ///
  /// Without leave to overwrite a link is made, which fails if the name was taken in the meantime, where a rename would
  /// replace it.
  private static func place(
    _ temporary: String, at path: String, overwrite: Bool
  ) throws(EvidenceError) -> Bool {
    if !overwrite {
      if link(temporary, path) == 0 { return false }
      if errno == EEXIST { throw .alreadyExists(path: path) }
      // Some file systems have no links; a rename is the best they offer.
    }
    guard rename(temporary, path) == 0 else { throw failure(path) }
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

  private static func writeAll(
    _ bytes: [UInt8], to descriptor: Int32, path: String
  ) throws(EvidenceError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        let rest = UnsafeRawBufferPointer(rebasing: buffer[written...])
        return writeBytes(descriptor, rest.baseAddress, rest.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(path) }
      written += count
    }
  }

  /// Makes the new name itself survive a power cut, where the file system allows it.
  private static func flushFolder(of path: String) {
    let descriptor = open(folder(of: path), O_RDONLY | O_CLOEXEC)
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
