import TimeSeries

/// A period as Fingertips writes it.
///
/// | text | taken as |
/// | --- | --- |
/// | `2019` | a calendar year |
/// | `2018/19` | a financial year, unless another kind is asked for |
/// | `2017 - 19` | calendar years pooled |
/// | `2016/17 - 18/19` | financial years pooled |
/// | `2019 Q1`, `2019/20 Q1` | a quarter |
/// | `Apr 2019` | a month |
/// | `Jan 2019 - Dec 2019` | a window of months |
struct FingertipsPeriod: Hashable {
  /// The period.
  let period: Period
  /// Whether two calendar years are named and nobody says whether they are a financial or an academic year.
  let isSplitYear: Bool

  /// Reads a period.
  ///
  /// - Parameters:
  ///   - text: the column `Time period`.
  ///   - yearType: the kind of year of `2018/19`; financial when nil.
  /// - Throws: ``UnreadableText``.
  init(_ text: String, yearType: YearType?) throws(UnreadableText) {
    let split = yearType == .academic ? YearType.academic : .financial
    let halves = Self.halves(text)
    if halves.count == 2 {
      if let (first, isSplit) = Self.year(halves[0]),
        let last = Self.lastYear(halves[1], isSplit: isSplit, after: first),
        let pooled = Period.pooledYears(first, last, isSplit ? split : .calendar)
      {
        (period, isSplitYear) = (pooled, isSplit)
        return
      }
      if let first = Self.month(halves[0]), let last = Self.month(halves[1]),
        let window = Period.rollingMonths(
          last.year * 12 + last.month - first.year * 12 - first.month + 1, endingYear: last.year,
          month: last.month)
      {
        (period, isSplitYear) = (window, false)
        return
      }
      throw Self.unreadable(text)
    }
    if let (year, isSplit) = Self.year(text) {
      (period, isSplitYear) = (.year(year, isSplit ? split : .calendar), isSplit)
      return
    }
    if let month = Self.month(text), let found = Period.month(year: month.year, month: month.month) {
      (period, isSplitYear) = (found, false)
      return
    }
    let words = text.split(separator: " ").map(String.init)
    if words.count == 2, words[1].utf8.count == 2, let (year, isSplit) = Self.year(words[0]),
      words[1].uppercased().first == "Q", let quarter = Int(words[1].dropFirst()),
      let found = Period.quarter(quarter, ofYear: year, isSplit ? split : .calendar)
    {
      (period, isSplitYear) = (found, isSplit)
      return
    }
    throw Self.unreadable(text)
  }

  /// The year in which the period begins, as it stands first in `Time period Sortable`.
  var firstYear: Int? { period.startYear ?? period.start?.year }

  private static func unreadable(_ text: String) -> UnreadableText {
    UnreadableText(
      text: text, problem: text.isEmpty ? "is empty" : "is not a period",
      remedy: "write 2019, 2018/19, 2017 - 19, 2016/17 - 18/19, 2019/20 Q1, Apr 2019 or Jan 2019 - Dec 2019")
  }

  /// The texts before and after a dash with spaces around it.
  private static func halves(_ text: String) -> [String] {
    let words = text.split(separator: " ")
    guard let dash = words.firstIndex(where: { $0 == "-" || $0 == "–" }) else { return [text] }
    return [words[..<dash].joined(separator: " "), words[(dash + 1)...].joined(separator: " ")]
  }

  /// `2019` or `2018/19`: the first year, and whether two are named.
  private static func year(_ text: String) -> (first: Int, isSplit: Bool)? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard let start = parts.first, start.utf8.count == 4, let first = digits(start),
      (1800...2999).contains(first)
    else { return nil }
    if parts.count == 1 { return (first, false) }
    guard parts.count == 2, parts[1].utf8.count == 2, digits(parts[1]) == (first + 1) % 100 else {
      return nil
    }
    return (first, true)
  }

  /// `19`, `2019`, `18/19` or `2018/19` after an earlier year: the year in which the last one begins.
  private static func lastYear(_ text: String, isSplit: Bool, after first: Int) -> Int? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == (isSplit ? 2 : 1), let start = parts.first, let number = digits(start) else {
      return nil
    }
    let last: Int
    switch start.utf8.count {
    case 4: last = number
    case 2: last = first + (number - first % 100 + 100) % 100
    default: return nil
    }
    if isSplit { guard digits(parts[1]) == (last + 1) % 100 else { return nil } }
    return last > first ? last : nil
  }

  private static func month(_ text: String) -> (year: Int, month: Int)? {
    let words = text.split(separator: " ")
    guard words.count == 2, words[1].utf8.count == 4, let year = digits(words[1]),
      (1800...2999).contains(year)
    else { return nil }
    let name = words[0].lowercased()
    guard name.utf8.count >= 3, let month = months.firstIndex(where: { $0 == name || $0.prefix(3) == name })
    else { return nil }
    return (year, month + 1)
  }

  private static func digits(_ text: Substring) -> Int? {
    guard (1...4).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    return Int(text)
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november",
    "december",
  ]
}
