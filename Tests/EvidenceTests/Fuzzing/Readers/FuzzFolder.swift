#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A folder in which input stands as files, for readers that want a path; gone with its owner.
package final class FuzzFolder {
  /// The path of the folder.
  package let path: String
  private var files: Set<String> = []

  /// A folder of its own: where TMPDIR says, else in memory where the system has such a place.
  package init() {
    let wanted = getenv("TMPDIR").map { String(cString: $0) }
    let parent = wanted ?? (access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp")
    var template = Array("\(parent)/needscast-fuzz-XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap(mkdtemp).map { String(cString: $0) } ?? parent
    }
  }

  deinit {
    for file in files { unlink(file) }
    rmdir(path)
  }

  /// Writes bytes to a file and gives its path; an empty text where the system refuses.
  package func file(_ name: String, _ bytes: [UInt8]) -> String {
    let file = "\(path)/\(name)"
    let descriptor = open(file, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    files.insert(file)
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return "" }
      written += count
    }
    return file
  }
}
