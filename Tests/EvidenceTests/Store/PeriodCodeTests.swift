import Testing
import TimeSeries

@testable import Evidence

struct PeriodCodeTests {
  @Test("Every period has a code that gives it back, and no two share one")
  func roundTrip() throws {
    var generator = SeededGenerator(state: 2)
    var periods: [PeriodCode: Period] = [:]
    for _ in 0..<400 {
      let kind = RandomPeriods.kind(&generator)
      for step in stride(from: -600, through: 600, by: 37) {
        let period = kind(step)
        let code = try #require(PeriodCode(period))
        #expect(code.period == period)
        #expect(periods.updateValue(period, forKey: code).map { $0 == period } ?? true)
      }
    }
  }

  @Test("A census of the 30th stays one through February, and is not one of the last day")
  func census() throws {
    let january = Period.censusDate(try InventedFigures.day("2023-01-30"), every: .monthly)
    let february = january.advanced(by: 1)
    let last = Period.censusDate(try InventedFigures.day("2023-02-28"), every: .monthly)
    #expect(february.start == last.start)
    #expect(february != last)
    #expect(try #require(PeriodCode(february)).period == february)
    #expect(try #require(PeriodCode(last)).period == last)
    #expect(PeriodCode(february)?.number == (2023 * 12 + 1) * 32 + 30)
    let leap = Period.censusDate(try InventedFigures.day("2024-02-28")).advanced(by: -1)
    #expect(try #require(PeriodCode(leap)).period == leap)
  }

  @Test("The codes are those that are documented")
  func codes() throws {
    #expect(PeriodCode(.financialYear(2024)) == PeriodCode(kind: "year financial", number: 2024))
    let quarter = try #require(Period.quarter(1, ofYear: -1, .academic))
    #expect(PeriodCode(quarter) == PeriodCode(kind: "quarter academic", number: -4))
    let month = try #require(Period.month(year: 2024, month: 7))
    #expect(PeriodCode(month) == PeriodCode(kind: "month", number: 2024 * 12 + 6))
    let pooled = try #require(Period.pooledYears(2018, 2020, .financial))
    #expect(PeriodCode(pooled) == PeriodCode(kind: "pooled 3 financial", number: 2018))
    let rolling = try #require(Period.rollingMonths(12, endingYear: 2024, month: 7))
    #expect(PeriodCode(rolling) == PeriodCode(kind: "rolling 12 monthly", number: 2024 * 12 + 6))
    #expect(PeriodCode(.index(-3, .other)) == PeriodCode(kind: "index other", number: -3))
  }

  @Test(
    "A code that no period has gives none",
    arguments: [
      ("", 0), ("year", 2000), ("year lunar", 2000), ("quarter lunar", 1), ("census daily", 32),
      ("census yearly", 64),
      ("pooled 1 calendar", 2000), ("pooled x calendar", 2000), ("pooled 3 lunar", 2000),
      ("rolling x monthly", 1),
      ("rolling 12 daily", 1), ("rolling 12 lunar", 1), ("index lunar", 1), ("month", Int.max),
      ("week", Int.min), ("day of rest", 1),
    ])
  func nonsense(_ kind: String, _ number: Int) {
    #expect(PeriodCode(kind: kind, number: number).period == nil)
  }
}
