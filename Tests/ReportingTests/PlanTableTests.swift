import Commissioning
import Foundation
import Reporting
import Testing
import TimeSeries

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
    #expect(text.contains("known       100%"))
    #expect(!text.contains("standard error"))
    #expect(!text.contains("80% intervals"))
  }

  @Test("A service without a ring-fence has a variance and no balance")
  func words() throws {
    let outcome = try InventedPlan.outcome(withGrant: false)
    let text = PlanTable(name: "Needs").text(outcome)
    #expect(text.contains("Variance: budget less spend (overspend negative)."))
    #expect(!text.contains("closing"))
    #expect(!text.lowercased().contains("balance carried forward"))
  }
}
