import Foundation
import Testing
import TimeSeries

struct CivilDateTests {
  @Test(
    "Days count from 1 January 1970",
    arguments: [
      ("1970-01-01", 0), ("1969-12-31", -1), ("2000-03-01", 11_017), ("2024-02-29", 19_782),
      ("0001-01-01", -719_162), ("9999-12-31", 2_932_896),
    ])
  func knownDays(text: String, days: Int) throws {
    let date = try #require(CivilDate(text))
    #expect(date.daysSinceEpoch == days)
    #expect(CivilDate(daysSinceEpoch: days).description == text)
  }

  @Test(
    "Dates that do not exist, or are written otherwise, are refused",
    arguments: [
      "2023-02-29", "1900-02-29", "2024-04-31", "2024-13-01", "2024-00-10", "2024-01-00", "0000-01-01",
      "2024-1-1", "2024/01/01", "20240101", "31-03-2024", "2024-03-31T00:00", "", "2024-03-3a", " 2024-03-31",
    ])
  func refusesOtherForms(text: String) { #expect(CivilDate(text) == nil) }

  @Test("Centuries are leap years only every fourth time")
  func leapYears() {
    #expect(CivilDate("2000-02-29") != nil)
    #expect([1900, 2023, 2100].allSatisfy { !CivilDate.isLeap($0) })
    #expect(CivilDate.isLeap(2024))
    #expect((1...12).reduce(0) { $0 + CivilDate.daysInMonth($1, year: 2024) } == 366)
    #expect(CivilDate.daysInMonth(13, year: 2024) == 0)
  }

  @Test("Every day of eight centuries has one date, the next day the next")
  func daysAndDatesAgree() throws {
    var previous = CivilDate(daysSinceEpoch: -200_001)
    for day in -200_000...100_000 {
      let date = CivilDate(daysSinceEpoch: day)
      let (year, month, dayOfMonth) = date.components
      #expect(CivilDate(year: year, month: month, day: dayOfMonth) == date)
      #expect(previous < date && previous.days(to: date) == 1)
      #expect(date.day == 1 || date.month == previous.month)
      previous = date
    }
  }

  @Test("A month after 31 January is the end of February, a month after that 28 March")
  func addingMonths() throws {
    let january = try #require(CivilDate("2023-01-31"))
    let february = january.adding(months: 1)
    #expect(february.description == "2023-02-28")
    #expect(february.adding(months: 1).description == "2023-03-28")
    #expect(january.adding(months: -11).description == "2022-02-28")
    #expect(january.adding(months: 13).description == "2024-02-29")
    #expect(february.lastOfMonth == february)
    #expect(try #require(CivilDate("2024-02-03")).lastOfMonth.description == "2024-02-29")
  }

  @Test("Sums that would overflow stay on the furthest day")
  func farAway() throws {
    let date = try #require(CivilDate("2024-01-01"))
    #expect(date.adding(days: .max) > date)
    #expect(date.adding(days: .min) < date)
    #expect(date.adding(months: .max) > date)
    #expect(date.adding(months: .min) < date)
    #expect(CivilDate(daysSinceEpoch: -719_163 - 366).description.hasPrefix("-0001") == true)
  }

  @Test("1 January 2024 was a Monday, and weekdays follow one another before the epoch too")
  func weekdays() throws {
    #expect(try #require(CivilDate("2024-01-01")).weekday == 1)
    #expect(try #require(CivilDate("1969-12-28")).weekday == 7)
    for day in -20...20 {
      let today = CivilDate(daysSinceEpoch: day).weekday
      #expect(CivilDate(daysSinceEpoch: day + 1).weekday == today % 7 + 1)
    }
  }

  @Test("Dates are stored as text, and a text that is no date is refused in words")
  func stored() throws {
    let dates = try ["2024-02-29", "1999-12-31"].map { try #require(CivilDate($0)) }
    let data = try JSONEncoder().encode(dates)
    #expect(String(decoding: data, as: UTF8.self) == "[\"2024-02-29\",\"1999-12-31\"]")
    #expect(try JSONDecoder().decode([CivilDate].self, from: data) == dates)
    let error = #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([CivilDate].self, from: Data("[\"2023-02-29\"]".utf8))
    }
    #expect(error.map { "\($0)".contains("write it as yyyy-mm-dd") } == true)
  }
}
