#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Writes the files of a folder: all of them, or none.
public enum FolderOutput {
  /// Writes files into a folder, which is made when it is not there.
  ///
  /// That every file may be written is checked before the first is; should the disk fail in between, the files that
  /// did not exist before are taken away again.
  ///
  /// - Parameters:
  ///   - files: names inside the folder, and their contents.
  ///   - folder: the path of the folder; its parent must exist.
  ///   - overwrite: whether files of those names are replaced.
  /// - Throws: ``EvidenceError/alreadyExists(path:)`` or ``EvidenceError/cannotWrite(path:reason:)``.
  public static func write(
    _ files: [(name: String, text: String)], to folder: String, overwrite: Bool
  ) throws(EvidenceError) {
    try write(files.map { (name: $0.name, bytes: Array($0.text.utf8)) }, to: folder, overwrite: overwrite)
  }

  /// Writes files of any bytes into a folder, on the same terms as texts.
  public static func write(
    _ files: [(name: String, bytes: [UInt8])], to folder: String, overwrite: Bool
  ) throws(EvidenceError) {
    var status = stat()
    let folderExists = stat(folder, &status) == 0
    if folderExists {
      guard status.st_mode & S_IFMT == S_IFDIR else {
        throw .cannotWrite(path: folder, reason: SystemMessage.of(ENOTDIR))
      }
    } else {
      guard mkdir(folder, 0o777) == 0 else {
        throw .cannotWrite(path: folder, reason: SystemMessage.of(errno))
      }
    }
    var written: [String] = []
    do throws(EvidenceError) {
      var existing: Set<String> = []
      for file in files where stat("\(folder)/\(file.name)", &status) == 0 {
        existing.insert("\(folder)/\(file.name)")
      }
      if !overwrite, let first = existing.min() { throw .alreadyExists(path: first) }
      for file in files {
        let path = "\(folder)/\(file.name)"
        try AtomicOutput.write(file.bytes, to: path, overwrite: overwrite)
        if !existing.contains(path) { written.append(path) }
      }
    } catch {
      for path in written { unlink(path) }
      if !folderExists { rmdir(folder) }
      throw error
    }
  }
}
