/// A reproducible stream of random numbers, named for what it is drawn for and split by path.
///
/// The words of a stream are ``Philox4x64`` blocks under the key (seed, hash of the name) at the counters
/// (block, path, 0, 0). A stream is therefore settled by its seed, name and path alone: simulate path 7 first or
/// last, on one thread or sixteen, and its draws are the same. Give each source of chance its own name
/// ("arrivals", "unit costs"), so that one source taking more draws leaves the others as they were.
public struct RandomStream: RandomNumberGenerator, Sendable {
  @usableFromInline let key: SIMD2<UInt64>

  /// The path that this stream belongs to.
  public let pathIndex: UInt64

  @usableFromInline var blockIndex: UInt64 = 0
  // The words of the present block that are still to be given out, next one first.
  @usableFromInline var second: UInt64 = 0
  @usableFromInline var third: UInt64 = 0
  @usableFromInline var fourth: UInt64 = 0
  @usableFromInline var remaining: UInt8 = 0

  @inlinable
  init(key: SIMD2<UInt64>, pathIndex: UInt64) {
    self.key = key
    self.pathIndex = pathIndex
  }

  /// The stream for a seed, a name and a path, at its beginning.
  ///
  /// Hashing the name takes time in proportion to its length; inside a loop over paths, make the stream once and
  /// call ``path(_:)``.
  public init(seed: UInt64, name: String, path: UInt64 = 0) {
    self.init(key: SIMD2(seed, Self.hash(name)), pathIndex: path)
  }

  /// The stream of another path with the same seed and name, at its beginning, however much of this one has been
  /// used.
  @inlinable
  public func path(_ index: UInt64) -> RandomStream {
    RandomStream(key: key, pathIndex: index)
  }

  /// The next 64 random bits.
  @inlinable
  public mutating func next() -> UInt64 {
    guard remaining > 0 else {
      let words = Philox4x64.block(counter: SIMD4(blockIndex, pathIndex, 0, 0), key: key)
      blockIndex &+= 1
      (second, third, fourth) = (words.y, words.z, words.w)
      remaining = 3
      return words.x
    }
    let word = second
    (second, third) = (third, fourth)
    remaining -= 1
    return word
  }

  /// FNV-1a over the UTF-8 bytes, then the finaliser of MurmurHash3, so that names that differ in one letter give
  /// keys that differ in half their bits. `Hasher` is seeded anew in every process and cannot serve.
  static func hash(_ name: String) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name.utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }
    hash = (hash ^ (hash >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    hash = (hash ^ (hash >> 33)) &* 0xC4CE_B9FE_1A85_EC53
    return hash ^ (hash >> 33)
  }
}
