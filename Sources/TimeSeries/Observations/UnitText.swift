// Units as text.

extension Unit {
  /// Reads a unit: `count` (or `number`), `per 10,000` (or `rate per 10000`), `proportion`, `per cent` (or `%`,
  /// `percent`, `percentage`), `pounds` (or `£`, `GBP`), `weeks`, `score`. Any other text is the name of a unit of its
  /// own, which has no bounds; capitals and spaces around the text do not count.
  ///
  /// - Throws: ``UnreadableText`` for a rate per nothing, such as `per 0`.
  public init(parsing text: some StringProtocol) throws(UnreadableText) {
    let trimmed = String(text.trimmingSpaces)
    switch trimmed.lowercased() {
    case "count", "counts", "number": self = .count
    case "proportion": self = .proportion
    case "per cent", "percent", "percentage", "%": self = .percentage
    case "pounds", "pound", "£", "gbp": self = .pounds
    case "weeks", "week": self = .weeks
    case "score": self = .score
    case let lowered:
      guard let per = Self.populationOfRate(lowered) else {
        self = .other(trimmed)
        return
      }
      guard per > 0, per.isFinite else {
        throw UnreadableText(
          text: String(text), problem: "is not a rate", remedy: "write a number above 0, such as per 10,000")
      }
      self = .rate(per: per)
    }
  }

  private static func populationOfRate(_ text: String) -> Double? {
    var rest = Substring(text)
    if rest.hasPrefix("rate ") { rest = rest.dropFirst(5).trimmingSpaces }
    guard rest.hasPrefix("per ") else { return nil }
    return PlainDecimal.value(of: rest.dropFirst(4).trimmingSpaces.filter { $0 != "," })
  }
}

extension Unit: CustomStringConvertible {
  /// The name of the unit, which ``init(parsing:)`` reads back: `per 10,000`, `per cent`, `count`.
  public var description: String {
    switch self {
    case .count: "count"
    case .rate(let per): "per \(Self.grouped(per))"
    case .proportion: "proportion"
    case .percentage: "per cent"
    case .pounds: "pounds"
    case .weeks: "weeks"
    case .score: "score"
    case .other(let name): name
    }
  }

  /// A whole number with commas between its thousands; other numbers as they are.
  private static func grouped(_ number: Double) -> String {
    guard number == number.rounded(), number.magnitude < 1e15 else { return String(number) }
    let digits = Array(String(Int(number)))
    var text = ""
    for (position, digit) in digits.enumerated() {
      if position > 0, (digits.count - position) % 3 == 0, digits[position - 1] != "-" { text.append(",") }
      text.append(digit)
    }
    return text
  }
}
