import Needscast

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A folder that nobody else can read, and that is gone with all that is in it when it is no longer held.
final class PrivateFolder {
  let path: String

  /// - Throws: ``Failure`` with exit code 73 when it cannot be made.
  init() throws(Failure) {
    let place = ExternalProgram.variable("TMPDIR").flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
    var name = Array("\(place)/needscast-XXXXXX".utf8CString)
    guard name.withUnsafeMutableBufferPointer({ $0.baseAddress.flatMap { mkdtemp($0) } }) != nil else {
      throw Failure(
        "a folder for work in \(place) cannot be made: \(SystemReason.of(errno))", code: Failure.cannotWrite)
    }
    path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  /// Takes away a folder with all that is in it; links are not followed.
  private static func remove(_ path: String) {
    if let folder = opendir(path) {
      var names: [String] = []
      while let entry = readdir(folder) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: entry.pointee.d_name)) {
            String(cString: $0)
          }
        }
        if name != ".", name != ".." { names.append("\(path)/\(name)") }
      }
      closedir(folder)
      for name in names {
        var status = stat()
        if lstat(name, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
          remove(name)
        } else {
          unlink(name)
        }
      }
    }
    rmdir(path)
  }

  /// Writes a file into it and gives its path.
  func write(_ bytes: [UInt8], to name: String) throws -> String {
    let file = "\(path)/\(name)"
    try AtomicOutput.write(bytes, to: file, overwrite: true)
    return file
  }
}
