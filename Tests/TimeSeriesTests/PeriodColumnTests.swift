import Testing
import TimeSeries

struct PeriodColumnTests {
  @Test(
    "Every form of the contract is read and written back",
    arguments: [
      ("2024", "year(calendar)"), ("2024/25", "year(financial)"), ("2024-25", "year(financial)"),
      ("202425", "year(financial)"), ("2024-Q3", "quarter(calendar)"), ("2024 Q3", "quarter(calendar)"),
      ("2024Q3", "quarter(calendar)"), ("2024-07", "month"), ("202407", "month"), ("Jul 2024", "month"),
      ("July 2024", "month"), ("2019-21", "pooled"), ("2018/19-20/21", "pooled"), ("1998/99-00/01", "pooled"),
      ("12 months to Jul 2024", "rolling"),
    ])
  func forms(text: String, kind: String) throws {
    let period = try Period(parsing: text)
    let name =
      switch period.kind {
      case .year(let type): "year(\(type))"
      case .quarter(let type): "quarter(\(type))"
      case .month: "month"
      case .pooledYears: "pooled"
      case .rollingMonths: "rolling"
      case .week, .day, .census, .index: "other"
      }
    #expect(name == kind)
    #expect(period.labelAsWritten == text)
    #expect(try Period(parsing: " \(text) ") == period)
  }

  @Test("Pooled years run from the first year to the last")
  func pooled() throws {
    #expect(try Period(parsing: "2019-21") == .pooledYears(2019, 2021, .calendar))
    #expect(try Period(parsing: "2018/19-20/21") == .pooledYears(2018, 2020, .financial))
    #expect(
      try Period(parsing: "2018/19-20/21", yearType: .academic) == .pooledYears(2018, 2020, .academic))
    #expect(
      try PeriodColumn(reading: ["2008-10", "2009-11"], frequency: .yearly).periods[1].startYear == 2009)
  }

  @Test("YYYY-NN is years when every NN is the next year, months when every NN is 12 or less")
  func wholeColumn() throws {
    let years = try PeriodColumn(reading: ["2010-11", "2011-12", "2012-13"])
    #expect(years.periods.map(\.label) == ["2010/11", "2011/12", "2012/13"])
    let months = try PeriodColumn(reading: ["2010-11", "2010-12", "2011-01"])
    #expect(months.periods.map(\.label) == ["2010-11", "2010-12", "2011-01"])
    let compact = try PeriodColumn(reading: ["201112", "201201"])
    #expect(compact.periods.allSatisfy { $0.kind == .month })
    #expect(try PeriodColumn(reading: ["201112", "201213"]).periods.map(\.label) == ["2011/12", "2012/13"])
  }

  @Test("A column that may be both asks for a frequency or a calendar, and takes either")
  func bothFit() throws {
    let texts = ["2009-10", "2010-11", "2011-12"]
    let error = #expect(throws: PeriodColumn.Failure.self) { try PeriodColumn(reading: texts) }
    #expect(error?.problems.map(\.index) == [0, 1, 2])
    #expect(
      error?.problems.first?.description
        == """
        period "2009-10" may be a year or a month, and so may every other of its form in the column; \
        say --frequency yearly or monthly, or --calendar
        """)
    #expect(try PeriodColumn(reading: texts, frequency: .yearly).periods[2] == .financialYear(2011))
    #expect(try PeriodColumn(reading: texts, frequency: .monthly).periods[2].label == "2011-12")
    #expect(try PeriodColumn(reading: texts, yearType: .academic).periods[2] == .academicYear(2011))
    #expect(try PeriodColumn(reading: texts, yearType: .calendar).periods[2].kind == .month)
    #expect(try PeriodColumn(reading: texts + ["2012/13"]).periods[2] == .financialYear(2011))
    #expect(try PeriodColumn(reading: texts + ["Jul 2024"]).periods[2].kind == .month)
    #expect(throws: PeriodColumn.Failure.self) { try PeriodColumn(reading: ["2008-10", "2009-11"]) }
  }

  @Test("A column that is neither throughout asks too")
  func neitherFits() {
    let error = #expect(throws: PeriodColumn.Failure.self) {
      try PeriodColumn(reading: ["2024-07", "2024-25", "2024-99"])
    }
    #expect(error?.problems.count == 3)
    #expect(error?.description.contains("--frequency or --calendar") == true)
    #expect(error?.problems[2].description.contains("neither a year nor a month") == true)
  }

  @Test("With a frequency, only the texts that do not fit are refused")
  func frequencyNamesTheMisfit() {
    let months = #expect(throws: PeriodColumn.Failure.self) {
      try PeriodColumn(reading: ["2024-07", "2024-13"], frequency: .monthly)
    }
    #expect(months?.problems.map(\.index) == [1])
    let years = #expect(throws: PeriodColumn.Failure.self) {
      try PeriodColumn(reading: ["2023-24", "2024-07"], frequency: .yearly)
    }
    #expect(years?.problems.map(\.index) == [1])
    #expect(years?.description.contains("2024/25") == true)
  }

  @Test("Whole numbers need a frequency; four digits without one are years")
  func wholeNumbers() throws {
    #expect(
      try PeriodColumn(reading: ["1", "2"], frequency: .other).periods == [
        .index(1, .other), .index(2, .other),
      ])
    #expect(try PeriodColumn(reading: ["1", "1024"], frequency: .yearly).periods[1] == .index(1024, .yearly))
    #expect(
      try PeriodColumn(reading: ["1990", "2024"], frequency: .yearly).periods[1] == .calendarYear(2024))
    #expect(
      try PeriodColumn(reading: ["1990", "2024"], frequency: .daily).periods[1] == .index(2024, .daily))
    #expect(try PeriodColumn(reading: ["2024", "202425"]).periods[1] == .financialYear(2024))
    let error = #expect(throws: PeriodColumn.Failure.self) { try PeriodColumn(reading: ["1", "2"]) }
    #expect(error?.description.contains("say --frequency") == true)
    #expect(try Period(parsing: "7", frequency: .weekly).advanced(by: 1).labelAsWritten == "8")
  }

  @Test("A quarter of a split year needs a calendar, and a quarter of one year none but the calendar year")
  func quarters() throws {
    #expect(throws: UnreadableText.self) { try Period(parsing: "2024/25 Q1") }
    #expect(throws: UnreadableText.self) { try Period(parsing: "2024/25 Q1", yearType: .calendar) }
    let financial = try Period(parsing: "2024/25 Q1", yearType: .financial)
    #expect(financial.start?.description == "2024-04-01")
    let academic = try Period(parsing: "2024/25-Q1", yearType: .academic)
    #expect(academic.start?.description == "2024-09-01")
    #expect(academic.labelAsWritten == "2024/25-Q1")
    let error = #expect(throws: UnreadableText.self) { try Period(parsing: "2024-Q3", yearType: .financial) }
    #expect(error?.remedy == "write both years, such as 2024/25 Q3")
  }

  @Test("One year's number does not say which financial year it is")
  func plainYearWithCalendar() {
    let error = #expect(throws: UnreadableText.self) { try Period(parsing: "2024", yearType: .financial) }
    #expect(error?.remedy == "write 2024/25 or 2023/24")
    #expect(throws: UnreadableText.self) { try Period(parsing: "2024/25", yearType: .calendar) }
    #expect(throws: UnreadableText.self) { try Period(parsing: "2024-25", yearType: .calendar) }
    #expect(throws: UnreadableText.self) { try Period(parsing: "2019-21", yearType: .financial) }
  }

  @Test(
    "Dates say how often they repeat, and the reader is told",
    arguments: [
      (["2022-03-31", "2023-03-31"], "census(TimeSeries.Frequency.yearly)"),
      (["2024-01-18", "2025-01-16"], "census(TimeSeries.Frequency.yearly)"),
      (["2024-03-31", "2024-06-30", "2024-12-31"], "census(TimeSeries.Frequency.quarterly)"),
      (["2024-01-31", "2024-02-29", "2024-04-30"], "census(TimeSeries.Frequency.monthly)"),
      (["2024-01-15", "2024-02-15"], "census(TimeSeries.Frequency.monthly)"),
      (["2024-07-01", "2024-07-08", "2024-07-22"], "week"), (["2024-07-01", "2024-07-02"], "day"),
    ])
  func dates(texts: [String], kind: String) throws {
    let column = try PeriodColumn(reading: texts)
    #expect(column.periods.allSatisfy { "\($0.kind)" == kind })
    #expect(column.periods.map(\.labelAsWritten) == texts)
    #expect(column.notes.count == 1 && column.notes[0].hasPrefix("dates are read as"))
  }

  @Test("Dates that do not say ask for a frequency, and take it")
  func unclearDates() throws {
    for texts in [["2024-07-31"], ["2024-07-01", "2024-07-04", "2024-09-09"]] {
      let error = #expect(throws: PeriodColumn.Failure.self) { try PeriodColumn(reading: texts) }
      #expect(error?.problems.count == texts.count)
      #expect(error?.description.contains("--frequency") == true)
    }
    let text = ["2024-07-31"]
    #expect(try PeriodColumn(reading: text, frequency: .yearly).periods[0].kind == .census(.yearly))
    #expect(try PeriodColumn(reading: text, frequency: .quarterly).periods[0].kind == .census(.quarterly))
    #expect(try PeriodColumn(reading: text, frequency: .monthly).periods[0].kind == .census(.monthly))
    #expect(try PeriodColumn(reading: text, frequency: .weekly).periods[0].kind == .week)
    #expect(try PeriodColumn(reading: text, frequency: .daily).notes.isEmpty)
    #expect(throws: PeriodColumn.Failure.self) { try PeriodColumn(reading: text, frequency: .other) }
  }

  @Test(
    "Texts that are no periods are refused with what is accepted",
    arguments: [
      "", "24", "2024/26", "2024-02-30", "2024-Q5", "2024/25 Q0", "2024/27 Q1", "Juli 2024", "2024-2025",
      "31/03/2024", "FY24", "2018/19-18/19", "2018/19-20/22", "2018/20-20/21", "1 months to Jul 2024",
      "2024Q", "abcdefg", "2024_07", "Jul 24", "12345678901", "2024-7", "2024/2025", "2024-ab-01",
      "2024 - Q1",
    ])
  func badTexts(text: String) {
    let error = #expect(throws: UnreadableText.self) { try Period(parsing: text) }
    #expect(error?.text == text)
    #expect(error?.remedy.isEmpty == false)
    #expect(error?.description.contains("\"\(text)\"") == true)
  }

  @Test(
    "A frequency that contradicts the periods is refused",
    arguments: [
      ("2024/25", Frequency.monthly), ("Jul 2024", .yearly), ("2024-Q1", .yearly), ("2024-07", .quarterly),
      ("2024-25", .weekly), ("2024-07", .other),
    ])
  func contradicted(text: String, frequency: Frequency) {
    #expect(throws: UnreadableText.self) { try Period(parsing: text, frequency: frequency) }
  }

  @Test("All bad texts of a column are named, in order")
  func collectsProblems() {
    let error = #expect(throws: PeriodColumn.Failure.self) {
      try PeriodColumn(reading: ["2024/25 Q1", "rubbish", "2024/25", "2024/26"])
    }
    #expect(error?.problems.map(\.index) == [0, 1, 3])
    #expect(error?.description.split(separator: "\n").count == 3)
  }

  @Test("Taking 2024/25 for a financial year is said")
  func assumptionIsSaid() throws {
    #expect(try PeriodColumn(reading: ["2024/25"]).notes.count == 1)
    #expect(try PeriodColumn(reading: ["2024/25"], yearType: .financial).notes.isEmpty)
    #expect(try PeriodColumn(reading: []).periods.isEmpty)
  }
}
