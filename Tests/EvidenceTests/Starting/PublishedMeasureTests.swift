import Testing
import TimeSeries

@testable import Evidence

@Suite("Measures that publishers have and a plan needs")
struct PublishedMeasureTests {
  private let measures: PublishedMeasures
  init() throws { measures = try PublishedMeasures.embedded }

  private func measure(_ series: String) throws -> PublishedMeasure {
    try #require(measures.all.first { $0.series == series })
  }

  @Test("Every series that a service needs or can use is in the table, under a layout that is read")
  func complete() {
    let known = Set(measures.all.map(\.series))
    for service in StartingService.all {
      for id in service.needs.flatMap({ $0 }) + service.options.flatMap(\.series) {
        #expect(known.contains(id), "\(id)")
      }
    }
    for layout in measures.layouts { #expect(Layouts.named(layout) != nil, "\(layout)") }
  }

  @Test("A bare year of a census is its day; one of a financial measure is the year that ends in it")
  func periods() throws {
    let day = try #require(CivilDate(year: 2021, month: 1, day: 15))
    #expect(try measure("ehc-plans").period(of: .calendarYear(2021)) == .censusDate(day))
    #expect(try measure("ehc-plans").period(of: .censusDate(day)) == .censusDate(day))
    #expect(try measure("neet-16-17").period(of: .calendarYear(2021)) == .financialYear(2020))
    #expect(try measure("looked-after-spend").period(of: .financialYear(2016)) == .financialYear(2016))
    #expect(try measure("ehc-requests").period(of: .calendarYear(2019)) == .calendarYear(2019))
    #expect(try measure("ehc-requests").period(of: .financialYear(2019)) == nil)
    #expect(try measure("ehc-plans").period(of: try #require(.pooledYears(2019, 2021, .calendar))) == nil)
    let end = try #require(CivilDate(year: 2023, month: 2, day: 28))
    #expect(
      try measure("waiting-occupational-therapy").period(of: .censusDate(end, every: .monthly))
        == .month(year: 2023, month: 2))
  }

  @Test("A figure is known from the usual day of its release, which is approximate")
  func releases() throws {
    let spend = try measure("looked-after-spend").publication(of: .financialYear(2016))
    #expect(
      spend == Publication(date: try #require(CivilDate(year: 2017, month: 12, day: 31)), isApproximate: true)
    )
    let grant = try measure("dsg-total").publication(of: .financialYear(2020))
    #expect(grant?.date == CivilDate(year: 2019, month: 12, day: 31))
    let list = try measure("waiting-speech-and-language").publication(
      of: try #require(.month(year: 2023, month: 1)))
    #expect(list?.date == CivilDate(year: 2023, month: 3, day: 14))
  }

  @Test("A measure is known by its name, whatever its capitals, and by its breakdown where it has one")
  func names() {
    let area = PublishedArea(name: "Sefton")
    var key = PublishedSeriesKey(measure: "lacnum", area: area, unit: .count)
    #expect(measures.measure(key, in: "lait")?.series == "looked-after-children")
    #expect(measures.measure(key, in: "dsg") == nil)
    key = PublishedSeriesKey(
      measure: "children_count", area: area, unit: .count,
      breakdown: [.init(name: "population_type", value: "Children starting to be looked after each year")])
    #expect(measures.measure(key, in: "ees")?.series == "looked-after-starts")
    key.breakdown = []
    #expect(measures.measure(key, in: "ees") == nil)
    key.givenID = "foster-places"
    #expect(measures.measure(key, in: "series")?.series == "foster-places")
  }

  @Test("A table that cannot be read says which row")
  func refusals() {
    let header =
      "layout,measure,breakdown,series,title,unit,period,released,years_later,file,publisher\n"
    for row in [
      "lait,a,,b,c,count,13-40,06-30,0,f,p", "lait,a,,b,c,count,calendar,soon,0,f,p",
      "lait,a,,b,c,per 0,calendar,06-30,0,f,p",
    ] {
      #expect(throws: EvidenceError.self) {
        try PublishedMeasures(FileContents(path: "m.csv", bytes: Array((header + row + "\n").utf8)))
      }
    }
  }
}
