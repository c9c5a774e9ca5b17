import Testing
import TimeSeries

@testable import Forecasting

@Suite("Where a named period stands in a sample")
struct PeriodPositionTests {
  private func monthly() throws -> Sample {
    let first = try #require(Period.month(year: 2019, month: 11))
    return try Sample(
      try Series(
        id: "referrals", measure: Measure(id: "referrals", unit: .score),
        points: (0..<12).map { DataPoint(first.advanced(by: $0), Double(10 + $0 % 5)) }))
  }

  @Test("a year is found in any form in which a year is written, before and after the last observation")
  func years() throws {
    let sample = try natural([1, 2, nil, 3, 5])
    #expect(try sample.position(ofPeriod: "2000/01", model: "step") == 0)
    #expect(try sample.position(ofPeriod: "2002/03", model: "step") == 2)
    #expect(try sample.position(ofPeriod: "2002-03", model: "step") == 2)
    #expect(try sample.position(ofPeriod: "200203", model: "step") == 2)
    #expect(try sample.position(ofPeriod: "2010/11", model: "step") == 10)
    #expect(try sample.position(ofPeriod: "3004/05", model: "step") == 1004)
  }

  @Test("a full date falls into the period that contains it, its first and last day included")
  func dates() throws {
    let years = try natural([1, 2, 4, 3, 5])
    #expect(try years.position(ofPeriod: "2002-04-01", model: "step") == 2)
    #expect(try years.position(ofPeriod: "2003-03-31", model: "step") == 2)
    let months = try monthly()
    #expect(try months.position(ofPeriod: "2020-03", model: "step") == 4)
    #expect(try months.position(ofPeriod: "Mar 2020", model: "step") == 4)
    #expect(try months.position(ofPeriod: "2020-03-23", model: "step") == 4)
  }

  @Test("a count of one day a year is found by its year, its month, and any date since the one before")
  func censuses() throws {
    let first = Period.censusDate(try #require(CivilDate("2018-06-30")))
    let sample = try Sample(
      try Series(
        id: "children", measure: Measure(id: "children", unit: .score),
        points: (0..<5).map { DataPoint(first.advanced(by: $0), Double($0 + 1)) }))
    for text in ["2020-06-30", "2020", "2020-06", "Jun 2020", "2019-07-01", "2020-04-15"] {
      #expect(try sample.position(ofPeriod: text, model: "step") == 2, "\(text)")
    }
    #expect(try sample.position(ofPeriod: "2020-07-01", model: "step") == 3)
    #expect(try sample.position(ofPeriod: "2018-01-01", model: "step") == 0)
    #expect(
      sentence { _ = try sample.position(ofPeriod: "2017", model: "step") } == """
        series "children": step names the period 2017, which is not one of the series; write a period from \
        2018-06-30, the first observation, to 2022-06-30, the last, or a later one, in the same form, or a full date \
        such as 2020-04-15, which counts for the first observation on or after it
        """)
  }

  @Test("a plain count is found by its number, and a date is not offered for it")
  func counts() throws {
    let sample = try Sample(
      try Series(
        id: "weeks", measure: Measure(id: "weeks", unit: .score),
        points: (0..<6).map { DataPoint(.index(5 + $0, .other), Double($0 + 1)) }))
    #expect(try sample.position(ofPeriod: "7", model: "step") == 2)
    #expect(
      sentence { _ = try sample.position(ofPeriod: "4", model: "step") } == """
        series "weeks": step names the period 4, which is not one of the series; write a period from 5, the \
        first observation, to 10, the last, or a later one, in the same form
        """)
  }

  @Test("a period that is none of the series is refused with what is accepted")
  func unknown() throws {
    let sample = try natural([1, 2, 4, 3, 5])
    for text in ["1999/00", "2002", "spring", "", "3005/06", "1999-12-31"] {
      #expect(
        sentence { _ = try sample.position(ofPeriod: text, model: "step") } == """
          series "plans": step names the period \(text), which is not one of the series; write a period from 2000/01, \
          the first observation, to 2004/05, the last, or a later one, in the same form, or a full date such as 2020-04-15 that lies in one
          """)
    }
    let bare = Sample(
      name: "bare", positions: [0, 1], observed: [1, 2], labels: ["a", "b"], scale: .natural,
      samplingVariances: nil)
    #expect(
      sentence { _ = try bare.position(ofPeriod: "2002", model: "step") } == """
        series "bare": step names the period 2002, and the observations carry no periods; fit it to a series that \
        has dates
        """)
  }
}
