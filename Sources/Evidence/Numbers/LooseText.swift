import TimeSeries

/// A typed number taken apart: what stands around the digits, and the digits.
struct LooseText {
  private(set) var isNegative = false
  private(set) var unit: Unit?
  private(set) var marks: [String] = []
  private(set) var changes: Set<LooseNumber.Change> = []
  private let text: String
  private var body: Substring
  private var powerOfTen = 0

  /// Takes off, from the outside in: footnote marks, parentheses, signs and a pound sign, a percent sign or a word for
  /// a power of ten.
  init(_ text: String) throws(UnreadableText) {
    self.text = text
    body = Substring(text)
    try takeMarks()
    try takeFront()
    try takeBack()
  }

  private mutating func takeFront() throws(UnreadableText) {
    var signs = 0
    while let first = body.first {
      if first == "(" {
        guard takeParentheses() else { throw Self.notANumber(text) }
        signs += 1
        changes.insert(.parentheses)
        isNegative = true
      } else if Self.dashes.contains(first) || first == "+" {
        signs += 1
        if first != "-", first != "+" { changes.insert(.typographicMinus) }
        isNegative = isNegative || first != "+"
        body.removeFirst()
      } else if first == "£", unit == nil {
        unit = .pounds
        changes.insert(.poundSign)
        body.removeFirst()
      } else if first.isWhitespace {
        body.removeFirst()
      } else {
        break
      }
      guard signs < 2 else {
        throw refusal("has two signs", "write one minus sign before a negative number: -5")
      }
    }
    if let first = body.first, "$€¥".contains(first) {
      throw refusal(
        "is in another currency", "convert it to pounds, or write the number alone and say its unit")
    }
  }

  /// Takes off parentheses around all that is left, but for a percent sign after them; false where they do not match.
  private mutating func takeParentheses() -> Bool {
    guard let close = body.lastIndex(of: ")") else { return false }
    let after = body[body.index(after: close)...]
    body = Substring(body[body.index(after: body.startIndex)..<close] + after)
    return true
  }

  private mutating func takeBack() throws(UnreadableText) {
    let lowered = body.lowercased()
    for suffix in ["%", "per cent"] where lowered.hasSuffix(suffix) {
      guard unit == nil else {
        throw refusal("is in pounds and per cent at once", "write one of them")
      }
      unit = .percentage
      changes.insert(.percentSign)
      takeSuffix(suffix.count)
      return
    }
    for (suffix, power) in Self.magnitudes where lowered.hasSuffix(suffix) {
      powerOfTen = power
      changes.insert(.magnitude)
      takeSuffix(suffix.count)
      return
    }
  }

  private mutating func takeSuffix(_ count: Int) {
    body.removeLast(count)
    while body.last?.isWhitespace == true { body.removeLast() }
  }

  private static let dashes: Set<Character> = ["-", "–", "—", "−", "‑", "‒", "\u{FF0D}", "\u{FE63}"]
  private static let magnitudes = [
    ("billion", 9), ("bn", 9), ("million", 6), ("m", 6), ("thousand", 3), ("k", 3),
  ]
}

// MARK: Footnote marks

extension LooseText {
  /// Takes marks off the end: `[1]`, `[note 2]`, `(r)`, raised digits, `*`, `†`, `‡`, `§`.
  private mutating func takeMarks() throws(UnreadableText) {
    while let last = body.last {
      let start: Substring.Index
      if last == "]" || last == ")" {
        guard let opening = body.lastIndex(of: last == "]" ? "[" : "(") else { break }
        let inside = body[body.index(after: opening)...].dropLast().lowercased()
        if ["c", "x", "z", "k", "low"].contains(inside), body.startIndex != opening {
          throw refusal(
            "is a number and a code for an absent value at once",
            "write the number alone, or the code alone: c suppressed, x not available, z not applicable")
        }
        guard last == "]" ? !inside.isEmpty : Self.wordMarks.contains(inside) else { break }
        start = opening
      } else if Self.singleMarks.contains(last) {
        start = body.index(before: body.endIndex)
      } else {
        break
      }
      marks.insert(String(body[start...]), at: 0)
      changes.insert(.footnoteMark)
      body = body[..<start]
      while body.last?.isWhitespace == true { body.removeLast() }
    }
  }

  private static let singleMarks: Set<Character> = [
    "*", "†", "‡", "§", "¹", "²", "³", "⁰", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹",
  ]
  /// What may stand in round brackets after a number, where digits would be a negative number.
  private static let wordMarks: Set<String> = [
    "r", "rev", "revised", "p", "prov", "provisional", "e", "est", "estimated", "b", "f", "u",
  ]
}

// MARK: Digits

extension LooseText {
  /// The digits in plain decimal form, with no separators and multiplied out.
  mutating func plainDigits() throws(UnreadableText) -> String {
    // An exponent, after a sign that was not plain.
    if powerOfTen == 0, body.first?.isASCII == true, body.first != "+", body.first != "-",
      PlainDecimal.value(of: body) != nil
    {
      return String(body)
    }
    let isMadeOfDigits = body.allSatisfy { Self.isDigit($0) || $0 == "," || $0 == "." || $0.isWhitespace }
    guard isMadeOfDigits, body.contains(where: Self.isDigit) else { throw strange() }
    let parts = body.split(separator: ".", omittingEmptySubsequences: false)
    let fraction = parts.count > 1 ? parts[1] : ""
    guard parts.count <= 2, fraction.allSatisfy(Self.isDigit) else {
      throw refusal(
        "may be read in more than one way",
        "write the number with a full stop before the decimals and nothing between the thousands: 1234.5")
    }
    let whole = try withoutSeparators(parts.first ?? "")
    return Self.shifted(whole, fraction, by: powerOfTen)
  }

  private mutating func withoutSeparators(_ whole: Substring) throws(UnreadableText) -> Substring {
    if whole.allSatisfy(Self.isDigit) { return whole }
    let hasCommas = whole.contains(",")
    let groups = whole.split(omittingEmptySubsequences: false) { !Self.isDigit($0) }
    guard let first = groups.first, (1...3).contains(first.count), first.first != "0",
      groups.dropFirst().allSatisfy({ $0.count == 3 }), !(hasCommas && whole.contains(where: \.isWhitespace))
    else { throw misgrouped(groups, hasCommas: hasCommas) }
    changes.insert(hasCommas ? .thousandsCommas : .thousandsSpaces)
    return Substring(groups.joined())
  }

  private func misgrouped(_ groups: [Substring], hasCommas: Bool) -> UnreadableText {
    let joined = groups.joined()
    guard hasCommas, groups.count == 2, !groups[0].isEmpty, !groups[1].isEmpty, !body.contains(".") else {
      return refusal(
        "does not have its thousands in groups of three",
        joined.count > 20
          ? "write the number with nothing between its digits" : "write \(joined) if it is one number"
      )
    }
    return refusal(
      "may be read in more than one way",
      "write \(groups[0]).\(groups[1]) if the comma marks the decimals, or \(joined) if it does not")
  }

  /// The number with its full stop moved to the right, digit by digit and so exactly.
  private static func shifted(_ whole: Substring, _ fraction: Substring, by places: Int) -> String {
    var digits = String(whole)
    var rest = fraction
    for _ in 0..<places { digits.append(rest.popFirst() ?? "0") }
    let leading = digits.drop { $0 == "0" }
    while places > 0, rest.last == "0" { rest.removeLast() }
    return (leading.isEmpty ? "0" : leading) + (rest.isEmpty ? "" : "." + rest)
  }

  private static func isDigit(_ character: Character) -> Bool {
    ("0"..."9").contains(character) && character.isASCII
  }
}

// MARK: Refusals

extension LooseText {
  /// A text without white space at its ends, of any kind.
  static func trimmed(_ text: some StringProtocol) -> String {
    // Most texts have letters or digits at both ends, and need no look at their characters.
    let whole = String(text)
    if let first = whole.utf8.first, let last = whole.utf8.last, (33..<128).contains(first),
      (33..<128).contains(last)
    {
      return whole
    }
    var rest = Substring(whole).drop(while: \.isWhitespace)
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }

  private func refusal(_ problem: String, _ remedy: String) -> UnreadableText {
    UnreadableText(text: text, problem: problem, remedy: remedy)
  }

  /// Why what stands where digits should is not a number.
  private func strange() -> UnreadableText {
    if body.contains("/"), body.allSatisfy({ Self.isDigit($0) || $0 == "/" || $0.isWhitespace }) {
      return refusal(
        "may be a fraction, a date or one number of another",
        "write the number alone, and the other in a column of its own")
    }
    if body.last == "-" || body.last == "–", body.dropLast().allSatisfy({ Self.isDigit($0) || $0 == "." }),
      body.count > 1
    {
      return refusal(
        "has its sign after it",
        "write -\(body.dropLast()) if it is negative, \(body.dropLast()) if it is not")
    }
    if text.hasSuffix(")"), !text.hasPrefix("("), text.contains("(") {
      return refusal(
        "has something in brackets after it",
        "write a footnote as [1], and a second number in a column of its own")
    }
    return Self.notANumber(text)
  }

  /// A text that is no number, with the remedy that a series file gives for it.
  static func notANumber(_ text: String) -> UnreadableText {
    do throws(UnreadableText) {
      _ = try Observation(parsing: text)
    } catch {
      return error
    }
    return UnreadableText(
      text: text, problem: text.isEmpty ? "is empty" : "is a code and not a number",
      remedy: "write a number such as 12.4; codes stand for values that are absent")
  }
}
