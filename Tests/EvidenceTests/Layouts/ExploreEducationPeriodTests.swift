import Testing
import TimeSeries

@testable import Evidence

/// `time_period` and `time_identifier` together are one period, or an error that names them.
@Suite struct ExploreEducationPeriodTests {
  private static func period(
    _ text: String, _ identifier: String, _ reporting: ExploreEducationPeriod.Reporting = .year(.calendar)
  ) throws -> Period? {
    try ExploreEducationPeriod(text, identifier, reporting: reporting).period
  }

  @Test("years, quarters, months and weeks are what their identifier says")
  func known() throws {
    #expect(try Self.period("2024", "Calendar year") == .calendarYear(2024))
    #expect(try Self.period("202425", "Academic year") == .academicYear(2024))
    #expect(try Self.period("202425", "FINANCIAL YEAR") == .financialYear(2024))
    #expect(try Self.period("2024/25", "Financial year") == .financialYear(2024))
    #expect(try Self.period("2024-25", "Tax year") == .financialYear(2024))
    #expect(try Self.period("199900", "Academic year") == .academicYear(1999))
    #expect(try Self.period("202425", "Academic year Q1") == .quarter(1, ofYear: 2024, .academic))
    #expect(try Self.period("202425", "Financial year Q4") == .quarter(4, ofYear: 2024, .financial))
    #expect(try Self.period("2024", "Calendar year Q3") == .quarter(3, ofYear: 2024, .calendar))
    #expect(try Self.period("2024", "February") == .month(year: 2024, month: 2))
  }

  @Test("week 1 has the year's first Thursday in it, and only some years have a week 53")
  func weeks() throws {
    #expect(try Self.period("2021", "Week 1")?.start == CivilDate("2021-01-04"))
    #expect(try Self.period("2020", "Week 1")?.start == CivilDate("2019-12-30"))
    #expect(try Self.period("2020", "Week 53")?.start == CivilDate("2020-12-28"))
    for week in ["Week 53", "Week 0", "Week 99"] {
      #expect(throws: UnreadableText.self) { try Self.period("2021", week) }
    }
  }

  @Test("terms are thirds of the academic year, once a year")
  func terms() throws {
    let autumn = try Self.period("202425", "Autumn term")
    #expect(autumn?.start == CivilDate("2024-09-01") && autumn?.end == CivilDate("2024-12-31"))
    let spring = try Self.period("202425", "Spring term")
    #expect(spring?.start == CivilDate("2025-01-01") && spring?.end == CivilDate("2025-04-30"))
    let summer = try Self.period("202425", "Summer term")
    #expect(summer?.start == CivilDate("2025-05-01") && summer?.end == CivilDate("2025-08-31"))
    let both = try Self.period("202425", "Autumn and spring term")
    #expect(both?.start == CivilDate("2024-09-01") && both?.end == CivilDate("2025-04-30"))
    let next = try Self.period("202526", "Autumn term")
    #expect(autumn?.frequency == .yearly && next.flatMap { autumn?.distance(to: $0) } == 1)
    let half = try Self.period("202425", "Part 2 (October to March)")
    #expect(half?.start == CivilDate("2024-10-01") && half?.end == CivilDate("2025-03-31"))
    #expect(try Self.period("202425", "Part 1 (April to September)")?.end == CivilDate("2024-09-30"))
  }

  @Test("a reporting year is the year that ends in it, the calendar year or the count on 31 March")
  func reporting() throws {
    #expect(try Self.period("2025", "Reporting year") == .calendarYear(2025))
    #expect(try Self.period("2025", "Reporting year", .year(.financial)) == .financialYear(2024))
    #expect(try Self.period("202425", "Reporting year", .year(.academic)) == .academicYear(2024))
    let march = try #require(CivilDate("2025-03-31"))
    #expect(try Self.period("2025", "Reporting year", .march) == .censusDate(march))
    #expect(ReportingYear.isMarch("At31_episodes") && ReportingYear.isMarch("on 31st March"))
    #expect(!ReportingYear.isMarch("31 May") && !ReportingYear.isMarch("March"))
  }

  @Test(
    "what cannot be read names the text and what would be accepted",
    arguments: [
      ("202426", "Academic year", "202426"), ("2024", "Academic year", "2024"),
      ("202425", "Calendar year", "202425"),
      ("24", "Calendar year", "24"), ("2024/5", "Financial year", "2024/5"),
      ("0000", "Calendar year", "0000"),
      ("9999", "Calendar year", "9999"), ("2024", "Lunar year", "Lunar year"), ("2024", "", ""),
      ("202425", "Financial year Q5", "Financial year Q5"), ("2024 25", "Academic year", "2024 25"),
      ("202425", "Reporting year", "202425"), ("202425", "March", "202425"),
      ("20a425", "Academic year", "20a425"),
    ])
  func refused(text: String, identifier: String, named: String) {
    let error = #expect(throws: UnreadableText.self) { try Self.period(text, identifier) }
    #expect(error?.text == named && error?.remedy.hasPrefix("write ") == true)
  }

  private static let header = "time_period,time_identifier,geographic_level,country_code,country_name"

  private static func read(_ rows: String, _ options: LayoutInput.Options = .init()) throws
    -> PublishedFigures
  {
    let figures = try InventedFile.read(Self.header + rows, as: ExploreEducationLayout.self, options)
    figures.expectFooting()
    return figures
  }

  @Test("what is on 31 March is counted then, and what stands beside it is of the year that ends then")
  func looksAtWords() throws {
    let place = "National,E92000001,England"
    let figures = try Self.read(
      """
      ,population_type,At31_episodes,children
      2025,Reporting year,\(place),Children looked after on 31 March each year,9,8
      2025,Reporting year,\(place),Children starting to be looked after each year,7,6
      """)
    let march = try #require(CivilDate("2025-03-31"))
    let started = ["Children starting to be looked after each year"]
    #expect(
      try figures.only("children", "England", ["Children looked after on 31 March each year"]).first?.period
        == .censusDate(march))
    #expect(try figures.only("children", "England", started).first?.period == .financialYear(2024))
    #expect(try figures.only("At31_episodes", "England", started).first?.period == .censusDate(march))
    #expect(figures.notes("end on 31 March"))
    let rows = ",children\n2025,Reporting year,\(place),9\n"
    #expect(try Self.read(rows).only("children", "England").first?.period == .calendarYear(2025))
    #expect(try Self.read(rows).notes("calendar years"))
    #expect(
      try Self.read(rows, .init(yearType: .academic)).only("children", "England").first?.period
        == .academicYear(2024))
  }

  @Test("periods of several kinds make several series, and one that cannot be read is said once")
  func kinds() throws {
    let place = "National,E92000001,England"
    let figures = try Self.read(
      """
      ,children
      202425,Autumn term,\(place),9
      202425,Spring term,\(place),8
      202526,Autumn term,\(place),7
      2025,Week 3,\(place),6
      2025,Week 4,\(place),5
      202425,Tax year,\(place),5
      2025,Never,\(place),4
      2025,Never,\(place),4
      """)
    #expect(
      figures.series.map { $0.key.breakdown.map(\.value) } == [
        ["autumn term"], ["spring term"], ["week"], ["tax year"],
      ])
    #expect(figures.series.map(\.figures.count) == [2, 1, 2, 1])
    #expect(figures.problems.count == 1 && figures.tally.unreadableRows == 2)
    #expect(figures.problems.first?.message.contains("\"Never\" in column \"time_identifier\"") == true)
    #expect(
      figures.notes("thirds of the academic year") && figures.notes("ISO 8601") && figures.notes("tax years"))
  }
}
