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
    let file = try AtomicFile(path, overwrite: overwrite)
    try file.append(Array(bytes))
    try file.commit()
  }

  /// Writes a text in UTF-8; see ``write(_:to:overwrite:)-(Sequence<UInt8>,_,_)``.
  public static func write(_ text: String, to path: String, overwrite: Bool = false) throws(EvidenceError) {
    try write(text.utf8, to: path, overwrite: overwrite)
  }
}
