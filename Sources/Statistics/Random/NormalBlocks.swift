// Standard normal draws for many paths at once.
extension RandomStream {
  /// Writes standard normal draws of consecutive paths, each path's together.
  ///
  /// Draw j of a path is settled by seed, name, path and j alone, whatever else is asked for at the same time; it is the
  /// inverse of the normal distribution function at (w + ½) 2⁻⁵², where w is the top 52 bits of word j of the path. Several
  /// times as fast as ``normal()``, which takes its numbers from the same words but reads one bit more of each.
  ///
  /// - Parameters:
  ///   - paths: the paths.
  ///   - first: the number j of the first draw wanted of each path, a multiple of 4.
  ///   - count: how many draws of each path, from `first` on.
  ///   - stride: the distance from one path's draws to the next, at least `count` rounded up to a multiple of 4.
  ///   - draws: room for `paths.count` × `stride` values; places between one path's draws and the next may be written.
  /// - Returns: false, with nothing written, where the room or the stride is too small or `first` is no multiple of 4.
  @discardableResult
  public func fillNormals(
    paths: Range<UInt64>, from first: Int, count: Int, stride: Int,
    into draws: UnsafeMutableBufferPointer<Double>
  ) -> Bool {
    let blocks = (count + 3) / 4
    guard first >= 0, first.isMultiple(of: 4), count >= 0, stride >= 4 * blocks,
      let total = Int(exactly: paths.count).map({ $0.multipliedReportingOverflow(by: stride) }),
      !total.overflow, draws.count >= total.partialValue
    else { return false }
    guard let base = draws.baseAddress else { return true }
    var start = 0
    for path in paths {
      var place = start
      for block in 0..<blocks {
        let words = Philox4x64.block(
          counter: SIMD4(UInt64(truncatingIfNeeded: first / 4 &+ block), path, 0, 0), key: key)
        // The number 1.w in 1..<2, less 1.5, plus half a step: p − ½, exactly.
        let bits = (words &>> 12) | 0x3FF0_0000_0000_0000
        let q = (unsafeBitCast(bits, to: SIMD4<Double>.self) - 1.5) + 0x1p-53
        UnsafeMutableRawPointer(base + place).storeBytes(of: q, as: SIMD4<Double>.self)
        place += 4
      }
      // Places that belong to nobody are set to the middle, which is cheap to invert.
      for index in place..<start + stride { base[index] = 0 }
      start += stride
    }
    VectorFunctions.invertNormal(base, count: total.partialValue)
    return true
  }
}

extension VectorFunctions {
  /// Replaces values q = p − ½, inside −½...½, by Φ⁻¹(p): algorithm AS 241 as in ``StandardNormal/quantile(_:)``.
  ///
  /// The middle of the distribution first, for all; then the seventh part that lies beyond, gathered so that it is worked
  /// out eight at a time as well.
  static func invertNormal(_ values: UnsafeMutablePointer<Double>, count: Int) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: piece + 8) { gathered in
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: piece + 8) { places in
        guard let gathered = gathered.baseAddress, let places = places.baseAddress else { return }
        for start in stride(from: 0, to: count, by: piece) {
          invertNormal(values + start, count: min(piece, count &- start), gathered, places)
        }
      }
    }
  }

  /// The number of values that are worked out together: what is gathered stays on the stack, and in the nearest cache.
  private static var piece: Int { 512 }

  private static func invertNormal(
    _ values: UnsafeMutablePointer<Double>, count: Int, _ gathered: UnsafeMutablePointer<Double>,
    _ places: UnsafeMutablePointer<Int32>
  ) {
    var outside = 0
    for index in 0..<count {
      let q = values[index]
      gathered[outside] = q
      places[outside] = Int32(truncatingIfNeeded: index)
      outside &+= q.magnitude > 0.425 ? 1 : 0
    }
    let whole = count & ~7
    for index in stride(from: 0, to: whole, by: 8) {
      let pointer = UnsafeMutableRawPointer(values + index)
      // Those that lie outside get a number of no meaning here, and their own below.
      pointer.storeBytes(
        of: centralQuantile(pointer.loadUnaligned(as: SIMD8<Double>.self)), as: SIMD8<Double>.self)
    }
    for index in whole..<count { values[index] = centralQuantile(SIMD8(repeating: values[index]))[0] }
    // The last eight are filled up with a value that does no harm.
    for index in outside..<outside &+ 8 { gathered[index] = 0.45 }
    for index in stride(from: 0, to: outside, by: 8) {
      let pointer = UnsafeMutableRawPointer(gathered + index)
      pointer.storeBytes(
        of: tailQuantile(pointer.loadUnaligned(as: SIMD8<Double>.self)), as: SIMD8<Double>.self)
    }
    for index in 0..<outside { values[Int(places[index])] = gathered[index] }
  }

  @inline(__always)
  private static func tailQuantile(_ q: SIMD8<Double>) -> SIMD8<Double> {
    let sign = SIMD8<UInt64>(repeating: 0x8000_0000_0000_0000)
    let bits = unsafeBitCast(q, to: SIMD8<UInt64>.self)
    let p = 0.5 - unsafeBitCast(bits & ~sign, to: SIMD8<Double>.self)
    let r = (-logarithm(p)).squareRoot()
    // The ratio is positive as far as r = 5 and beyond, so the sign of q can simply be put before it.
    let z = unsafeBitCast(ratio(r - 1.6, StandardNormal.middle), to: SIMD8<UInt64>.self) | (bits & sign)
    var signed = unsafeBitCast(z, to: SIMD8<Double>.self)
    // About one draw in 4 · 10¹⁰ lies beyond r = 5.
    if p.min() < 1.3887943864964021e-11 {
      for lane in 0..<8 where r[lane] > 5 {
        let z = StandardNormal.quantile(p[lane])
        signed[lane] = q[lane] < 0 ? z : -z
      }
    }
    return signed
  }

  @inline(__always)
  private static func centralQuantile(_ q: SIMD8<Double>) -> SIMD8<Double> {
    q * ratio(0.180625 - q * q, StandardNormal.central)
  }

  @inline(__always)
  private static func ratio(
    _ r: SIMD8<Double>, _ c: (StandardNormal.Coefficients, StandardNormal.Coefficients)
  ) -> SIMD8<Double> {
    horner(r, c.0) / horner(r, c.1)
  }

  @inline(__always)
  private static func horner(_ r: SIMD8<Double>, _ c: StandardNormal.Coefficients) -> SIMD8<Double> {
    var value = r * c.0 + c.1
    value = value * r + c.2
    value = value * r + c.3
    value = value * r + c.4
    value = value * r + c.5
    value = value * r + c.6
    return value * r + c.7
  }
}
