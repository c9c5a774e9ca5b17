import Commissioning
import Foundation
import Testing
import TimeSeries

@testable import Reporting

@Suite("A plan as text")
struct PlanTableTests {
  private static let early = CivilDate(year: 2023, month: 9, day: 30) ?? InventedPlan.knowledge

  /// The text as it was read and found good; when the wording is changed on purpose, write the new text there.
  private func golden(_ name: String) throws -> String {
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "txt", subdirectory: "Fixtures"))
    return try String(contentsOf: url, encoding: .utf8)
  }

  @Test("The whole plan reads as it was found good")
  func full() throws {
    let outcome = try InventedPlan.outcome()
    #expect(PlanTable(name: "Needs of Borchester", detail: .full).text(outcome) == (try golden("plan-full")))
  }

  @Test("An earlier plan is set beside what has been published since")
  func comparison() throws {
    let outcome = try InventedPlan.outcome(comparesOutturn: true, asOf: Self.early)
    #expect(PlanTable(name: "Needs of Borchester").text(outcome) == (try golden("plan-compared")))
  }

  @Test("A plan of which a service was refused has no total and says why")
  func refusal() throws {
    let outcome = try InventedPlan.outcome(withGrant: false)
    let text = PlanTable(name: "Needs of Borchester").text(outcome)
    #expect(!text.contains("All services"))
    #expect(text.contains("- high-needs: nothing of \"high-needs-block\" for Borchester had been published"))
    #expect(text.contains("There is no total: a total of some services would be read as that of all."))
  }

  @Test("No line is longer than the terminal is wide", arguments: PlanTable.Detail.allCases)
  func width(detail: PlanTable.Detail) throws {
    for asOf in [InventedPlan.knowledge, Self.early] {
      let outcome = try InventedPlan.outcome(comparesOutturn: true, asOf: asOf)
      let text = PlanTable(name: String(repeating: "Needs of Borchester ", count: 8), detail: detail).text(
        outcome)
      for line in text.split(separator: "\n") { #expect(line.count <= 100) }
    }
  }

  @Test("A model in a note is explained where it is named, and nothing else is touched") func explained() {
    #expect(
      ModelName.explaining("Other spending is carried forward by drift.")
        == "Other spending is carried forward by drift (the average change since the first observation goes on)."
    )
    #expect(ModelName.explaining("It is carried forward by hand.") == "It is carried forward by hand.")
    #expect(ModelName.explaining("Nothing is.") == "Nothing is.")
  }

  @Test("A long unit of an assumption goes on below and widens no line") func longUnit() throws {
    let text = PlanTable(name: "Needs", width: 60).text(try InventedPlan.outcome())
    let table = text.components(separatedBy: "\nAssumptions\n").last ?? ""
    let rows = table.split(separator: "\n").drop { !$0.hasPrefix("name") }
    #expect(rows.count > 10)
    for row in rows { #expect(row.count <= 75, "\(row)") }
  }

  @Test("The unit of money may be chosen, and is then the same for all services")
  func chosenUnit() throws {
    let outcome = try InventedPlan.outcome()
    let thousands = PlanTable(name: "Needs", money: .thousands).text(outcome)
    #expect(!thousands.contains("£m"))
    #expect(thousands.contains("-10,980"))
    #expect(!PlanTable(name: "Needs", money: .millions).text(outcome).contains("£k"))
  }

  @Test("A figure without any uncertainty says so in place of an interval")
  func known() throws {
    let outcome = try InventedPlan.outcome(draws: 1, spread: false, withGrant: false, isCertain: true)
    let text = PlanTable(name: "Needs").text(outcome)
    #expect(text.contains("1 simulated future, seed 7"))
    let year = try #require(text.split(separator: "\n").last { $0.hasPrefix("2027/28  forecast") })
    #expect(year.hasSuffix("known          –"))
    #expect(!text.contains("Simulation error"))
    #expect(!text.contains("80% intervals"))
  }

  @Test("One simulated future has neither intervals nor chances, and the text says why")
  func oneFuture() throws {
    let text = PlanTable(name: "Needs").text(
      try InventedPlan.outcome(draws: 1, comparesOutturn: true, asOf: Self.early))
    #expect(text.contains("one simulated future, which says nothing about chance"))
    #expect(!text.contains("%)"))
    #expect(!text.contains("chance of overspend "))
    #expect(!text.contains("inside 80%"))
    #expect(!text.contains("Chance that"))
    for line in text.split(separator: "\n") where line.contains("  forecast  ") && line.hasPrefix("20") {
      #expect(line.hasSuffix("–"), "\(line)")
    }
  }

  @Test("A published year is known, and no matter of chance") func published() throws {
    let text = PlanTable(name: "Needs").text(try InventedPlan.outcome())
    let lines = text.split(separator: "\n").filter { $0.contains(" outturn ") }
    #expect(!lines.isEmpty)
    for line in lines { #expect(line.hasSuffix("known")) }
  }

  @Test("A plan of the workspace as it stands is called unmitigated, and a changed one names its changes")
  func standing() throws {
    let outcome = try InventedPlan.outcome()
    #expect(PlanTable(name: "Needs").text(outcome).contains("\nUnmitigated: what happens if"))
    let changed = PlanTable(name: "Needs", overrides: ["policies.after-override=general-fund"])
    #expect(
      changed.text(outcome).contains(
        "\nChanged from the workspace: policies.after-override=general-fund.\n"))
    #expect(!changed.text(outcome).contains("Unmitigated"))
    let richer = try InventedPlan.outcome(scenario: "richer", budget: 900_000)
    #expect(
      PlanTable(name: "Needs").text(richer).contains("\nChanged from the workspace: scenario richer.\n"))
    let stated = PlanTable(
      name: "Needs", overrides: ["b=2"],
      changes: [ScenarioChanges(scenario: "richer", changes: ["a.add=1", "c=3"])])
    #expect(
      stated.text(richer).contains(
        "\nChanged from the workspace: scenario richer (a.add=1; c=3); b=2.\n"))
    #expect(stated.text(outcome).contains("\nChanged from the workspace: b=2.\n"))
    #expect(changed.hindcast(outcome).contains("policies.after-override=general-fund"))
  }

  @Test("The summary says what the tables say, in five lines at most") func summary() throws {
    let outcome = try InventedPlan.outcome()
    let table = PlanTable(name: "Needs", money: .thousands)
    let lines = table.text(outcome).split(separator: "\n").prefix { !$0.hasPrefix("Forecasts and") }
      .filter { $0.hasPrefix("- ") }
    #expect((3...5).contains(lines.count))
    let total = try #require(outcome.total.last)
    let spend = try #require(total.spend?.mean)
    #expect(lines.first?.contains("spend \(MoneyUnit.thousands.sentence(spend)), budget") == true)
    let grant = try #require(outcome.services.first?.years.last)
    let overspend = -(try #require(grant.inYearBalance?.mean))
    #expect(lines[1].hasSuffix("High needs, \(MoneyUnit.thousands.sentence(overspend))."))
    let refused = table.text(try InventedPlan.outcome(withGrant: false))
    #expect(refused.contains("- No total: high-needs could not be planned"))
    let richer = try InventedPlan.outcome(withGrant: false, budget: 900_000)
    #expect(table.text(richer).contains("- No service is expected to overspend"))
  }

  @Test("A comparison without anything to compare says that nothing has been published since")
  func nothingPublished() throws {
    let text = PlanTable(name: "Needs").hindcast(try InventedPlan.outcome(comparesOutturn: true))
    #expect(text.contains("Nothing that this plan forecasts has been published since 2025-09-30."))
  }

  @Test("A service without a ring-fence has a variance and no balance")
  func words() throws {
    let outcome = try InventedPlan.outcome(withGrant: false)
    let text = PlanTable(name: "Needs").text(outcome)
    #expect(text.contains("In-year: variance, budget less spend (overspend negative)."))
    #expect(!text.contains("closing"))
    #expect(!text.lowercased().contains("balance carried forward"))
  }
}
