import TimeSeries

/// A number as people type it into sheets: `1,234`, `£1.2m`, `(45)`, `12%`, `1 234`, `–5`, `123 [1]`.
///
/// A series file takes plain numbers alone. Sheets are kept by hand, and what is typed there has one accepted reading
/// each, which ``changes`` names so that nothing is altered in silence:
///
/// | written | read | change |
/// | --- | --- | --- |
/// | `1,234` `1,234.5` | 1234, 1234.5 | ``Change/thousandsCommas``: groups of three after one to three digits |
/// | `1 234` | 1234 | ``Change/thousandsSpaces``: the same with any one space (no-break and thin ones too) |
/// | `£120` `-£120` | 120, −120, unit pounds | ``Change/poundSign`` |
/// | `1.2m` `3k` `2bn` `4 million` | 1200000, 3000 … | ``Change/magnitude``: moved digit by digit, so exactly |
/// | `(45)` `£(45)` | −45 | ``Change/parentheses``: accountants' negative |
/// | `12%` `12 per cent` | 12, unit percentage | ``Change/percentSign``: never 0.12 |
/// | `–5` `−5` | −5 | ``Change/typographicMinus``: a dash of any length or the minus sign |
/// | `123 [1]` `123*` `123¹` `123 (r)` | 123, with ``marks`` | ``Change/footnoteMark`` |
///
/// What may be read in two ways is refused with the remedy: `1,23`, `1.234,5`, `0,123`, `12/3`, `123 (1)`, `(-5)`,
/// `5-`; so are numbers beyond the range of a `Double`, `NaN` and `inf`, other currencies, and the codes of absent
/// values, which are `Observation`'s to read and should be tried first.
public struct LooseNumber: Hashable, Sendable {
  /// What was done to a text to read it as a number.
  public enum Change: String, CaseIterable, Hashable, Sendable {
    /// Commas between thousands were left out.
    case thousandsCommas
    /// Spaces between thousands were left out.
    case thousandsSpaces
    /// A pound sign was left out, and the unit is pounds.
    case poundSign
    /// A word or letter for thousands, millions or thousand millions was multiplied out.
    case magnitude
    /// Parentheses were read as a minus sign.
    case parentheses
    /// A percent sign was left out, and the unit is a percentage.
    case percentSign
    /// A dash or a minus sign was read as a hyphen.
    case typographicMinus
    /// Footnote marks after the number were set aside.
    case footnoteMark
  }

  /// The number; finite. A percentage is from 0 to 100 where its whole is 100: `12%` is 12.
  public let value: Double
  /// The number in the plain decimal form of a series file: `1200000` for `£1.2m`. A text that was plain already is
  /// kept as it was.
  public let plain: String
  /// The unit that the text says: pounds, a percentage, or nil.
  public let unit: Unit?
  /// The footnote marks after the number, in order and with their brackets: `[1]`, `*`, `(r)`.
  public let marks: [String]
  /// What was done, each once, in the order of ``Change/allCases``; none for a number that was plain already.
  public let changes: [Change]

  /// The longest text that is looked at, in characters; anything longer is no number.
  public static let longestText = 100

  /// Reads a number; spaces around it do not count.
  ///
  /// - Throws: `UnreadableText` that says what to write instead, also for an empty text and for codes such as `c`.
  public init(parsing text: some StringProtocol) throws(UnreadableText) {
    let bare = LooseText.trimmed(text)
    guard bare.count <= Self.longestText else {
      throw UnreadableText(
        text: String(bare.prefix(40)) + "…", problem: "is not a number",
        remedy: "write a number such as 12.4, at most \(Self.longestText) characters long")
    }
    if let value = PlainDecimal.value(of: bare) {
      self.init(value: try Self.checked(value, bare), plain: bare, unit: nil, marks: [], changes: [])
      return
    }
    var parts = try LooseText(bare)
    let digits = try parts.plainDigits()
    let isZero = digits.prefix { $0 != "e" && $0 != "E" }.allSatisfy { $0 == "0" || $0 == "." }
    let plain = (parts.isNegative && !isZero ? "-" : "") + digits
    guard let value = PlainDecimal.value(of: plain) else { throw LooseText.notANumber(bare) }
    self.init(
      value: try Self.checked(value, plain), plain: plain, unit: parts.unit, marks: parts.marks,
      changes: Change.allCases.filter(parts.changes.contains))
  }

  private init(value: Double, plain: String, unit: Unit?, marks: [String], changes: [Change]) {
    self.value = value
    self.plain = plain
    self.unit = unit
    self.marks = marks
    self.changes = changes
  }

  /// The value, where a `Double` can hold it: neither infinite, nor zero for a number that is not.
  private static func checked(_ value: Double, _ text: String) throws(UnreadableText) -> Double {
    guard value.isFinite else {
      throw UnreadableText(
        text: text, problem: "is too large a number",
        remedy: "write a number below 1.8e308, or x where it is not available")
    }
    let mantissa = text.prefix { $0 != "e" && $0 != "E" }
    guard value != 0 || !mantissa.contains(where: { ("1"..."9").contains($0) }) else {
      throw UnreadableText(
        text: text, problem: "is too small a number to hold",
        remedy: "write 0, or low where it rounds to zero")
    }
    return value
  }
}
