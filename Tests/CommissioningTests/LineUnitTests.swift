import Commissioning
import Testing
import TimeSeries

@Suite("The number behind a line of money")
struct LineUnitTests {
  @Test("a setting's line is its plans times what one costs in the year, and support follows no number")
  func grant() throws {
    let years = try InventedPlan.grant().pathsByYear()
    let year = try #require(years[FinancialYear(2023)])
    let special = try #require(year.lines.first { $0.id == "special" })
    #expect(special.units?.knownValue == 1000)
    #expect(year.population?.knownValue == 20_000)
    // 10,000 in 2020/21, a tenth more in each of three years.
    #expect(agree(special.unitCost?.knownValue, 13_310))
    #expect(year.lines.first { $0.id == "support" }?.units == nil)
    #expect(year.lines.first { $0.id == "support" }?.unitCost == nil)
  }

  @Test("the lines of an outturn year sum to its spending, and what the settings do not explain is a line")
  func outturn() throws {
    let years = try InventedPlan.grant().pathsByYear()
    let year = try #require(years[FinancialYear(2021)])
    #expect(year.kind == .outturn)
    let lines = Dictionary(uniqueKeysWithValues: year.lines.map { ($0.id, $0.amount.mean) })
    #expect(agree(lines["special"], 11e6))
    #expect(agree(lines["support"], 2.2e6))
    #expect(agree(lines["unexplained"], 0.8e6))
    #expect(agree(lines.values.reduce(0, +), 14e6))
    // What was spent in a year before the first balance is not known, so that there is nothing to be parted.
    #expect(years[FinancialYear(2020)]?.lines.isEmpty == true)
  }
}

extension InventedPlan {
  /// The only service in every simulated future, year by year.
  func pathsByYear() throws -> [FinancialYear: ServiceYear] {
    let definition = PlanDefinition(
      area: Invented.area, name: "An invented plan", years: years, draws: draws, seed: seed,
      policies: policies,
      assumptions: try assumptions.sorted { $0.key < $1.key }.map {
        try Assumption(id: $0.key, value: $0.value, unit: "a unit", reason: "invented")
      }, services: services)
    let paths = try PlanSimulator(definition, evidence: try Panel(series)).paths(
      scenario: "base", options: PlanSimulator.Options(asOf: asOf, draws: draws, seed: seed))
    let service = try #require(paths.services.first, "\(paths.refusals)")
    return Dictionary(uniqueKeysWithValues: service.years.map { ($0.year, $0) })
  }
}
