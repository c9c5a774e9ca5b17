// What a period says of itself: kind, dates, numbers.

extension Period {
  /// What the period is.
  public var kind: Kind {
    switch family {
    case .index: .index(namedFrequency)
    case .year: .year(namedYearType)
    case .quarter: .quarter(namedYearType)
    case .month: .month
    case .week: .week
    case .day: .day
    case .census: .census(namedFrequency)
    case .pooledYears: .pooledYears(Int(extent), namedYearType)
    case .rollingMonths: .rollingMonths(Int(extent), every: namedFrequency)
    }
  }

  /// How often periods of this kind follow one another.
  public var frequency: Frequency {
    switch family {
    case .year, .pooledYears: .yearly
    case .quarter: .quarterly
    case .month: .monthly
    case .week: .weekly
    case .day: .daily
    case .census, .rollingMonths, .index: namedFrequency
    }
  }

  /// The type of year that the period is, or is counted in; nil where there is none.
  public var yearType: YearType? {
    switch family {
    case .year, .quarter, .pooledYears: namedYearType
    case .index, .month, .week, .day, .census, .rollingMonths: nil
    }
  }

  /// The first day of the period; nil only for a plain count.
  public var start: CivilDate? {
    let number = Int(ordinal)
    switch family {
    case .index: return nil
    case .year, .pooledYears:
      return CivilDate(checkedYear: number, month: namedYearType.firstMonth, day: 1)
    case .quarter: return CivilDate(monthOrdinal: firstMonthOfQuarter, day: 1)
    case .month: return CivilDate(monthOrdinal: number, day: 1)
    case .week, .day: return CivilDate(daysSinceEpoch: number)
    case .census: return CivilDate(monthOrdinal: number, day: Int(extent))
    case .rollingMonths: return CivilDate(monthOrdinal: number - Int(extent) + 1, day: 1)
    }
  }

  /// The last day of the period, which is part of it; nil only for a plain count.
  public var end: CivilDate? {
    let number = Int(ordinal)
    switch family {
    case .index: return nil
    case .year:
      return CivilDate(monthOrdinal: (number + 1) * 12 + namedYearType.firstMonth - 2, day: 31)
    case .pooledYears:
      let afterLast = number + Int(extent)
      return CivilDate(monthOrdinal: afterLast * 12 + namedYearType.firstMonth - 2, day: 31)
    case .quarter: return CivilDate(monthOrdinal: firstMonthOfQuarter + 2, day: 31)
    case .month, .rollingMonths: return CivilDate(monthOrdinal: number, day: 31)
    case .week: return CivilDate(daysSinceEpoch: number + 6)
    case .day, .census: return start
    }
  }

  /// The number of days in the period, 1 for a census; nil only for a plain count.
  public var days: Int? {
    guard let start, let end else { return nil }
    return start.days(to: end) + 1
  }

  /// The calendar year in which a year, a quarter's year or the first of pooled years begins; nil for other kinds.
  public var startYear: Int? {
    switch family {
    case .year, .pooledYears: Int(ordinal)
    case .quarter: Int(ordinal).flooredQuotientAndRemainder(dividingBy: 4).quotient
    case .index, .month, .week, .day, .census, .rollingMonths: nil
    }
  }

  /// The place of the period in its season, from 0: the quarter of the year, the month of the calendar year, the
  /// day of the week; nil where the kind does not say (weeks, which do not divide a year evenly, and plain counts).
  public var seasonalPosition: Int? {
    switch family {
    case .year, .pooledYears: 0
    case .quarter: Int(ordinal).flooredQuotientAndRemainder(dividingBy: 4).remainder
    case .month: Int(ordinal).flooredQuotientAndRemainder(dividingBy: 12).remainder
    case .day: start.map { $0.weekday - 1 }
    case .census, .rollingMonths:
      switch namedFrequency {
      case .monthly: Int(ordinal).flooredQuotientAndRemainder(dividingBy: 12).remainder
      case .quarterly: Int(ordinal).flooredQuotientAndRemainder(dividingBy: 12).remainder / 3
      case .yearly, .weekly, .daily, .other: 0
      }
    case .week, .index: nil
    }
  }

  /// The year type named by `variant`.
  var namedYearType: YearType {
    switch variant {
    case 0: .calendar
    case 1: .financial
    default: .academic
    }
  }

  /// The frequency named by `variant`.
  var namedFrequency: Frequency {
    switch variant {
    case 0: .yearly
    case 1: .quarterly
    case 2: .monthly
    case 3: .weekly
    case 4: .daily
    default: .other
    }
  }

  /// The months since year 0 at which a quarter begins.
  private var firstMonthOfQuarter: Int {
    let (year, quarter) = Int(ordinal).flooredQuotientAndRemainder(dividingBy: 4)
    return year * 12 + namedYearType.firstMonth - 1 + quarter * 3
  }
}
