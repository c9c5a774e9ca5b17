// Observations as text.

extension Observation {
  /// Reads a value or a code of a series file.
  ///
  /// A number is written plainly (`12.4`, `-3`, `1.2e6`). Codes: `c` and `*` suppressed; `1-7` and `<5` suppressed
  /// within bounds; `low` rounds to zero; `x`, `..`, `:` and an empty text not available; `z` not applicable. Letters
  /// may be capitals; spaces around the text do not count.
  ///
  /// `<5` lies between 0 and 4 when the unit is a count, otherwise between 0 and 5.
  ///
  /// - Throws: ``UnreadableText`` that says what to write instead.
  public init(parsing text: some StringProtocol, unit: Unit? = nil) throws(UnreadableText) {
    let trimmed = text.trimmingSpaces
    if let code = Self.code(trimmed) {
      self = code
    } else if let value = PlainDecimal.value(of: trimmed) {
      guard value.isFinite else { throw .tooLarge(String(text)) }
      self = .value(value)
    } else if let bounds = try Self.bounds(trimmed, unit: unit) {
      self = .suppressed(bounds)
    } else {
      throw .notANumber(String(text))
    }
  }

  private static func code(_ text: Substring) -> Observation? {
    switch text {
    case "": .notAvailable
    case "c", "C", "*": .suppressed(nil)
    case "x", "X", "..", ":": .notAvailable
    case "z", "Z": .notApplicable
    case "low", "Low", "LOW": .roundsToZero
    default: nil
    }
  }

  private static func bounds(
    _ text: Substring, unit: Unit?
  ) throws(UnreadableText) -> ClosedRange<Double>? {
    if text.first == "<" {
      guard let limit = unsigned(text.dropFirst().trimmingSpaces) else { return nil }
      guard limit > 0 else {
        throw UnreadableText(
          text: String(text), problem: "has no values within its bounds",
          remedy: "write a bound above 0, such as <5"
        )
      }
      let isWhole = limit == limit.rounded(.down)
      return 0...(unit == .count && isWhole ? limit - 1 : limit)
    }
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2, let lower = unsigned(ends[0].trimmingSpaces),
      let upper = unsigned(ends[1].trimmingSpaces)
    else { return nil }
    guard lower <= upper else {
      throw UnreadableText(
        text: String(text), problem: "has its bounds the wrong way round",
        remedy: "write the lower bound first: \(ends[1].trimmingSpaces)-\(ends[0].trimmingSpaces)")
    }
    return lower...upper
  }

  /// A finite number written with digits and a full stop alone.
  private static func unsigned(_ text: Substring) -> Double? {
    guard text.utf8.allSatisfy({ $0.isDigit || $0 == 0x2E }), let value = PlainDecimal.value(of: text),
      value.isFinite
    else { return nil }
    return value
  }
}

extension Observation: CustomStringConvertible {
  /// The text that ``init(parsing:unit:)`` reads back: the shortest number that is this value, or a code. Bounds are
  /// written from lower to upper.
  public var description: String {
    switch self {
    case .value(let value): Self.plain(value)
    case .suppressed(nil): "c"
    case .suppressed(let bounds?): "\(Self.plain(bounds.lowerBound))-\(Self.plain(bounds.upperBound))"
    case .roundsToZero: "low"
    case .notAvailable: "x"
    case .notApplicable: "z"
    }
  }

  /// Whole numbers without the `.0` of the standard library.
  private static func plain(_ value: Double) -> String {
    let text = String(value)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

extension StringProtocol {
  /// The text without spaces, tabs and no-break spaces at its ends.
  var trimmingSpaces: Substring {
    let isSpace = { (character: Character) in
      character == " " || character == "\t" || character == "\u{A0}"
    }
    var trimmed = Substring(self).drop(while: isSpace)
    while let last = trimmed.last, isSpace(last) { trimmed.removeLast() }
    return trimmed
  }
}
