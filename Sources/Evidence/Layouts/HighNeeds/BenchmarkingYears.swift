import TimeSeries

/// The periods of a table of the high needs benchmarking tool, which does not state them.
struct BenchmarkingYears {
  /// The calendar year in which the tool's year begins, which is also that of its January census.
  let tool: Int
  /// The calendar year in which the year of its outturn begins.
  let outturn: Int
  private let isFromName: Bool
  private let isOutturnStated: Bool

  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` when neither the options nor the name of the file say the
  ///   year, and ``EvidenceError/badArgument(_:)`` for a year that cannot be.
  init(_ input: LayoutInput) throws(EvidenceError) {
    let base = FileContents.baseName(of: input.path)
    let named = Self.year(in: base)
    guard let tool = input.options.year ?? named else {
      throw .badData(
        Problem(
          file: input.path,
          message: """
            neither the table nor the name of the file says its year; say in which year it begins, or name the file \
            such as high_needs_benchmarking_2021_22.csv
            """))
    }
    let outturn = input.options.outturnYear ?? tool - 1
    for year in [tool, outturn] where !PublishedPeriod.years.contains(year) {
      throw .badArgument(
        """
        \(year) cannot be the year of a publication; name one from \(PublishedPeriod.years.lowerBound) to \
        \(PublishedPeriod.years.upperBound)
        """)
    }
    guard outturn <= tool else {
      throw .badArgument(
        """
        outturn of \(Period.financialYear(outturn).label) cannot be in the tool of \(Period.financialYear(tool).label); \
        name the year before it, or an earlier one
        """)
    }
    self.tool = tool
    self.outturn = outturn
    isFromName = input.options.year == nil
    isOutturnStated = input.options.outturnYear != nil
  }

  /// The January census of plans.
  var census: Period? { CivilDate(year: tool, month: 1, day: 15).map { .censusDate($0) } }

  /// The middle of the year, to which populations belong.
  var middle: Period? { CivilDate(year: tool, month: 6, day: 30).map { .censusDate($0) } }

  /// What to say of each figure of outturn.
  var outturnNote: String? {
    isOutturnStated
      ? nil
      : """
      The tool does not state the year of its outturn: \(Period.financialYear(outturn).label) is the latest it can be.
      """
  }

  /// What was taken for granted, as sentences.
  func remarks(of lines: [BenchmarkingLine]) -> [String] {
    let year = Period.financialYear(tool).label
    var remarks = [
      """
      the table is of \(year)\(isFromName ? ", as the name of the file says" : ""): plans of January \(tool), budget \
      of \(year)
      """
    ]
    if lines.contains(where: \.isPopulation) {
      remarks.append("the population is read as that of the middle of \(tool); the table does not say")
    }
    if !isOutturnStated, lines.contains(where: { $0.note != nil }) {
      remarks.append(
        """
        the table does not state the year of its outturn; it is read as \(Period.financialYear(outturn).label), the \
        latest it can be
        """)
    }
    return remarks
  }

  /// The first year of a pair such as `2021_22` or `2021-22` in a name; nil where there is none.
  static func year(in name: String) -> Int? {
    let bytes = Array(name.utf8)
    func digits(_ range: Range<Int>) -> Int? {
      guard range.upperBound <= bytes.count else { return nil }
      var number = 0
      for byte in bytes[range] {
        guard (0x30...0x39).contains(byte) else { return nil }
        number = number * 10 + Int(byte - 0x30)
      }
      return number
    }
    func isDigit(_ position: Int) -> Bool {
      bytes.indices.contains(position) && (0x30...0x39).contains(bytes[position])
    }
    for start in bytes.indices where !isDigit(start - 1) {
      guard let first = digits(start..<(start + 4)), let second = digits((start + 5)..<(start + 7)),
        !isDigit(start + 7), [0x2D, 0x5F, 0x20].contains(bytes[start + 4]), second == (first + 1) % 100,
        PublishedPeriod.years.contains(first)
      else { continue }
      return first
    }
    return nil
  }
}

/// A line of the benchmarking tool: a column of its table, and what it measures.
struct BenchmarkingLine {
  /// The name of the column, in lower case.
  let measure: String
  /// The name for people.
  let title: String
  let unit: Unit
  let period: Period
  /// What to say of each of its figures.
  let note: String?
  let isWhole: Bool
  let isPopulation: Bool

  /// The line of a column; nil for a column that is none.
  init?(column: String, years: BenchmarkingYears) {
    measure = column.lowercased()
    let words = measure.split(separator: "_").joined(separator: " ")
    func rest(_ prefix: String) -> String { Self.title(String(words.dropFirst(prefix.count))) }
    if measure.hasPrefix("plans_"), let census = years.census {
      (unit, period, note, isWhole, isPopulation) = (.count, census, nil, true, false)
      title = "EHC plans, \(String(words.dropFirst(6))), January \(years.tool)"
    } else if measure.hasPrefix("population_"), let middle = years.middle {
      (unit, period, note, isWhole, isPopulation) = (.count, middle, nil, false, true)
      title = "Population aged \(words.dropFirst(11).split(separator: " ").joined(separator: " to "))"
    } else if measure.hasPrefix("budget_") {
      (unit, period, note, isWhole, isPopulation) = (.pounds, .financialYear(years.tool), nil, false, false)
      title = "\(rest("budget ")) (Section 251 budget)"
    } else if measure.hasPrefix("outturn_") {
      (unit, period) = (.pounds, .financialYear(years.outturn))
      (note, isWhole, isPopulation) = (years.outturnNote, false, false)
      title = "\(rest("outturn ")) (Section 251 outturn)"
    } else {
      return nil
    }
  }

  private static let kinds = [
    ("place", "Place funding"), ("topup state", "Top-up funding, state-funded settings"),
    ("topup independent", "Top-up funding, non-maintained and independent settings"),
  ]

  private static func title(_ words: String) -> String {
    for (prefix, title) in kinds where words.hasPrefix("\(prefix) ") {
      return "\(title), \(words.dropFirst(prefix.count + 1))"
    }
    return words.prefix(1).uppercased() + words.dropFirst()
  }
}
