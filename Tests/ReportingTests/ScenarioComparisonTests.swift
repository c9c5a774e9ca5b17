import Commissioning
import Foundation
import Testing
import TimeSeries

@testable import Reporting

@Suite("Scenarios compared, as text, rows and a document")
struct ScenarioComparisonTests {
  private static func side(
    _ name: String, budget: Double = 320_000, changes: [String] = [],
    lever: Lever? = nil, draws: Int = 400, withGrant: Bool = true
  ) throws -> ScenarioComparison.Side {
    let plan = try InventedPlan.definition(budget: budget)
    let simulator = PlanSimulator(
      PlanDefinition(
        area: plan.area, name: plan.name, years: plan.years, draws: plan.draws, seed: plan.seed,
        policies: plan.policies, assumptions: plan.assumptions, services: plan.services,
        levers: lever.map { [$0] } ?? []), evidence: try InventedPlan.evidence(withGrant: withGrant))
    let paths = try simulator.paths(
      scenario: name,
      options: PlanSimulator.Options(asOf: InventedPlan.knowledge, draws: draws, seed: 7))
    let chain =
      changes.isEmpty
      ? []
      : [
        ScenarioSummary(
          name: name, reason: "Because, as it were, of \"it\".", author: "A. Planner",
          date: CivilDate("2025-09-01"), inherits: "base", changes: changes)
      ]
    return ScenarioComparison.Side(name: name, chain: chain, paths: paths)
  }

  private static func comparison(
    filter: ScenarioComparison.Filter = ScenarioComparison.Filter(), draws: Int = 400
  ) throws -> ScenarioComparison {
    try ScenarioComparison(
      name: "Needs of Borchester",
      sides: [
        try side("base", draws: draws),
        try side("richer", budget: 400_000, changes: ["assumptions.budget.value=400000"], draws: draws),
      ], overrides: ["plan.to=2027/28"], filter: filter)
  }

  @Test("the text says what was changed and why, what differs, and what does not")
  func text() throws {
    let text = ScenarioComparisonTable(try Self.comparison()).text()
    for words in [
      "Needs of Borchester: Borchester, scenarios compared with base", "400 simulated futures, seed 7.",
      "Changed in every scenario: plan.to=2027/28", "richer (B) against base (A)",
      "richer, from base (A. Planner, 2025-09-01)", "Because, as it were, of \"it\".",
      "- assumptions.budget.value=400000", "Assumption budget: 320,000 in A; 400,000 in B.",
      "The same to the last digit in every simulated future: High needs.", "  Budget, £k",
      "  Variance (budget less spend), £k", "the same", "All services",
    ] {
      #expect(text.contains(words), "\(words) is missing from\n\(text)")
    }
    #expect(!text.contains("  Spend"))
    for line in text.split(separator: "\n") { #expect(line.count <= 100) }
  }

  @Test("rows have the stable columns, and the figures are those of the comparison")
  func rows() throws {
    let comparison = try Self.comparison()
    let rows = readCSV(ScenarioComparisonCSV.text(comparison))
    #expect(rows[0] == ScenarioComparisonCSV.columns && rows.allSatisfy { $0.count == 18 })
    #expect(rows.count == 1 + comparison.pairs[0].differences.count)
    let budget = try #require(
      rows.first { Array($0[0..<6]) == ["richer", "base", "neet", "2024/25", "forecast", "budget"] }
        ?? rows.first { Array($0[0..<4]) == ["richer", "base", "neet", "2024/25"] && $0[5] == "budget" })
    #expect(Double(budget[6]) == 320_000 && Double(budget[7]) == 400_000 && Double(budget[8]) == 80_000)
    #expect(Array(budget[9..<14]) == ["", "", "", "", ""])
    #expect(Array(budget[14...]) == ["1", "0", "0", "0"])
    #expect(rows.contains { $0[2] == "total" } && rows.contains { $0[2] == "high-needs" })
    // Rows are shown whether anything differs or not, so that their number depends on the plan alone.
    #expect(rows.contains { $0[2] == "high-needs" && $0[5] == "closingBalance" && $0[8] == "0" })
  }

  @Test("the document holds both scenarios, what is changed between them, and every figure")
  func document() throws {
    let comparison = try Self.comparison()
    let json = try ScenarioComparisonDocument(comparison).json()
    let document = try JSONDecoder().decode(ScenarioComparisonDocument.self, from: Data(json.utf8))
    #expect(document == ScenarioComparisonDocument(comparison))
    #expect(document.against.name == "base" && document.against.chain.isEmpty)
    #expect(
      document.options.scenarios == ["base", "richer"] && document.options.overrides == ["plan.to=2027/28"])
    let one = try #require(document.scenarios.first)
    #expect(one.added == ["assumptions.budget.value=400000"] && one.removed.isEmpty)
    #expect(one.assumptions.map(\.id) == ["budget"])
    #expect(
      one.assumptions.first?.against == .fixed(320_000) && one.assumptions.first?.scenario == .fixed(400_000))
    #expect(one.scenario.chain.first?.author == "A. Planner")
    #expect(one.differences.count == comparison.pairs[0].differences.count)
    let keys = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(Set(keys.keys) == ["area", "options", "against", "scenarios"])
  }

  @Test("what is filtered out is not shown anywhere")
  func filter() throws {
    let filter = ScenarioComparison.Filter(
      figures: [.budget, .spend], services: ["neet", "total"], years: [FinancialYear(2026)])
    #expect(filter.figures == [.spend, .budget])
    let comparison = try Self.comparison(filter: filter)
    #expect(
      comparison.pairs[0].differences.map { "\($0.service ?? "-") \($0.year) \($0.figure)" } == [
        "neet 2026/27 spend", "neet 2026/27 budget", "- 2026/27 spend", "- 2026/27 budget",
      ])
    #expect(!ScenarioComparisonTable(comparison).text().contains("High needs"))
  }

  @Test("changes that both scenarios make are not between them; those of the first alone are said")
  func between() throws {
    let comparison = try ScenarioComparison(
      name: "n",
      sides: [
        try Self.side("one", budget: 1, changes: ["a=1", "b=2", "a=1"], draws: 20),
        try Self.side("two", budget: 2, changes: ["a=1", "c=3"], draws: 20),
      ])
    #expect(comparison.pairs[0].added == ["c=3"] && comparison.pairs[0].removed == ["b=2", "a=1"])
    let text = ScenarioComparisonTable(comparison).text()
    #expect(text.contains("A, one") && text.contains("Not in B, and in A: b=2; a=1."))
  }

  @Test("one simulated future has differences and no chances")
  func oneFuture() throws {
    let text = ScenarioComparisonTable(try Self.comparison(draws: 1)).text()
      .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(text.contains("1 simulated future, seed 7."))
    #expect(text.contains("there are no intervals and no chances"))
    let pair = try ScenarioComparison(
      name: "n",
      sides: [
        try Self.side("one", draws: 1),
        try Self.side(
          "two",
          lever: Lever(
            flow: Flow(service: "neet", name: "unit-cost"), operation: .multiply, value: .fixed(1.1)),
          draws: 1),
      ])
    let spend = try #require(pair.pairs[0].differences.last { $0.service == "neet" && $0.figure == .spend })
    #expect(!spend.isNone)
    #expect(ScenarioComparisonTable(pair).text().contains("\u{2013}"))
  }

  @Test("a service that could not be planned is named with its scenario, and there is no total")
  func refusals() throws {
    let comparison = try ScenarioComparison(
      name: "n", sides: [try Self.side("one", draws: 20), try Self.side("two", draws: 20, withGrant: false)])
    #expect(comparison.refusals.map(\.scenario) == ["two"])
    let text = ScenarioComparisonTable(comparison).text()
    #expect(text.contains("- two: high-needs: ") && text.contains("There is no total of a scenario"))
    #expect(text.contains("the plans are forecast, what they cost is not"))
    #expect(
      ScenarioComparisonDocument(comparison).scenarios[0].scenario.refusals.map(\.service) == ["high-needs"])
    #expect(!ScenarioComparisonCSV.text(comparison).contains(",total,"))
  }

  @Test("fewer than two scenarios are no comparison")
  func tooFew() throws {
    let only = try Self.side("one", draws: 2)
    #expect(throws: CommissioningError.self) { try ScenarioComparison(name: "n", sides: [only]) }
    #expect(throws: CommissioningError.self) { try ScenarioComparison(name: "n", sides: []) }
  }

  // MARK: Lists

  @Test("a list says what each scenario changes, and why")
  func list() throws {
    let list = ScenarioList([
      ScenarioSummary(name: "a", reason: "One, two.", changes: ["x=1", "y.add=2"]),
      ScenarioSummary(name: "b", reason: "Three.", author: "B", inherits: "a", changes: []),
    ])
    #expect(
      list.text() == """
        a
            One, two.
            - x=1
            - y.add=2

        b, from a (B)
            Three.

        """)
    #expect(
      readCSV(list.csv()) == [
        ScenarioList.columns, ["a", "", "", "", "One, two.", "x=1"],
        ["a", "", "", "", "One, two.", "y.add=2"],
        ["b", "a", "B", "", "Three.", ""],
      ])
    let json = try list.json()
    #expect(json.contains("\"inherits\" : null") && json.contains("\"changes\" : [\n"))
    #expect(ScenarioList([]).text() == "There are no scenarios beside the workspace as it stands.\n")
  }
}
