import Commissioning
import Testing

@Suite("Prices by setting and provider, and how they move")
struct UnitCostTests {
  private static func year(_ start: Int) -> FinancialYear { FinancialYear(start) }

  private static func index(
    _ growth: PriceIndex.Growth = .everyYear(Draws([0.1, 0.0])),
    published: [Int: Double] = [2022: 90, 2023: 100, 2024: 105], base: Int = 2023
  ) throws -> PriceIndex {
    try PriceIndex(
      name: "pay and prices", base: year(base),
      published: Dictionary(uniqueKeysWithValues: published.map { (year($0.key), $0.value) }), growth: growth)
  }

  @Test("an index is its points against the base year, and grows beyond them in every future by itself")
  func index() throws {
    let index = try Self.index()
    #expect(index.lastPublished == Self.year(2024))
    #expect(try index.level(in: Self.year(2022)).knownValue == 0.9)
    #expect(try index.level(in: Self.year(2023)).knownValue == 1)
    let later = try index.level(in: Self.year(2026))
    #expect(abs((later[0] ?? 0) - 1.05 * 1.21) < 1e-12)
    #expect(later[1] == 1.05)
    let factor = try index.factor(from: Self.year(2022), to: Self.year(2025))
    #expect(abs((factor[0] ?? 0) - 1.05 * 1.1 / 0.9) < 1e-12)
    #expect(try index.factor(from: Self.year(2030), to: Self.year(2030)).knownValue == 1)
    #expect(throws: CommissioningError.self) { try index.level(in: Self.year(2021)) }
  }

  @Test("growth by year goes as far as it is stated")
  func byYear() throws {
    let index = try Self.index(
      .byYear([Self.year(2025): Draws(0.02), Self.year(2026): Draws([0.03, 0.05])]))
    let level = try index.level(in: Self.year(2026))
    #expect(abs((level[1] ?? 0) - 1.05 * 1.02 * 1.05) < 1e-12)
    let error = #expect(throws: CommissioningError.self) { try index.level(in: Self.year(2028)) }
    #expect(
      error?.description == "money: growth of the price index \"pay and prices\" is not known for 2027/28")
  }

  @Test("an index that cannot be is refused")
  func refusals() {
    #expect(throws: CommissioningError.self) { try Self.index(published: [2022: 90, 2024: 105], base: 2022) }
    #expect(throws: CommissioningError.self) { try Self.index(published: [2023: 0]) }
    #expect(throws: CommissioningError.self) { try Self.index(published: [:]) }
    #expect(throws: CommissioningError.self) { try Self.index(base: 2020) }
    #expect(throws: CommissioningError.self) { try Self.index(.everyYear(Draws(-1))) }
    #expect(throws: CommissioningError.self) { try Self.index(.byYear([Self.year(2025): Draws(.nan)])) }
  }

  private static func table() throws -> UnitCostTable {
    let flat = try PriceIndex(
      name: "flat", base: year(2024), published: [year(2024): 1], growth: .everyYear(Draws(0)))
    func price(_ pounds: Double, _ index: PriceIndex) -> UnitCostTable.Price {
      .init(FinancialYearPrice(year: year(2024), pounds: Draws(pounds)), index: index)
    }
    return try UnitCostTable([
      .init("special", .own): price(24_000, flat), .init("special", .otherAuthority): price(27_000, flat),
      .init("special", .independent): price(60_000, try index(.everyYear(Draws([0.05, 0.1])))),
    ])
  }

  private static func children(_ number: Draws, in start: Int = 2025) -> AverageNumber {
    AverageNumber(year: year(start), children: number)
  }

  @Test("children cost the price of their setting and provider, each with its own inflation")
  func costs() throws {
    let costs = try Self.table().costs(
      of: [
        .init("special", .independent): Self.children(Draws(2)),
        .init("special", .own): Self.children(Draws([100, 110])),
        .init("mainstream", .own): Self.children(Draws([0, 0])),
      ], in: Self.year(2025))
    #expect(costs.map(\.placement.id) == ["special/own", "special/independent"])
    #expect(costs[0].pounds[1] == 2_640_000)
    #expect((0..<2).map { ((costs[1].pounds[$0] ?? 0) * 100).rounded() } == [12_600_000, 13_200_000])
    #expect(costs[1].price.year == Self.year(2025))
    #expect(costs[1].number.children.knownValue == 2)
  }

  @Test("a placement with children in any future and no price is refused by name")
  func missingPrice() throws {
    let error = #expect(throws: CommissioningError.self) {
      try Self.table().costs(
        of: [.init("mainstream", .independent): Self.children(Draws([0, 0.5]))], in: Self.year(2025))
    }
    #expect(
      error
        == .missingPrice(
          service: "money", line: "mainstream with an independent provider",
          series: "unit-cost/mainstream/independent"))
    #expect(try Self.table().price(of: .init("mainstream", .own), in: Self.year(2025)) == nil)
  }

  @Test("numbers that are none or of another year, and negative prices, are refused")
  func badNumbers() throws {
    let table = try Self.table()
    #expect(throws: CommissioningError.self) {
      try table.costs(of: [.init("special", .own): Self.children(Draws([1, -1]))], in: Self.year(2025))
    }
    #expect(throws: CommissioningError.self) {
      try table.costs(of: [.init("special", .own): Self.children(Draws(1), in: 2026)], in: Self.year(2025))
    }
    let index = try Self.index()
    #expect(throws: CommissioningError.self) {
      try UnitCostTable([
        .init("special", .otherAuthority): .init(
          FinancialYearPrice(year: Self.year(2024), pounds: Draws(-1)), index: index)
      ])
    }
  }
}
