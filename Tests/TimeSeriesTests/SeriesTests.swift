import Testing
import TimeSeries

private let plans = Measure(id: "plans", name: "Plans", unit: .count, polarity: .neutral)

private func published(_ text: String) throws -> Publication {
  Publication(date: try #require(CivilDate(text)))
}

struct SeriesTests {
  @Test("Figures are put in the order of their periods")
  func sorted() throws {
    let points = [2022, 2020, 2021].map { DataPoint(.financialYear($0), Double($0)) }
    let series = try Series(id: "a", measure: plans, points: points)
    #expect(series.values == [2020, 2021, 2022])
    #expect(series.frequency == .yearly)
    #expect(series.kind == .year(.financial))
    #expect(series.latest?.period == .financialYear(2022))
    #expect(series.point(at: .financialYear(2021))?.value == 2021)
    #expect(series.point(at: .financialYear(2023)) == nil)
    #expect(series.point(at: .academicYear(2021)) == nil)
  }

  @Test("A period that comes twice is refused, and so are two censuses of one month")
  func duplicates() throws {
    let twice = [DataPoint(.financialYear(2020), 1), DataPoint(.financialYear(2020), 2)]
    #expect(throws: TimeSeriesError.duplicatePeriod(series: "a", period: .financialYear(2020))) {
      try Series(id: "a", measure: plans, points: twice)
    }
    let days = try ["2024-01-16", "2024-01-18"].map { DataPoint(.censusDate(try #require(CivilDate($0))), 1) }
    #expect(throws: TimeSeriesError.self) { try Series(id: "a", measure: plans, points: days) }
  }

  @Test("Years of two kinds do not make a series")
  func mixed() {
    let points = [DataPoint(.financialYear(2020), 1), DataPoint(.academicYear(2021), 2)]
    let error = #expect(throws: TimeSeriesError.self) { try Series(id: "a", measure: plans, points: points) }
    #expect(error?.description.contains("mixes periods of different kinds") == true)
  }

  @Test("An empty series is a series")
  func empty() throws {
    let series = try Series(id: "a", measure: plans, points: [])
    #expect(series.kind == nil && series.frequency == nil && series.latest == nil)
    #expect(series.gaps.isEmpty && series.segments.isEmpty && series.breaks.isEmpty)
    #expect(series.segmentSinceLastBreak.points.isEmpty && series.segmentBeforeFirstBreak.points.isEmpty)
    #expect(try series.evenlySpaced().points.isEmpty)
  }

  @Test("Gaps are counted, and filled only on request and within reason")
  func gaps() throws {
    let points = [2015, 2016, 2019, 2021].map { DataPoint(.calendarYear($0), 1) }
    let series = try Series(id: "a", measure: plans, points: points)
    #expect(series.gaps.map(\.first.label) == ["2017", "2020"])
    #expect(series.gaps.map(\.count) == [2, 1])
    let even = try series.evenlySpaced()
    #expect(even.points.map(\.period.label) == ["2015", "2016", "2017", "2018", "2019", "2020", "2021"])
    #expect(even.points[2].observation == .notAvailable)
    #expect(even.gaps.isEmpty)
    #expect(try even.evenlySpaced() == even)
    #expect(throws: TimeSeriesError.tooSparse(series: "a", missing: 3, limit: 2)) {
      try series.evenlySpaced(limit: 2)
    }
    let far = try Series(
      id: "far", measure: plans,
      points: [DataPoint(.index(0, .other), 1), DataPoint(.index(.max, .other), 1)])
    #expect(throws: TimeSeriesError.self) { try far.evenlySpaced() }
  }

  @Test("What was known on a day leaves out what was published later, and keeps the undated")
  func knownAsOf() throws {
    let points = [
      DataPoint(
        period: .financialYear(2020), observation: .value(1), publication: try published("2021-11-18")),
      DataPoint(period: .financialYear(2021), observation: .value(2)),
      DataPoint(
        period: .financialYear(2022), observation: .value(3), publication: try published("2023-11-16")),
    ]
    let series = try Series(id: "a", area: "Sefton", measure: plans, points: points)
    let before = series.known(asOf: try #require(CivilDate("2023-11-15")))
    #expect(before.values == [1, 2] && before.undatedCount == 1 && before.area == "Sefton")
    let onTheDay = series.known(asOf: try #require(CivilDate("2023-11-16")))
    #expect(onTheDay.values == [1, 2, 3])
    let panel = try Panel([series]).known(asOf: try #require(CivilDate("2020-01-01")))
    #expect(panel["a", area: "Sefton"]?.values == [2])
  }

  @Test("A series falls into the runs between its breaks")
  func segments() throws {
    let flags: [DataFlags] = [
      .definitionBreak, .provisional, .definitionBreak, .revised, .reportingBreak, .estimated,
    ]
    let points = flags.enumerated().map { offset, flag in
      DataPoint(
        period: .calendarYear(2015 + offset), observation: .value(Double(2015 + offset)), flags: flag)
    }
    let series = try Series(id: "a", measure: plans, points: points)
    #expect(series.breaks.map(\.label) == ["2015", "2017", "2019"])
    #expect(series.segments.map(\.values) == [[2015, 2016], [2017, 2018], [2019, 2020]])
    #expect(series.segmentSinceLastBreak.values == [2019, 2020])
    #expect(series.segmentBeforeFirstBreak.values == [2015, 2016])
    let whole = try Series(id: "b", measure: plans, points: [DataPoint(.calendarYear(2015), 1)])
    #expect(whole.segments == [whole] && whole.segmentBeforeFirstBreak == whole)
  }

  @Test("Columns that are not interpreted are kept in their order")
  func attributes() throws {
    let series = try Series(
      id: "a", measure: plans, points: [], attributes: [.init(name: "sector", value: "special")])
    #expect(series.attribute("sector") == "special" && series.attribute("other") == nil)
  }
}

struct PanelTests {
  @Test("A panel keeps its order and finds series by identifier and area")
  func panel() throws {
    let keys = [("b", "Sefton"), ("a", "Sefton"), ("a", "Halton")]
    let panel = try Panel(keys.map { try Series(id: $0.0, area: $0.1, measure: plans, points: []) })
    #expect(panel.map(\.id) == ["b", "a", "a"])
    #expect(panel["a", area: "Halton"]?.area == "Halton")
    #expect(panel["a"] == nil)
    #expect(panel.areas == ["Sefton", "Halton"])
    #expect(panel.count == 3 && panel[1].id == "a")
  }

  @Test("Two series of one name and area are refused")
  func duplicates() throws {
    let series = try Series(id: "a", area: "Sefton", measure: plans, points: [])
    let error = #expect(throws: TimeSeriesError.self) { try Panel([series, series]) }
    #expect(error?.description.contains("twice for area \"Sefton\"") == true)
    let bare = try Series(id: "a", measure: plans, points: [])
    let other = #expect(throws: TimeSeriesError.self) { try Panel([bare, bare]) }
    #expect(other?.description.contains("appears twice;") == true)
  }
}
