extension Int {
  /// The number in decimal digits, with zeros before it up to a width.
  func padded(to width: Int) -> String {
    let digits = String(magnitude)
    let zeros = String(repeating: "0", count: Swift.max(0, width - digits.utf8.count))
    return (self < 0 ? "-" : "") + zeros + digits
  }
}

extension Collection where Element == UInt8 {
  /// The number written by these bytes when all of them are decimal digits and it has at most nine; otherwise nil.
  var wholeNumber: Int? {
    guard !isEmpty, count <= 9 else { return nil }
    var number = 0
    for byte in self {
      guard byte.isDigit else { return nil }
      number = number * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return number
  }
}

extension UInt8 {
  /// Whether the byte is one of the digits 0 to 9.
  @inlinable
  var isDigit: Bool { self >= 48 && self <= 57 }
}
