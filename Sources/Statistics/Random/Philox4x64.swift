/// The counter-based random number generator Philox4x64-10 of J. Salmon, M. Moraes, R. Dror and D. Shaw,
/// "Parallel random numbers: as easy as 1, 2, 3" (2011).
///
/// A fixed scrambling of a 256-bit counter under a 128-bit key. It has no state: the block for any counter can be
/// had at once and in any order, which is what lets a stream be split by path and not by worker.
public enum Philox4x64 {
  /// The four random words for `counter` under `key`.
  @inlinable
  public static func block(counter: SIMD4<UInt64>, key: SIMD2<UInt64>) -> SIMD4<UInt64> {
    var (c0, c1, c2, c3) = (counter.x, counter.y, counter.z, counter.w)
    var (k0, k1) = (key.x, key.y)
    for _ in 0..<10 {
      let first = c0.multipliedFullWidth(by: 0xD2E7_470E_E14C_6C93)
      let second = c2.multipliedFullWidth(by: 0xCA5A_8263_9512_1157)
      c0 = second.high ^ c1 ^ k0
      c1 = second.low
      c2 = first.high ^ c3 ^ k1
      c3 = first.low
      k0 &+= 0x9E37_79B9_7F4A_7C15
      k1 &+= 0xBB67_AE85_84CA_A73B
    }
    return SIMD4(c0, c1, c2, c3)
  }
}
