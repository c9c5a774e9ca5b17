import Commissioning
import RealModule

/// How numbers are written, in one place and without any locale.
///
/// Rounding works on the decimal digits of the shortest text that reads back as the number, half away from zero:
/// 0.15 to one decimal is 0.2, as a reader with a pencil would have it, although the binary number lies below 0.15.
public enum NumberText {
  /// What stands where a figure is neither known nor forecast.
  public static let absent = "–"

  /// A number with a fixed count of decimals and commas between its thousands.
  ///
  /// - Parameters:
  ///   - value: the number; what is not finite is written `nan`, `inf` or `-inf`.
  ///   - decimals: digits after the point, 0 or more.
  ///   - power: a power of ten that the number is divided by first, without any rounding: 6 writes pounds as
  ///     millions.
  public static func fixed(_ value: Double, decimals: Int, dividedByTenTo power: Int = 0) -> String {
    guard let number = DecimalDigits(value) else { return "\(value)" }
    let (whole, fraction) = number.shifted(by: -power).rounded(decimals: max(0, decimals))
    let isZero = (whole + fraction).allSatisfy { $0 == 0 }
    var text = value < 0 && !isZero ? "-" : ""
    for (position, digit) in whole.enumerated() {
      if position > 0, (whole.count - position).isMultiple(of: 3) { text += "," }
      text += String(digit)
    }
    if !fraction.isEmpty { text += "." + fraction.map(String.init).joined() }
    return text
  }

  /// A number to four significant digits, as an estimate is read; with an exponent below a millionth and from a
  /// thousand million on.
  public static func significant(_ value: Double) -> String {
    guard value != 0, value.isFinite else { return value == 0 ? "0" : "\(value)" }
    let size = Int(Double.log10(abs(value)).rounded(.down))
    if (-6..<9).contains(size) { return fixed(value, decimals: max(0, 3 - size)) }
    return fixed(value / Double.pow(10, Double(size)), decimals: 3) + "e\(size)"
  }

  /// A whole number with commas between its thousands: people, places, plans.
  public static func whole(_ value: Double) -> String { fixed(value, decimals: 0) }

  /// A whole number with commas between its thousands.
  public static func whole(_ value: Int) -> String { fixed(Double(value), decimals: 0) }

  /// The shortest text that reads back as the same number, without an exponent or commas: what programs read.
  public static func plain(_ value: Double) -> String {
    guard let number = DecimalDigits(value) else { return "\(value)" }
    if number.digits.isEmpty { return "0" }
    let point = number.digits.count + number.exponent
    var text = value < 0 ? "-" : ""
    let digits = number.digits.map(String.init)
    if point <= 0 {
      text += "0." + String(repeating: "0", count: -point) + digits.joined()
    } else if point >= digits.count {
      text += digits.joined() + String(repeating: "0", count: point - digits.count)
    } else {
      text += digits[..<point].joined() + "." + digits[point...].joined()
    }
    return text
  }

  /// Puts ``plain(_:)`` at the end of a text, as bytes.
  static func append(_ value: Double, to text: inout [UInt8]) {
    // The standard library writes the same digits in the same places from a thousandth up to 2^53.
    let magnitude = value.magnitude
    guard magnitude >= 1e-3, magnitude < 9e15 else {
      text.append(contentsOf: plain(value).utf8)
      return
    }
    var digits = value.description
    digits.withUTF8 { bytes in
      let isWhole =
        bytes.count > 2 && bytes[bytes.count - 1] == UInt8(ascii: "0")
        && bytes[bytes.count - 2] == UInt8(ascii: ".")
      text.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[..<(bytes.count - (isWhole ? 2 : 0))]))
    }
  }

  /// All digits of a number, with commas between its thousands: a value as its author gave it.
  public static func grouped(_ value: Double) -> String {
    let places = DecimalDigits(value).map { max(0, -$0.exponent) } ?? 0
    return fixed(value, decimals: places)
  }

  /// A probability as whole per cent. Only what is known, and not merely counted over simulated futures, is written as
  /// 0% or 100%: what happened in none of the futures, or in all of them, is `<1%` or `>99%`.
  public static func percent(_ probability: Probability) -> String {
    if probability.error == 0 { return fixed(probability.value, decimals: 0, dividedByTenTo: -2) + "%" }
    if probability.value < 0.01 { return "<1%" }
    if probability.value > 0.99 { return ">99%" }
    return fixed(probability.value, decimals: 0, dividedByTenTo: -2) + "%"
  }

  /// The number of decimals that show at least three digits of the largest of some numbers, and none of thousands.
  public static func decimals(showing values: [Double]) -> Int {
    let largest = values.filter(\.isFinite).map(\.magnitude).max() ?? 0
    switch largest {
    case 100...: return 0
    case 10...: return 1
    case 1...: return 2
    case 0: return 0
    default: return 3
    }
  }
}

/// The shortest decimal digits of a finite number: its magnitude is the digits, read as a whole number, times ten to
/// the exponent. No digits stand for zero; the first digit is never zero.
struct DecimalDigits {
  let digits: [UInt8]
  let exponent: Int

  private init(digits: [UInt8], exponent: Int) {
    self.digits = digits
    self.exponent = exponent
  }

  /// The digits of the standard library's description, which is the shortest text that reads back as the number.
  init?(_ value: Double) {
    guard value.isFinite else { return nil }
    var digits: [UInt8] = []
    var exponent = 0
    var hasPoint = false
    let text = "\(value.magnitude)".utf8
    var rest = text[...]
    while let byte = rest.first {
      rest = rest.dropFirst()
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if !(digits.isEmpty && byte == UInt8(ascii: "0")) { digits.append(byte - UInt8(ascii: "0")) }
        if hasPoint { exponent -= 1 }
      case UInt8(ascii: "."):
        hasPoint = true
      default:
        // What follows is the exponent, `e-05` or `e+20`.
        exponent += Int(String(decoding: rest, as: UTF8.self)) ?? 0
        rest = rest.suffix(0)
      }
    }
    while digits.last == 0 {
      digits.removeLast()
      exponent += 1
    }
    self.init(digits: digits, exponent: digits.isEmpty ? 0 : exponent)
  }

  /// The number times a power of ten.
  func shifted(by power: Int) -> DecimalDigits {
    digits.isEmpty ? self : DecimalDigits(digits: digits, exponent: exponent + power)
  }

  /// The digits before and after the point, rounded to some decimals, half away from zero; at least one before.
  func rounded(decimals: Int) -> (whole: [UInt8], fraction: [UInt8]) {
    // The digits of the number counted in units of the last decimal that is kept.
    var units: [UInt8]
    let places = exponent + decimals
    if places >= 0 {
      units = digits + Array(repeating: 0, count: digits.isEmpty ? 0 : places)
    } else {
      let kept = digits.count + places
      units = kept > 0 ? Array(digits[..<kept]) : []
      if kept >= 0, kept < digits.count, digits[kept] >= 5 { Self.increment(&units) }
    }
    let missing = decimals + 1 - units.count
    if missing > 0 { units.insert(contentsOf: Array(repeating: 0, count: missing), at: 0) }
    return (Array(units.dropLast(decimals)), Array(units.suffix(decimals)))
  }

  private static func increment(_ digits: inout [UInt8]) {
    for index in digits.indices.reversed() {
      if digits[index] < 9 {
        digits[index] += 1
        return
      }
      digits[index] = 0
    }
    digits.insert(1, at: 0)
  }
}
