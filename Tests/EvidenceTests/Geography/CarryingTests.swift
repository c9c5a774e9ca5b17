import Testing
import TimeSeries

@testable import Evidence

/// A series of counts, a year ending on 31 March to a value.
private func counts(
  _ area: String, _ values: [Int: Observation], id: String = "looked-after", unit: Unit = .count
) throws -> Series {
  try Series(
    id: id, area: area, measure: Measure(id: id, unit: unit),
    points: values.map { DataPoint(period: .financialYear($0.key - 1), observation: $0.value) })
}

@Suite("Figures carried through changes of areas")
struct CarryingTests {
  let gazetteer: Gazetteer
  let cumbria: ConstantArea

  init() throws {
    gazetteer = try Gazetteer.english
    cumbria = gazetteer.constantArea(of: try #require(gazetteer[909]))
  }

  private func carry(
    _ series: [Series], _ area: ConstantArea? = nil
  ) throws -> CarriedPanel {
    gazetteer.carriedThrough(try Panel(series), areas: [area ?? cumbria])
  }

  private func only(_ series: [Series], _ area: ConstantArea? = nil) throws -> CarriedSeries {
    let panel = try carry(series, area)
    #expect(panel.refusals.isEmpty && panel.series.count == 1)
    return try #require(panel.series.first)
  }

  @Test(
    "Cumbria goes on after 2023 as the sum of its two successors, with no break, whatever the files call them"
  )
  func sums() throws {
    let carried = try only([
      counts("Cumbria", [2022: .value(700), 2023: .value(710)]), counts("E06000063", [2024: .value(400)]),
      counts("943.0", [2024: .value(320)]), counts("Lancashire", [2024: .value(9999)]),
    ])
    #expect(carried.series.area == "Cumbria" && carried.series.id == "looked-after")
    #expect(carried.series.points.map(\.value) == [700, 710, 720])
    #expect(carried.series.points.contains { $0.breakBefore } == false)
    #expect(carried.figures.map { $0.parts.map(\.members) } == [[[909]], [[909]], [[942], [943]]])
    #expect(carried.figures.map(\.period) == carried.series.points.map(\.period))
    #expect(carried.notes.isEmpty)
  }

  @Test("A sum says where each of its parts was read, and is known when the last of them was published")
  func provenance() throws {
    func part(_ area: String, _ value: Double, row: Int, _ published: String, _ flags: DataFlags) throws
      -> Series
    {
      try Series(
        id: "x", area: area, measure: Measure(id: "x", unit: .count),
        points: [
          DataPoint(
            period: .financialYear(2023), observation: .value(value), numerator: value, denominator: 100,
            publication: Publication(date: theDay(published), isApproximate: row == 7), flags: flags,
            origin: Origin(file: "cla.csv", row: row), note: row == 7 ? "late return" : nil)
        ],
        attributes: [.init(name: "la", value: area), .init(name: "release", value: "2024")])
    }
    let carried = try only([
      part("Cumberland", 4, row: 7, "2024-11-14", .provisional),
      part("943", 3, row: 9, "2024-11-21", .revised),
    ])
    let point = try #require(carried.series.points.first)
    #expect(point.value == 7 && point.numerator == 7 && point.denominator == 200)
    #expect(point.publication == Publication(date: try theDay("2024-11-21"), isApproximate: true))
    #expect(point.flags == [.provisional, .revised] && point.note == "Cumberland: late return")
    #expect(
      point.origin
        == Origin(file: "cla.csv", row: 7, source: "sum of Cumberland (cla.csv:7) and 943 (cla.csv:9)"))
    #expect(carried.series.attributes == [.init(name: "release", value: "2024")])
  }

  @Test("Rates are made again from numerators and denominators: unequal parts do not average")
  func rates() throws {
    func rate(_ area: String, _ year: Int, _ above: Double, _ below: Double) throws -> Series {
      try Series(
        id: "rate", area: area, measure: Measure(id: "rate", unit: .rate(per: 10_000)),
        points: [
          DataPoint(
            period: .financialYear(year - 1), observation: .value(above / below * 10_000), numerator: above,
            denominator: below)
        ])
    }
    let carried = try only([
      rate("909", 2023, 720, 90_000), rate("942", 2024, 500, 52_000), rate("943", 2024, 200, 39_000),
    ])
    #expect(carried.series.points.map(\.value) == [80, 10_000 * (700 / 91_000)])
    #expect(carried.series.points[1].numerator == 700 && carried.series.points[1].denominator == 91_000)
  }

  @Test("Rates without their counts are refused with the reason, and stay where one authority was the whole")
  func ratesWithoutCounts() throws {
    let alone = [
      try counts("942", [2024: .value(1)], unit: .percentage),
      try counts("943", [2024: .value(2)], unit: .percentage),
    ]
    let panel = try carry(alone + [counts("909", [2023: .value(3)], unit: .percentage)])
    #expect(panel.series.isEmpty)
    #expect(
      panel.refusals.map(\.description) == [
        """
        looked-after of Cumbria: rates cannot be averaged, and there is no denominator of 942 and 943; read numerators \
        and denominators beside the rates
        """
      ])
    let before = try only([counts("909", [2022: .value(2), 2023: .value(3)], unit: .percentage)])
    #expect(before.series.points.map(\.value) == [2, 3])
  }

  @Test(
    "Scores, weeks and unnamed units are refused where they would have to be added",
    arguments: [
      Unit.score, .weeks, .other("months"), .rate(per: 0),
    ])
  func notAdditive(_ unit: Unit) throws {
    let panel = try carry([
      counts("942", [2024: .value(1)], unit: unit), counts("943", [2024: .value(2)], unit: unit),
    ])
    #expect(panel.series.isEmpty && panel.refusals.count == 1)
    let whole = try only([counts("Cumbria", [2022: .value(1)], unit: unit)])
    #expect(whole.series.points.map(\.value) == [1])
  }

  @Test("A suppressed part with bounds gives bounds, one without gives none, and both say whose it is")
  func suppressed() throws {
    func sum(_ left: Observation, _ right: Observation) throws -> DataPoint {
      let carried = try only([counts("942", [2024: left]), counts("943", [2024: right])])
      return try #require(carried.series.points.first)
    }
    #expect(try sum(.suppressed(1...7), .value(40)).observation == .suppressed(41...47))
    #expect(try sum(.suppressed(1...7), .suppressed(1...5)).observation == .suppressed(2...12))
    let open = try sum(.suppressed(nil), .value(40))
    #expect(open.observation == .suppressed(nil) && open.note == "suppressed in 942, without bounds")
    #expect(try sum(.value(40), .notAvailable).observation == .notAvailable)
    #expect(try sum(.value(40), .notAvailable).note == "not available in 943")
    #expect(try sum(.suppressed(1...7), .notAvailable).observation == .notAvailable)
    let small = try sum(.roundsToZero, .value(40))
    #expect(small.observation == .notAvailable && small.note?.hasPrefix("942 rounds to zero") == true)
    let none = try sum(.notApplicable, .value(40))
    #expect(none.observation == .value(40) && none.note == "not applicable in 942, which counts nothing here")
    #expect(try sum(.notApplicable, .notApplicable).observation == .notApplicable)
    #expect(try sum(.value(1e308), .value(1e308)).observation == .notAvailable)
    #expect(try sum(.suppressed(0 ... .infinity), .value(1)).observation == .notAvailable)
  }

  @Test("A suppressed rate with bounds and a denominator bounds the rate of the whole")
  func suppressedRates() throws {
    func rate(_ area: String, _ observation: Observation, _ above: Double?, _ below: Double?) throws -> Series
    {
      try Series(
        id: "r", area: area, measure: Measure(id: "r", unit: .percentage),
        points: [
          DataPoint(
            period: .financialYear(2023), observation: observation, numerator: above, denominator: below)
        ])
    }
    func whole(_ left: Series, _ right: Series) throws -> Observation? {
      try carry([left, right]).series.first?.series.points.first?.observation
    }
    let known = try rate("943", .value(50), 150, 300)
    #expect(try whole(rate("942", .suppressed(10...20), nil, 100), known) == .suppressed(40...42.5))
    #expect(try whole(rate("942", .suppressed(nil), nil, 100), known) == .suppressed(nil))
    #expect(try whole(rate("942", .suppressed(nil), 10, 100), known) == .value(40))
    #expect(try whole(rate("942", .value(5), nil, 100), known) == nil)
    #expect(try whole(rate("942", .value(0), 0, 0), rate("943", .value(0), 0, 0)) == .notApplicable)
    #expect(try whole(rate("942", .notApplicable, nil, nil), known) == .value(50))
    #expect(try whole(rate("942", .value(1), 1e300, 1e-300), rate("943", .value(1), 1, 0)) == .notAvailable)
    #expect(try whole(rate("942", .value(1), .nan, 1), known) == .notAvailable)
    #expect(
      try whole(rate("942", .suppressed(0...1e300), nil, 1e-250), rate("943", .value(1), 1e60, 0))
        == .notAvailable)
  }

  @Test("Whatever is concealed of the parts, what is said of the whole is true of it", arguments: 0..<40)
  func soundness(_ seed: Int) throws {
    var random = SeededGenerator(state: UInt64(seed))
    let isRate = Bool.random(using: &random)
    let measure = Measure(id: "m", unit: isRate ? .rate(per: 10_000) : .count)
    var above = 0.0
    var below = 0.0
    var isMissing = false
    var series: [Series] = []
    for area in ["942", "943"] {
      let population = Double(Int.random(in: 1000...60_000, using: &random))
      let count = Double(Int.random(in: 0...400, using: &random))
      let value = isRate ? count / population * 10_000 : count
      above += count
      below += population
      let width = Double.random(in: 0...9, using: &random)
      let observation: Observation =
        switch Int.random(in: 0...4, using: &random) {
        case 0: .suppressed(max(0, value - width)...value + width)
        case 1: .suppressed(nil)
        case 2: .notAvailable
        default: .value(value)
        }
      if observation == .notAvailable { isMissing = true }
      let point = DataPoint(
        period: .financialYear(2023), observation: observation,
        numerator: isRate && observation.value != nil ? count : nil, denominator: isRate ? population : nil)
      series.append(try Series(id: "m", area: area, measure: measure, points: [point]))
    }
    let whole = isRate ? 10_000 * (above / below) : above
    let point = try #require(try only(series).series.points.first)
    switch point.observation {
    case .value(let value): #expect(value == whole && point.note == nil)
    case .suppressed(let bounds?):
      #expect(bounds.lowerBound <= whole * (1 + 1e-12) && whole * (1 - 1e-12) <= bounds.upperBound)
    case .suppressed(nil): #expect(series.contains { $0.points[0].observation == .suppressed(nil) })
    case .notAvailable: #expect(isMissing)
    case .roundsToZero, .notApplicable: Issue.record("the whole is \(point.observation)")
    }
    #expect((point.value != nil) == series.allSatisfy { $0.points[0].value != nil })
  }

  @Test("A part that is missing leaves the whole absent, named, and never a smaller sum")
  func missing() throws {
    let carried = try only([
      counts("Cumbria", [2023: .value(700)]), counts("942", [2024: .value(400), 2025: .value(410)]),
      counts("943", [2025: .value(300)]),
    ])
    #expect(carried.series.points.map(\.observation) == [.value(700), .notAvailable, .value(710)])
    #expect(carried.series.points[1].note == "there is no figure of Westmorland and Furness (943)")
    #expect(carried.figures[1].parts.map(\.area) == ["942"])
  }

  @Test("Figures restated to other boundaries are taken where those of the day are not there")
  func restated() throws {
    let back = try only([
      counts("942", [2022: .value(1), 2024: .value(2)]), counts("943", [2022: .value(3), 2024: .value(4)]),
    ])
    #expect(back.series.points.map(\.value) == [4, 6])
    let both = try only([
      counts("Cumbria", [2022: .value(5), 2024: .value(8)]),
      counts("942", [2022: .value(1), 2024: .value(2)]),
      counts("943", [2022: .value(3), 2024: .value(4)]),
    ])
    #expect(both.series.points.map(\.value) == [5, 6])
    #expect(
      both.series.points.map(\.note) == [
        "figures of 942 and 943 for the period are left out",
        "figures of Cumbria for the period are left out",
      ])
  }

  @Test("A figure published for both authorities together stands for their sum")
  func publishedTogether() throws {
    let carried = try only([counts("942 / 943", [2024: .value(7)]), counts("Cumbria", [2023: .value(6)])])
    #expect(carried.series.points.map(\.value) == [6, 7])
    let hackney = try #require(gazetteer.combinedAreas.first { $0.members.contains(204) })
    let constant = gazetteer.constantArea(of: hackney)
    let sum = try only([counts("Hackney", [2024: .value(3)]), counts("201", [2024: .value(1)])], constant)
    #expect(sum.series.points.map(\.value) == [4] && sum.series.area == "Hackney and City of London")
  }

  @Test("Authorities that began together are added before their first day too, where publishers restate")
  func restatedTogether() throws {
    let both = try #require(gazetteer.combinedAreas.first { $0.members == [940, 941] })
    let carried = try only(
      [counts("940", [2016: .value(3)]), counts("941", [2016: .value(1)])], gazetteer.constantArea(of: both))
    #expect(carried.series.points.map(\.value) == [4])
  }

  @Test(
    "Dorset, Bournemouth and Poole are one whole through 2019, and one name for two Dorsets is told by its year"
  )
  func dorset() throws {
    let whole = gazetteer.constantArea(of: try #require(gazetteer[838]))
    let carried = try only(
      [
        counts("Dorset", [2019: .value(400), 2020: .value(450)]), counts("Bournemouth", [2019: .value(250)]),
        counts("Poole", [2019: .value(150)]), counts("BCP", [2020: .value(420)]),
      ], whole)
    #expect(carried.series.points.map(\.value) == [800, 870])
    #expect(carried.series.points.map(\.breakBefore) == [false, false])
    #expect(carried.figures.map { $0.parts.map(\.members) } == [[[835], [836], [837]], [[838], [839]]])
  }

  @Test("Held to the nearest whole authorities, Bournemouth, Christchurch and Poole breaks in 2019")
  func breaks() throws {
    let near = gazetteer.constantArea(of: try #require(gazetteer[839]), keeping: .nearest)
    let carried = try only(
      [
        counts("Bournemouth", [2018: .value(240), 2019: .value(250)]),
        counts("Poole", [2018: .value(140), 2019: .value(150)]),
        counts("839", [2020: .value(420), 2021: .value(430)]),
        counts("Dorset", [2019: .value(400)]),
      ], near)
    #expect(carried.series.points.map(\.value) == [380, 400, 420, 430])
    #expect(carried.series.points.map { $0.flags.contains(.definitionBreak) } == [false, false, true, false])
  }

  @Test(
    "An academic year across the change is that of the authorities at its end, or of those before if only they have it"
  )
  func straddling() throws {
    func academic(_ area: String, _ value: Double) throws -> Series {
      try Series(
        id: "pupils", area: area, measure: Measure(id: "pupils", unit: .count),
        points: [DataPoint(.academicYear(2022), value)])
    }
    #expect(try only([academic("Cumbria", 9)]).series.points.map(\.value) == [9])
    let after = try only([academic("942", 5), academic("943", 4), academic("Cumbria", 8)])
    #expect(after.series.points.map(\.value) == [9])
    #expect(after.series.points[0].note == "figures of Cumbria for the period are left out")
  }

  @Test("A house that moved from Gateshead to Northumberland is said and breaks nothing")
  func boundaryMove() throws {
    for (number, sentence) in [(390, true), (929, true), (343, false)] {
      let area = gazetteer.constantArea(of: try #require(gazetteer[number]))
      let carried = try only([counts(String(number), [2012: .value(1), 2014: .value(2)])], area)
      #expect(carried.series.points.map(\.breakBefore) == [false, false])
      #expect(
        carried.notes.contains { $0.contains("a little of Gateshead went to Northumberland") } == sentence)
    }
    let gateshead = gazetteer.constantArea(of: try #require(gazetteer[390]))
    #expect(try only([counts("390", [2014: .value(1), 2015: .value(2)])], gateshead).notes.isEmpty)
  }

  @Test(
    "Two figures for one authority and period, two units or two kinds of period are refused, not chosen between"
  )
  func refusals() throws {
    let twice = try carry([counts("Cumbria", [2022: .value(1)]), counts("909", [2022: .value(1)])])
    #expect(twice.refusals.first?.reason.hasPrefix("\"Cumbria\" and \"909\" are the same area") == true)
    let units = try carry([
      counts("Cumbria", [2022: .value(1)]), counts("942", [2024: .value(1)], unit: .pounds),
    ])
    #expect(units.refusals.first?.reason.hasPrefix("the unit of Cumbria is not that of 942") == true)
    let months = try Series(
      id: "looked-after", area: "942", measure: Measure(id: "looked-after", unit: .count),
      points: [DataPoint(try #require(Period.month(year: 2024, month: 5)), 1)])
    let kinds = try carry([counts("Cumbria", [2022: .value(1)]), months])
    #expect(kinds.refusals.first?.reason.contains("different kinds") == true)
    let undated = try Series(
      id: "n", area: "Dorset", measure: Measure(id: "n", unit: .count),
      points: [DataPoint(.index(1, .yearly), 1)])
    let whole = gazetteer.constantArea(of: try #require(gazetteer[838]))
    #expect(try carry([undated], whole).refusals.first?.reason.contains("have no days") == true)
    let counted = try Series(
      id: "n", area: "Cumbria", measure: Measure(id: "n", unit: .count),
      points: [DataPoint(.index(1, .yearly), 1)])
    // The whole is one authority, so no day is needed to know it.
    #expect(try only([counted]).series.points.map(\.value) == [1])
  }

  @Test("Covariates stay with a series that is only renamed, and are left out of sums, which is said")
  func covariates() throws {
    func series(_ area: String, _ year: Int) throws -> Series {
      try Series(
        id: "c", area: area, measure: Measure(id: "c", unit: .count),
        points: [DataPoint(period: .financialYear(year), observation: .value(1), covariates: [2])],
        covariateNames: ["cost"])
    }
    let kept = try only([series("Cumbria", 2020)])
    #expect(
      kept.series.covariateNames == ["cost"] && kept.series.points[0].covariates == [2] && kept.notes.isEmpty)
    let sum = try only([series("Cumbria", 2020), series("942", 2023), series("943", 2023)])
    #expect(sum.series.covariateNames.isEmpty && sum.series.points.allSatisfy { $0.covariates.isEmpty })
    #expect(sum.notes == ["the covariates of the parts cannot be added and are left out"])
  }

  @Test(
    "By default every area that changed is carried, one bad series stops no other, and unknown areas are named"
  )
  func everything() throws {
    let panel = gazetteer.carriedThrough(
      try Panel([
        counts("Cumbria", [2023: .value(1)]), counts("942", [2024: .value(1)]),
        counts("943", [2024: .value(1)]),
        counts("928", [2021: .value(5)]), counts("940", [2022: .value(2)], unit: .pounds),
        counts("England", [2021: .value(9)]),
        counts("North West", [2021: .value(9)]), counts("Mersey Care", [2021: .value(9)]),
        counts("Sefton", [2021: .value(9)]),
        counts("Cumbria", [2023: .value(4)], id: "plans"),
      ]))
    #expect(
      panel.series.map { "\($0.series.id) \($0.series.area ?? "")" } == [
        "looked-after Cumbria", "plans Cumbria",
      ])
    #expect(panel.refusals.map(\.area) == ["Northamptonshire"])
    #expect(panel.unknownAreas == ["Mersey Care"])
  }
}
