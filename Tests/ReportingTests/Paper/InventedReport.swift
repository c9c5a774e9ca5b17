import Commissioning
import TimeSeries

@testable import Reporting

/// The invented plan for all of its readers, with names of one's choice.
enum InventedReport {
  static func report(
    name: String = "Needs of Borchester", reason: String = "A tighter budget.", draws: Int = 400
  ) throws -> PlanReport {
    let first = try definition(named: name, reason: reason, budget: 320_000)
    let options = PlanSimulator.Options(asOf: InventedPlan.knowledge, draws: draws, seed: 7)
    func side(_ scenario: String, _ definition: PlanDefinition, _ chain: [ScenarioSummary]) throws
      -> PlanReport.Side
    {
      let simulator = PlanSimulator(definition, evidence: try InventedPlan.evidence())
      return try PlanReport.Side(
        chain: chain, paths: try simulator.paths(scenario: scenario, options: options))
    }
    let sides = [
      try side("base", first, []),
      try side(
        "cut", try definition(named: name, reason: reason, budget: 250_000),
        [ScenarioSummary(name: "cut", reason: reason, changes: ["assumptions.budget.value=250000"])]),
    ]
    return try PlanReport(
      definition: first, sides: sides,
      comparison: try ScenarioComparison(
        name: name,
        sides: sides.map { ScenarioComparison.Side(name: $0.name, chain: $0.chain, paths: $0.paths) }),
      manifest: Manifest(
        version: "1.0", configuration: "test", options: [], seed: 7, draws: draws,
        asOf: InventedPlan.knowledge,
        scenarios: ["base", "cut"], overrides: [],
        inputs: [Manifest.Input(path: "workspace.yaml", bytes: 1, sha256: "00")]),
      omissions: [PlanReport.Omission(part: "Scorecard", reason: reason)])
  }

  private static func definition(named name: String, reason: String, budget: Double) throws -> PlanDefinition
  {
    let plain = try InventedPlan.definition(budget: budget)
    return PlanDefinition(
      area: plain.area, name: name, years: plain.years, draws: plain.draws, seed: plain.seed,
      policies: Policies(
        blockTransferLimit: [
          DatedRule(
            content: 0.005, effective: InventedPlan.knowledge, known: InventedPlan.knowledge, source: reason)
        ],
        statutoryOverride: [], afterOverride: .held, stabilityGrant: [], fundingBreaks: []),
      assumptions: try plain.assumptions.map {
        try Assumption(id: $0.id, value: $0.value, unit: $0.unit, reason: reason)
      }, services: plain.services)
  }

  /// Labels that are more than text where they are not taken as text.
  static let hostile = [
    "<script>alert(1)</script>", "=cmd()|' /C calc'!A0", "a|b||c", "**bold** _under_ ~~gone~~ `code`",
    "[link](http://example.com)", "![x](file:///etc/passwd)", "[^1] and [@cite] and [ref]", "# heading",
    "- item",
    "1. item", "2) item", "> quote", "&lt; &amp; &#60;", "$x^2$ a^b^ c~d~", "{.class #id}", "\\newline\\",
    "שלום and مرحبا", "👩‍👧 and 🇬🇧", "line\nbreak\tand tab",
    "www.example.com a@example.com https://example.com/a_b",
    "+ item", ": definition", "<!-- comment -->", "\"><img src=x onerror=alert(1)>", "``` fence", "***", "|",
    "\\|",
  ]

  /// A label as a reader sees it: on one line.
  static func seen(_ label: String) -> String {
    label.split(whereSeparator: { $0 == "\n" || $0 == "\t" }).joined(separator: " ")
  }
}
