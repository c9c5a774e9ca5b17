import Testing
import TimeSeries

@testable import Evidence

struct StoreRoundTripTests {
  @Test("Every kind of observation, number and text comes back as it was, and without NaN")
  func everyKind() throws {
    let folder = try TemporaryFolder()
    let store = try Store(at: folder.path + "/evidence.store", mode: .writing)
    let day = try InventedFigures.day("2024-02-29")
    let observations: [Observation] = [
      .value(0), .value(-0.1), .value(1e308), .value(-.greatestFiniteMagnitude),
      .value(.leastNonzeroMagnitude),
      .value(0.1 + 0.2), .value(9_007_199_254_740_992), .value(1.0 / 3), .suppressed(nil), .suppressed(1...7),
      .suppressed(0...0), .suppressed(0 ... .infinity), .roundsToZero, .notAvailable, .notApplicable,
    ]
    var figures: [PublishedFigure] = []
    for (place, observation) in observations.enumerated() {
      figures.append(
        PublishedFigure(
          period: .academicYear(2000 + place), observation: observation, numerator: 1e308,
          denominator: .leastNonzeroMagnitude,
          limits: -1e308...1e308, rounding: 0.5,
          publication: Publication(date: day, isApproximate: place % 2 == 0),
          flags: DataFlags(rawValue: UInt8(place % 32)), note: place == 3 ? "" : "naïve – £1\u{0}\n🙂",
          source: place == 4 ? nil : "Übersicht \(place)",
          row: place + 2))
    }
    figures.append(PublishedFigure(period: .academicYear(2100), observation: .value(3), row: 99))
    let key = PublishedSeriesKey(
      measure: "Kinder–Übergewicht\u{0}x", measureName: "ß \"quoted\" 'text'; DROP TABLE series",
      area: PublishedArea(name: "Ynys Môn", code: "W06000001", number: "", level: "地方"),
      unit: .rate(per: 1e308),
      breakdown: [Series.Attribute(name: "", value: "a"), Series.Attribute(name: "性別", value: "")],
      polarity: .lowerIsBetter, givenID: "ünter-gewicht")
    _ = try store.import(
      InventedFigures.file("dåta/ÆØÅ.csv", figures, of: key, layout: "séries"),
      digest: InventedFigures.digest("a"))
    let reopened = try Store(at: store.path, mode: .reading)
    let series = try #require(try reopened.series().first)
    var expected = key
    expected.area.number = nil
    #expect(series.key == expected)
    let vintages = try reopened.vintages(of: series)
    #expect(vintages.map(\.figure) == figures)
    #expect(vintages.allSatisfy { $0.file == "dåta/ÆØÅ.csv" && $0.digest == InventedFigures.digest("a") })
    #expect(try reopened.imports().first?.layout == "séries")
    let points = try #require(try reopened.panel().panel.first).points
    #expect(points.map(\.observation) == figures.map(\.observation))
    #expect(points.map(\.rounding) == figures.map(\.rounding))
    #expect(points.map(\.note) == figures.map(\.note))
    #expect(points.first?.origin == Origin(file: "dåta/ÆØÅ.csv", row: 2, source: "Übersicht 0"))
    #expect(try reopened.panel().panel.first?.measure.polarity == .lowerIsBetter)
    #expect(try reopened.panel().panel.first?.id == "ünter-gewicht")
    #expect(try reopened.check().isEmpty)
  }

  @Test("Random figures come back as they were, and a panel holds the latest of each period")
  func random() throws {
    let folder = try TemporaryFolder()
    let store = try Store(at: folder.path + "/evidence.store", mode: .writing)
    var generator = SeededGenerator(state: 11)
    var expected: [String: [PublishedFigure]] = [:]
    var file = PublishedFigures(file: "random.csv", layout: "series")
    for number in 0..<40 {
      let kind = RandomPeriods.kind(&generator)
      var periods: Set<Period> = []
      for _ in 0..<20 { periods.insert(kind(Int.random(in: -300...300, using: &generator))) }
      let figures = periods.sorted().enumerated().map { place, period in
        var period = period
        period.style = PeriodStyle.allCases.randomElement(using: &generator) ?? .canonical
        return RandomFigures.figure(period, row: place + 2, &generator)
      }
      InventedFigures.add(figures, of: InventedFigures.key("m\(number)"), to: &file)
      expected["m\(number)"] = figures
    }
    _ = try store.import(file, digest: InventedFigures.digest("a"))
    for series in try store.series() {
      let figures = try #require(expected[series.id])
      let vintages = try store.vintages(of: series)
      #expect(vintages.map(\.figure) == figures)
      #expect(vintages.map(\.figure.period.style) == figures.map(\.period.style))
    }
    let panel = try store.panel()
    #expect(panel.problems.isEmpty)
    #expect(panel.panel.map { $0.points.count } == panel.panel.map { expected[$0.id]?.count ?? -1 })
  }

  @Test("What a day knew is what a list of everything published says, whatever the order of the imports")
  func asOf() throws {
    let folder = try TemporaryFolder()
    let store = try Store(at: folder.path + "/evidence.store", mode: .writing)
    var generator = SeededGenerator(state: 3)
    var all: [(day: Int, year: Int, value: Double)] = []
    for (place, day) in [40, 10, 30, 20, 60, 50].enumerated() {
      var figures: [PublishedFigure] = []
      for year in 2000..<2012 {
        let value = Double(Int.random(in: 0...2, using: &generator))
        all.append((day, year, value))
        figures.append(
          PublishedFigure(
            period: .calendarYear(year), observation: .value(value),
            publication: Publication(date: CivilDate(daysSinceEpoch: day)), row: year))
      }
      _ = try store.import(
        InventedFigures.file(figures), digest: InventedFigures.digest(Character("\(place)")))
    }
    for day in stride(from: 5, through: 65, by: 5) {
      let known = all.filter { $0.day <= day }
      let expected = (2000..<2012).compactMap { year in
        known.filter { $0.year == year }.max { $0.day < $1.day }?.value
      }
      let panel = try store.panel(asOf: CivilDate(daysSinceEpoch: day)).panel
      #expect((panel.first?.values ?? []) == expected)
    }
  }
}

/// Periods of every kind.
enum RandomPeriods {
  /// A kind, as a function that gives its periods by number.
  static func kind(_ generator: inout SeededGenerator) -> (Int) -> Period {
    let type = YearType.allCases.randomElement(using: &generator) ?? .calendar
    let monthly = [Frequency.monthly, .quarterly, .yearly].randomElement(using: &generator) ?? .monthly
    let start = CivilDate(daysSinceEpoch: Int.random(in: -40_000...40_000, using: &generator))
    let first: Period? =
      switch Int.random(in: 0..<9, using: &generator) {
      case 0: .year(2000, type)
      case 1: .quarter(2, ofYear: 2000, type)
      case 2: .month(containing: start)
      case 3: .week(from: start)
      case 4: .day(start)
      case 5: .censusDate(start, every: monthly)
      case 6: .pooledYears(2000, 2000 + Int.random(in: 1...99, using: &generator), type)
      case 7:
        .rollingMonths(
          Int.random(in: 2...120, using: &generator), endingYear: 2000, month: 5, every: monthly)
      default: .index(7, Frequency.allCases.randomElement(using: &generator) ?? .other)
      }
    let origin = first ?? .calendarYear(2000)
    return { origin.advanced(by: $0) }
  }
}

/// Figures of every kind.
enum RandomFigures {
  static func figure(_ period: Period, row: Int, _ generator: inout SeededGenerator) -> PublishedFigure {
    func maybe<Value>(_ value: Value) -> Value? { Bool.random(using: &generator) ? value : nil }
    let lower = Double.random(in: -1e6...1e6, using: &generator)
    let bounds = lower...(lower + Double.random(in: 0...10, using: &generator))
    let observation =
      [
        Observation.value(lower), .suppressed(bounds), .suppressed(nil), .roundsToZero, .notAvailable,
        .notApplicable,
      ]
      .randomElement(using: &generator) ?? .notAvailable
    return PublishedFigure(
      period: period, observation: observation, numerator: maybe(lower), denominator: maybe(lower * 7),
      limits: maybe(bounds), rounding: maybe(5),
      publication: maybe(
        Publication(
          date: CivilDate(daysSinceEpoch: Int.random(in: -1_000_000...1_000_000, using: &generator)),
          isApproximate: Bool.random(using: &generator))),
      flags: DataFlags(rawValue: UInt8.random(in: 0...255, using: &generator)), note: maybe("a note"),
      row: row)
  }
}
