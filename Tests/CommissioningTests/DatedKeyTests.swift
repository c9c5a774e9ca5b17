import Commissioning
import Testing
import TimeSeries

@Suite("A census or a year that no figure is of")
struct DatedKeyTests {
  @Test("a census at which no plans by setting were counted is refused with those that there are")
  func census() throws {
    var plan = try InventedPlan.grant()
    plan.replace(try Invented.census("plans-special", 1, 15, from: 2019, [900, 950]))
    #expect(
      try plan.refusal()
        == "high-needs: census is 2021-01-15, and \"plans-special\" has no figure for it; it has 2019-01-15, 2020-01-15"
    )
  }

  @Test("a price year of which nothing was spent is refused, whichever line lacks it")
  func priceYear() throws {
    var plan = try InventedPlan.grant { $0.priceYear = FinancialYear(2015) }
    #expect(
      try plan.refusal()
        == "high-needs: price-year is 2015/16, and \"spend-special\" has no figure for it; it has 2020/21")
    plan = try InventedPlan.grant()
    plan.replace(try Invented.yearly("places", .pounds, from: 2010, Array(repeating: 4e6, count: 8)))
    #expect(
      try plan.refusal()
        == "high-needs: price-year is 2020/21, and \"places\" has no figure for it; it has 8 from 2010/11 to 2017/18"
    )
  }

  @Test("counts that are only published after the plan's date are no mistake of the workspace")
  func later() throws {
    var plan = try InventedPlan.grant()
    plan.replace(try Invented.census("plans-special", 1, 15, from: 2021, [1000], publishedAfter: 3000))
    #expect(try plan.notes().contains { $0.contains("every plan costs the same") })
  }

  @Test("a base year outside every figure is refused, and one after a shorter plan is not")
  func baseYear() throws {
    var plan = try InventedPlan.cohort()
    plan.services = plan.services.compactMap { $0 as? CohortSupport }.map { Self.cohort($0, base: 2049) }
    #expect(
      try plan.refusal()
        == "neet: base-year is 2049/50, and \"rate\" has no figure for it; it has 7 from 2019/20 to 2025/26")
    plan.services = plan.services.compactMap { $0 as? CohortSupport }.map { Self.cohort($0, base: 2025) }
    #expect(try plan.notes().contains { $0.contains("shown from 2025/26") })
    let list = try InventedPlan.waiting(base: 2049)
    #expect(
      try list.refusal()
        == "therapy: base-year is 2049/50, for which \"people\" is neither known nor forecast; it is known to "
        + "2026-06-30 and forecast to 2024/25")
  }

  private static func cohort(_ service: CohortSupport, base: Int) -> CohortSupport {
    CohortSupport(
      id: service.id, name: service.name, meaning: service.meaning, rate: service.rate,
      population: service.population, baseYear: FinancialYear(base), holdSpread: service.holdSpread,
      assumptions: service.assumptions)
  }
}
