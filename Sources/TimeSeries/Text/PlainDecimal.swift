/// Numbers in plain decimal form: digits with at most one full stop, a sign before, an exponent after.
///
/// The standard library also reads hexadecimal, `nan` and `inf`; data files may not.
public enum PlainDecimal {
  /// The number that the bytes write, correctly rounded; infinite when it is too large to hold, and nil when the bytes
  /// are not a number in plain decimal form.
  ///
  /// Most numbers in data have at most 15 digits: a whole number up to 2^53, times or divided by a power of ten up to
  /// 10^22, is exact before one correctly rounded operation (Clinger 1990, "How to Read Floating Point Numbers
  /// Accurately"). The rest go to the standard library.
  public static func value(of bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    var position = 0
    var isNegative = false
    if position < bytes.count, bytes[position] == 0x2B || bytes[position] == 0x2D {
      isNegative = bytes[position] == 0x2D
      position += 1
    }
    var mantissa: UInt64 = 0
    var digits = 0
    var isExact = true
    var scale = 0
    var hasPoint = false
    while position < bytes.count {
      let byte = bytes[position]
      if byte.isDigit {
        digits += 1
        if mantissa < 100_000_000_000_000_000 {
          mantissa = mantissa * 10 + UInt64(byte &- 48)
          if hasPoint { scale -= 1 }
        } else {
          isExact = false
        }
      } else if byte == 0x2E, !hasPoint {
        hasPoint = true
      } else {
        break
      }
      position += 1
    }
    guard digits > 0 else { return nil }
    if position < bytes.count {
      guard bytes[position] == 0x65 || bytes[position] == 0x45 else { return nil }
      position += 1
      var exponentIsNegative = false
      if position < bytes.count, bytes[position] == 0x2B || bytes[position] == 0x2D {
        exponentIsNegative = bytes[position] == 0x2D
        position += 1
      }
      guard position < bytes.count else { return nil }
      var exponent = 0
      while position < bytes.count {
        guard bytes[position].isDigit else { return nil }
        exponent = Swift.min(exponent * 10 + Int(bytes[position] &- 48), 1_000_000)
        position += 1
      }
      scale += exponentIsNegative ? -exponent : exponent
    }
    guard isExact, mantissa <= 1 << 53, scale.magnitude <= 22 else {
      return Double(String(decoding: bytes, as: UTF8.self)) ?? (scale < 0 ? 0 : .infinity)
    }
    let power = powersOfTen[Int(scale.magnitude)]
    let value = scale < 0 ? Double(mantissa) / power : Double(mantissa) * power
    return isNegative ? -value : value
  }

  /// The number that the text writes; see ``value(of:)-(UnsafeBufferPointer<UInt8>)``.
  public static func value(of text: some StringProtocol) -> Double? {
    var copy = String(text)
    return copy.withUTF8 { value(of: $0) }
  }

  private static let powersOfTen: [Double] = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19,
    1e20, 1e21, 1e22,
  ]
}
