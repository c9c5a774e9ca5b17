import Commissioning
import Testing
import TimeSeries

@Suite("What no plan can be made of")
struct PreconditionTests {
  private static func found(_ plan: InventedPlan) throws -> [String] {
    let definition = PlanDefinition(
      area: Invented.area, name: "An invented plan", years: plan.years, draws: plan.draws, seed: plan.seed,
      policies: plan.policies,
      assumptions: try plan.assumptions.sorted { $0.key < $1.key }.map {
        try Assumption(id: $0.key, value: $0.value, unit: "a unit", reason: "invented")
      }, services: plan.services)
    return PlanSimulator(definition, evidence: try Panel(plan.series)).preconditions(asOf: plan.asOf)
      .map(\.description)
  }

  // MARK: Evidence

  @Test(
    "an amount that nobody should plan on is refused with its series, period and value",
    arguments: [
      ("block", -12e6, "\"block\" is -£12,000,000 at 2021/22, and a grant above nothing is needed"),
      ("block", 0, "\"block\" is £0 at 2021/22, and a grant above nothing is needed"),
      ("whole", 0, "\"whole\" is £0 at 2021/22, and a grant above nothing is needed"),
      (
        "spend-special", -5,
        "\"spend-special\" is -£5 at 2021/22, and spending that is not negative is needed"
      ),
    ])
  func amounts(_ id: String, _ value: Double, _ words: String) throws {
    var plan = try InventedPlan.grant()
    plan.replace(try Invented.yearly(id, .pounds, from: 2020, [12e6, value]))
    let reason = try plan.refusal()
    #expect(reason == "high-needs: \(words); mend the series file")
    #expect(try Self.found(plan).contains(reason))
  }

  @Test("more plans or more children than people are refused, and so are fewer than none")
  func counts() throws {
    var plan = try InventedPlan.grant()
    plan.replace(try Invented.census("plans", 1, 15, from: 2019, [1000, 1000, 1000, 20_001]))
    #expect(
      try plan.refusal()
        == "high-needs: \"plans\" is 20,001 at 2022-01-15, and a count from 0 to the 20,000 of \"people\" is needed; "
        + "mend the series file")
    plan = try InventedPlan.placements()
    plan.replace(try Invented.census("children", 3, 31, from: 2019, [100, 100, -1, 100]))
    #expect(try plan.refusal().contains("\"children\" is -1 at 2021-03-31, and a count from 0 to the 20,000"))
  }

  @Test("an outturn below nothing, a price of nothing and a share beyond the whole are refused")
  func placements() throws {
    for (series, words) in [
      (
        try Invented.yearly("outturn", .pounds, from: 2019, [9e6, -1, 1e7]),
        "\"outturn\" is -£1 at 2020/21, and spending"
      ),
      (
        try Invented.yearly("homes-cost", .other("pounds per week"), from: 2019, [5000, 0]),
        "\"homes-cost\" is 0 at 2020/21, and a weekly cost above nothing"
      ),
      (
        try Invented.census("foster-share", 3, 31, from: 2020, [60, 160, 60], unit: .percentage),
        "\"foster-share\" is 160 at 2021-03-31, and a share of the children"
      ),
    ] {
      var plan = try InventedPlan.placements()
      plan.replace(series)
      #expect(try plan.refusal().contains(words))
    }
  }

  // MARK: All at once

  @Test("a sound plan has nothing to be refused for, whatever its services")
  func sound() throws {
    #expect(try Self.found(try InventedPlan.everything()) == [])
  }

  @Test("everything that is wrong is found in one go, in the order of the services")
  func everything() throws {
    var plan = try InventedPlan.everything()
    plan.assumptions["unexplained"] = .fixed(-1)
    plan.assumptions["price-growth"] = .range(low: -3, mostLikely: 0, high: 8)
    plan.assumptions["leavers"] = .fixed(1.5)
    plan.assumptions["budget"] = .fixed(-1)
    plan.assumptions["places"] = .fixed(-40)
    plan.assumptions["unit-cost"] = .fixed(-1)
    plan.replace(try Invented.yearly("homes-cost", .other("pounds per week"), from: 2019, [5000, -1]))
    let found = try Self.found(plan)
    for (service, words) in [
      ("high-needs", "\"price-growth\""), ("high-needs", "\"unexplained\" is -1"),
      ("looked-after", "\"homes-cost\""), ("therapy", "\"leavers\" is 1.5"), ("therapy", "\"budget\" is -1"),
      ("neet", "\"places\" is -40"), ("neet", "\"unit-cost\""),
    ] {
      #expect(found.contains { $0.hasPrefix("\(service): ") && $0.contains(words) }, "\(words): \(found)")
    }
    #expect(found.first?.hasPrefix("high-needs: ") == true)
    #expect(Set(found).count == found.count)
  }

  @Test("years that are over, assumptions given twice and parts that cannot be planned are found as well")
  func others() throws {
    var plan = try InventedPlan.grant()
    plan.asOf = Invented.date(2030, 1, 1)
    #expect(try Self.found(plan).first?.contains("is over on the plan's date") == true)
    plan = try InventedPlan.placements()
    plan.replace(try Invented.yearly("outturn", .pounds, from: 2019, [9e6, 9.5e6], publishedAfter: 9000))
    #expect(
      try Self.found(plan)
        == ["looked-after: nothing of \"outturn\" for Ambridge had been published by 2022-12-31"])
  }

  @Test("an error says which service or which assumption is at fault")
  func places() throws {
    let unfit = CommissioningError.unfitAssumption(id: "a", service: "s", text: "2", wanted: "a share")
    #expect(unfit.service == "s")
    #expect(unfit.assumption == "a")
    #expect(CommissioningError.invalidAssumption(id: "a", reason: "r").assumption == "a")
    #expect(CommissioningError.horizon("no").service == nil)
    #expect(CommissioningError.missingPrice(service: "s", line: "l", series: "x").service == "s")
    #expect(CommissioningError.missing(service: "s", what: "w", period: "p").assumption == nil)
  }
}
