import Commissioning
import Statistics
import Testing
import TimeSeries

@Suite("Scenarios compared")
struct PlanComparisonTests {
  private func pair(
    _ levers: [Lever], draws: Int = 400, change: (inout InventedPlan) -> Void = { _ in }
  ) throws -> (base: PlanPaths, other: PlanPaths) {
    var plan = try InventedPlan.everything()
    plan.draws = draws
    let base = try plan.paths()
    change(&plan)
    return (base, try plan.paths(scenario: "other", levers: levers))
  }

  private func find(
    _ comparison: PlanComparison, _ service: String?, _ year: Int, _ figure: PlanFigure
  ) throws -> FigureDifference {
    try #require(
      comparison.differences.first {
        $0.service == service && $0.year == FinancialYear(year) && $0.figure == figure
      })
  }

  @Test("a difference is taken inside each simulated future, and its interval is its own")
  func inside() throws {
    let (base, other) = try pair([
      try PlanLeverTests.lever("therapy.unit-cost", .multiply, .fixed(1.1), from: 2024)
    ])
    let comparison = try PlanComparison(of: other, with: base)
    #expect(comparison.first == "base" && comparison.other == "other" && comparison.notCompared.isEmpty)
    let spend = try find(comparison, "therapy", 2025, .spend)
    let before = try #require(base.draws(of: .spend, service: "therapy", year: FinancialYear(2025)))
    let values = (0..<400).compactMap { path in before[path].map { $0 * 0.1 } }
    let summary = try QuantileSummary(of: values, at: [0.025, 0.1, 0.5, 0.9, 0.975])
    let difference = try #require(spend.difference.distribution)
    #expect(agree(difference.mean, summary.mean))
    for (own, wanted) in zip(
      [difference.p2_5, difference.p10, difference.p50, difference.p90, difference.p97_5], summary.quantiles)
    {
      #expect(agree(own, wanted, within: 1e-8))
    }
    // What the intervals of the two would suggest, were they independent, is many times as wide.
    let (first, second) = (try #require(spend.first.distribution), try #require(spend.other.distribution))
    #expect(difference.p90 - difference.p10 < 0.2 * ((second.p90 - first.p10) - (second.p10 - first.p90)))
    #expect(spend.probabilityAbove.value == 1 && spend.probabilityAbove.error > 0)
    #expect(spend.probabilityBelow.value == 0)
  }

  @Test("differences foot: budget less spend is the balance, and the services make the total")
  func footing() throws {
    let (base, other) = try pair([
      try PlanLeverTests.lever("therapy.capacity", .add, .fixed(30), from: 2023),
      try PlanLeverTests.lever("neet.budget", .multiply, .fixed(1.5)),
      try PlanLeverTests.lever("neet.places", .multiply, .range(low: 0.5, mostLikely: 1, high: 1.5)),
    ])
    let comparison = try PlanComparison(of: other, with: base)
    let years = Set(comparison.differences.filter { $0.service == nil }.map(\.year.start))
    #expect(!years.isEmpty)
    for year in years {
      for figure in [PlanFigure.spend, .budget, .inYearBalance] {
        let parts = comparison.differences.filter {
          $0.service != nil && $0.year.start == year && $0.figure == figure
        }
        #expect(parts.count == 4)
        let total = try find(comparison, nil, year, figure).difference.mean
        #expect(abs(total - parts.reduce(0) { $0 + $1.difference.mean }) < 1e-4)
      }
      for service in base.services.map(\.id as (ServicePaths) -> String?) + [nil] {
        let balance = try find(comparison, service, year, .inYearBalance).difference.mean
        let budget = try find(comparison, service, year, .budget).difference.mean
        let spend = try find(comparison, service, year, .spend).difference.mean
        #expect(abs(balance - (budget - spend)) < 1e-4)
      }
    }
  }

  @Test("what is the same in every future is exactly and certainly no difference")
  func none() throws {
    let (base, other) = try pair([try PlanLeverTests.lever("neet.places", .add, .fixed(1), from: 2024)])
    let comparison = try PlanComparison(of: other, with: base)
    for one in comparison.differences where one.service != nil && one.service != "neet" {
      #expect(one.isNone && one.difference == .known(0))
      #expect(one.probabilityAbove.value == 0 && one.probabilityAbove.error == 0)
      #expect(one.probabilityBelow.value == 0 && one.probabilityBelow.error == 0)
    }
    #expect(try find(comparison, "neet", 2023, .spend).isNone)
    #expect(try !find(comparison, "neet", 2025, .spend).isNone)
    let same = try PlanComparison(of: base, with: base)
    #expect(same.differences.count == comparison.differences.count && same.differences.allSatisfy(\.isNone))
  }

  @Test("the chance that one is above the other is counted over futures, with its Monte Carlo error")
  func chance() throws {
    let (base, other) = try pair([
      try PlanLeverTests.lever(
        "neet.unit-cost", .multiply, .range(low: 0.5, mostLikely: 1, high: 1.5), from: 2024)
    ])
    let spend = try find(try PlanComparison(of: other, with: base), "neet", 2025, .spend)
    let year = FinancialYear(2025)
    let before = try #require(base.draws(of: .spend, service: "neet", year: year))
    let after = try #require(other.draws(of: .spend, service: "neet", year: year))
    let above = (0..<400).count { (after[$0] ?? .nan) > (before[$0] ?? .nan) }
    let share = Double(above) / 400
    #expect(spend.probabilityAbove.value == share && share > 0.4 && share < 0.6)
    #expect(agree(spend.probabilityAbove.error, (share * (1 - share) / 400).squareRoot()))
    #expect(agree(spend.probabilityBelow.value, 1 - share))
  }

  @Test("only the figures that are asked for are compared, in the order of the plan")
  func figures() throws {
    let (base, other) = try pair([], draws: 20)
    let comparison = try PlanComparison(of: other, with: base, figures: [.spend])
    #expect(Set(comparison.differences.map(\.figure)) == [.spend])
    var services: [String?] = []
    for one in comparison.differences where services.last != one.service { services.append(one.service) }
    #expect(services == base.services.map(\.id) + [nil])
  }

  @Test("runs that do not share their futures are not compared")
  func mixed() throws {
    let plan = try InventedPlan.cohort()
    let base = try plan.paths()
    var changes: [(String, InventedPlan)] = []
    for (word, change) in [
      ("seed", { $0.seed = 2 }), ("number of simulated futures", { $0.draws = 63 }),
      ("date of knowledge", { $0.asOf = Invented.date(2023, 1, 1) }),
    ] as [(String, (inout InventedPlan) -> Void)] {
      var other = plan
      change(&other)
      changes.append((word, other))
    }
    for (word, other) in changes {
      let paths = try other.paths(scenario: "other")
      do {
        _ = try PlanComparison(of: paths, with: base)
        Issue.record("no error for another \(word)")
      } catch {
        #expect("\(error)".contains("the two have not one \(word)"), "\(error)")
      }
    }
  }

  @Test("a service or a year that only one of the two has is named")
  func notCompared() throws {
    let (base, other) = try pair([], draws: 20) {
      $0.remove("outturn")
      $0.years = FinancialYear(2020)...FinancialYear(2025)
    }
    let comparison = try PlanComparison(of: other, with: base)
    #expect(
      comparison.notCompared == [
        "high-needs is planned for 2026/27 in base and not in other",
        "looked-after is planned in base and not in other",
        "therapy is planned for 2026/27 in base and not in other",
        "neet is planned for 2026/27 in base and not in other",
      ])
    #expect(!comparison.differences.contains { $0.service == nil || $0.service == "looked-after" })
  }
}
