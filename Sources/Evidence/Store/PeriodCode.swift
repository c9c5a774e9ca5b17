import TimeSeries

/// A period as a store holds it: the words of its kind, and a whole number within the kind.
///
/// - years and pooled years: the calendar year in which the first begins;
/// - quarters: 4 year + quarter - 1; months and rolling windows (their last month): 12 year + month - 1;
/// - weeks and days: days since 1 January 1970;
/// - censuses: 32 (12 year + month - 1) + the day of the month, 31 standing for the last;
/// - plain counts: the count.
struct PeriodCode: Hashable {
  let kind: String
  let number: Int

  init(kind: String, number: Int) {
    self.kind = kind
    self.number = number
  }

  /// The code of a period; nil for one that no reader makes, such as a week three thousand million years away.
  init?(_ period: Period) {
    guard let code = Self.code(of: period), code.period == period else { return nil }
    self = code
  }

  /// The period; nil for a code that no period has.
  var period: Period? {
    // A period counts in 32 bits, a census in 5 more; beyond them nothing was written by a store.
    guard (-(1 << 40)...(1 << 40)).contains(number) else { return nil }
    let words = kind.split(separator: " ").map(String.init)
    guard let family = words.first else { return nil }
    switch (family, words.count) {
    case ("year", 2): return YearType(rawValue: words[1]).map { Period.year(number, $0) }
    case ("quarter", 2):
      let (year, quarter) = Self.divide(number, by: 4)
      return YearType(rawValue: words[1]).flatMap { Period.quarter(quarter + 1, ofYear: year, $0) }
    case ("month", 1):
      let (year, month) = Self.divide(number, by: 12)
      return Period.month(year: year, month: month + 1)
    case ("week", 1): return Period.week(from: CivilDate(daysSinceEpoch: number))
    case ("day", 1): return Period.day(CivilDate(daysSinceEpoch: number))
    case ("census", 2): return Frequency(rawValue: words[1]).flatMap { Self.census(number, every: $0) }
    case ("pooled", 3):
      guard let count = Int(words[1]), (2...100).contains(count), let type = YearType(rawValue: words[2])
      else { return nil }
      return Period.pooledYears(number, number + count - 1, type)
    case ("rolling", 3):
      guard let count = Int(words[1]), let frequency = Frequency(rawValue: words[2]) else { return nil }
      let (year, month) = Self.divide(number, by: 12)
      return Period.rollingMonths(count, endingYear: year, month: month + 1, every: frequency)
    case ("index", 2): return Frequency(rawValue: words[1]).map { Period.index(number, $0) }
    default: return nil
    }
  }

  private static func code(of period: Period) -> PeriodCode? {
    switch period.kind {
    case .year(let type):
      return period.startYear.map { PeriodCode(kind: "year \(type.rawValue)", number: $0) }
    case .quarter(let type):
      guard let year = period.startYear, let quarter = period.seasonalPosition else { return nil }
      return PeriodCode(kind: "quarter \(type.rawValue)", number: year * 4 + quarter)
    case .month: return period.start.map { PeriodCode(kind: "month", number: Self.months($0)) }
    case .week: return period.start.map { PeriodCode(kind: "week", number: $0.daysSinceEpoch) }
    case .day: return period.start.map { PeriodCode(kind: "day", number: $0.daysSinceEpoch) }
    case .census(let frequency): return census(period, every: frequency)
    case .pooledYears(let count, let type):
      return period.startYear.map { PeriodCode(kind: "pooled \(count) \(type.rawValue)", number: $0) }
    case .rollingMonths(let count, let frequency):
      return period.end.map {
        PeriodCode(kind: "rolling \(count) \(frequency.rawValue)", number: Self.months($0))
      }
    case .index(let frequency):
      return Int(period.label).map { PeriodCode(kind: "index \(frequency.rawValue)", number: $0) }
    }
  }

  /// The months since year 0 at which a date's month begins.
  private static func months(_ date: CivilDate) -> Int {
    let (year, month, _) = date.components
    return year * 12 + month - 1
  }

  /// The quotient rounded towards minus infinity, and the remainder, which is never negative.
  private static func divide(_ number: Int, by divisor: Int) -> (quotient: Int, remainder: Int) {
    let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }

  // MARK: Censuses

  /// A census keeps its day of the month through shorter months: what stands on 28 February may be a census of the
  /// 28th, of the 30th or of the last day. The day is that of a nearby census that gives this one when it is counted back.
  private static func census(_ period: Period, every frequency: Frequency) -> PeriodCode? {
    guard let start = period.start else { return nil }
    let months = months(start)
    var tried: Set<Int> = []
    for step in 0...stepsToEveryDay {
      guard let date = period.advanced(by: step).start else { return nil }
      let day = date == date.lastOfMonth ? 31 : date.day
      guard tried.insert(day).inserted else { continue }
      let code = PeriodCode(kind: "census \(frequency.rawValue)", number: months * 32 + day)
      if code.period == period { return code }
    }
    return nil
  }

  private static func census(_ number: Int, every frequency: Frequency) -> Period? {
    let (months, day) = divide(number, by: 32)
    guard day >= 1, let stepMonths = frequency.months, let origin = CivilDate(year: 2000, month: 1, day: 1)
    else { return nil }
    for step in 0...stepsToEveryDay {
      let first = origin.adding(months: months + step * stepMonths - 24_000)
      let last = first.lastOfMonth
      let date = day == 31 ? last : first.adding(days: day - 1)
      guard day == 31 || date < last else { continue }
      return Period.censusDate(date, every: frequency).advanced(by: -step)
    }
    return nil
  }

  /// Within eight years there is a leap year, in which 28 February is not the last day of its month.
  private static let stepsToEveryDay = 8
}
