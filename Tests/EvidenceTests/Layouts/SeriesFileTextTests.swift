import Testing
import TimeSeries

@testable import Evidence

/// Published figures are written as series files that say the same when they are read.
@Suite struct SeriesFileTextTests {
  private static let area = PublishedArea(
    name: "Sefton", code: "E08000014", number: "343", level: "Local authority")

  private static func figures(
    _ figures: [PublishedFigure], key: PublishedSeriesKey? = nil
  ) -> PublishedFigures {
    var all = PublishedFigures(file: "in.csv", layout: "test")
    let position = all.position(
      of: key ?? PublishedSeriesKey(measure: "Children in need", area: area, unit: .count))
    for figure in figures { all.add(figure, to: position) }
    return all
  }

  private static func read(_ text: SeriesFileText) throws -> SeriesFile {
    try SeriesFile(FileContents(path: "out.csv", bytes: text.bytes))
  }

  /// Three periods of every kind that has a text of its own, one after another.
  private static func periods() -> [[Period]] {
    let firsts: [Period?] = [
      .calendarYear(2019), .financialYear(2010), .academicYear(2011), .quarter(3, ofYear: 2020, .calendar),
      .quarter(4, ofYear: 2020, .financial), .quarter(2, ofYear: 2020, .academic),
      .month(year: 2011, month: 11), .pooledYears(2011, 2013, .calendar),
      .pooledYears(2012, 2014, .financial),
      .pooledYears(2018, 2020, .academic), .index(7, .yearly), .index(7, .monthly), .index(0, .other),
      .rollingMonths(12, endingYear: 2020, month: 7, every: .monthly),
      CivilDate(year: 2020, month: 3, day: 31).map { .censusDate($0) },
      CivilDate(year: 2020, month: 3, day: 31).map { .censusDate($0, every: .monthly) },
      CivilDate(year: 2020, month: 3, day: 31).map { .day($0) },
      CivilDate(year: 2020, month: 3, day: 30).map { .week(from: $0) },
    ]
    return firsts.compactMap { $0 }.map { first in (0..<3).map { first.advanced(by: $0) } }
  }

  @Test("every kind of period comes back as it was", arguments: periods())
  func periodsComeBack(_ periods: [Period]) throws {
    let written = SeriesFileText(
      Self.figures(
        periods.enumerated().map {
          PublishedFigure(period: $1, observation: .value(Double($0)), row: $0 + 2)
        }))
    let series = try #require(try Self.read(written).series(at: 0))
    #expect(series.points.map(\.period) == periods)
  }

  @Test("every kind of observation, and all that is said beside it, comes back as it was")
  func figuresComeBack() throws {
    let day = try #require(CivilDate(year: 2025, month: 11, day: 20))
    let observations: [Observation] = [
      .value(12), .value(-0.1), .value(1e15), .value(1.0 / 3), .suppressed(nil), .suppressed(1...7),
      .roundsToZero, .notAvailable, .notApplicable,
    ]
    let flags: [DataFlags] = [
      [], .provisional, .revised, .estimated, [.revised, .estimated], .definitionBreak, .reportingBreak,
      [.definitionBreak, .provisional], [],
    ]
    let published = observations.enumerated().map { position, observation in
      PublishedFigure(
        period: .calendarYear(2010 + position), observation: observation,
        numerator: position == 1 ? 3 : nil, denominator: position == 1 ? 40 : nil,
        limits: position == 0 ? 11...13.5 : nil, rounding: position == 2 ? 10 : nil,
        publication: position == 3 ? nil : Publication(date: day, isApproximate: position == 4),
        flags: flags[position], note: position == 5 ? "small, \"and\" quoted" : nil, row: position + 2)
    }
    let key = PublishedSeriesKey(
      measure: "NEET (16-17) %", area: Self.area, unit: .other("points"),
      breakdown: [
        Series.Attribute(name: "sex", value: "Female"), Series.Attribute(name: "period", value: "x"),
      ])
    let written = SeriesFileText(Self.figures(published, key: key))
    #expect(written.rowCount == 9)
    let file = try Self.read(written)
    let series = try #require(try file.series(at: 0))
    #expect(series.id == "neet-16-17-percent-female-x")
    #expect(series.area == "Sefton")
    #expect(series.measure.unit == .other("points"))
    #expect(series.points.map(\.observation) == observations)
    #expect(series.points.map(\.flags) == flags)
    #expect(series.points.map(\.rounding) == published.map(\.rounding))
    #expect(series.points.map(\.publication) == published.map(\.publication))
    #expect(series.points.map(\.numerator) == published.map(\.numerator))
    #expect(series.points.map(\.denominator) == published.map(\.denominator))
    #expect(series.points.map(\.note) == published.map(\.note))
    #expect(series.points.map(\.origin?.source) == (2...10).map { "in.csv:\($0)" })
    #expect(series.attributes.contains(Series.Attribute(name: "sex", value: "Female")))
    #expect(series.attributes.contains(Series.Attribute(name: "breakdown_period", value: "x")))
    #expect(series.attributes.contains(Series.Attribute(name: "area_code", value: "E08000014")))
  }

  @Test("of several vintages the last published stands, and a final figure before a provisional one")
  func vintages() throws {
    let days = try [10, 20].map { try #require(CivilDate(year: 2025, month: 1, day: $0)) }
    let written = SeriesFileText(
      Self.figures([
        PublishedFigure(
          period: .calendarYear(2020), observation: .value(5), publication: Publication(date: days[1]), row: 2
        ),
        PublishedFigure(
          period: .calendarYear(2020), observation: .value(4), publication: Publication(date: days[0]), row: 3
        ),
        PublishedFigure(period: .calendarYear(2021), observation: .value(7), flags: .revised, row: 4),
        PublishedFigure(period: .calendarYear(2021), observation: .value(6), flags: .provisional, row: 5),
        PublishedFigure(period: .calendarYear(2022), observation: .value(8), row: 6),
        PublishedFigure(period: .calendarYear(2022), observation: .value(8), row: 7),
        PublishedFigure(period: .calendarYear(2023), observation: .notAvailable, row: 8),
        PublishedFigure(period: .calendarYear(2023), observation: .value(9), row: 9),
      ]))
    let series = try #require(try Self.read(written).series(at: 0))
    #expect(series.points.map(\.value) == [5, 7, 8, 9])
    #expect(
      written.notes == [
        "3 figures were left out, which a later figure replaces",
        "1 figures that repeat another were left out",
      ])
    #expect(written.problems.isEmpty)
  }

  @Test("two figures that contradict each other are a problem that names both rows, and neither is taken")
  func contradiction() throws {
    let written = SeriesFileText(
      Self.figures([
        PublishedFigure(period: .calendarYear(2020), observation: .value(5), row: 2),
        PublishedFigure(period: .calendarYear(2021), observation: .value(1), row: 3),
        PublishedFigure(period: .calendarYear(2020), observation: .value(6), row: 4),
      ]))
    #expect(written.rowCount == 1)
    #expect(
      written.problems.map(\.description) == [
        "in.csv:4: Children in need of Sefton for 2020 is 6, and 5 in row 2; neither says which is later, so neither is taken: remove one, or give the days on which they were published"
      ])
  }

  @Test(
    "series that share a name and an area are told apart, and a text that a spreadsheet would run is guarded")
  func names() throws {
    var all = PublishedFigures(file: "in.csv", layout: "test")
    let keys = [
      PublishedSeriesKey(
        measure: "waiting", area: PublishedArea(name: "South West", level: "Regional"), unit: .count),
      PublishedSeriesKey(
        measure: "Waiting", area: PublishedArea(name: "South West", level: "ICB"), unit: .count),
      PublishedSeriesKey(measure: "cost", area: PublishedArea(name: "=A1"), unit: .count),
      PublishedSeriesKey(measure: "cost", area: PublishedArea(name: "=A1"), unit: .pounds),
      PublishedSeriesKey(
        measure: "cost", measureName: "again", area: PublishedArea(name: "=A1"), unit: .pounds),
    ]
    for key in keys {
      all.add(
        PublishedFigure(period: .calendarYear(2020), observation: .value(1), row: 2),
        to: all.position(of: key))
    }
    let written = SeriesFileText(all)
    let read = try Self.read(written)
    #expect(
      read.keys.map { "\($0.id) \($0.area ?? "")" } == [
        "waiting South West (Regional)", "waiting South West (ICB)", "cost-count '=A1", "cost-pounds '=A1",
        "cost-pounds-2 '=A1",
      ])
    #expect(written.notes.count == 1)
  }
}
