import Commissioning
import Evidence
import Foundation
import Indicators
import Testing
import TimeSeries

@testable import Reporting

/// A chart of every kind, of the worked example with few futures.
private enum SeftonCharts {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../../Datasets/sefton").standardizedFileURL.path

  static let drawn = Result { try all() }

  static func all() throws -> [(name: String, chart: any TabulatedChart)] {
    let workspace = try Workspace(reading: folder)
    let asOf = try #require(workspace.latestPublication)
    func paths(_ scenario: String, asOf day: CivilDate, compares: Bool = false) throws -> PlanPaths {
      try PlanSimulator(try workspace.plan(scenario: scenario, overrides: []), evidence: workspace.evidence)
        .paths(
          scenario: scenario,
          options: PlanSimulator.Options(asOf: day, draws: 60, seed: 1, jobs: 2, comparesOutturn: compares))
    }
    let plan = try paths("base", asOf: asOf)
    let outcome = try PlanOutcome(plan)
    var charts: [(String, any TabulatedChart)] = []
    for service in plan.services {
      for figure in PlanFigure.allCases where service.years.contains(where: { figure.draws(of: $0) != nil }) {
        charts.append(
          ("fan \(service.id) \(figure)", try FanChart(plan, service: service.id, figure: figure)))
      }
      charts.append(("histogram \(service.id)", try HistogramChart(plan, service: service.id)))
    }
    charts.append(("fan total", try FanChart(plan, service: nil, figure: .inYearBalance)))
    for figure in [PlanFigure.need, .unmetNeed, .spend] {
      charts.append(("multiples \(figure)", try SmallMultiples(plan, figure: figure)))
    }
    charts.append(("multiples balance", try SmallMultiples(plan, figure: nil)))
    for service in outcome.services {
      for part in StackedAreaChart.ServicePart.allCases {
        if let chart = try? StackedAreaChart(service, part: part) {
          charts.append(("stack \(service.id) \(part)", chart))
        }
      }
    }
    let bridge = try CostBridge(
      from: (plan, FinancialYear(2023)), to: (plan, FinancialYear(2029)), service: "high-needs", form: .bennet
    )
    let heading = QuestionHeading(name: "Plan", paths: plan, overrides: [], scenarioChanges: [])
    charts.append(
      (
        "bridge",
        try WaterfallChart(
          try BridgeReport(heading: heading, service: "high-needs", bridge: bridge, isOfMeans: false))
      ))
    let sides = try (["base"] + workspace.scenarios).map { name in
      ScenarioComparison.Side(name: name, chain: [], paths: try paths(name, asOf: asOf))
    }
    let comparison = try ScenarioComparison(name: "Plan", sides: sides)
    charts.append(("scenarios", try DumbbellChart(comparison, service: "high-needs")))
    charts.append(("scenarios total", try DumbbellChart(comparison, service: nil)))
    let earlier = try paths("base", asOf: try #require(CivilDate("2021-09-01")), compares: true)
    charts.append(("hindcast", try SmallMultiples(hindcast: earlier.comparisons, of: earlier)))
    charts.append(
      ("hindcast fan", try FanChart(earlier, service: "looked-after", figure: .spend)))
    let card = try ScorecardFile(
      reading: "\(folder)/\(ScorecardFile.usualName)", evidence: workspace.evidence, area: plan.area)
    let context = ScorecardContext(
      area: plan.area, benchmark: card.benchmark, region: card.region, neighbours: card.neighbours, asOf: asOf
    )
    for indicator in card.scorecard.indicators {
      guard
        let figures = try? ComparatorFigures(of: indicator, evidence: workspace.evidence, context: context)
      else { continue }
      charts.append(("neighbours \(indicator.id)", try DumbbellChart(figures)))
      if figures.earlier != nil { charts.append(("slope \(indicator.id)", try SlopeChart(figures))) }
    }
    return charts
  }
}

@Suite("Charts of the worked example") struct SeftonChartTests {
  @Test(
    "No text touches another or leaves the sheet, and every chart has its figures",
    arguments: [360.0, 760, 1_400])
  func apart(width: Double) throws {
    let charts = try SeftonCharts.drawn.get()
    #expect(Set(charts.map { $0.name.split(separator: " ")[0] }).count == 9)
    #expect(charts.count > 60)
    for (name, chart) in charts {
      let reading = try ChartReading(chart.svg(width: width))
      #expect(reading.overlaps.isEmpty, "\(name) \(width): \(reading.overlaps)")
      #expect(reading.strays.isEmpty, "\(name) \(width): \(reading.strays)")
      #expect(reading.strayShapes.isEmpty, "\(name) \(width): \(reading.strayShapes)")
      #expect(reading.title == chart.title && !chart.table.panels.isEmpty, "\(name)")
    }
  }

  @Test("No title is cut on a page, and none tells of what is no number") func titles() throws {
    for (name, chart) in try SeftonCharts.drawn.get() {
      let bold = SVGElement.Weight.bold.measured(15)
      #expect(WrappedText.lines(chart.title, width: 728, size: bold).count <= 4, "\(name): \(chart.title)")
      #expect(!chart.title.contains("nan") && !chart.title.contains("inf"), "\(name): \(chart.title)")
      #expect(!chart.title.contains("  ") && !chart.title.hasSuffix("."), "\(name): \(chart.title)")
    }
  }

  @Test("The same seed gives the same bytes, whatever the number of threads") func bytes() throws {
    let workspace = try Workspace(reading: SeftonCharts.folder)
    let simulator = PlanSimulator(try workspace.plan(), evidence: workspace.evidence)
    func drawn(_ jobs: Int, seed: UInt64) throws -> [String] {
      let paths = try simulator.paths(
        scenario: "base",
        options: PlanSimulator.Options(
          asOf: try #require(workspace.latestPublication), draws: 40, seed: seed, jobs: jobs))
      return [
        try FanChart(paths, service: "high-needs", figure: .closingBalance).svg(),
        try HistogramChart(paths, service: "looked-after").svg(),
        try SmallMultiples(paths, figure: nil).svg(),
      ]
    }
    let once = try drawn(1, seed: 5)
    #expect(try drawn(2, seed: 5) == once)
    #expect(try drawn(1, seed: 6) != once)
  }
}

@Suite("Names that harm a careless page") struct HostileChartTests {
  private static let names = [
    "<script>alert(1)</script>", "=cmd()|' /C calc'!A0", "خطة المجلس للأطفال", "תוכנית \u{202E}ירוקה", "👩‍👧‍👦👩🏽‍⚕️",
    "a\nb\tc \"quoted\" & 'so'", String(repeating: "unbroken-", count: 30),
  ]

  /// The invented plan under other names.
  private func plan(named name: String) throws -> PlanPaths {
    let plan = try InventedPlan.definition()
    let services = plan.services.map { service -> any ServiceDefinition in
      guard let one = service as? CohortSupport else { return service }
      return CohortSupport(
        id: one.id, name: name,
        meaning: ServiceMeaning(need: name, demand: name, supply: name, unmetNeed: name), rate: one.rate,
        population: one.population, baseYear: one.baseYear, holdSpread: one.holdSpread,
        assumptions: one.assumptions)
    }
    return try PlanSimulator(
      PlanDefinition(
        area: plan.area, name: name, years: plan.years, draws: 60, seed: 1, policies: plan.policies,
        assumptions: plan.assumptions, services: services), evidence: try InventedPlan.evidence()
    ).paths(scenario: name, options: .init(asOf: InventedPlan.knowledge, draws: 60, seed: 1))
  }

  @Test("They stay on the sheet, open no tag and are no formula", arguments: names) func harmless(
    name: String
  ) throws {
    let paths = try plan(named: name)
    let side = ScenarioComparison.Side(name: name, chain: [], paths: paths)
    let outcome = try PlanOutcome(paths)
    let neet = try #require(outcome.services.last)
    let charts: [any TabulatedChart] = [
      try FanChart(paths, service: "neet", figure: .need),
      try FanChart(paths, service: "neet", figure: .spend),
      try HistogramChart(paths, service: "neet"), try SmallMultiples(paths, figure: .demand),
      try StackedAreaChart(neet), try StackedAreaChart(try #require(outcome.services.first), part: .units),
      try DumbbellChart(
        try ScenarioComparison(name: name, sides: [side, side, side]), service: "neet", figure: .need),
    ]
    for chart in charts {
      for width in [360.0, 760, 1_400] {
        let svg = chart.svg(width: width)
        let reading = try ChartReading(svg)
        #expect(reading.overlaps.isEmpty, "\(type(of: chart)) \(width): \(reading.overlaps)")
        #expect(reading.strays.isEmpty, "\(type(of: chart)) \(width): \(reading.strays)")
        #expect(reading.strayShapes.isEmpty, "\(type(of: chart)) \(width): \(reading.strayShapes)")
        #expect(!svg.contains("\u{202E}"))
        #expect(reading.title == HTMLText.shown(chart.title))
      }
      let report = ChartReport(chart, kind: "any")
      for row in readCSV(report.csv()).dropFirst() {
        #expect(row.allSatisfy { !$0.hasPrefix("=") }, "\(row)")
      }
      _ = try JSONDecoder().decode(ChartDocument.self, from: Data(try report.json().utf8))
      #expect(!report.text().isEmpty)
    }
  }
}
