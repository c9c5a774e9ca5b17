/// Numbers as sentences and specifications write them: whole ones without a fraction, small ones without an exponent.
enum NumberText {
  /// The shortest text that reads back as the number.
  static func plain(_ value: Double) -> String {
    if let whole = Int(exactly: value) { return "\(whole)" }
    let text = "\(value)"
    let parts = text.split(separator: "e")
    guard parts.count == 2, let exponent = Int(parts[1]), (-12..<0).contains(exponent) else { return text }
    let digits = parts[0].filter(\.isNumber)
    // 1.5e-06 has six zeros in front, the one before the point included; 1.0e-06 has no digit of its own behind.
    let significant = digits.hasSuffix("0") && digits.count == 2 ? digits.dropLast() : digits[...]
    return (value < 0 ? "-0." : "0.") + String(repeating: "0", count: -exponent - 1) + significant
  }
}
