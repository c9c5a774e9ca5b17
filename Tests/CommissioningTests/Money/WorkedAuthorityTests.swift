import Commissioning
import Testing
import TimeSeries

/// An invented authority over three years. Every expected figure was worked out in exact fractions apart from this code,
/// and rounded to the penny line by line, a half penny to the even one.
@Suite("Three years of an invented authority, to the penny")
struct WorkedAuthorityTests {
  private static let special = UnitCostTable.Placement("special", .own)
  private static let independent = UnitCostTable.Placement("special", .independent)
  private static let college = UnitCostTable.Placement("post-16", .own)
  private static let unit = UnitCostTable.Placement("unit", .own)

  /// Special schools: a January count, and top-ups set by academic year. Independent schools: a weekly price, an index
  /// known to 2024/25 and 4 per cent after it. Colleges: 200 places from August. Three places in a unit, opened on 1
  /// September 2024, at 18,000 a year.
  private static func costs(in year: FinancialYear) throws -> [UnitCostTable.Cost] {
    let counts = try JanuaryCounts([2023: Draws(400), 2024: Draws(420), 2025: Draws(430), 2026: Draws(450)])
    let topUps = try AcademicYearPrices(
      [2022: Draws(23_000), 2023: Draws(24_000), 2024: Draws(25_200), 2025: Draws(26_100)], paid: .monthly)
    let colleges = try AcademicYearPrices(
      [2022: Draws(6_000), 2023: Draws(6_300), 2024: Draws(6_300), 2025: Draws(6_600)], paid: .postSixteen)
    let index = try PriceIndex(
      name: "fees", base: FinancialYear(2023),
      published: [FinancialYear(2023): 100, FinancialYear(2024): 103],
      growth: .everyYear(Draws(0.04)))
    let level = try #require(try index.level(in: year).knownValue)
    let weekly = WeeklyPrice(pounds: Draws(1_150.50 * level)).price(in: year)
    let opened = try #require(CivilDate(year: 2024, month: 9, day: 1))
    let flat = try PriceIndex(
      name: "flat", base: year, published: [year: 1], growth: .everyYear(Draws(0)))
    func price(_ price: FinancialYearPrice) -> UnitCostTable.Price { .init(price, index: flat) }
    func number(_ children: Double) -> AverageNumber { AverageNumber(year: year, children: Draws(children)) }
    let table = try UnitCostTable([
      special: price(try topUps.price(in: year)), independent: price(weekly),
      college: price(try colleges.price(in: year)),
      unit: price(FinancialYearPrice(year: year, pounds: Draws(18_000))),
    ])
    let independents = [2023: 50, 2024: 52.5, 2025: 55]
    return try table.costs(
      of: [
        special: try counts.average(in: year),
        independent: number(try #require(independents[year.start])), college: number(200),
        unit: number(3 * PartYear.share(from: opened, of: year)),
      ], in: year)
  }

  private static let support = [2023: "£1,234,567.89", 2024: "£1,271,604.93", 2025: "£1,309,753.08"]

  private static func pounds(_ text: String?) throws -> Draws {
    Draws(try Pence(text: try #require(text)).pounds)
  }

  private static func input(_ start: Int) throws -> GrantAccountYear {
    let year = FinancialYear(start)
    var input = GrantAccountYear(
      year: year,
      highNeedsBlock: Draws(try #require([2023: 17_500_000.0, 2024: 18_375_000, 2025: 19_293_750][start])),
      blockBasis: .beforeRecoupment,
      recoupment: Draws(try #require([2023: 3_000_000.0, 2024: 3_100_000, 2025: 3_250_000][start])),
      spending: try costs(in: year).map {
        .init(id: $0.placement.id, name: $0.placement.id, pounds: $0.pounds, basis: .afterRecoupment)
      })
    input.spending.append(
      .init(id: "support", name: "Support", pounds: try pounds(support[start]), basis: .afterRecoupment))
    if start == 2024 {
      input.schoolsBlock = Draws(85_000_000)
      input.schoolsTransfers = [.init(pounds: Draws(425_000), approval: .schoolsForum)]
    }
    input.importExport = try pounds(
      [2023: "-£282,000.00", 2024: "-£290,000.50", 2025: "-£300,123.45"][start])
    input.otherBlocks = try pounds([2023: "£150,000.25", 2024: "-£50,000.00", 2025: "£45,000.00"][start])
    input.carryingRate = Draws(start == 2023 ? 0.045 : 0.05)
    return input
  }

  private static func account() throws -> DedicatedSchoolsGrantAccount {
    let limit = try #require(CivilDate(year: 2018, month: 4, day: 1))
    return try DedicatedSchoolsGrantAccount(
      opening: Draws(-1_250_000), at: FinancialYear(2022),
      rules: GrantAccountRules(
        transferLimits: [DatedRule(content: 0.005, effective: limit, known: limit, source: "invented")],
        overrideEnd: CivilDate(year: 2025, month: 3, day: 31), afterOverride: .generalFund,
        stability: .init(
          share: 0.9, measuredAt: FinancialYear(2023), paidIn: FinancialYear(2024), eligible: Draws(0.95),
          approved: Draws(1))), service: "high-needs")
  }

  @Test("spend, budget, balances, grant, charge and carrying cost of each year")
  func account() throws {
    var account = try Self.account()
    let expected: [(Int, [String: String])] = [
      (
        2023,
        [
          "special/own": "£9,766,509.24", "special/independent": "£3,007,735.71",
          "post-16/own": "£1,240,000.00",
          "unit/own": "£0.00", "spend": "£15,248,812.84", "budget": "£14,218,000.00",
          "in-year": "-£1,030,812.84", "closing": "-£2,130,812.59", "carrying": "£76,068.28",
        ]
      ),
      (
        2024,
        [
          "special/own": "£10,548,475.86", "special/independent": "£3,243,978.56",
          "post-16/own": "£1,260,000.00", "unit/own": "£31,364.38", "spend": "£16,355,423.73",
          "budget": "£15,409,999.50", "in-year": "-£945,424.23", "stability-grant": "£1,821,844.76",
          "residual": "£308,967.83", "closing": "-£1,304,392.06", "carrying": "£85,880.12",
        ]
      ),
      (
        2025,
        [
          "special/own": "£11,425,182.51", "special/independent": "£3,534,391.88",
          "post-16/own": "£1,300,000.00", "unit/own": "£54,000.00", "spend": "£17,623,327.47",
          "budget": "£15,743,626.55", "in-year": "-£1,879,700.92", "end-of-override": "£1,304,392.06",
          "charge": "£1,304,392.06", "closing": "-£1,834,700.92", "carrying": "£45,867.52",
        ]
      ),
    ]
    for (start, figures) in expected {
      let result = try account.close(try Self.input(start))
      let year = result.account
      for (name, text) in figures {
        let amount: PenceDraws? =
          switch name {
          case "spend": year.spend
          case "budget": year.budget
          case "in-year": year.inYear
          case "closing": year.closing
          case "carrying": result.carryingCost
          case "residual": result.residualDeficit
          case "charge": result.generalFundCharge
          default: year[name]?.amount
          }
        #expect(amount?.known?.description == text, "\(name) of \(year.year)")
      }
      let summary = try year.summary()
      #expect(summary.closing == year.closing.known && summary.spend == year.spend.known)
    }
  }

  @Test("the bridge between two of its years is the difference of their spending")
  func bridge() throws {
    func table(_ start: Int) throws -> CostTable {
      try CostTable(
        name: FinancialYear(start).description,
        rows: try Self.costs(in: FinancialYear(start)).map {
          .init(
            id: $0.placement.id, name: $0.placement.id, number: $0.number.children, unitCost: $0.price.pounds)
        },
        lines: [
          .init(
            id: "support", name: "Support",
            amount: PenceDraws(try Pence(text: try #require(Self.support[start]))))
        ])
    }
    let bridge = try CostBridge(from: table(2023), to: table(2024), form: .bennet)
    // £16,355,423.73 less £15,248,812.84.
    #expect(bridge.change.known == Pence("£1,106,610.89"))
    #expect(bridge.otherLines.known == Pence("£37,037.04"))
    let steps = try bridge.summary().steps
    #expect(steps.map(\.id) == ["volume", "mix", "price", "support"])
    #expect(try Pence.sum(steps.map(\.mean)) == bridge.change.known)
  }
}
