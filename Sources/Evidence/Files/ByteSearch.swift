#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Bytes found and counted many at a time.
enum ByteSearch {
  /// The position of the first byte of a value; nil when there is none.
  static func first(_ byte: UInt8, in bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress, let found = memchr(start, Int32(byte), bytes.count) else {
        return nil
      }
      return UnsafeRawPointer(found) - start
    }
  }

  /// How many bytes have a value.
  static func count(_ byte: UInt8, in bytes: [UInt8]) -> Int {
    bytes.withUnsafeBufferPointer { bytes in
      var (total, position) = (0, 0)
      while position < bytes.count {
        // Counts of a byte each, which the compiler adds side by side; 255 of them cannot run over.
        let end = min(position + 255, bytes.count)
        var few: UInt8 = 0
        for place in position..<end { few &+= bytes[place] == byte ? 1 : 0 }
        total += Int(few)
        position = end
      }
      return total
    }
  }
}
