/// The form of one period text, before the rest of its column has a say.
enum PeriodForm: Equatable {
  /// Digits alone: a year, a `YYYYNN`, or a plain count.
  case digits(Int, count: Int)
  /// `2024-25`: a year, a month or pooled years.
  case hyphenPair(year: Int, number: Int)
  /// `2024/25`
  case slashYear(Int)
  /// `2024-Q3`
  case calendarQuarter(year: Int, quarter: Int, PeriodStyle)
  /// `2024/25 Q1`
  case splitQuarter(year: Int, quarter: Int, PeriodStyle)
  /// `2024-07-31`
  case date(CivilDate)
  /// `Jul 2024`
  case namedMonth(year: Int, month: Int, PeriodStyle)
  /// `2018/19-20/21`
  case pooledSplitYears(first: Int, last: Int)
  /// `12 months to Jul 2024`
  case rollingMonths(Int, year: Int, month: Int)

  /// What a period column accepts, for errors.
  static let accepted =
    "write 2024, 2024/25, 2024-Q3, 2024/25 Q1, 2024-07, Jul 2024, 2024-07-31, 2019-21 or 2018/19-20/21"

  init(_ text: Substring) throws(UnreadableText) {
    let bytes = Array(text.utf8)
    if let form = try Self.numeric(bytes, text) {
      self = form
    } else if let form = try Self.quarter(bytes, text) {
      self = form
    } else if let form = try Self.worded(text) {
      self = form
    } else if text.isEmpty {
      throw UnreadableText(text: "", problem: "is no period", remedy: Self.accepted)
    } else {
      throw UnreadableText(text: String(text), problem: "is not a period", remedy: Self.accepted)
    }
  }

  /// Forms made of digits, hyphens and slashes alone.
  private static func numeric(_ bytes: [UInt8], _ text: Substring) throws(UnreadableText) -> PeriodForm? {
    if let number = bytes.wholeNumber { return .digits(number, count: bytes.count) }
    guard bytes.count >= 7, let year = bytes[..<4].wholeNumber else { return nil }
    let mark = bytes[4]
    if bytes.count == 7, let number = bytes[5...].wholeNumber {
      if mark == hyphen { return .hyphenPair(year: year, number: number) }
      if mark == slash { return .slashYear(try splitYear(year, number, text)) }
    }
    if bytes.count == 10, mark == hyphen, bytes[7] == hyphen {
      guard let month = bytes[5..<7].wholeNumber, let day = bytes[8...].wholeNumber else { return nil }
      guard let date = CivilDate(year: year, month: month, day: day) else {
        throw UnreadableText(
          text: String(text), problem: "is a date that does not exist",
          remedy: "write year, month and day of a real date, such as 2024-07-31")
      }
      return .date(date)
    }
    if bytes.count == 13, mark == slash, bytes[7] == hyphen, bytes[10] == slash,
      let second = bytes[5..<7].wholeNumber, let lastPair = bytes[8..<10].wholeNumber,
      let afterLast = bytes[11...].wholeNumber
    {
      let first = try splitYear(year, second, text)
      let last = first + (lastPair - first % 100 + 100) % 100
      guard last > first, (last + 1) % 100 == afterLast else {
        throw UnreadableText(
          text: String(text), problem: "does not run from one year to a later one",
          remedy: "write the first year and the last, such as 2018/19-20/21 for three years")
      }
      return .pooledSplitYears(first: first, last: last)
    }
    return nil
  }

  /// The first calendar year of `2024/25`, of which the second must be the next.
  private static func splitYear(
    _ year: Int, _ number: Int, _ text: Substring
  ) throws(UnreadableText) -> Int {
    guard number == (year + 1) % 100 else {
      let next = ((year + 1) % 100).padded(to: 2)
      throw UnreadableText(
        text: String(text), problem: "is not a year: after the slash stands the year that follows",
        remedy: "write \(year.padded(to: 4))/\(next), or 2019-21 and 2018/19-20/21 for pooled years")
    }
    return year
  }

  /// Forms that end in `Q1` to `Q4`.
  private static func quarter(_ bytes: [UInt8], _ text: Substring) throws(UnreadableText) -> PeriodForm? {
    guard bytes.count >= 6, let year = bytes[..<4].wholeNumber,
      bytes[bytes.count - 2] == UInt8(ascii: "Q") || bytes[bytes.count - 2] == UInt8(ascii: "q")
    else { return nil }
    let quarter = Int(bytes[bytes.count - 1]) - 48
    var rest = bytes[4..<(bytes.count - 2)]
    var isSplit = false
    if rest.first == slash, rest.count >= 3, let number = rest.dropFirst().prefix(2).wholeNumber {
      _ = try splitYear(year, number, text)
      isSplit = true
      rest = rest.dropFirst(3)
    }
    let style: PeriodStyle
    switch (rest.first, rest.count) {
    case (nil, 0): style = .compact
    case (hyphen, 1): style = .hyphen
    case (UInt8(ascii: " "), 1): style = .spaced
    default: return nil
    }
    guard (1...4).contains(quarter) else {
      throw UnreadableText(
        text: String(text), problem: "is not a quarter", remedy: "write Q1, Q2, Q3 or Q4 after the year")
    }
    return isSplit
      ? .splitQuarter(year: year, quarter: quarter, style)
      : .calendarQuarter(year: year, quarter: quarter, style)
  }

  /// Forms with the name of a month.
  private static func worded(_ text: Substring) throws(UnreadableText) -> PeriodForm? {
    let words = text.split(separator: " ")
    if words.count == 2, let (month, style) = month(words[0]), words[1].utf8.count == 4,
      let year = words[1].utf8.wholeNumber
    {
      return .namedMonth(year: year, month: month, style)
    }
    if words.count == 5, words[1] == "months", words[2] == "to", let count = words[0].utf8.wholeNumber,
      let (month, _) = month(words[3]), words[4].utf8.count == 4, let year = words[4].utf8.wholeNumber
    {
      guard (2...120).contains(count) else {
        throw UnreadableText(
          text: String(text), problem: "is not a window of 2 to 120 months",
          remedy: "write the number of months, such as 12 months to Jul 2024")
      }
      return .rollingMonths(count, year: year, month: month)
    }
    return nil
  }

  /// The month, 1 to 12, of its English name or the first three letters of it.
  private static func month(_ name: Substring) -> (Int, PeriodStyle)? {
    let lowered = name.lowercased()
    for (position, full) in MonthName.full.enumerated() {
      let candidate = full.lowercased()
      if lowered == candidate.prefix(3) { return (position + 1, .shortMonthName) }
      if lowered == candidate { return (position + 1, .fullMonthName) }
    }
    return nil
  }

  private static let hyphen = UInt8(ascii: "-")
  private static let slash = UInt8(ascii: "/")
}
