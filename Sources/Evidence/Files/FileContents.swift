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
    let feed = try ByteFeed(path, limit: limit)
    var bytes: [UInt8] = []
    if let size = feed.sizeOnDisk, size > 0, size <= limit { bytes.reserveCapacity(size) }
    while try feed.append(to: &bytes) {}
    return FileContents(path: path, bytes: bytes)
  }

  /// The name of the file without its folders and endings, which names a single series: `waits` for `in/waits.csv.gz`.
  public var baseName: String { Self.baseName(of: path) }

  /// The name of a file without its folders and endings; `stdin` for standard input.
  public static func baseName(of path: String) -> String {
    if path == "-" { return "stdin" }
    let name = path.split(separator: "/").last ?? ""
    let stem = name.hasSuffix(".gz") ? name.dropLast(3) : name
    guard let dot = stem.lastIndex(of: "."), dot != stem.startIndex else { return String(stem) }
    return String(stem[..<dot])
  }
}

/// The system's own words for an error number.
enum SystemMessage {
  static func of(_ code: Int32) -> String {
    guard let text = strerror(code) else { return "error \(code)" }
    return String(cString: text)
  }
}
