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
    // The length is spread over all bits, since a difference in its lowest could make up for one in a byte.
    var hash = 0x9E37_79B9_7F4A_7C15 ^ UInt64(bytes.count) &* 0x9FB2_1C65_1E98_DF25
    let raw = UnsafeRawBufferPointer(bytes)
    guard let base = raw.baseAddress, raw.count > 0 else { return fold(fold(hash) ^ 0xA076_1D64_78BD_642F) }
    var position = 0
    while position + 8 <= raw.count {
      hash = fold(hash ^ base.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      position += 8
    }
    return fold(fold(hash ^ rest(base, position, raw.count)) ^ 0xA076_1D64_78BD_642F)
  }

  /// The last bytes of a stretch, fewer than eight, as a number: loads that overlap, where there are enough bytes.
  private static func rest(_ base: UnsafeRawPointer, _ position: Int, _ count: Int) -> UInt64 {
    let left = count - position
    if left == 0 { return 0 }
    if count >= 8 { return base.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self) }
    if left >= 4 {
      return UInt64(base.loadUnaligned(fromByteOffset: 0, as: UInt32.self)) << 32
        | UInt64(base.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self))
    }
    let (first, middle, last) = (base.load(as: UInt8.self), count / 2, count - 1)
    return UInt64(first) << 16 | UInt64(base.load(fromByteOffset: middle, as: UInt8.self)) << 8
      | UInt64(base.load(fromByteOffset: last, as: UInt8.self))
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
    guard let first = UnsafeRawPointer(left.baseAddress), let second = UnsafeRawPointer(right.baseAddress)
    else { return true }
    let count = left.count
    // Most texts are short, and a call costs more than they do.
    if count > 16 { return memcmp(first, second, count) == 0 }
    if count >= 8 {
      return first.loadUnaligned(as: UInt64.self) == second.loadUnaligned(as: UInt64.self)
        && first.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
          == second.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
    }
    if count >= 4 {
      return first.loadUnaligned(as: UInt32.self) == second.loadUnaligned(as: UInt32.self)
        && first.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
          == second.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)
    }
    for position in 0..<count where left[position] != right[position] { return false }
    return true
  }
}
