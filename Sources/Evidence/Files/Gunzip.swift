import CZlib

/// Decompresses gzip as it comes, with a limit on what it grows to.
final class Gunzip {
  private let path: String
  private let limit: Int
  private var stream = z_stream()
  private var output = [UInt8](repeating: 0, count: 1 << 17)
  private var isAtEnd = false

  /// - Throws: `unreadable` when zlib cannot start.
  init(path: String, limit: Int) throws(EvidenceError) {
    self.path = path
    self.limit = limit
    // 15 is the largest window, and 16 more asks for the gzip wrapper.
    let status = inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard status == Z_OK else { throw .unreadable(path: path, reason: "zlib cannot start") }
  }

  deinit { inflateEnd(&stream) }

  /// Decompresses some more of the file on to the end of the bytes.
  ///
  /// A file may hold several gzip members after one another, and zeros after the last (tapes and blocks are padded).
  ///
  /// - Parameter total: the bytes that the file has given before, which count towards the limit.
  func append(
    _ input: ArraySlice<UInt8>, to bytes: inout [UInt8], total: Int = 0
  ) throws(EvidenceError) {
    var rest = input
    let limit = limit - total + bytes.count
    while !rest.isEmpty {
      if isAtEnd {
        rest = rest.drop { $0 == 0 }
        if rest.isEmpty { return }
        guard inflateReset(&stream) == Z_OK else { throw .damagedGzip(path: path) }
        isAtEnd = false
      }
      let (status, consumed, produced) = inflateOnce(rest)
      guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
        throw .damagedGzip(path: path)
      }
      guard consumed > 0 || produced > 0 || status == Z_STREAM_END else {
        throw .damagedGzip(path: path)
      }
      guard bytes.count + produced <= limit else { throw .tooLarge(path: path, limit: self.limit) }
      bytes.append(contentsOf: output[..<produced])
      rest = rest.dropFirst(consumed)
      if status == Z_STREAM_END {
        isAtEnd = true
      } else if rest.isEmpty, produced == output.count {
        try drain(into: &bytes, limit: limit)
      }
    }
  }

  /// Takes what zlib still holds when the output was full as the input ended.
  private func drain(into bytes: inout [UInt8], limit: Int) throws(EvidenceError) {
    while true {
      let (status, _, produced) = inflateOnce([])
      guard status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR else {
        throw .damagedGzip(path: path)
      }
      guard bytes.count + produced <= limit else { throw .tooLarge(path: path, limit: self.limit) }
      bytes.append(contentsOf: output[..<produced])
      if status == Z_STREAM_END { isAtEnd = true }
      if isAtEnd || produced < output.count { return }
    }
  }

  /// Checks that the file ended where its contents did.
  func finish() throws(EvidenceError) {
    guard isAtEnd else { throw .truncatedGzip(path: path) }
  }

  private func inflateOnce(_ input: ArraySlice<UInt8>) -> (status: Int32, consumed: Int, produced: Int) {
    var status = Z_OK
    var consumed = 0
    var produced = 0
    input.withUnsafeBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        // zlib never writes to its input; its interface is older than `const`.
        stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
        stream.avail_in = UInt32(clamping: source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(clamping: target.count)
        status = inflate(&stream, Z_NO_FLUSH)
        consumed = source.count - Int(stream.avail_in)
        produced = target.count - Int(stream.avail_out)
      }
    }
    return (status, consumed, produced)
  }
}
