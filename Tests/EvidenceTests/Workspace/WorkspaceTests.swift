import Commissioning
import Foundation
import Testing
import TimeSeries

@testable import Evidence

@Suite("A workspace")
struct WorkspaceTests {
  // MARK: Reading

  @Test("every key reaches the plan")
  func plan() throws {
    let invented = try InventedWorkspace()
    let workspace = try invented.read()
    #expect(workspace.folder == invented.folder.path)
    #expect(workspace.files.map(\.path) == ["workspace.yaml", "people.csv", "money.csv", "list.csv"])
    #expect(workspace.files[2].bytes == Array((InventedWorkspace.files["money.csv"] ?? "").utf8))
    #expect(workspace.evidence.count == 17)
    #expect(workspace.scenarios == ["refused", "wider"])
    #expect(workspace.warnings.isEmpty)
    let plan = try workspace.plan()
    #expect(plan.area == "Ambridge" && plan.name == "A plan")
    #expect(plan.years == FinancialYear(2021)...FinancialYear(2024))
    #expect(plan.draws == 100 && plan.seed == 1)
    #expect(
      plan.assumptions.map(\.value) == [
        .range(low: 0.01, mostLikely: 0.035, high: 0.07), .fixed(0.5), .fixed(1000),
      ])
    #expect(plan.assumptions[0].id == "growth" && plan.assumptions[0].unit == "a year")
    #expect(plan.policies.blockTransferLimit.map(\.content) == [0.005])
    #expect(plan.policies.statutoryOverride.map(\.content) == [CivilDate("2026-03-31")])
    #expect(plan.policies.afterOverride == .held)
    let grant = try #require(plan.policies.stabilityGrant.first)
    #expect(grant.content.share == 0.9 && grant.content.paidInYear == 2023)
    #expect(grant.content.deficitAt == CivilDate("2023-03-31"))
    #expect(grant.content.eligibleShare == "share" && grant.content.planApproved == "share")
    #expect(grant.effective == CivilDate("2023-04-01") && grant.known == CivilDate("2022-12-01"))
    #expect(grant.source == "A note")
    #expect(plan.policies.fundingBreaks.map(\.content) == [2023])
    #expect(plan.services.map(\.id) == ["high-needs", "looked-after", "therapy", "neet"])
  }

  @Test("a ring-fenced grant is read whole")
  func grant() throws {
    let services = try InventedWorkspace().read().plan().services
    let grant = try #require(services[0] as? RingFencedGrant)
    #expect(grant.meaning == ServiceMeaning(need: "n", demand: "d", supply: "s", unmetNeed: "u"))
    #expect(grant.evidence.wholeGrant == "whole" && grant.evidence.specialPlaces == "places")
    #expect(grant.assumptions.grantGrowthAfterBreak == "growth" && grant.assumptions.placeFunding == "amount")
    #expect(grant.census.label == "2021-01-15" && grant.priceYear == FinancialYear(2020))
    #expect(grant.settings.map(\.pricedAs) == [nil, "special"])
    #expect(grant.settings[0].spend == ["spend-special"] && grant.settings[1].spend == [])
    #expect(grant.specialSetting == "special")
    #expect(grant.fixedLines == [RingFencedGrant.FixedLine(id: "places", name: "Places", spend: ["places"])])
    #expect(grant.openingBalances.map(\.amount) == [-2_000_000])
    #expect(grant.statedSpending.map(\.year) == [FinancialYear(2019)])
    #expect(grant.blockTransfers.map(\.isDisapplied) == [false, true])
    #expect(grant.blockTransfers.map(\.source) == ["A forum", "A forum"])
  }

  @Test("placements, waiting lists and cohorts are read whole")
  func otherServices() throws {
    let services = try InventedWorkspace().read().plan().services
    let placements = try #require(services[1] as? Placements)
    #expect(placements.placements.map(\.weeklyCost) == ["foster-cost", nil])
    #expect(placements.placements.map(\.unpricedReason) == [nil, "nothing is paid"])
    #expect(placements.evidence.places == "foster-places" && placements.placedInOwnPlaces == "foster")
    let list = try #require(services[2] as? WaitingList)
    #expect(list.listArea == "Borsetshire" && list.baseYear == FinancialYear(2022))
    #expect(list.targetWeeks == nil && list.noTargetReason == "nobody set one")
    #expect(list.assumptions.referralGrowth == "growth" && list.meaning == placements.meaning)
    let cohort = try #require(services[3] as? CohortSupport)
    #expect(cohort.baseYear == FinancialYear(2021) && cohort.assumptions.takeUp == "share")
  }

  @Test(
    "the folder may be named with its file, with a slash or as the place one is in",
    arguments: ["", "/", "//", "/workspace.yaml"])
  func folders(_ ending: String) throws {
    let invented = try InventedWorkspace()
    #expect(try Workspace(reading: invented.folder.path + ending).folder == invented.folder.path)
    #expect(throws: EvidenceError.noSuchFile(path: "./workspace.yaml")) {
      try Workspace(reading: "workspace.yaml")
    }
    #expect(throws: EvidenceError.noSuchFile(path: "./workspace.yaml")) { try Workspace(reading: "") }
    // A name that only ends alike is a folder.
    #expect(throws: EvidenceError.noSuchFile(path: "my-workspace.yaml/workspace.yaml")) {
      try Workspace(reading: "my-workspace.yaml")
    }
  }

  @Test("scenarios may be left out")
  func noScenarios() throws {
    let yaml = InventedWorkspace.yaml
    let start = try #require(yaml.range(of: "scenarios:"))
    let workspace = try InventedWorkspace([(String(yaml[start.lowerBound...]), "")]).read()
    #expect(workspace.scenarios.isEmpty)
  }

  @Test("the latest day on which anything became known is the date of the plan: a row, a rule or a statement")
  func latestPublication() throws {
    #expect(try InventedWorkspace().read().latestPublication == CivilDate("2022-12-13"))
    let stated = try InventedWorkspace([
      ("known: 2021-07-01, source: Accounts", "known: 2023-05-31, source: Accounts")
    ])
    #expect(try stated.read().latestPublication == CivilDate("2023-05-31"))
    let row = try InventedWorkspace(files: [
      "list.csv": "series,area,period,value,published\nlist,Borsetshire,2022-01,400,2024-01-01\n"
    ])
    #expect(try row.read().latestPublication == CivilDate("2024-01-01"))
  }

  @Test("a plan read from files runs")
  func runs() throws {
    let workspace = try InventedWorkspace().read()
    let plan = try workspace.plan(overrides: [
      Override(path: "assumptions.share.value", value: "1"),
      Override(path: "assumptions.growth.value", value: "2%"),
    ])
    let outcome = try PlanSimulator(plan, evidence: workspace.evidence).run(
      scenario: Workspace.baseScenario,
      options: PlanSimulator.Options(asOf: try #require(CivilDate("2022-12-31")), draws: 10, seed: 1))
    // Two years are too few to forecast a population, and the services say so; nothing is invented.
    #expect(outcome.refusals.count + outcome.services.count == 4)
    #expect(outcome.refusals.allSatisfy { !$0.reason.isEmpty })
  }

  // MARK: Scenarios and overrides

  @Test("a scenario changes what it names and nothing else")
  func scenario() throws {
    let workspace = try InventedWorkspace().read()
    let base = try workspace.plan()
    let refused = try workspace.plan(scenario: "refused")
    #expect(refused.assumptions[1].value == .fixed(0))
    #expect(refused.policies.afterOverride == .generalFund)
    #expect(refused.assumptions[0] == base.assumptions[0])
    #expect(
      try workspace.plan(scenario: "wider").assumptions[2].value == .range(low: 1, mostLikely: 2, high: 3))
    #expect(try workspace.plan(scenario: "base").policies.afterOverride == .held)
  }

  @Test("an override stands above the scenario")
  func overrides() throws {
    let workspace = try InventedWorkspace().read()
    func plan(_ path: String, _ value: String) throws -> PlanDefinition {
      try workspace.plan(scenario: "refused", overrides: [Override(path: path, value: value)])
    }
    #expect(try plan("assumptions.share.value", "0.25").assumptions[1].value == .fixed(0.25))
    #expect(try plan("assumptions.growth.value", "4%").assumptions[0].value == .fixed(0.04))
    #expect(
      try plan("assumptions.share.value", "{low: 0, most-likely: 10%, high: 1}").assumptions[1].value
        == .range(low: 0, mostLikely: 0.1, high: 1))
    #expect(
      try plan("assumptions.growth.value.high", "8%").assumptions[0].value
        == .range(low: 0.01, mostLikely: 0.035, high: 0.08))
    #expect(try plan("plan.to", "2026/27").years.upperBound == FinancialYear(2026))
    #expect(
      try plan("policies.statutory-override.1.until", "2028-03-31").policies.statutoryOverride[0].content
        == CivilDate("2028-03-31"))
    let opened = try plan(
      "services.high-needs.opening-balances", "[{year: 2021/22, amount: -5, known: 2022-07-01, source: s}]")
    #expect((opened.services[0] as? RingFencedGrant)?.openingBalances.map(\.amount) == [-5])
  }

  @Test("path=value is split at the first equals sign")
  func overrideText() {
    #expect(Override("a.b=1") == Override(path: "a.b", value: "1"))
    #expect(Override("a=b=c") == Override(path: "a", value: "b=c"))
    #expect(Override("a=") == Override(path: "a", value: ""))
    #expect(Override("=1") == nil)
    #expect(Override("a") == nil)
    #expect(Override("") == nil)
  }

  @Test(
    "an override that cannot be made says how far its path leads",
    arguments: [
      ("assumptions.shares.value", "1", "there is no \"shares\" in assumptions; did you mean \"share\"?"),
      ("assumptions.growth", "1", "holds more than one value; name one of assumptions.growth.value, "),
      ("assumptions.share.value.low", "1", "assumptions.share.value is a single value and holds no \"low\""),
      ("policies.statutory-override.2.until", "2028-03-31", "is a list of 1; \"2\" is not one of them"),
      ("policies.statutory-override.x.until", "2028-03-31", "is a list of 1; \"x\" is not one of them"),
      ("assumptions.share.value", "much", "\"much\" in assumptions.share.value is not a number"),
      (
        "assumptions.share.value", "",
        "--set assumptions.share.value=: a value is missing after \"=\"; write assumptions.share.value=VALUE"
      ),
      ("plan.from", "2099/00", "--set plan.from=2099/00: "),
      ("assumptions.share.value", "[1", "this is not YAML"),
      ("assumptions.share.value", "# nothing", "there is nothing in it"),
      ("plan.to", "2019/20", "the plan's last year, 2019/20, is before its first, 2021/22"),
    ])
  func badOverride(_ path: String, _ value: String, _ message: String) throws {
    let workspace = try InventedWorkspace().read()
    do {
      _ = try workspace.plan(overrides: [Override(path: path, value: value)])
      Issue.record("no error for \(path)=\(value)")
    } catch {
      #expect("\(error)".contains(message), "\(error)")
      #expect("\(error)".hasPrefix("--set \(path)=\(value): "), "\(error)")
      #expect(error.exitCode == 64)
    }
  }

  @Test("an override's complaint stands under the override, not under the file")
  func overridePlace() throws {
    let workspace = try InventedWorkspace().read()
    do {
      _ = try workspace.plan(overrides: [Override(path: "plan.draws", value: "none")])
      Issue.record("no error")
    } catch {
      #expect(
        "\(error)" == "--set plan.draws=none: \"none\" in plan.draws is not a whole number from 1 to 10000000"
      )
    }
  }

  @Test("an unknown scenario is told from those that there are")
  func unknownScenario() throws {
    let workspace = try InventedWorkspace().read()
    do {
      _ = try workspace.plan(scenario: "refusd")
      Issue.record("no error")
    } catch {
      #expect(
        "\(error)".contains(
          "--scenario refusd: there is no scenario \"refusd\"; did you mean \"refused\"? Accepted are base, refused, wider"
        ))
      #expect(error.exitCode == 64)
    }
  }

  @Test("a scenario whose path leads nowhere is found when the workspace is read")
  func brokenScenario() throws {
    let problems = try InventedWorkspace([
      ("policies.after-override: general", "policies.after-overide: general")
    ]).problems()
    let line = InventedWorkspace.line(of: "policies.after-override: general")
    #expect(
      problems == [
        "workspace.yaml:\(line):31: policies.after-overide: there is no \"after-overide\" in policies; did you mean "
          + "\"after-override\"? Accepted are after-override, block-transfer-limit, funding-breaks, stability-grant, "
          + "statutory-override"
      ])
  }

  // MARK: The data of the repository

  @Test("the workspace of Sefton reads without a problem, and every scenario with it")
  func sefton() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let workspace = try Workspace(reading: root.appendingPathComponent("Datasets/sefton").path)
    let plan = try workspace.plan()
    #expect(plan.area == "Sefton")
    #expect(!plan.services.isEmpty && !workspace.scenarios.isEmpty)
    #expect(plan.assumptions.allSatisfy { !$0.reason.isEmpty && !$0.unit.isEmpty })
    for scenario in workspace.scenarios {
      #expect(throws: Never.self) { try workspace.plan(scenario: scenario) }
    }
    #expect(workspace.latestPublication != nil)
  }
}
