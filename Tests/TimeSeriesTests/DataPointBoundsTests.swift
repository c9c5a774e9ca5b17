import Testing
import TimeSeries

private let children = Measure(id: "children", unit: .count)

private func point(_ observation: Observation, roundedTo rounding: Double? = nil) -> DataPoint {
  DataPoint(period: .calendarYear(2020), observation: observation, rounding: rounding)
}

@Suite("Where a figure lies that is known as an interval")
struct DataPointBoundsTests {
  @Test("A rounded value lies within half of its unit of rounding, as far as the unit goes")
  func rounded() {
    #expect(point(.value(35), roundedTo: 5).bounds(in: .count) == 32.5...37.5)
    #expect(point(.value(0), roundedTo: 5).bounds(in: .count) == 0...2.5)
    #expect(point(.value(0), roundedTo: 5).bounds(in: .pounds) == -2.5...2.5)
    #expect(point(.value(100), roundedTo: 1).bounds(in: .percentage) == 99.5...100)
    #expect(point(.value(0.98), roundedTo: 0.05).bounds(in: .proportion)?.upperBound == 1)
    #expect(point(.value(2), roundedTo: 100).bounds(in: .score) == -48...52)
  }

  @Test("An exact value, and what nothing is known of, has no interval")
  func exact() {
    #expect(point(.value(35)).bounds(in: .count) == nil)
    for nothing in [Observation.notAvailable, .notApplicable, .suppressed(nil)] {
      #expect(point(nothing, roundedTo: 5).bounds(in: .count) == nil)
    }
  }

  @Test("A suppressed value lies within its bounds, one that rounds to zero below half of the rounding")
  func withoutValue() {
    #expect(point(.suppressed(1...7)).bounds(in: .count) == 1...7)
    #expect(point(.suppressed(1...7), roundedTo: 5).bounds(in: .count) == 1...7)
    #expect(point(.roundsToZero).bounds(in: .count) == nil)
    #expect(point(.roundsToZero, roundedTo: 5).bounds(in: .count) == 0...2.5)
    #expect(point(.roundsToZero, roundedTo: 5).bounds(in: .other("net")) == -2.5...2.5)
  }

  @Test(
    "Whatever is said to be the value and its rounding, asking for the interval does no harm",
    arguments: [
      (-3.0, 5.0), (Double.nan, 5), (.infinity, 5), (-.infinity, 5), (3, .nan), (3, 0), (3, -5),
      (3, .infinity),
    ])
  func hostile(value: Double, rounding: Double) {
    #expect(point(.value(value), roundedTo: rounding).bounds(in: .count) == nil)
    let greatest = Double.greatestFiniteMagnitude
    #expect(point(.value(greatest), roundedTo: greatest).bounds(in: .score) != nil)
  }

  @Test(
    "A series refuses a unit of rounding that no publisher has", arguments: [0, -5, .infinity, Double.nan])
  func impossible(rounding: Double) throws {
    let error = #expect(throws: TimeSeriesError.self) {
      try Series(id: "a", measure: children, points: [point(.value(3), roundedTo: rounding)])
    }
    #expect(error?.description.contains("\"a\" is said to be rounded to \(rounding) at 2020") == true)
    #expect(error?.description.contains("such as 5 or 10") == true)
  }

  @Test("Rounding stays with its figure when a series is cut, filled or looked at as of a day")
  func kept() throws {
    let day = try #require(CivilDate("2021-06-01"))
    let points = [
      DataPoint(period: .calendarYear(2018), observation: .value(10), rounding: 5),
      DataPoint(
        period: .calendarYear(2020), observation: .value(20), rounding: 10,
        publication: Publication(date: day), flags: .definitionBreak),
      DataPoint(period: .calendarYear(2021), observation: .suppressed(1...7)),
    ]
    let series = try Series(id: "a", measure: children, points: points.reversed())
    #expect(series.bounds == [7.5...12.5, 15...25, 1...7])
    #expect(try series.evenlySpaced().points.map(\.rounding) == [5, nil, 10, nil])
    #expect(series.known(asOf: day).points.map(\.rounding) == [5, 10, nil])
    #expect(series.segmentSinceLastBreak.points.map(\.rounding) == [10, nil])
    #expect(series.since(.calendarYear(2020)).points.map(\.rounding) == [10, nil])
    #expect(series.hiding { $0.rounding == 10 }.points.map(\.rounding) == [5, nil])
  }

  @Test("A year weighed from rounded figures is known as well as both together allow")
  func converted() throws {
    let plans = [
      DataPoint(period: .academicYear(2019), observation: .value(9)),
      DataPoint(period: .academicYear(2020), observation: .value(10)),
      DataPoint(period: .academicYear(2021), observation: .value(20), rounding: 6),
      DataPoint(period: .academicYear(2022), observation: .value(30), rounding: 12),
      DataPoint(period: .academicYear(2023), observation: .suppressed(0...4)),
      DataPoint(period: .academicYear(2024), observation: .roundsToZero, rounding: 2),
    ]
    let series = try Series(id: "a", measure: children, points: plans)
    let years = try YearConversion.termInvoice.converted(series).points
    #expect(years[0].rounding == nil)
    #expect(abs((years[1].rounding ?? 0) - 4) < 1e-12)
    #expect(abs((years[2].rounding ?? 0) - 10) < 1e-12)
    let upper = try #require(years[3].observation.bounds?.upperBound)
    #expect(abs(upper - (36.0 / 3 + 8.0 / 3)) < 1e-12)
    let least = try #require(years[4].observation.bounds)
    #expect(least.lowerBound == 0 && abs(least.upperBound - (4.0 / 3 + 2.0 / 3)) < 1e-12)
  }
}
