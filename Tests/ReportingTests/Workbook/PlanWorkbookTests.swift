import Commissioning
import Testing
import TimeSeries

@testable import Reporting

@Suite("A plan is a workbook")
struct PlanWorkbookTests {
  static func report(draws: Int = 60, seed: UInt64 = 7, scenarios: [String] = ["base"]) throws -> PlanReport {
    let definition = try InventedPlan.definition()
    let simulator = PlanSimulator(definition, evidence: try InventedPlan.evidence())
    let sides = try scenarios.map { name in
      try PlanReport.Side(
        chain: [],
        paths: try simulator.paths(
          scenario: name,
          options: PlanSimulator.Options(asOf: InventedPlan.knowledge, draws: draws, seed: seed)))
    }
    return try PlanReport(
      definition: definition, sides: sides,
      manifest: Manifest(
        version: "0", configuration: "debug", options: [], seed: seed, draws: draws,
        asOf: InventedPlan.knowledge, scenarios: scenarios, overrides: [], inputs: []))
  }

  @Test func `The same report makes the same bytes, and another seed makes others`() throws {
    let report = try Self.report()
    let bytes = try PlanWorkbook(report).bytes()
    #expect(bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]))
    #expect(try PlanWorkbook(report).bytes() == bytes)
    #expect(try PlanWorkbook(try Self.report(seed: 8)).bytes() != bytes)
  }

  @Test func `The files in it are dated the first day that a zip knows`() throws {
    let bytes = try PlanWorkbook(try Self.report()).bytes()
    var files = 0
    for place in bytes.indices.dropLast(14)
    where bytes[place...].starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      // Time and date of the local header, 1 January 1980 at midnight.
      #expect(Array(bytes[(place + 10)...(place + 13)]) == [0, 0, 0x21, 0])
      files += 1
    }
    #expect(files > 10)
  }

  @Test func `One simulated future makes a book without chances`() throws {
    #expect(try PlanWorkbook(try Self.report(draws: 1)).bytes().count > 10_000)
  }

  @Test(arguments: [
    ("ehc-plans-mainstream", "mainstream"), ("ehc-plans-resourced-or-unit", "resourced"),
    ("ehc-plans-special", "special"), ("ehc-plans-independent-or-nmss", "independent"),
    ("ehc-plans-hospital-or-ap", "hospital"), ("ehc-plans-post16", "post-16"), ("ehc-plans-other", "other"),
  ])
  func `A series is known for the setting of the management plan that its name speaks of`(
    series: String, setting: String
  ) {
    #expect(SettingShares.category(of: series).map { PlanSetting.standard[$0].id } == setting)
  }

  @Test func `A series that names no setting is left to the reader`() {
    #expect(SettingShares.category(of: "ehc-plans") == nil)
    #expect(SettingShares.category(of: "") == nil)
  }

  @Test func `A setting's shares sum to one, whether its counts are known or not`() throws {
    let definition = try InventedPlan.definition()
    let grant = try #require(definition.services.first as? RingFencedGrant)
    let outcome = try Self.report().outcome
    for evidence in [outcome.evidence, []] {
      for id in grant.settings.map(\.id) + ["waiting.special"] {
        let shares = SettingShares(grant, evidence: evidence).shares(of: id).shares
        #expect(shares.count == 8)
        #expect(shares.reduce(0, +) == 1)
      }
    }
  }
}
