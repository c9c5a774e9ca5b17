import TimeSeries

extension WaitTarget {
  /// Reads a target: `92% within 18 weeks by 2025-03`.
  ///
  /// The share may be written 92%, 92 per cent or 0.92, the length of time in weeks or in days, and the date as a day or as a
  /// month, of which the last day counts. The share is of those who wait.
  ///
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)`` for a text that is not of that form.
  public init(parsing text: String) throws(IndicatorsError) {
    let form = "write it as \"92% within 18 weeks by 2025-03\""
    func refusal(_ reason: String) -> IndicatorsError {
      .invalid(subject: "target \"\(text)\"", reason: "\(reason); \(form)")
    }
    let words = text.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
    guard let within = words.firstIndex(of: "within") else {
      throw refusal("it does not say within how long")
    }
    let by = words.firstIndex(of: "by")
    guard let by, by > within, by + 1 < words.count else {
      throw refusal("it has no date by which it is to be met")
    }
    guard by + 2 == words.count else { throw refusal("\"\(words[by + 2])\" stands after its date") }
    guard let date = Self.date(words[by + 1]) else {
      throw refusal("\"\(words[by + 1])\" is neither a month nor a day of the calendar")
    }
    let length = words[(within + 1)..<by].joined(separator: " ")
    let parts = Self.number(before: length)
    guard let parts, parts.number > 0, parts.number.isFinite else {
      throw refusal("\"\(length)\" is no length of time")
    }
    let weeks: Weeks
    switch parts.unit {
    case "week", "weeks": weeks = Weeks(parts.number)
    case "day", "days": weeks = Weeks(Days(parts.number))
    case "": throw refusal("\"\(length)\" does not say whether it is weeks or days")
    default: throw refusal("\"\(parts.unit)\" is neither weeks nor days")
    }
    let shareText = words[..<within].filter { $0 != "of" && $0 != "waiting" }.joined(separator: " ")
    guard let share = Self.number(before: shareText), share.number.isFinite else {
      throw refusal("\"\(words[..<within].joined(separator: " "))\" is no share")
    }
    let value: Double
    switch share.unit {
    case "%", "per cent", "percent": value = share.number / 100
    case "":
      guard share.number <= 1 else {
        throw refusal("\"\(shareText)\" is above 1, so that per cent may be meant")
      }
      value = share.number
    default: throw refusal("\"\(share.unit)\" is not per cent")
    }
    guard value > 0, value <= 1 else {
      throw refusal("a share of \(shareText) is not above 0% and at most 100%")
    }
    try self.init(share: value, within: weeks, by: date)
  }

  /// The number that a text begins with, and what stands after it.
  private static func number(before text: String) -> (number: Double, unit: String)? {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard let number = Double(String(digits)) else { return nil }
    return (number, String(text.dropFirst(digits.count).drop { $0 == " " }))
  }

  /// A day, or the last day of a month.
  private static func date(_ text: String) -> CivilDate? {
    CivilDate(text) ?? CivilDate(text + "-01")?.lastOfMonth
  }
}
