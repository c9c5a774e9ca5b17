import Commissioning
import Foundation
import Testing
import TimeSeries

@testable import Reporting

@Suite("A plan as programs read it")
struct PlanDocumentTests {
  private static let yearKeys: Set<String> = [
    "year", "kind", "demand", "supply", "unmetNeed", "spend", "budget", "inYearBalance", "closingBalance",
    "probabilityOverspend", "probabilityDeficit", "need", "lines", "spendOnAssumption", "generalFund",
    "netSpend",
    "population", "flows",
  ]

  @Test("Every key of the contract is there, and null where there is nothing to say")
  func contract() throws {
    let text = try PlanJSON.text([try InventedPlan.outcome(comparesOutturn: true)])
    #expect(text.hasSuffix("}\n"))
    let plan = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(
      Set(plan.keys) == ["area", "asOf", "seed", "draws", "options", "scenarios", "assumptions", "evidence"])
    #expect(plan["asOf"] as? String == "2025-09-30")
    let scenario = try #require((plan["scenarios"] as? [[String: Any]])?.first)
    #expect(Set(scenario.keys).isSuperset(of: ["name", "services", "total", "refusals", "comparisons"]))
    let services = try #require(scenario["services"] as? [[String: Any]])
    let total = try #require(scenario["total"] as? [String: Any])
    #expect(services.count == 2)
    for holder in services + [total] {
      let years = try #require(holder["years"] as? [[String: Any]])
      #expect(!years.isEmpty)
      for year in years { #expect(Set(year.keys) == Self.yearKeys) }
    }
    for service in services { #expect(Set(service.keys) == ["id", "name", "meaning", "years", "notes"]) }
    let variance = try #require((services[1]["years"] as? [[String: Any]])?.last)
    #expect(variance["closingBalance"] is NSNull)
    #expect(variance["probabilityDeficit"] is NSNull)
    let grant = try #require((services[0]["years"] as? [[String: Any]])?.last)
    let closing = try #require(grant["closingBalance"] as? [String: Any])
    #expect(Set(closing.keys) == ["mean", "p2_5", "p10", "p50", "p90", "p97_5"])
    let probability = try #require(grant["probabilityOverspend"] as? [String: Any])
    #expect(Set(probability.keys) == ["value", "error"])
    for assumption in try #require(plan["assumptions"] as? [[String: Any]]) {
      #expect(Set(assumption.keys) == ["id", "value", "unit", "reason"])
    }
    for evidence in try #require(plan["evidence"] as? [[String: Any]]) {
      #expect(Set(evidence.keys) == ["id", "area", "source", "row", "model"])
    }
  }

  @Test("The document says what was asked for") func options() throws {
    let document = try PlanDocument(
      [try InventedPlan.outcome(), try InventedPlan.outcome(scenario: "richer", budget: 900_000)],
      overrides: ["policies.after-override=general-fund"])
    #expect(document.options.overrides == ["policies.after-override=general-fund"])
    #expect(document.options.scenarios == ["base", "richer"])
    #expect(document.options.asOf == document.asOf)
    let plain = try PlanDocument([try InventedPlan.outcome()])
    #expect(plain.options.overrides.isEmpty)
  }

  @Test("A comparison stands in the comma-separated text as what was forecast and what was published")
  func comparisonRows() throws {
    let early = try #require(CivilDate(year: 2023, month: 9, day: 30))
    let outcome = try InventedPlan.outcome(comparesOutturn: true, asOf: early)
    let rows = readCSV(PlanCSV.text([outcome]))
    #expect(rows.allSatisfy { $0.count == PlanCSV.columns.count })
    let published = rows.filter { $0[4].hasPrefix("outturn:") }
    #expect(published.count == outcome.comparisons.count)
    #expect(rows.count { $0[4].hasPrefix("forecast:") } == published.count)
    for (row, comparison) in zip(published, outcome.comparisons) {
      #expect(
        row[1...4] == [
          comparison.service, comparison.period.label, "outturn", "outturn:\(comparison.figure)",
        ])
      #expect(Double(row[5]) == comparison.actual)
      #expect(row[6...].allSatisfy { $0.isEmpty })
    }
    let plain = try InventedPlan.outcome()
    #expect(!PlanCSV.text([plain]).contains("outturn:"))
  }

  @Test("What is written reads back as the same plan")
  func roundTrip() throws {
    let early = try #require(CivilDate(year: 2023, month: 9, day: 30))
    let document = try PlanDocument([try InventedPlan.outcome(comparesOutturn: true, asOf: early)])
    #expect(document.scenarios.first?.comparisons.isEmpty == false)
    let text = try JSONText.text(document)
    #expect(try JSONDecoder().decode(PlanDocument.self, from: Data(text.utf8)) == document)
  }

  @Test("The same run gives the same bytes")
  func deterministic() throws {
    #expect(try PlanJSON.text([try InventedPlan.outcome()]) == PlanJSON.text([try InventedPlan.outcome()]))
  }

  @Test("A refused service is named and leaves the total empty")
  func refusal() throws {
    let document = try PlanDocument([try InventedPlan.outcome(withGrant: false)])
    let scenario = try #require(document.scenarios.first)
    #expect(scenario.refusals.map(\.service) == ["high-needs"])
    #expect(scenario.total.years.isEmpty)
  }

  @Test("Scenarios of one run stand together, and say which assumptions they change")
  func scenarios() throws {
    let base = try InventedPlan.outcome()
    let richer = try InventedPlan.outcome(scenario: "richer", budget: 900_000)
    let document = try PlanDocument([base, richer])
    #expect(document.scenarios.map(\.name) == ["base", "richer"])
    #expect(document.scenarios.map { $0.changedAssumptions.map(\.id) } == [[], ["budget"]])
    #expect(document.assumptions.first { $0.id == "budget" }?.value == .fixed(320_000))
    #expect(throws: ReportingError.mixedRuns(scenario: "other", what: "seed")) {
      try PlanDocument([base, try InventedPlan.outcome(scenario: "other", seed: 8)])
    }
    #expect(throws: ReportingError.mixedRuns(scenario: "other", what: "number of draws")) {
      try PlanDocument([base, try InventedPlan.outcome(scenario: "other", draws: 401)])
    }
    let early = try #require(CivilDate(year: 2025, month: 8, day: 30))
    #expect(throws: ReportingError.mixedRuns(scenario: "other", what: "date of knowledge")) {
      try PlanDocument([base, try InventedPlan.outcome(scenario: "other", asOf: early)])
    }
    #expect(throws: ReportingError.nothingToReport) { try PlanDocument([]) }
  }

  @Test("Evidence names the rows it was read from, in runs")
  func rows() throws {
    let document = try PlanDocument([try InventedPlan.outcome()])
    let rate = try #require(document.evidence.first { $0.id == "neet-rate" })
    #expect(rate.row == "neet-rate.csv:2-4,6-9")
    #expect(rate.source == "Invented statistics of Borchester")
    #expect(rate.model != nil)
    #expect(document.evidence.first { $0.id == "plans" }?.source == nil)
    let origins = [
      Origin(file: "b.csv", row: 4), Origin(file: "a.csv", row: 3), Origin(file: "a.csv", row: 2),
    ]
    #expect(EvidenceDocument.rows(of: origins) == "b.csv:4; a.csv:2-3")
    #expect(EvidenceDocument.rows(of: []) == nil)
  }

  @Test("The lines of a year's spending sum to it, and those of its budget to that")
  func linesSum() throws {
    for outcome in [try InventedPlan.outcome(), try InventedPlan.outcome(draws: 37, seed: 99)] {
      for service in try PlanDocument([outcome]).scenarios.flatMap(\.services) {
        for year in service.years where !year.lines.isEmpty {
          for (part, whole) in [("spend", year.spend), ("budget", year.budget)] {
            let lines = year.lines.filter { $0.part == part }
            if lines.isEmpty { continue }
            let mean = try #require(whole?.mean)
            let sum = lines.reduce(0) { $0 + $1.amount.mean }
            #expect(abs(sum - mean) <= 1e-6 * max(1, mean.magnitude / 1e6))
          }
        }
      }
    }
  }

  @Test("The comma-separated text says what the JSON says")
  func csvAgrees() throws {
    let outcome = try InventedPlan.outcome(scenario: "=a, \"b\"")
    let rows = readCSV(PlanCSV.text([outcome]))
    #expect(rows.first == PlanCSV.columns)
    #expect(rows.allSatisfy { $0.count == PlanCSV.columns.count })
    var found: [[String]: [Double?]] = [:]
    for row in rows.dropFirst() {
      #expect(row[0] == "'=a, \"b\"")
      #expect(row[5...].allSatisfy { !$0.contains("e") })
      let key = [row[1], row[2], row[3], row[4]]
      #expect(found.updateValue(row[5...].map { Double($0) }, forKey: key) == nil)
    }
    let scenario = try #require(try PlanDocument([outcome]).scenarios.first)
    var expected = 0
    func compare(_ key: [String], _ quantity: QuantityDocument?) {
      guard let quantity else { return }
      expected += 1
      switch quantity {
      case .known(let value): #expect(found[key] == [value, nil, nil, nil, nil, nil])
      case .uncertain(let one):
        #expect(found[key] == [one.mean, one.p025, one.p10, one.p50, one.p90, one.p975])
      }
    }
    for (service, years) in scenario.services.map({ ($0.id, $0.years) }) + [("total", scenario.total.years)] {
      for year in years {
        func check(_ name: String, _ quantity: QuantityDocument?) {
          compare([service, year.year, year.kind, name], quantity)
        }
        check("need", year.need)
        check("demand", year.demand)
        check("supply", year.supply)
        check("unmetNeed", year.unmetNeed)
        check("spend", year.spend)
        check("budget", year.budget)
        check("inYearBalance", year.inYearBalance)
        check("closingBalance", year.closingBalance)
        check("probabilityOverspend", year.probabilityOverspend.map { .known($0.value) })
        check("probabilityOverspendError", year.probabilityOverspend.map { .known($0.error) })
        check("probabilityDeficit", year.probabilityDeficit.map { .known($0.value) })
        check("probabilityDeficitError", year.probabilityDeficit.map { .known($0.error) })
        check("spendOnAssumption", year.spendOnAssumption.map { .known($0) })
        for line in year.lines { check("line:\(line.id)", line.amount) }
      }
    }
    #expect(expected == found.count)
  }

  @Test("A run's manifest holds its inputs and no clock")
  func manifest() throws {
    let manifest = Manifest(
      version: "1.0.0", configuration: "release", options: [Manifest.Option(name: "to", value: "2029/30")],
      seed: .max,
      draws: 10_000, asOf: InventedPlan.knowledge, scenarios: ["base"], overrides: ["a.b=1"],
      inputs: [Manifest.Input(path: "series/plans.csv", bytes: 12, sha256: "ab")])
    let text = try manifest.json()
    #expect(try JSONDecoder().decode(Manifest.self, from: Data(text.utf8)) == manifest)
    #expect(text.contains("\"path\" : \"series/plans.csv\""))
    #expect(text.contains("\"asOf\" : \"2025-09-30\""))
  }
}

extension QuantityDocument {
  /// The mean, or the known number.
  var mean: Double {
    switch self {
    case .known(let value): value
    case .uncertain(let distribution): distribution.mean
    }
  }
}
