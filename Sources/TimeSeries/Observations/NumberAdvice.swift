// What to write instead of a number that cannot be read.

extension UnreadableText {
  /// A number beyond the range of a `Double`.
  static func tooLarge(_ text: String) -> UnreadableText {
    UnreadableText(
      text: text, problem: "is too large a number",
      remedy: "write a number below 1.8e308, or x where it is not available")
  }

  /// A text that is neither a number nor a code.
  static func notANumber(_ text: String) -> UnreadableText {
    UnreadableText(text: text, problem: "is not a number", remedy: NumberAdvice(text).remedy)
  }
}

/// Reads what people write for numbers in letters, tables and spreadsheets, only to say how a data file writes it.
private struct NumberAdvice {
  let remedy: String

  init(_ text: String) {
    var body = text.filter { $0 != " " && $0 != "\u{A0}" && $0 != "\u{2009}" && $0 != "\u{202F}" }
    switch body.lowercased() {
    case "nan", "inf", "-inf", "+inf", "infinity", "na", "n/a", "#n/a", "null", "none", "nil", "-", "–", "—",
      ".", "?", "missing", "#div/0!", "#value!", "#ref!":
      remedy = "leave it empty or write x where it is not available, z where there can be no value"
      return
    case "k":
      remedy = "write low for a number that rounds to zero"
      return
    default: break
    }
    for dash in ["–", "—", "−", "‑"] {
      body = String(body.map { String($0) == dash ? "-" : $0 })
    }
    let marks = Marks(stripping: &body)
    let decimals = Self.withoutCommas(body)
    guard let plain = decimals.first, Self.isPlain(plain) else {
      remedy = Self.remedyForTheRest(body)
      return
    }
    let sign = marks.isNegative ? "-" : ""
    let number = sign + Self.shifted(plain, by: marks.powerOfTen)
    if marks.isPercentage {
      remedy = "write \(number), or \(sign)\(Self.shifted(plain, by: -2)) with unit proportion"
    } else if decimals.count > 1 {
      remedy = "write \(number), or \(sign)\(decimals[1]) if the comma marks the decimals"
    } else {
      remedy = marks.isPounds ? "write \(number), with unit pounds" : "write \(number)"
    }
  }

  /// What stands around the digits.
  private struct Marks {
    var isNegative = false
    var isPercentage = false
    var isPounds = false
    var powerOfTen = 0

    init(stripping body: inout String) {
      if body.hasPrefix("("), body.hasSuffix(")") {
        isNegative = true
        body = String(body.dropFirst().dropLast())
      }
      if body.hasPrefix("-") || body.hasPrefix("+") {
        isNegative = body.hasPrefix("-") != isNegative
        body.removeFirst()
      }
      if body.hasPrefix("£") {
        isPounds = true
        body.removeFirst()
        if body.hasPrefix("-") {
          isNegative.toggle()
          body.removeFirst()
        }
      }
      if body.hasSuffix("%") {
        isPercentage = true
        body.removeLast()
        return
      }
      let suffixes = [("bn", 9), ("billion", 9), ("million", 6), ("m", 6), ("thousand", 3), ("k", 3)]
      for (suffix, power) in suffixes where body.lowercased().hasSuffix(suffix) {
        powerOfTen = power
        body.removeLast(suffix.count)
        return
      }
    }
  }

  /// The readings of a number with commas, the likeliest first: `1,234` may be 1234 or 1.234; `12,4` is 12.4.
  private static func withoutCommas(_ body: String) -> [String] {
    let groups = body.split(separator: ",", omittingEmptySubsequences: false)
    guard groups.count > 1 else { return [body] }
    let last = groups[groups.count - 1]
    let thousands =
      groups.dropFirst().dropLast().allSatisfy { $0.count == 3 }
      && last.prefix { $0 != "." }.count == 3
    let joined = groups.joined()
    guard groups.count == 2, !last.contains(".") else { return thousands ? [joined] : [] }
    let decimal = groups.joined(separator: ".")
    return thousands ? [joined, decimal] : [decimal]
  }

  /// Digits with at most one full stop.
  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0.isDigit || $0 == 0x2E } && PlainDecimal.value(of: text) != nil
  }

  /// The number with its full stop moved to the right (to the left, when negative), digit by digit and so exactly.
  private static func shifted(_ plain: String, by places: Int) -> String {
    let parts = plain.split(separator: ".", omittingEmptySubsequences: false)
    var whole = parts.first.map(Array.init) ?? []
    var fraction = parts.dropFirst().first.map(Array.init) ?? []
    for _ in 0..<max(0, places) { whole.append(fraction.isEmpty ? "0" : fraction.removeFirst()) }
    for _ in 0..<max(0, -places) { fraction.insert(whole.popLast() ?? "0", at: 0) }
    while fraction.last == "0" { fraction.removeLast() }
    let leading = String(whole.drop { $0 == "0" })
    return (leading.isEmpty ? "0" : leading) + (fraction.isEmpty ? "" : "." + String(fraction))
  }

  private static func remedyForTheRest(_ body: String) -> String {
    let ends = body.split(separator: "-")
    if ends.count == 2, ends.allSatisfy({ isPlain(String($0)) }) {
      return "write \(ends[0])-\(ends[1]), with a plain hyphen, for a number suppressed within these bounds"
    }
    return """
      write a number such as 12.4; c where it is suppressed (1-7 or <5 with its bounds), x where it is not \
      available, z where there can be none, low where it rounds to zero
      """
  }
}
