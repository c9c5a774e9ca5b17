import TimeSeries

/// A period as Explore Education Statistics writes it: `time_period` and `time_identifier` together.
///
/// | `time_identifier` | `time_period` | taken as |
/// | --- | --- | --- |
/// | `Calendar year`, `Calendar year Q1` | `2024` | the year, its quarter |
/// | `Academic year`, `Academic year Q1` | `202425` | the year from 1 September, its quarter |
/// | `Financial year`, `Financial year Q1` | `202425` | the year from 1 April, its quarter |
/// | `Part 1 (April to September)`, `Part 2 (October to March)` | `202425` | six months, once a year |
/// | `Tax year`, `Tax year Q1` | `202425` | the financial year, which begins five days earlier |
/// | `Autumn term`, `Spring term`, `Summer term` | `202425` | a third of the academic year: to December, April, August |
/// | `Autumn and spring term` | `202425` | the eight months to April |
/// | `January` … `December` | `2024` | the month |
/// | `Week 1` … `Week 53` | `2024` | the week after ISO 8601 |
/// | `Reporting year` | `2025` | see ``Reporting`` |
///
/// Years may also be written `2024/25` or `2024-25`.
struct ExploreEducationPeriod: Hashable {
  /// The period.
  let period: Period
  /// What sets it apart from others in a file with several identifiers, among which nothing can be compared: the words of
  /// the identifier without the number of a quarter, week or month.
  let family: String

  /// What a reporting year is taken as.
  enum Reporting: Hashable {
    /// A year that ends in the one named: 2025 is the financial year 2024/25, or the calendar year 2025.
    case year(YearType)
    /// The count on 31 March.
    case march
  }

  /// Reads a period.
  ///
  /// - Throws: ``UnreadableText``.
  init(_ timePeriod: String, _ identifier: String, reporting: Reporting) throws(UnreadableText) {
    let words = identifier.lowercased().split { $0 == " " || $0 == "\u{A0}" }.map(String.init)
    let years = try Years(timePeriod)
    var family = words
    switch words {
    case ["calendar", "year"]: period = .calendarYear(try years.one(identifier))
    case ["academic", "year"]: period = .academicYear(try years.two(identifier))
    case ["financial", "year"], ["tax", "year"]: period = .financialYear(try years.two(identifier))
    case ["reporting", "year"]: period = try Self.reporting(years, identifier, reporting)
    case ["part", "1", "(april", "to", "september)"]:
      period = try Self.window(6, to: 9, of: try years.two(identifier), timePeriod)
    case ["part", "2", "(october", "to", "march)"]:
      period = try Self.window(6, to: 3, of: try years.two(identifier) + 1, timePeriod)
    case ["autumn", "term"]: period = try Self.window(4, to: 12, of: try years.two(identifier), timePeriod)
    case ["spring", "term"]: period = try Self.window(4, to: 4, of: try years.two(identifier) + 1, timePeriod)
    case ["summer", "term"]: period = try Self.window(4, to: 8, of: try years.two(identifier) + 1, timePeriod)
    case ["autumn", "and", "spring", "term"]:
      period = try Self.window(8, to: 4, of: try years.two(identifier) + 1, timePeriod)
    default:
      if words.count == 3, words[1] == "year", let type = Self.yearType(words[0]),
        let quarter = Self.number(words[2], after: "q")
      {
        let year = type == .calendar ? try years.one(identifier) : try years.two(identifier)
        guard let found = Period.quarter(quarter, ofYear: year, type) else {
          throw UnreadableText(
            text: identifier, problem: "is not a quarter", remedy: "write Q1, Q2, Q3 or Q4 behind the year")
        }
        period = found
        family = [words[0], "quarter"]
      } else if words.count == 2, words[0] == "week", let week = Self.number(words[1], after: "") {
        period = try Self.week(week, try years.one(identifier), identifier)
        family = ["week"]
      } else if words.count == 1, let month = Self.months.firstIndex(of: words[0]),
        let found = Period.month(year: try years.one(identifier), month: month + 1)
      {
        period = found
        family = ["month"]
      } else {
        throw UnreadableText(
          text: identifier, problem: "is no time identifier that is known",
          remedy: """
            write Calendar year, Academic year, Financial year, Reporting year or Tax year, a quarter such as Financial \
            year Q1, Autumn term, Week 1 or the name of a month
            """)
      }
    }
    self.family = family.joined(separator: " ")
  }

  /// One year or two.
  private struct Years {
    let text: String
    private let first: Int
    private let isPair: Bool

    init(_ text: String) throws(UnreadableText) {
      self.text = text
      let digits = text.utf8.filter { (48...57).contains($0) }
      let marks = text.utf8.filter { !(48...57).contains($0) }
      let hasMark =
        marks.count == 1 && text.utf8.count == 7
        && (text.utf8.dropFirst(4).first == UInt8(ascii: "/")
          || text.utf8.dropFirst(4).first == UInt8(ascii: "-"))
      guard digits.count == 4 || digits.count == 6, marks.isEmpty || hasMark && digits.count == 6,
        let number = Int(String(decoding: digits, as: UTF8.self))
      else { throw Self.unreadable(text) }
      isPair = digits.count == 6
      first = isPair ? number / 100 : number
      guard (1000...2999).contains(first), !isPair || number % 100 == (first + 1) % 100 else {
        throw Self.unreadable(text)
      }
    }

    func one(_ identifier: String) throws(UnreadableText) -> Int {
      guard !isPair else {
        throw UnreadableText(
          text: text, problem: "is two years, and \(identifier) is of one",
          remedy: "write four digits, such as 2024")
      }
      return first
    }

    func two(_ identifier: String) throws(UnreadableText) -> Int {
      guard isPair else {
        throw UnreadableText(
          text: text, problem: "is one year, and \(identifier) spans two",
          remedy: "write six digits, such as 202425 for 2024/25")
      }
      return first
    }

    /// The year that is named: of two, the one that ends it.
    var last: Int { isPair ? first + 1 : first }

    private static func unreadable(_ text: String) -> UnreadableText {
      UnreadableText(
        text: text, problem: "is not a year or two that follow one another",
        remedy: "write 2024, or 202425 for 2024/25")
    }
  }

  private static func reporting(
    _ years: Years, _ identifier: String, _ reporting: Reporting
  ) throws(UnreadableText) -> Period {
    switch reporting {
    case .year(.calendar): return .calendarYear(try years.one(identifier))
    case .year(let type): return .year(years.last - 1, type)
    case .march:
      guard let date = CivilDate(year: years.last, month: 3, day: 31) else {
        throw UnreadableText(text: years.text, problem: "is not a year", remedy: "write 2024")
      }
      return .censusDate(date)
    }
  }

  /// So many months up to one, once a year.
  private static func window(
    _ count: Int, to month: Int, of year: Int, _ text: String
  ) throws(UnreadableText) -> Period {
    guard let period = Period.rollingMonths(count, endingYear: year, month: month, every: .yearly) else {
      throw UnreadableText(text: text, problem: "is not a year", remedy: "write 202425 for 2024/25")
    }
    return period
  }

  /// The week that has the year's n-th Thursday in it.
  private static func week(_ week: Int, _ year: Int, _ text: String) throws(UnreadableText) -> Period {
    if week >= 1, let fourth = CivilDate(year: year, month: 1, day: 4) {
      let monday = fourth.adding(days: 1 - fourth.weekday + 7 * (min(week, 60) - 1))
      if monday.adding(days: 3).year == year { return .week(from: monday) }
    }
    throw UnreadableText(
      text: text, problem: "is no week of \(year)",
      remedy: "write Week 1 to Week 52, or 53 in years that have it")
  }

  private static func yearType(_ word: String) -> YearType? {
    switch word {
    case "calendar": .calendar
    case "academic": .academic
    case "financial", "tax": .financial
    default: nil
    }
  }

  private static func number(_ word: String, after prefix: String) -> Int? {
    guard word.hasPrefix(prefix) else { return nil }
    let digits = word.dropFirst(prefix.count)
    guard (1...2).contains(digits.utf8.count), digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    return Int(digits)
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november",
    "december",
  ]
}
