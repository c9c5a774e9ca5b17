import Needscast

/// Rows on their way to a file or to standard output, under a header that is written before the first of them.
struct RowOutput {
  private let header: String
  private let path: String?
  private let overwrite: Bool
  private var file: AtomicFile?
  private var hasHeader = false
  /// Whether nobody reads standard output any more.
  private(set) var isReaderGone = false

  /// - Parameters:
  ///   - header: the first row, with its line feed.
  ///   - path: the file of the rows; nil for standard output.
  init(header: String, path: String?, overwrite: Bool) {
    self.header = header
    self.path = path
    self.overwrite = overwrite
  }

  /// Writes rows.
  ///
  /// - Throws: ``EvidenceError`` for a file, ``Failure`` with exit code 73 for standard output.
  mutating func write(_ rows: [UInt8]) throws {
    guard !rows.isEmpty else { return }
    try begin()
    try put(rows)
  }

  /// Writes the header, where that has not been done.
  ///
  /// - Throws: as ``write(_:)``.
  mutating func begin() throws {
    guard !hasHeader else { return }
    hasHeader = true
    if let path { file = try AtomicFile(path, overwrite: overwrite) }
    try put(Array(header.utf8))
  }

  /// Puts the file in its place.
  ///
  /// - Returns: whether a file was written.
  /// - Throws: ``EvidenceError``.
  func finish() throws -> Bool {
    try file?.commit()
    return file != nil
  }

  private mutating func put(_ bytes: [UInt8]) throws {
    if let file {
      try file.append(bytes)
    } else if try !StandardStreams.output(bytes) {
      isReaderGone = true
    }
  }
}
