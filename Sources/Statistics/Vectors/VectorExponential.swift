#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Elementary functions of many numbers at once, eight side by side, for inner loops that take most of the time there is.
///
/// Written in additions and multiplications of doubles alone, without the fused ones that some processors have: the bytes
/// do not depend on the processor or on the C library.
public enum VectorFunctions {
  /// Replaces every value by its exponential, to within two units in the last place.
  ///
  /// Beyond ±690, and for what is no number, the scalar `exp` answers, with its infinity, its zero and its NaN.
  public static func exponentiate(_ values: UnsafeMutableBufferPointer<Double>) {
    guard let base = values.baseAddress else { return }
    let whole = values.count & ~7
    for index in stride(from: 0, to: whole, by: 8) {
      let pointer = UnsafeMutableRawPointer(base + index)
      let x = pointer.loadUnaligned(as: SIMD8<Double>.self)
      let isOrdinary = x .<= 690 .& x .>= -690
      if all(isOrdinary) {
        pointer.storeBytes(of: exponential(x), as: SIMD8<Double>.self)
      } else {
        for lane in index..<index + 8 { base[lane] = exp(base[lane]) }
      }
    }
    for index in whole..<values.count {
      let x = base[index]
      // The same arithmetic as its neighbours', so that a value does not depend on where it stands.
      base[index] = abs(x) <= 690 ? exponential(SIMD8(repeating: x))[0] : exp(x)
    }
  }

  /// eˣ for |x| ≤ 690: x = k log 2 + r with |r| ≤ ½ log 2 in two parts of log 2 (W. Cody and W. Waite 1980), Taylor's
  /// polynomial of degree 13 for eʳ, whose remainder is below 10⁻¹⁷, and k added to the exponent.
  @inline(__always)
  static func exponential(_ x: SIMD8<Double>) -> SIMD8<Double> {
    // Adding 1.5 · 2⁵² leaves the nearest whole number in the last bits.
    let shifted = x * 1.4426950408889634 + 6755399441055744.0
    let k = shifted - 6755399441055744.0
    let r = (x - k * 6.93147180369123816490e-01) - k * 1.90821492927058770002e-10
    var p = r * (1 / 6227020800.0) + (1 / 479001600.0)
    p = p * r + (1 / 39916800.0)
    p = p * r + (1 / 3628800.0)
    p = p * r + (1 / 362880.0)
    p = p * r + (1 / 40320.0)
    p = p * r + (1 / 5040.0)
    p = p * r + (1 / 720.0)
    p = p * r + (1 / 120.0)
    p = p * r + (1 / 24.0)
    p = p * r + (1 / 6.0)
    p = p * r + 0.5
    let result = (p * (r * r) + r) + 1
    let bits = unsafeBitCast(result, to: SIMD8<UInt64>.self)
    let power = unsafeBitCast(shifted, to: SIMD8<UInt64>.self) &<< 52
    return unsafeBitCast(bits &+ power, to: SIMD8<Double>.self)
  }

  /// log x for normal positive x, to within a unit in the last place: the algorithm of fdlibm's `e_log.c`
  /// (Sun Microsystems, 1993).
  @inline(__always)
  static func logarithm(_ x: SIMD8<Double>) -> SIMD8<Double> {
    let bits = unsafeBitCast(x, to: SIMD8<UInt64>.self)
    // The fraction is brought to √½...√2, so that the exponent counts from there.
    let offset = bits &+ SIMD8(repeating: 0x3FF0_0000_0000_0000 - 0x3FE6_A09E_667F_3BCD)
    // A small whole number becomes a double by standing in the last bits of 2⁵².
    let exponent =
      unsafeBitCast((offset &>> 52) | 0x4330_0000_0000_0000, to: SIMD8<Double>.self)
      - SIMD8(repeating: 4503599627370496.0 + 1023)
    let fraction = unsafeBitCast(
      (offset & 0x000F_FFFF_FFFF_FFFF) &+ 0x3FE6_A09E_667F_3BCD, to: SIMD8<Double>.self)
    let f = fraction - 1
    let s = f / (f + 2)
    let z = s * s
    var r = z * 1.479819860511658591e-01 + 1.531383769920937332e-01
    r = r * z + 1.818357216161805012e-01
    r = r * z + 2.222219843214978396e-01
    r = r * z + 2.857142874366239149e-01
    r = r * z + 3.999999999940941908e-01
    r = (r * z + 6.666666666666735130e-01) * z
    let half = f * f * 0.5
    return exponent * 6.93147180369123816490e-01
      - ((half - (s * (half + r) + exponent * 1.90821492927058770002e-10)) - f)
  }
}
