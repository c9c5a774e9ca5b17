/// The reading of `YYYY-NN` and `YYYYNN` by the whole column.
struct PairReading {
  /// What a pair stands for.
  enum Meaning { case year, month, pooled }

  private var meanings: [Meaning] = []
  private let frequency: Frequency?
  private let yearType: YearType?

  /// Weighs all pairs of a column; other forms in it decide between readings that fit equally.
  init(forms: [PeriodForm], frequency: Frequency?, yearType: YearType?) {
    self.frequency = frequency
    self.yearType = yearType
    var fitsYears = true
    var fitsMonths = true
    var spans: Set<Int> = []
    var distinct: Set<Int> = []
    var hasCompact = false
    var hasSplitYears = false
    var hasNamedMonths = false
    for form in forms {
      let year: Int
      let number: Int
      switch form {
      case .hyphenPair(let first, let second): (year, number) = (first, second)
      case .digits(let digits, count: 6):
        (year, number) = (digits / 100, digits % 100)
        hasCompact = true
      case .slashYear, .splitQuarter, .pooledSplitYears:
        hasSplitYears = true
        continue
      case .namedMonth:
        hasNamedMonths = true
        continue
      case .digits, .calendarQuarter, .date, .rollingMonths: continue
      }
      fitsYears = fitsYears && Self.span(year, number) == 1
      fitsMonths = fitsMonths && (1...12).contains(number)
      spans.insert(Self.span(year, number))
      distinct.insert(year * 100 + number)
    }
    // One text alone that may be a month is one: pooled years show themselves by a repeated span.
    let isPool = !hasCompact && spans.count == 1 && spans.allSatisfy { (2...9).contains($0) }
    let fitsPooled = isPool && (distinct.count > 1 || !fitsMonths || frequency == .yearly)
    meanings = [
      fitsYears && yearType != .calendar ? .year : nil,
      fitsMonths ? .month : nil,
      fitsPooled && (yearType == nil || yearType == .calendar) ? .pooled : nil,
    ].compactMap { $0 }
    if let frequency {
      meanings = meanings.filter { ($0 == .month) == (frequency == .monthly) }
    }
    if meanings.count > 1, yearType == .financial || yearType == .academic || hasSplitYears {
      if meanings.contains(.year) { meanings = [.year] }
    }
    if meanings.count > 1, hasNamedMonths || yearType == .calendar, meanings.contains(.month),
      !meanings.contains(.pooled)
    {
      meanings = [.month]
    }
  }

  /// The years from YYYY on to the year that ends in NN: 1 for `2024-25`, 2 for `2019-21`.
  static func span(_ year: Int, _ number: Int) -> Int { (number - year % 100 + 100) % 100 }

  /// What a pair stands for.
  ///
  /// - Throws: ``UnreadableText`` when the column has no one reading, or the pair contradicts what was given.
  func reading(
    _ year: Int, _ number: Int, _ style: PeriodStyle, _ text: Substring
  ) throws(UnreadableText) -> Meaning {
    if meanings.count == 1 { return meanings[0] }
    let isYear = Self.span(year, number) == 1
    let isMonth = (1...12).contains(number)
    if frequency == .monthly {
      if isMonth { return .month }
      throw problem(
        text, "is not a month", "write year and month, 01 to 12, such as \(year.padded(to: 4))-07")
    }
    if frequency == .yearly, meanings.isEmpty {
      if isYear, yearType != .calendar { return .year }
      throw problem(
        text, yearType == .calendar ? "is not a calendar year" : "is not a year", yearRemedy(year))
    }
    if let frequency, meanings.isEmpty {
      throw problem(
        text, "is not \(frequency)", "write periods that are \(frequency), or say another --frequency")
    }
    if yearType == .calendar, isYear, !isMonth {
      throw problem(
        text, "spans two calendar years", "say --calendar financial or academic, or write one year: 2024")
    }
    if meanings.isEmpty {
      let alone = isYear ? "is a year" : isMonth ? "is a month" : "is neither a year nor a month"
      throw problem(
        text, "\(alone), and its column is neither years (2024-25) nor months (2024-07) throughout",
        "correct the column, or say --frequency or --calendar")
    }
    let other = meanings.contains(.year) ? "a year" : "pooled years"
    throw problem(
      text, "may be \(other) or a month, and so may every other of its form in the column",
      "say --frequency yearly or monthly\(meanings.contains(.year) ? ", or --calendar" : "")")
  }

  private func yearRemedy(_ year: Int) -> String {
    if yearType == .calendar { return "write one year, such as \(year.padded(to: 4))" }
    return
      "write \(year.padded(to: 4))/\(((year + 1) % 100).padded(to: 2)), or 2019-21 for pooled years throughout"
  }

  private func problem(_ text: Substring, _ problem: String, _ remedy: String) -> UnreadableText {
    UnreadableText(text: String(text), problem: problem, remedy: remedy)
  }
}
