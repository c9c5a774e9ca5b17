import Indicators
import Testing
import TimeSeries

@Suite("Capacity over the weeks of a year")
struct CapacityProfileTests {
  func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

  @Test("School holidays of 2024/25 fall where English authorities set them")
  func holidays() throws {
    let holidays = ClinicClosure.schoolHolidays(from: 2024)
    let expected = [
      ("autumn half-term", "2024-10-28", "2024-11-03"), ("Christmas", "2024-12-23", "2025-01-05"),
      ("February half-term", "2025-02-17", "2025-02-23"), ("Easter", "2025-04-14", "2025-04-27"),
      ("May half-term", "2025-05-26", "2025-06-01"), ("summer", "2025-07-22", "2025-08-31"),
    ]
    #expect(holidays.count == expected.count)
    for (holiday, (name, first, last)) in zip(holidays, expected) {
      #expect(holiday == ClinicClosure(name: name, first: try day(first), last: try day(last)))
    }
    #expect(ClinicClosure.schoolHolidays(from: 0).isEmpty)
    #expect(ClinicClosure.schoolHolidays(from: .max).isEmpty)
  }

  @Test(
    "Easter's fortnight begins on the Monday before Good Friday",
    arguments: [(2023, "2024-03-25"), (2024, "2025-04-14"), (2025, "2026-03-30"), (2037, "2038-04-19")])
  func easter(year: Int, monday: String) throws {
    let easter = try #require(ClinicClosure.schoolHolidays(from: year).first { $0.name == "Easter" })
    #expect(easter.first == (try day(monday)))
  }

  @Test("The year's figure is seen in the weeks that are open, and in none of the others")
  func preserved() throws {
    let start = try day("2024-09-02")
    let profile = try CapacityProfile(
      perYear: 390, from: start, weeks: 104,
      closures: ClinicClosure.schoolHolidays(from: 2024) + ClinicClosure.schoolHolidays(from: 2025))
    let year = profile.weeks[..<52].reduce(0) { $0 + $1.count }
    #expect(abs(year - 390 * 364 / 365.25) < 1e-9)
    // Week 8 is the last of October.
    #expect(profile.weeks[8] == PerWeek(0))
    #expect(profile.weeks[0] == profile.ordinary)
    #expect(profile.weeks[104 - 1].count == 0)
    #expect((9.5...10.5).contains(profile.ordinary.count))
  }

  @Test(
    "A closure in mid-week takes the days that it has, a weekend takes nothing, and the lesser of two counts")
  func partWeeks() throws {
    let start = try day("2024-09-02")
    let closures = [
      ClinicClosure(name: "training", first: try day("2024-09-04"), last: try day("2024-09-05")),
      ClinicClosure(name: "weekend", first: try day("2024-09-14"), last: try day("2024-09-15")),
      ClinicClosure(name: "half", first: try day("2024-09-16"), last: try day("2024-09-20"), remaining: 0.5),
      ClinicClosure(name: "less", first: try day("2024-09-20"), last: try day("2024-09-20"), remaining: 0.2),
      ClinicClosure(name: "before", first: try day("2024-01-01"), last: try day("2024-02-01")),
      ClinicClosure(name: "after", first: try day("2034-01-01"), last: try day("2034-02-01")),
    ]
    let profile = try CapacityProfile(perYear: 500, from: start, weeks: 4, closures: closures)
    let parts = profile.weeks.map { $0 / profile.ordinary }
    for (part, expected) in zip(parts, [0.6, 1, (4 * 0.5 + 0.2) / 5, 1]) {
      #expect(abs(part - expected) < 1e-12)
    }
    #expect(profile.weeks.count == 4)
  }

  @Test("Figures that cannot be are refused")
  func refusals() throws {
    let start = try day("2024-09-02")
    func refuses(_ perYear: Double, _ weeks: Int, _ closures: [ClinicClosure]) {
      #expect(throws: IndicatorsError.self) {
        try CapacityProfile(perYear: perYear, from: start, weeks: weeks, closures: closures)
      }
    }
    refuses(-1, 52, [])
    refuses(.nan, 52, [])
    refuses(10, 0, [])
    refuses(10, 5201, [])
    refuses(10, 52, [ClinicClosure(name: "x", first: start, last: start.adding(days: -1))])
    refuses(10, 52, [ClinicClosure(name: "x", first: start, last: start, remaining: 1.5)])
    refuses(10, 52, [ClinicClosure(name: "x", first: start, last: start, remaining: .nan)])
    refuses(10, 52, [ClinicClosure(name: "x", first: start, last: CivilDate(daysSinceEpoch: .max))])
    #expect(throws: IndicatorsError.self) {
      try CapacityProfile(perYear: 1, from: CivilDate(daysSinceEpoch: .min), weeks: 1, closures: [])
    }
    refuses(10, 52, [ClinicClosure(name: "always", first: start, last: start.adding(days: 1000))])
    let none = try CapacityProfile(
      perYear: 0, from: start, weeks: 2,
      closures: [ClinicClosure(name: "always", first: start, last: start.adding(days: 1000))])
    #expect(none.weeks == [PerWeek(0), PerWeek(0)])
  }
}
