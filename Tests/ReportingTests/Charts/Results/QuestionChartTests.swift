import Commissioning
import Testing
import TimeSeries

@testable import Reporting

@Suite("Charts of questions put to a plan") struct QuestionChartTests {
  private func heading(_ paths: PlanPaths) -> QuestionHeading {
    QuestionHeading(name: "Needs of Borchester", paths: paths, overrides: [], scenarioChanges: [])
  }

  @Test("A bridge ends where the spending does, and its title names the largest step") func bridge() throws {
    let paths = try InventedPlan.paths()
    let bridge = try CostBridge(
      from: (paths, FinancialYear(2023)), to: (paths, FinancialYear(2027)), service: "high-needs",
      form: .bennet)
    let report = try BridgeReport(
      heading: heading(paths), service: "high-needs", bridge: bridge, isOfMeans: false)
    let chart = try WaterfallChart(report, service: "High needs")
    #expect(abs(chart.end.value - report.summary.to.pounds) < 0.01)
    #expect(chart.start.value == report.summary.from.pounds)
    let largest = try #require(
      report.summary.steps.max { $0.mean.pounds.magnitude < $1.mean.pounds.magnitude })
    #expect(chart.title.contains("most of all by \(largest.name.lowercased())"), "\(chart.title)")
    #expect(chart.title.hasPrefix("High needs, "))
    let still = try CostBridge(
      from: (paths, FinancialYear(2027)), to: (paths, FinancialYear(2027)), service: "high-needs",
      form: .bennet)
    #expect(
      try WaterfallChart(
        try BridgeReport(heading: heading(paths), service: "high-needs", bridge: still, isOfMeans: true)
      ).title.hasSuffix("spending is the same"))
  }

  /// A tornado of the balance over invented numbers: the balance is their weighted sum.
  private func tornado(_ weights: [Double], refusing refused: Set<Int> = []) throws -> TornadoReport {
    let paths = try InventedPlan.paths()
    let base = try #require(
      paths.draws(of: .closingBalance, service: "high-needs", year: FinancialYear(2027)))
    let amounts = try base.amounts(of: "balance")
    let tornado = try Tornado(
      of: weights.indices.map {
        TornadoCandidate(id: "n\($0)", path: "\($0)", low: 0.02187, high: 0.05205, reason: .stated)
      }, countsBelowZero: true
    ) { settings throws(CommissioningError) in
      var shift = 0.0
      for setting in settings {
        let index = Int(setting.path) ?? 0
        if refused.contains(index), setting.value < 0.03 {
          throw .invalid(service: "n\(index)", reason: "it must be more")
        }
        shift += weights[index] * (setting.value - 0.035)
      }
      return Draws(amounts.map { $0 + shift })
    }
    return TornadoReport(
      heading: heading(paths),
      question: PlanQuestion(figure: .closingBalance, service: "high-needs", year: FinancialYear(2027)),
      tornado: tornado, shares: try VarianceShares(of: base, drivers: paths.drivers), left: ["Left: n9."])
  }

  @Test("A tornado says how many bars it leaves out, which do not move it and which the plan refuses")
  func tornado() throws {
    let weights = (0..<15).map { Double(15 - $0) * 1e8 } + [0, 5e9]
    let chart = try TornadoChart(try tornado(weights, refusing: [16]), service: "High needs", most: 12)
    #expect(chart.bars.count == 12 && chart.bars.first?.name == "n0: 0.0219 to 0.0521")
    #expect(
      chart.title.hasPrefix("n0 moves the closing balance of High needs in 2027/28 most: from "),
      "\(chart.title)")
    #expect(chart.notes.contains("3 more that move it less are not drawn."))
    #expect(chart.notes.contains("1 more does not move it."))
    #expect(
      chart.notes.contains { $0.contains("refuses an end: n16 (n16: it must be more)") }, "\(chart.notes)")
    #expect(chart.notes.last == "Left: n9.")
    let shares = try TornadoChart(
      try tornado(weights),
      assumptions: [
        Assumption(id: "n0", value: .fixed(0.035), unit: "a year", reason: "stated", isPercentage: true)
      ])
    #expect(shares.bars.map(\.name).contains("n0: 2.19% to 5.21%"), "\(shares.bars)")
    #expect(shares.bars.map(\.name).contains("n1: 0.0219 to 0.0521"))
    #expect(try TornadoChart(try tornado([1e9]), most: 0).bars.count == 1)
    #expect(throws: ReportingError.self) { try TornadoChart(try tornado([0, 0])) }
  }

  @Test("Scenarios stand beside the first, and the title says which changes most and how likely")
  func scenarios() throws {
    let sides = try [("base", 320_000.0), ("richer", 400_000), ("poorer", 310_000)].map { name, budget in
      ScenarioComparison.Side(
        name: name, chain: [], paths: try InventedPlan.paths(budget: budget, scenario: name))
    }
    let comparison = try ScenarioComparison(name: "Needs of Borchester", sides: sides)
    let chart = try DumbbellChart(comparison, service: "neet")
    #expect(chart.rows.map(\.name) == ["richer", "poorer"] && chart.fromName == "base")
    let mean = try #require(
      sides[1].paths.draws(of: .inYearBalance, service: "neet", year: FinancialYear(2027))
    ).mean
    #expect(abs((chart.rows.first?.to ?? 0) - mean) < 1e-6)
    #expect(
      chart.title.contains("richer raises the budget less spend of 2027/28 most, by £"), "\(chart.title)")
    #expect(chart.title.hasSuffix("that it is higher is almost certain (>99%)"), "\(chart.title)")
    let same = try DumbbellChart(comparison, service: "high-needs")
    #expect(same.title == "High needs: no scenario changes the balance carried forward of 2027/28")
    #expect(throws: ReportingError.self) {
      try DumbbellChart(comparison, service: "neet", year: FinancialYear(2060))
    }
    #expect(throws: ReportingError.self) { try DumbbellChart(comparison, service: "neet", figure: .netSpend) }
  }
}
