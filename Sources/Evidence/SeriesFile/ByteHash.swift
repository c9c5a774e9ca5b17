#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A hash of bytes that is the same in every run, for tables that are gone through millions of times.
enum ByteHash {
  /// Eight bytes at a time, multiplied and folded (after Wang Yi's wyhash, 2019).
  static func of(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash = 0x9E37_79B9_7F4A_7C15 ^ UInt64(bytes.count)
    let raw = UnsafeRawBufferPointer(bytes)
    var position = 0
    while position + 8 <= raw.count {
      hash = fold(hash ^ raw.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      position += 8
    }
    var rest: UInt64 = 0
    while position < raw.count {
      rest = rest << 8 | UInt64(raw[position])
      position += 1
    }
    return fold(fold(hash ^ rest) ^ 0xA076_1D64_78BD_642F)
  }

  /// The hash of two things, one after the other.
  static func combined(_ first: UInt64, _ second: UInt64) -> UInt64 {
    fold(first &+ 0x2545_F491_4F6C_DD1D) ^ second
  }

  /// The two halves of a product with a number of well mixed bits.
  private static func fold(_ value: UInt64) -> UInt64 {
    let (high, low) = value.multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
    return high ^ low
  }

  /// Whether two stretches hold the same bytes.
  static func areEqual(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    guard let first = left.baseAddress, let second = right.baseAddress else { return true }
    return memcmp(first, second, left.count) == 0
  }
}
