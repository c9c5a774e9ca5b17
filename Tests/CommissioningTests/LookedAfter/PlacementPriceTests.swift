import Commissioning
import Testing
import TimeSeries

@Suite("What placements cost")
struct PlacementPriceTests {
  private let year = FinancialYear(2024)

  private func prices(_ list: [String: [(String, Draws)]]) throws -> PlacementPrices {
    try PlacementPrices(
      list.mapValues { $0.map { DatedWeeklyPrice(from: InventedCare.day($0.0), pounds: $0.1) } })
  }

  @Test func aYearCostsItsDaysOfCareAtThePriceOfThoseDays() throws {
    let change = InventedCare.day("2024-10-01")
    let paths = try InventedCare.forecast(accounting: [change]).simulate(paths: 40, seed: 41)
    let flat = try paths.cost(
      in: year, at: prices(["family": [("2024-04-01", Draws(700))], "home": [("2020-04-01", Draws(7_000))]]))
    let days = try paths.childDays(in: year, category: "home").values(40)
    for (cost, days) in zip(flat["home"]?.values(40) ?? [], days) { #expect(abs(cost - days * 1_000) < 1e-6) }
    // Half a year at one price and half at another lie between a year at either.
    let rising = try paths.cost(
      in: year,
      at: prices([
        "family": [("2024-04-01", Draws(700))],
        "home": [("2024-10-01", Draws(14_000)), ("2024-04-01", Draws(7_000))],
      ]))
    let ratio = (rising["home"]?.mean ?? 0) / (flat["home"]?.mean ?? 1)
    #expect(ratio > 1.4 && ratio < 1.6)
    #expect(rising["family"]?.mean == flat["family"]?.mean)
  }

  @Test func pricesMayDifferFromFutureToFuture() throws {
    let paths = try InventedCare.forecast().simulate(paths: 2, seed: 43)
    let sampled = try prices([
      "family": [("2024-04-01", Draws([700, 1_400]))], "home": [("2024-04-01", Draws(0))],
    ])
    let cost = try paths.cost(in: year, at: sampled)["family"]?.values(2) ?? []
    let days = try paths.childDays(in: year, category: "family").values(2)
    #expect(zip(cost, [days[0] * 100, days[1] * 200]).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(sampled.changes == [InventedCare.day("2024-04-01")])
    let more = try InventedCare.forecast().simulate(paths: 3, seed: 43)
    #expect(throws: CommissioningError.self) { try more.cost(in: year, at: sampled) }
  }

  @Test func aCategoryWithChildrenAndNoPriceIsRefused() throws {
    let paths = try InventedCare.forecast().simulate(paths: 5, seed: 1)
    let one = try prices(["family": [("2024-04-01", Draws(700))]])
    #expect(
      throws: CommissioningError.missingPrice(
        service: "children looked after", line: "Home", series: "weekly price of home")
    ) { try paths.cost(in: year, at: one) }
    let unknown = try prices(["foster": [("2024-04-01", Draws(700))]])
    #expect(throws: CommissioningError.self) { try paths.cost(in: year, at: unknown) }
    let late = try prices(["family": [("2024-05-01", Draws(700))], "home": [("2024-04-01", Draws(700))]])
    #expect(throws: CommissioningError.self) { try paths.cost(in: year, at: late) }
    let unaccounted = try prices([
      "family": [("2024-04-01", Draws(700)), ("2024-05-01", Draws(800))],
      "home": [("2024-04-01", Draws(700))],
    ])
    #expect(throws: CommissioningError.self) { try paths.cost(in: year, at: unaccounted) }
    #expect(throws: CommissioningError.self) { try paths.cost(in: FinancialYear(2040), at: one) }
  }

  @Test func pricesThatCannotBeAreRefused() {
    #expect(throws: CommissioningError.self) { try prices(["family": []]) }
    #expect(throws: CommissioningError.self) { try prices(["family": [("2024-04-01", Draws(-1))]]) }
    #expect(throws: CommissioningError.self) { try prices(["family": [("2024-04-01", Draws([1, .nan]))]]) }
    #expect(throws: CommissioningError.self) {
      try prices(["family": [("2024-04-01", Draws(1)), ("2024-04-01", Draws(2))]])
    }
  }
}
