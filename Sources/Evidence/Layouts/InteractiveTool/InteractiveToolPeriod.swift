import TimeSeries

/// A period as the Local Authority Interactive Tool writes it.
///
/// `2016`, `2016/17`, `2016-17`, pooled `2014-16` and `2013/14-15/16`, each with a mark such as `(Rev)` behind it. The tool
/// has no months, so that `2010-12` is three years and never December. What a year is, the tool's dictionary says; a
/// single year that is not a calendar year is the one that ends in it.
struct InteractiveToolPeriod: Hashable {
  /// The period.
  let period: Period
  /// What the mark says as a flag.
  let flags: DataFlags
  /// What the mark says in words.
  let note: String?

  /// What the years of a measure are.
  enum YearKind: Hashable {
    /// A kind of year.
    case year(YearType)
    /// A count on one day of the year.
    case census(month: Int, day: Int)
    /// Nobody says: as the text suggests.
    case unknown

    /// Reads the column `Year_Type` of the dictionary; nil for words that are not known.
    ///
    /// - Parameter text: `Calendar Year`, `Financial Year`, `Academic Year`, `Annual` (the counts of children on
    ///   31 March), `Annual (end of Sept)` or `Annual - January` (the school census, whose day moves: the middle of the
    ///   month stands for it).
    init?(_ text: String) {
      let words = text.lowercased().split { !$0.isLetter }.map(String.init)
      switch words {
      case ["calendar", "year"], ["calendar"]: self = .year(.calendar)
      case ["financial", "year"], ["financial"]: self = .year(.financial)
      case ["academic", "year"], ["academic"]: self = .year(.academic)
      case ["annual"]: self = .census(month: 3, day: 31)
      case ["annual", "end", "of", "sept"], ["annual", "end", "of", "september"]:
        self = .census(month: 9, day: 30)
      case ["annual", "january"]: self = .census(month: 1, day: 15)
      default: return nil
      }
    }
  }

  /// Reads a period.
  ///
  /// - Throws: ``UnreadableText``.
  init(_ text: String, _ kind: YearKind) throws(UnreadableText) {
    var body = Substring(text).withoutOuterSpaces
    var flags: DataFlags = []
    var note: String?
    if body.last == ")", let open = body.firstIndex(of: "(") {
      let mark = body[body.index(after: open)...].dropLast().lowercased()
      switch mark {
      case "ot", "outturn": note = "outturn"
      case "rev", "revised": flags = .revised
      case "prov", "provisional": flags = .provisional
      case "est", "estimate", "estimated": flags = .estimated
      case "final": note = "final"
      default:
        throw UnreadableText(
          text: text, problem: "has a mark that is not known",
          remedy: "write (OT), (Rev), (Final), (prov) or (est) behind the year, or nothing")
      }
      body = body[..<open].withoutOuterSpaces
    }
    self.flags = flags
    self.note = note
    period = try Self.period(Array(body.utf8), text, kind)
  }

  private static func period(
    _ bytes: [UInt8], _ text: String, _ kind: YearKind
  ) throws(UnreadableText) -> Period {
    if bytes.count == 4, let year = number(bytes[...]), isYear(year) { return try single(year, text, kind) }
    if bytes.count == 7, let year = number(bytes[..<4]), isYear(year), let end = number(bytes[5...]) {
      let span = (end - year % 100 + 100) % 100
      let isSlash = bytes[4] == UInt8(ascii: "/")
      if isSlash || bytes[4] == UInt8(ascii: "-") {
        if span == 1 { return try split(year, text, kind) }
        if !isSlash, (2...9).contains(span) { return try pooled(year, year + span, text, kind) }
      }
    }
    if bytes.count == 13, bytes[4] == UInt8(ascii: "/"), bytes[7] == UInt8(ascii: "-"),
      bytes[10] == UInt8(ascii: "/"), let first = number(bytes[..<4]), isYear(first),
      let second = number(bytes[5..<7]), let last = number(bytes[8..<10]),
      let afterLast = number(bytes[11...])
    {
      let span = (last - first % 100 + 100) % 100
      if second == (first + 1) % 100, afterLast == (last + 1) % 100, (1...9).contains(span),
        let type = splitType(kind),
        let period = Period.pooledYears(first, first + span, type)
      {
        return period
      }
    }
    throw UnreadableText(
      text: text, problem: "is not a period",
      remedy: "write 2016, 2016/17, 2016-17 or, for pooled years, 2014-16 or 2013/14-15/16")
  }

  /// `2016`
  private static func single(_ year: Int, _ text: String, _ kind: YearKind) throws(UnreadableText) -> Period {
    switch kind {
    case .unknown, .year(.calendar): return .calendarYear(year)
    case .year(let type): return .year(year - 1, type)
    case .census(let month, let day):
      guard let date = CivilDate(year: year, month: month, day: day) else {
        throw UnreadableText(text: text, problem: "is not a year of this calendar", remedy: "write 1 to 9999")
      }
      return .censusDate(date)
    }
  }

  /// `2016/17`
  private static func split(_ year: Int, _ text: String, _ kind: YearKind) throws(UnreadableText) -> Period {
    if let type = splitType(kind) { return .year(year, type) }
    throw contradiction(text, kind)
  }

  /// `2014-16`
  private static func pooled(
    _ first: Int, _ last: Int, _ text: String, _ kind: YearKind
  ) throws(UnreadableText) -> Period {
    switch kind {
    case .unknown, .year(.calendar):
      if let period = Period.pooledYears(first, last, .calendar) { return period }
    case .year, .census: break
    }
    throw contradiction(text, kind)
  }

  private static func contradiction(_ text: String, _ kind: YearKind) -> UnreadableText {
    switch kind {
    case .census:
      UnreadableText(
        text: text,
        problem: "spans several years, and the dictionary says that the measure is counted on one day",
        remedy: "write one year, such as 2016, or correct the year type in the dictionary")
    case .year(.calendar), .unknown:
      UnreadableText(
        text: text, problem: "spans two calendar years, and the measure is of calendar years",
        remedy: "write one year, such as 2016, or correct the year type in the dictionary")
    case .year(let type):
      UnreadableText(
        text: text, problem: "does not say which \(type) years it pools",
        remedy: "write the first and the last of them, such as 2013/14-15/16")
    }
  }

  /// The type of a year that is written with two calendar years; nil where the kind has none.
  private static func splitType(_ kind: YearKind) -> YearType? {
    switch kind {
    case .unknown: .financial
    case .year(.calendar), .census: nil
    case .year(let type): type
    }
  }

  private static func isYear(_ year: Int) -> Bool { (1800...2999).contains(year) }

  /// The number written by decimal digits alone.
  private static func number(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard !bytes.isEmpty, bytes.count <= 4 else { return nil }
    var number = 0
    for byte in bytes {
      guard (48...57).contains(byte) else { return nil }
      number = number * 10 + Int(byte - 48)
    }
    return number
  }
}
