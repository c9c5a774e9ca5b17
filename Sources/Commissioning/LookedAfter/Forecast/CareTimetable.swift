import TimeSeries

/// The days on which anything that a simulated path depends on changes, and what holds between them.
struct CareTimetable: Sendable {
  /// A stretch of days in which every rate is constant and every child-day goes to one account.
  struct Epoch: Sendable {
    /// The first day, as a number; the epoch begins as the day does.
    var start: Int
    /// The day after the last.
    var end: Int
    /// The calendar year, of the population.
    var calendarYear: Int
    /// The financial year, as a position among those of the forecast.
    var year: Int
    /// The span of days whose child-days are counted together.
    var span: Int
    /// The levers that change rates in it.
    var levers: [Int]
    /// Whether its rates are those of the epoch before.
    var keepsRates: Bool
    /// Numbers of children that go a lever's way as it begins.
    var routes: [(lever: Int, children: Int)]
    /// The date, as a position among the census dates, at whose end the epoch ends.
    var census: Int?
    /// Whether a financial year ends with it.
    var closesYear: Bool
  }

  /// Days whose child-days are counted together.
  struct Span: Sendable {
    var first: CivilDate
    /// The day after the last.
    var beyond: CivilDate
    var year: Int
  }

  private(set) var epochs: [Epoch] = []
  private(set) var spans: [Span] = []
  let years: [FinancialYear]
  /// The dates at whose end children are counted, in order.
  let censuses: [CivilDate]

  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for dates outside the horizon or a horizon that is empty or
  ///   longer than 50 years.
  init(
    opening: CivilDate, through: CivilDate, censuses wanted: [CivilDate], accounting: [CivilDate],
    levers: [ResolvedLever]
  ) throws(CommissioningError) {
    let first = opening.adding(days: 1)
    let beyond = through.adding(days: 1)
    guard first < beyond, opening.days(to: through) <= 50 * 366 else {
      throw PlacementScheme.refusal(
        "a forecast from the end of \(opening) through \(through) is needed to be of 1 day to 50 years")
    }
    for date in wanted where date <= opening || date > through {
      throw PlacementScheme.refusal(
        "\(date) lies outside the forecast, which runs from \(first) through \(through)")
    }
    for date in accounting where date <= opening || date > through {
      throw PlacementScheme.refusal(
        "the accounting date \(date) lies outside the forecast, which runs from \(first) through \(through)")
    }
    let firstYear = FinancialYear.containing(first)
    years = (firstYear.start...max(firstYear.start, FinancialYear.containing(through).start)).map(
      FinancialYear.init)
    let yearEnds = years.map(\.lastDay).filter { $0 <= through }
    let censuses = Set(wanted + yearEnds).sorted()
    self.censuses = censuses

    var breaks: Set<Int> = [first.daysSinceEpoch, beyond.daysSinceEpoch]
    for date in censuses { breaks.insert(date.daysSinceEpoch + 1) }
    for date in accounting { breaks.insert(date.daysSinceEpoch) }
    for year in first.year...through.year {
      if let newYear = CivilDate(year: year, month: 1, day: 1), newYear > first {
        breaks.insert(newYear.daysSinceEpoch)
      }
    }
    for lever in levers {
      breaks.insert(lever.from)
      breaks.insert(lever.to)
      guard case .children = lever.change else { continue }
      for month in Self.months(from: lever.from, to: lever.to) { breaks.insert(month.daysSinceEpoch) }
    }
    let accountingDays = Set(accounting.map(\.daysSinceEpoch))
    let days = breaks.sorted()
    var before: (calendarYear: Int, year: Int, levers: [Int])?
    for (start, end) in zip(days, days.dropFirst()) {
      let day = CivilDate(daysSinceEpoch: start)
      let year = FinancialYear.containing(day).start - firstYear.start
      if spans.last?.year != year || accountingDays.contains(start) {
        spans.append(Span(first: day, beyond: day, year: year))
      }
      spans[spans.count - 1].beyond = CivilDate(daysSinceEpoch: end)
      let active = levers.indices.filter { levers[$0].from <= start && start < levers[$0].to }
      let changing = active.filter { if case .children = levers[$0].change { false } else { true } }
      let routes = active.compactMap { lever -> (lever: Int, children: Int)? in
        guard day.day == 1, case .children = levers[lever].change else { return nil }
        return (lever, levers[lever].children(inMonthOf: day))
      }.filter { $0.children > 0 }
      let last = CivilDate(daysSinceEpoch: end - 1)
      epochs.append(
        Epoch(
          start: start, end: end, calendarYear: day.year, year: year, span: spans.count - 1, levers: changing,
          keepsRates: before.map { $0 == (day.year, year, changing) } ?? false, routes: routes,
          census: censuses.firstIndex(of: last), closesYear: yearEnds.contains(last)))
      before = (day.year, year, changing)
    }
  }

  /// The first days of months within a stretch of days.
  private static func months(from start: Int, to end: Int) -> [CivilDate] {
    let day = CivilDate(daysSinceEpoch: start)
    var month = day.day == 1 ? day : day.lastOfMonth.adding(days: 1)
    var result: [CivilDate] = []
    while month.daysSinceEpoch < end {
      result.append(month)
      month = month.adding(months: 1)
    }
    return result
  }
}

extension FinancialYear {
  /// The financial year that holds a day.
  static func containing(_ day: CivilDate) -> FinancialYear {
    FinancialYear(day.month >= 4 ? day.year : day.year - 1)
  }
}
