import TimeSeries

/// What the reporting years of a file are taken as, which its identifier does not say.
///
/// A column or a breakdown that speaks of 31 March (`At31_episodes`, "Children looked after on 31 March each year") is the
/// count on that day; what stands beside it in the same file is of the year that ends then. Where nothing in the file
/// speaks of 31 March, the year is the calendar year, unless ``LayoutInput/Options/yearType`` says another.
struct ReportingYear {
  /// What everything is taken as that is not counted on 31 March.
  let other: ExploreEducationPeriod.Reporting
  /// What was taken for granted, as a sentence.
  let note: String

  /// - Parameters:
  ///   - texts: the names of the measures and the words of the breakdowns.
  ///   - yearType: what was asked for.
  init(_ texts: some Sequence<String>, yearType: YearType?) {
    if let yearType {
      other = .year(yearType)
      note =
        "reporting years are read as \(yearType) years that end in the year named, as was asked for; counts on 31 March as that day"
    } else if texts.contains(where: Self.isMarch) {
      other = .year(.financial)
      note =
        "reporting years are read as the years that end on 31 March of the year named (2025 is 2024/25), and what is said to be on 31 March as counts on that day"
    } else {
      other = .year(.calendar)
      note =
        "reporting years are read as calendar years; nothing in the file says when they end: give the kind of year if they do not"
    }
  }

  /// Whether a name or words speak of a count on 31 March.
  static func isMarch(_ text: String) -> Bool {
    let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
    if words.contains("at31") || words.contains("on31") { return true }
    return zip(words, words.dropFirst()).contains { ($0 == "31" || $0 == "31st") && $1.hasPrefix("mar") }
  }
}
