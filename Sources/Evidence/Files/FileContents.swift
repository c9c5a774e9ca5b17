import CZlib

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The bytes of a file, or of standard input, decompressed where they are gzip.
public struct FileContents: Sendable {
  /// The file, as it was named; `-` for standard input.
  public let path: String
  /// The bytes.
  public let bytes: [UInt8]

  /// Contents that are at hand, under the name of the file they stand for.
  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// The largest contents that are read unless said otherwise: 2 GiB.
  public static let defaultLimit = 1 << 31

  /// Reads a file, or standard input when the path is `-`.
  ///
  /// Contents that begin with the mark of gzip are decompressed as they come, whatever the name; a name that ends in
  /// `.gz` must have such contents.
  ///
  /// - Parameters:
  ///   - path: the file, or `-`.
  ///   - limit: the most bytes that are held, after decompression.
  /// - Throws: ``EvidenceError``: no such file, a folder, unreadable, a truncated or damaged gzip, too large.
  public static func read(_ path: String, limit: Int = defaultLimit) throws(EvidenceError) -> FileContents {
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path, errno) }
    defer { if descriptor != STDIN_FILENO { close(descriptor) } }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw .isDirectory(path: path)
    }
    var bytes: [UInt8] = []
    var gunzip: Gunzip?
    var chunk = [UInt8](repeating: 0, count: 1 << 17)
    var isFirst = true
    while true {
      let count = chunk.withUnsafeMutableBytes { fill(descriptor, $0, atLeast: isFirst ? 2 : 1) }
      guard count >= 0 else { throw failure(path, errno) }
      if isFirst {
        isFirst = false
        if count >= 2, chunk[0] == 0x1F, chunk[1] == 0x8B {
          gunzip = try Gunzip(path: path, limit: limit)
        } else if path.hasSuffix(".gz") {
          throw .damagedGzip(path: path)
        } else if status.st_size > 0, Int(status.st_size) <= limit {
          bytes.reserveCapacity(Int(status.st_size))
        }
      }
      if count == 0 { break }
      if let gunzip {
        try gunzip.append(chunk[..<count], to: &bytes)
      } else {
        guard bytes.count + count <= limit else { throw .tooLarge(path: path, limit: limit) }
        bytes.append(contentsOf: chunk[..<count])
      }
    }
    if let gunzip { try gunzip.finish() }
    return FileContents(path: path, bytes: bytes)
  }

  /// The name of the file without its folders and endings, which names a single series: `waits` for `in/waits.csv.gz`.
  public var baseName: String {
    if path == "-" { return "stdin" }
    let name = path.split(separator: "/").last ?? ""
    let stem = name.hasSuffix(".gz") ? name.dropLast(3) : name
    guard let dot = stem.lastIndex(of: "."), dot != stem.startIndex else { return String(stem) }
    return String(stem[..<dot])
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

/// The system's own words for an error number.
enum SystemMessage {
  static func of(_ code: Int32) -> String {
    guard let text = strerror(code) else { return "error \(code)" }
    return String(cString: text)
  }
}
