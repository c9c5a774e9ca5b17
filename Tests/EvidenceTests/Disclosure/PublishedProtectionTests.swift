import Testing
import TimeSeries

@testable import Evidence

/// Published figures are protected with all that can be told from their areas, their breakdowns and their vintages.
@Suite("Protection of published figures")
struct PublishedProtectionTests {
  private static func figures(
    _ rows: [(
      measure: String, area: PublishedArea, breakdown: [(String, String)], figures: [PublishedFigure]
    )],
    unit: Unit = .count
  ) -> PublishedFigures {
    var all = PublishedFigures(file: "in.csv", layout: "invented")
    for row in rows {
      let key = PublishedSeriesKey(
        measure: row.measure, area: row.area, unit: unit,
        breakdown: row.breakdown.map { Series.Attribute(name: $0.0, value: $0.1) })
      let position = all.position(of: key)
      for figure in row.figures { all.add(figure, to: position) }
    }
    return all
  }

  private static func count(_ value: Double, row: Int = 2) -> PublishedFigure {
    PublishedFigure(period: .calendarYear(2024), observation: .value(value), row: row)
  }

  /// One figure of each area.
  private static func areas(_ counts: [(area: PublishedArea, value: Double)]) -> PublishedFigures {
    figures(counts.map { ("plans", $0.area, [], [count($0.value)]) })
  }

  private static func named(_ name: String) -> PublishedArea { PublishedArea(name: name) }

  private static func observation(_ figures: PublishedFigures, _ area: String) -> Observation? {
    figures.series.first { $0.key.area.name == area }?.figures.first?.observation
  }

  @Test("a small count of an authority cannot be found from its region, nor that of a region from England")
  func areasAddUp() throws {
    let figures = Self.areas([
      (Self.named("Sefton"), 3), (Self.named("Liverpool"), 40), (Self.named("Wirral"), 57),
      (Self.named("North West"), 100), (Self.named("South East"), 200), (Self.named("England"), 300),
    ])
    let (safe, report) = try figures.protected(by: .underFive)
    #expect(Self.observation(safe, "Sefton") == .suppressed(nil))
    // With all its parts and the whole in sight, at least one other figure of the region is held back.
    let others = ["Liverpool", "Wirral", "North West"].map { Self.observation(safe, $0)?.value }
    #expect(others.contains { $0 == nil })
    #expect(Self.observation(safe, "England") == .value(300))
    #expect(report.primary == 1 && report.secondary >= 1 && report.relations >= 2 && report.isSafe)
  }

  @Test("without the region, an authority stands in no sum and none but the small count is held back")
  func noSum() throws {
    let figures = Self.areas([
      (Self.named("Sefton"), 3), (Self.named("Liverpool"), 40), (Self.named("Exampleshire"), 57),
    ])
    let (safe, report) = try figures.protected(by: .underFive)
    #expect(Self.observation(safe, "Sefton") == .suppressed(nil))
    #expect(Self.observation(safe, "Liverpool") == .value(40))
    #expect(Self.observation(safe, "Exampleshire") == .value(57))
    #expect(report.secondary == 0 && report.relations == 0)
  }

  @Test("areas are nested by their codes too, whatever they are called")
  func codes() throws {
    let figures = Self.areas([
      (PublishedArea(name: "LA one", code: "E08000014"), 3),
      (PublishedArea(name: "LA two", code: "E08000012"), 97),
      (PublishedArea(name: "Region B", code: "E12000002"), 100),
    ])
    let (safe, report) = try figures.protected(by: .underFive)
    #expect(Self.observation(safe, "LA one") == .suppressed(nil))
    #expect(report.relations >= 1)
    #expect(report.secondary >= 1)
    #expect(safe.series.flatMap(\.figures).count { $0.observation.value == nil } >= 2)
  }

  @Test("authorities that are reported as one are a part of their region, unless a member stands beside them")
  func combined() throws {
    let combined = try #require(
      try Gazetteer.english.combinedAreas.first { area in
        guard let region = try? Gazetteer.english[area.members[0]]?.region else { return false }
        return region.within == nil
      })
    let member = try #require(try Gazetteer.english[combined.members[0]])
    let together = Self.areas([
      (Self.named(combined.name), 3), (Self.named(member.region.name), 3 + 50),
      (Self.named("England"), 500),
    ])
    #expect(try together.protected(by: .underFive).report.relations == 2)
    let beside = Self.areas([
      (Self.named(combined.name), 3), (Self.named(member.name), 2), (Self.named(member.region.name), 53),
    ])
    #expect(try beside.protected(by: .underFive).report.relations == 1)
  }

  @Test("England is the nation however it is written, and a rule that spares the nation leaves it")
  func nation() throws {
    for area in [Self.named("ENGLAND"), PublishedArea(name: "Total", code: "E92000001")] {
      let figures = Self.areas([(Self.named("Sefton"), 13), (area, 5001)])
      let (safe, _) = try figures.protected(by: .hospitalEpisodes)
      #expect(Self.observation(safe, area.name) == .value(5001))
      #expect(safe.series.last?.figures.first?.rounding == nil)
      #expect(Self.observation(safe, "Sefton") == .value(15))
    }
  }

  @Test(
    "the whole of a breakdown is found by its word, or is the series without a value",
    arguments: ["Total", "total", "All", "all", "Persons", "All ages", ""])
  func wholes(word: String) throws {
    let area = Self.named("Exampleshire")
    let figures = Self.figures([
      ("plans", area, [("sex", word)], [Self.count(60)]),
      ("plans", area, [("sex", "Girls")], [Self.count(2)]),
      ("plans", area, [("sex", "Boys")], [Self.count(58)]),
    ])
    let (safe, report) = try figures.protected(by: .underFive)
    let after = safe.series.map { $0.figures.first?.observation.value }
    #expect(after[1] == nil)
    // The other part, or the whole, goes too: else the small count is their difference.
    #expect(after[0] == nil || after[2] == nil)
    #expect(report.relations >= 1 && report.isSafe)
  }

  @Test("of several vintages the last stays, with its day, its row and its remark")
  func vintages() throws {
    let first = PublishedFigure(
      period: .calendarYear(2024), observation: .value(40),
      publication: Publication(date: try Self.day("2025-01-31")),
      note: "first", row: 2)
    let second = PublishedFigure(
      period: .calendarYear(2024), observation: .value(42),
      publication: Publication(date: try Self.day("2025-06-30")),
      flags: .revised, note: "second", row: 9)
    for order in [[first, second], [second, first]] {
      let figures = Self.figures([("plans", Self.named("Sefton"), [], order)])
      let (safe, _) = try figures.protected(by: .underFive)
      let left = try #require(safe.series.first).figures
      #expect(left == [second])
    }
  }

  private static func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

  @Test(
    "counts that a rule rounds are all marked alike, so that the mark does not tell which were round before")
  func rounding() throws {
    let figures = Self.areas([
      (Self.named("Sefton"), 10), (Self.named("Liverpool"), 12), (Self.named("Wirral"), 0),
      (Self.named("Leeds"), 3),
    ])
    let (safe, report) = try figures.protected(by: .hospitalEpisodes)
    let after = safe.series.map { $0.figures[0] }
    #expect(after.map(\.observation) == [.value(10), .value(10), .value(0), .suppressed(nil)])
    // Zero is published as it is by this rule, and what is held back has no value to be rounded.
    #expect(after.map(\.rounding) == [5, 5, nil, nil])
    #expect(report.rounded == 1 && report.primary == 1)
    let (rounded, _) = try figures.protected(by: .roundedToFive)
    #expect(
      rounded.series.map { $0.figures[0].observation } == [.value(10), .value(10), .value(0), .value(5)])
    #expect(rounded.series.map { $0.figures[0].rounding } == [5, 5, nil, 5])
    let (plain, _) = try figures.protected(by: .none)
    #expect(plain.series.map { $0.figures[0].rounding } == [nil, nil, nil, nil])
  }

  /// A rate per 10,000 with its counts and its limits.
  private static func rate(_ above: Double, _ below: Double) -> PublishedFigure {
    PublishedFigure(
      period: .calendarYear(2024), observation: .value(above / below * 10_000), numerator: above,
      denominator: below,
      limits: 1...9, row: 2)
  }

  @Test("limits of confidence go with the figures that are changed, and stay with those that are not")
  func limits() throws {
    let rate = try #require(try? Unit(parsing: "per 10,000"))
    let figures = Self.figures(
      [
        ("rate", Self.named("Sefton"), [], [Self.rate(3, 50_000)]),
        ("rate", Self.named("Leeds"), [], [Self.rate(40, 90_000)]),
      ], unit: rate)
    #expect(figures.series.allSatisfy { $0.figures[0].limits == 1...9 })
    let (safe, report) = try figures.protected(by: .underFive)
    #expect(safe.series[0].figures[0].observation.value == nil && safe.series[0].figures[0].limits == nil)
    #expect(safe.series[0].figures[0].numerator == nil)
    #expect(safe.series[1].figures[0] == figures.series[1].figures[0])
    #expect(report.rates == 1)
  }

  @Test(
    "under a rule that rounds no limits stay beside a count, and no rate is marked as rounded to a count's unit"
  )
  func limitsOfRounded() throws {
    let rate = try #require(try? Unit(parsing: "per 10,000"))
    let figures = Self.figures(
      [
        ("rate", Self.named("Sefton"), [], [Self.rate(40, 50_000)]),
        ("rate", Self.named("Leeds"), [], [Self.rate(41, 90_000)]),
      ], unit: rate)
    for rule in [DisclosureRule.hospitalEpisodes, .childMeasurement] {
      let (safe, _) = try figures.protected(by: rule)
      for one in safe.series {
        #expect(one.figures[0].limits == nil && one.figures[0].rounding == nil)
        #expect(one.figures[0].numerator == 40)
      }
    }
  }

  @Test("what was read is still accounted for: notes, problems, those beyond the list, and every row")
  func account() throws {
    var figures = Self.areas([(Self.named("Sefton"), 3), (Self.named("Leeds"), 40)])
    figures.tally.rows = 3
    figures.note("a note")
    figures.failRow(4, "this row is lost")
    figures.report([], omitted: 7)
    let (safe, _) = try figures.protected(by: .underFive)
    #expect(safe.tally == figures.tally && safe.notes == ["a note"])
    #expect(safe.problems == figures.problems && safe.omittedProblems == 7)
    #expect(safe.file == "in.csv" && safe.layout == "invented")
    #expect(safe.series.map(\.key) == figures.series.map(\.key))
  }

  @Test("a count that is no whole number is refused rather than published")
  func notWhole() throws {
    let figures = Self.areas([(Self.named("Sefton"), 3.5)])
    let error = #expect(throws: EvidenceError.self) { try figures.protected(by: .underFive) }
    #expect(error?.description.contains("people are counted in whole numbers") == true)
  }
}
