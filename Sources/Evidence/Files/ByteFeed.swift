#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The bytes of a file, or of standard input, block by block, decompressed where they are gzip.
///
/// Contents that begin with the mark of gzip are decompressed as they come, whatever the name; a name that ends in
/// `.gz` must have such contents.
final class ByteFeed {
  /// The file, as it was named; `-` for standard input.
  let path: String
  /// The bytes of the file on disk; nil for what is no file: a pipe, a terminal.
  let sizeOnDisk: Int?
  private let descriptor: Int32
  private let limit: Int
  private var chunk: [UInt8]
  private var gunzip: Gunzip?
  private var isFirst = true
  /// How many bytes have been given, after decompression.
  private(set) var count = 0
  /// Whether there is nothing more to come.
  private(set) var isAtEnd = false

  /// Compressed bytes are taken in small portions, since each may grow a thousandfold.
  private static let compressedBlock = 1 << 15

  /// Opens a file, or standard input when the path is `-`.
  ///
  /// - Parameters:
  ///   - path: the file, or `-`.
  ///   - limit: the most bytes that are given, after decompression.
  ///   - blockSize: about how many bytes are read at a time.
  /// - Throws: ``EvidenceError``: no such file, a folder, unreadable.
  init(_ path: String, limit: Int, blockSize: Int = 1 << 17) throws(EvidenceError) {
    self.path = path
    self.limit = limit
    chunk = [UInt8](repeating: 0, count: max(2, blockSize))
    descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    var status = stat()
    let isKnown = descriptor >= 0 && fstat(descriptor, &status) == 0
    sizeOnDisk = isKnown && status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
    guard descriptor >= 0 else { throw Self.failure(path, errno) }
    if isKnown, status.st_mode & S_IFMT == S_IFDIR { throw .isDirectory(path: path) }
  }

  deinit { if descriptor > STDIN_FILENO { close(descriptor) } }

  /// Whether a path leads to a file, which can be opened as often as one likes; a pipe must not even be opened twice.
  static func isFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Puts the next block at the end of a buffer; false when there is none.
  ///
  /// - Throws: ``EvidenceError``: unreadable, a truncated or damaged gzip, too large.
  func append(to bytes: inout [UInt8]) throws(EvidenceError) -> Bool {
    let before = bytes.count
    while !isAtEnd, bytes.count == before {
      let wanted = gunzip == nil ? chunk.count : min(chunk.count, Self.compressedBlock)
      let least = isFirst ? 2 : 1
      let read = chunk.withUnsafeMutableBytes {
        Self.fill(descriptor, UnsafeMutableRawBufferPointer(rebasing: $0[..<wanted]), atLeast: least)
      }
      guard read >= 0 else { throw Self.failure(path, errno) }
      if isFirst {
        isFirst = false
        if read >= 2, chunk[0] == 0x1F, chunk[1] == 0x8B {
          gunzip = try Gunzip(path: path, limit: limit)
        } else if path.hasSuffix(".gz") {
          throw .damagedGzip(path: path)
        }
      }
      if read == 0 {
        if let gunzip { try gunzip.finish() }
        isAtEnd = true
      } else if let gunzip {
        let known = bytes.count
        try gunzip.append(chunk[..<read], to: &bytes, total: count)
        count += bytes.count - known
      } else {
        guard count + read <= limit else { throw .tooLarge(path: path, limit: limit) }
        count += read
        bytes.append(contentsOf: chunk[..<read])
      }
    }
    return bytes.count > before
  }

  /// Reads until the buffer has at least so many bytes or the input ends; pipes may give one byte at a time.
  private static func fill(
    _ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer, atLeast wanted: Int
  ) -> Int {
    var filled = 0
    while filled < wanted {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let count = readBytes(descriptor, rest.baseAddress, rest.count)
      if count < 0, errno == EINTR { continue }
      if count < 0 { return -1 }
      if count == 0 { break }
      filled += count
    }
    return filled
  }

  private static func failure(_ path: String, _ code: Int32) -> EvidenceError {
    switch code {
    case ENOENT, ENOTDIR: .noSuchFile(path: path)
    case EISDIR: .isDirectory(path: path)
    default: .unreadable(path: path, reason: SystemMessage.of(code))
    }
  }
}
