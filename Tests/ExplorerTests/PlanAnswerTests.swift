import Foundation
import Needscast
import Testing

@testable import Explorer

@Suite(.serialized) struct PlanAnswerTests {
  private static let query =
    "scenario=mitigated&set=assumptions.high-needs-price-growth.value=4.5%25&set=high-needs.requests.growth=-5%25"
    + "&set=mitigations.annual-reviews.status=withdrawn"
  private static let settings = ExplorerSettings(
    scenario: "mitigated",
    changes: [
      Override(path: "assumptions.high-needs-price-growth.value", value: "4.5%"),
      Override(path: "high-needs.requests.growth", value: "-5%"),
      Override(path: "mitigations.annual-reviews.status", value: "withdrawn"),
    ])

  @Test func `The plan is what the library plans, to the byte`() async throws {
    try await ServedPage.serving { page, plan in
      let workspace = try ServedPage.workspace.get()
      let definition = try workspace.plan(scenario: "mitigated", overrides: Self.settings.changes)
      let outcome = try PlanSimulator(definition, evidence: workspace.evidence).run(
        scenario: "mitigated",
        options: PlanSimulator.Options(
          asOf: try #require(workspace.latestPublication), draws: 60, seed: definition.seed))
      let expected = try PlanJSON.text(
        [outcome], overrides: Self.settings.changes.map(\.text),
        changes: [ScenarioChanges(scenario: "mitigated", changes: ["plan.mitigations=weighted"])])
      #expect(try await page.get("/api/plan.json?" + Self.query).body == expected)

      // One service is planned alone on the page, and has the figures that it has in the whole.
      let document = try PlanDocument([outcome])
      for service in document.scenarios.flatMap(\.services) {
        let answer = try await page.get("/api/plan?service=\(service.id)&" + Self.query)
        let shown = try JSONDecoder().decode(Shown.self, from: Data(answer.body.utf8))
        #expect(shown.years == service.years, "\(service.id)")
        #expect(shown.refusals.isEmpty && shown.fan.hasPrefix("<svg"))
      }
      let total = try JSONDecoder().decode(
        Shown.self, from: Data(try await page.get("/api/plan?service=total&" + Self.query).body.utf8))
      #expect(total.years == document.scenarios.first?.total.years)
    }
  }

  private struct Shown: Decodable {
    let years: [YearDocument]
    let sentence: String
    let compared: String?
    let fan: String
    let command: String
    let refusals: [Refusal]
    struct Refusal: Decodable {
      let message: String
    }
  }

  @Test func `What was set beforehand holds until the page sets the same`() async throws {
    let beforehand = [
      Override(path: "plan.mitigations", value: "certain"),
      Override(path: "assumptions.neet-places.value", value: "60"),
    ]
    try await ServedPage.serving(overrides: beforehand) { page, plan in
      #expect(
        plan.changes(ExplorerSettings(changes: [Override(path: "plan.mitigations", value: "none")])).map(
          \.text)
          == ["assumptions.neet-places.value=60", "plan.mitigations=none"])
      let answer = try JSONDecoder().decode(
        Shown.self, from: Data(try await page.get("/api/plan?service=participation").body.utf8))
      #expect(
        answer.command.contains("--set plan.mitigations=certain --set assumptions.neet-places.value=60"))
      #expect(answer.compared == nil)
    }
    #expect(throws: ExplorerError.setTwice(path: "plan.mitigations")) {
      _ = try ExplorerPlan(try ServedPage.workspace.get(), path: ".", overrides: beforehand + [beforehand[0]])
    }
  }

  @Test func `The sentence has the figures of the last year`() async throws {
    try await ServedPage.serving { _, plan in
      let paths = try plan.paths(ExplorerSettings(), service: "high-needs")
      let subject = try #require(Subject(try PlanOutcome(paths), paths: paths, service: "high-needs"))
      let last = try #require(subject.years.last)
      let balance = try #require(last.closingBalance)
      #expect(subject.sentence.contains(MoneyUnit(suiting: [balance.mean]).sentence(balance.mean)))
      #expect(subject.sentence.contains("\(last.year)"))
      #expect(subject.compared(with: subject)?.contains("is the same") == true)
    }
  }

  @Test func `One future says nothing of chance`() throws {
    let plan = try ExplorerPlan(try ServedPage.workspace.get(), path: ServedPage.path, draws: 1)
    let paths = try plan.paths(ExplorerSettings(), service: "high-needs")
    let subject = try #require(Subject(try PlanOutcome(paths), paths: paths, service: "high-needs"))
    let said =
      [subject.sentence, subject.short, subject.compared(with: subject) ?? ""] + subject.table.columns
    for word in ["80 in 100", "expected", "chance", "Chance", "%", "interval"] {
      #expect(!said.contains { $0.contains(word) }, "\(word)")
    }
    #expect(subject.sentence.contains("one future"))
    #expect(try subject.fan(.closingBalance).title.contains("one simulated future"))
    #expect(!subject.table.note.contains("Means over"))
    #expect(subject.table.rows.allSatisfy { $0.cells.count == subject.table.columns.count })
  }

  @Test func `A published year is known, and no chance is left in it`() throws {
    let plan = try ExplorerPlan(try ServedPage.workspace.get(), path: ServedPage.path, draws: 60)
    let paths = try plan.paths(ExplorerSettings(), service: "high-needs")
    let subject = try #require(Subject(try PlanOutcome(paths), paths: paths, service: "high-needs"))
    let place = try #require(subject.table.columns.firstIndex(of: "Chance of overspend"))
    for (year, row) in zip(subject.years, subject.table.rows) {
      guard year.kind == .outturn, case .known = year.inYearBalance else { continue }
      #expect(row.cells[place] == "known" || year.probabilityOverspend == nil, "\(row.year)")
    }
    #expect(subject.table.rows.contains { $0.cells[place].hasSuffix("%") })
  }

  @Test func `A difference that is there is never nothing`() {
    #expect(Subject.difference(0.4) == "less than £1k")
    #expect(Subject.difference(499) == "less than £1k")
    #expect(Subject.difference(1_400) == "£1k")
    #expect(Subject.difference(4.2e6) == "£4.2m")
  }

  @Test func `A setting is not named twice in what is wrong with it`() {
    let change = Override(path: "assumptions.a.value", value: "x")
    let fault = SettingFault(
      "--set assumptions.a.value=x: assumptions.a.value: this is no number", changes: [change])
    #expect(fault.path == "assumptions.a.value" && fault.message == "this is no number")
  }

  @Test func `A command is quoted for a shell`() {
    #expect(ExplorerPlan.quoted("a.b=5%") == "a.b=5%")
    #expect(ExplorerPlan.quoted("it's; rm -rf") == "'it'\\''s; rm -rf'")
    #expect(ExplorerPlan.quoted("") == "''")
  }
}
