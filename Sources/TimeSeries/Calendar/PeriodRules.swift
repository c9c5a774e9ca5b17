/// What a whole column says about the forms in it, and the reading of each form by that.
struct PeriodRules {
  private let frequency: Frequency?
  private let yearType: YearType?
  private let pairs: PairReading
  private let digits: DigitReading
  private let dates: DateReading
  private var assumesFinancial = false

  /// What digits alone mean in the column.
  private enum DigitReading { case years, pairs, counts, byLength }

  /// How often the dates of the column repeat; unclear when they do not say.
  private enum DateReading { case day, week, census(Frequency), unclear, contradicted }

  init(forms: [PeriodForm], frequency: Frequency?, yearType: YearType?) {
    self.frequency = frequency
    self.yearType = yearType
    digits = Self.digitReading(forms, frequency)
    dates = Self.dateReading(forms, frequency)
    pairs = PairReading(forms: forms, frequency: frequency, yearType: yearType)
  }

  /// What was taken for granted in reading the column.
  var notes: [String] {
    var notes: [String] = []
    if assumesFinancial {
      notes.append(
        "periods such as 2024/25 are read as financial years; --calendar academic reads school years")
    }
    if frequency == nil {
      switch dates {
      case .day: notes.append("dates are read as a daily series; --frequency says otherwise")
      case .week: notes.append("dates are read as weeks that begin on them; --frequency says otherwise")
      case .census(let every):
        notes.append("dates are read as \(every) census dates; --frequency says otherwise")
      case .unclear, .contradicted: break
      }
    }
    return notes
  }

  /// The period that a form stands for.
  mutating func period(_ form: PeriodForm, _ text: Substring) throws(UnreadableText) -> Period {
    let period = try read(form, text)
    if let frequency, period.frequency != frequency {
      throw problem(
        text, "is \(period.frequency), but the frequency is given as \(frequency)",
        "give --frequency \(period.frequency), or periods that are \(frequency)")
    }
    return period
  }

  private mutating func read(_ form: PeriodForm, _ text: Substring) throws(UnreadableText) -> Period {
    switch form {
    case .digits(let number, let count): return try readDigits(number, count, text)
    case .hyphenPair(let year, let number): return try readPair(year, number, .hyphen, text)
    case .slashYear(let year): return .year(year, try splitYearType(text))
    case .calendarQuarter(let year, let quarter, let style):
      if let yearType, yearType != .calendar {
        throw problem(
          text, "does not say which \(yearType) year it is a quarter of",
          "write both years, such as \(Period.year(year, yearType)) Q\(quarter)")
      }
      return try styled(.quarter(quarter, ofYear: year, .calendar), style, text)
    case .splitQuarter(let year, let quarter, let style):
      guard yearType != nil else {
        throw problem(
          text, "may be of a financial or an academic year", "say --calendar financial or --calendar academic"
        )
      }
      return try styled(.quarter(quarter, ofYear: year, try splitYearType(text)), style, text)
    case .date(let date): return try readDate(date, text)
    case .namedMonth(let year, let month, let style):
      return try styled(.month(year: year, month: month), style, text)
    case .pooledSplitYears(let first, let last):
      return try styled(.pooledYears(first, last, try splitYearType(text)), .canonical, text)
    case .rollingMonths(let count, let year, let month):
      let every = frequency?.months == nil ? Frequency.monthly : frequency ?? .monthly
      return try styled(
        .rollingMonths(count, endingYear: year, month: month, every: every), .canonical, text)
    }
  }

  /// The type of a year written with two calendar years.
  private mutating func splitYearType(_ text: Substring) throws(UnreadableText) -> YearType {
    switch yearType {
    case .financial?: return .financial
    case .academic?: return .academic
    case .calendar?:
      throw problem(
        text, "spans two calendar years", "say --calendar financial or academic, or write one year: 2024")
    case nil:
      assumesFinancial = true
      return .financial
    }
  }

  private mutating func readDigits(
    _ number: Int, _ count: Int, _ text: Substring
  ) throws(UnreadableText) -> Period {
    switch digits {
    case .years: return try calendarYear(number, text)
    case .byLength where Self.isYear(number, count): return try calendarYear(number, text)
    case .pairs: return try readPair(number / 100, number % 100, .compact, text)
    case .byLength where Self.isPair(number, count):
      return try readPair(number / 100, number % 100, .compact, text)
    case .counts, .byLength:
      guard let frequency else {
        throw problem(
          text, "is a plain whole number, which does not say how often it counts",
          "say --frequency, or write a period such as 2024 or 2024-07")
      }
      return .index(number, frequency)
    }
  }

  private func calendarYear(_ year: Int, _ text: Substring) throws(UnreadableText) -> Period {
    if let yearType, yearType != .calendar {
      throw problem(
        text, "may be the \(yearType) year that begins or the one that ends in \(year)",
        "write \(Period.year(year, yearType)) or \(Period.year(year - 1, yearType))")
    }
    return .calendarYear(year)
  }

  private mutating func readPair(
    _ year: Int, _ number: Int, _ style: PeriodStyle, _ text: Substring
  ) throws(UnreadableText) -> Period {
    switch try pairs.reading(year, number, style, text) {
    case .year: return try styled(.year(year, try splitYearType(text)), style, text)
    case .month: return try styled(.month(year: year, month: number), style, text)
    case .pooled:
      let last = year + PairReading.span(year, number)
      return try styled(.pooledYears(year, last, .calendar), .canonical, text)
    }
  }

  private func readDate(_ date: CivilDate, _ text: Substring) throws(UnreadableText) -> Period {
    switch dates {
    case .day: return .day(date)
    case .week: return .week(from: date)
    case .census(let every): return .censusDate(date, every: every)
    case .unclear:
      throw problem(
        text, "stands among dates that do not say how often they repeat",
        "say --frequency yearly, quarterly, monthly, weekly or daily")
    case .contradicted:
      throw problem(
        text, "is a date, which has no place in a series of frequency other",
        "write plain whole numbers, or say another --frequency")
    }
  }

  private func styled(
    _ period: Period?, _ style: PeriodStyle, _ text: Substring
  ) throws(UnreadableText) -> Period {
    guard var period else { throw problem(text, "is not a period", PeriodForm.accepted) }
    // A form that is the canonical one is recorded as such, so that equal texts have equal styles.
    period.style = period.label(in: style) == period.label ? .canonical : style
    return period
  }

  private func problem(_ text: Substring, _ problem: String, _ remedy: String) -> UnreadableText {
    UnreadableText(text: String(text), problem: problem, remedy: remedy)
  }
}

// MARK: What the whole column says

extension PeriodRules {
  /// Whether digits may be a calendar year.
  private static func isYear(_ number: Int, _ count: Int) -> Bool {
    count == 4 && (1000...2999).contains(number)
  }

  /// Whether digits may be a `YYYYNN`.
  private static func isPair(_ number: Int, _ count: Int) -> Bool {
    count == 6 && (100_000...299_999).contains(number)
  }

  /// Digits alone are years or pairs by their length, unless the frequency makes the whole column plain counts.
  private static func digitReading(_ forms: [PeriodForm], _ frequency: Frequency?) -> DigitReading {
    var isYears = true
    var isPairs = true
    for case .digits(let number, let count) in forms {
      isYears = isYears && isYear(number, count)
      isPairs = isPairs && isPair(number, count)
    }
    switch frequency {
    case nil: return .byLength
    case .yearly: return isYears ? .years : isPairs ? .pairs : .counts
    case .monthly: return isPairs ? .pairs : .counts
    case .quarterly, .weekly, .daily, .other: return .counts
    }
  }

  /// How often the dates of a column repeat, when no frequency is given: yearly in one month, by month ends or one
  /// day of the month, by weeks, or day after day.
  private static func dateReading(_ forms: [PeriodForm], _ frequency: Frequency?) -> DateReading {
    switch frequency {
    case .daily: return .day
    case .weekly: return .week
    case .yearly: return .census(.yearly)
    case .quarterly: return .census(.quarterly)
    case .monthly: return .census(.monthly)
    case .other: return .contradicted
    case nil: break
    }
    var days: Set<CivilDate> = []
    for case .date(let date) in forms { days.insert(date) }
    let dates = days.sorted()
    guard let first = dates.first, dates.count > 1 else { return .unclear }
    let parts = dates.map(\.components)
    let isYearly =
      parts.allSatisfy { $0.month == parts[0].month } && Set(parts.map(\.year)).count == dates.count
    if isYearly { return .census(.yearly) }
    let isMonthEnds = dates.allSatisfy { $0 == $0.lastOfMonth }
    if isMonthEnds || parts.allSatisfy({ $0.day == parts[0].day }) {
      let months = parts.map { $0.year * 12 + $0.month }
      return .census(months.allSatisfy { ($0 - months[0]) % 3 == 0 } ? .quarterly : .monthly)
    }
    if dates.allSatisfy({ first.days(to: $0) % 7 == 0 }) { return .week }
    let isDaily = zip(dates, dates.dropFirst()).contains { $0.days(to: $1) == 1 }
    return isDaily ? .day : .unclear
  }
}
