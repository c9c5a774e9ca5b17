import Needscast
import Testing

@testable import Explorer

@Suite(.serialized) struct SavingTests {
  private static let set = [
    "assumptions.high-needs-price-growth.value=4.5%", "high-needs.requests.growth=-5%",
    "mitigations.annual-reviews.status=withdrawn",
    "assumptions.neet-places.value={low: 90, most-likely: 100, high: 130}",
  ]

  private static func form(
    _ name: String, scenario: String = "mitigated", set: [String] = SavingTests.set,
    reason: String = "A question",
    author: String? = nil, date: String? = nil
  ) -> ScenarioForm {
    ScenarioForm(scenario: scenario, set: set, name: name, reason: reason, author: author, date: date)
  }

  private static func plan(_ overrides: [Override] = []) throws -> ExplorerPlan {
    try ExplorerPlan(try ServedPage.workspace.get(), path: ServedPage.path, overrides: overrides, draws: 40)
  }

  private static func save(_ form: ScenarioForm, of plan: ExplorerPlan, in folder: PassingFolder) throws
    -> SavedScenario
  {
    try plan.save(form, changes: form.set.compactMap { Override($0) }, in: folder.path)
  }

  @Test func `What is saved gives the same figures when it is read back`() throws {
    let folder = try PassingFolder()
    let plan = try Self.plan([Override(path: "assumptions.plan-approved.value", value: "100%")])
    let form = Self.form("Fewer requests", author: "A. Analyst", date: "2026-11-22")
    let saved = try Self.save(form, of: plan, in: folder)
    #expect(try folder.names == ["scenario-fewer-requests.yaml"])
    let read = try Workspace(reading: ServedPage.path, scenarioFiles: [saved.path])
    let scenario = try #require(read.scenarioDefinitions.last)
    #expect(
      scenario.name == "Fewer requests" && scenario.reason == "A question" && scenario.author == "A. Analyst")
    #expect(scenario.inherits == "mitigated")
    #expect(scenario.changes == ["assumptions.plan-approved.value=100%"] + Self.set)
    let again = try ExplorerPlan(read, path: ServedPage.path, draws: 40)
    let there = try PlanDocument([
      try PlanOutcome(try again.paths(ExplorerSettings(scenario: scenario.name), service: nil))
    ])
    let here = try PlanDocument([
      try PlanOutcome(
        try plan.paths(
          ExplorerSettings(scenario: "mitigated", changes: Self.set.compactMap { Override($0) }), service: nil
        ))
    ])
    #expect(there.scenarios.first?.services == here.scenarios.first?.services)
    #expect(there.scenarios.first?.total == here.scenarios.first?.total)
  }

  @Test func `Nothing that is there is replaced`() throws {
    let folder = try PassingFolder()
    let plan = try Self.plan()
    let first = try Self.save(Self.form("Twice"), of: plan, in: folder)
    #expect(throws: EvidenceError.alreadyExists(path: first.path)) {
      _ = try Self.save(Self.form("twice!"), of: plan, in: folder)
    }
    #expect(try folder.names.count == 1)
  }

  @Test func `Words of any script, of programs and of spreadsheets come back unharmed`() throws {
    let folder = try PassingFolder()
    let plan = try Self.plan()
    let words = [
      "<script>alert(1)</script>", "=cmd()|' /C calc'!A0", "نص عربي", "עברית", "👨‍👩‍👧 family", "a: b # c",
      "\"quoted\" \\ back",
      "- item", "{a: b}", "&anchor *alias !tag", "%TAG", "~", "null", "yes", "1.50",
    ]
    for (place, word) in words.enumerated() {
      let saved = try Self.save(
        Self.form("\(word) \(place)", reason: word, author: word), of: plan, in: folder)
      let read = try Workspace(reading: ServedPage.path, scenarioFiles: [saved.path])
      let scenario = try #require(read.scenarioDefinitions.last)
      #expect(
        scenario.name == "\(word) \(place)" && scenario.reason == word && scenario.author == word, "\(word)")
    }
  }

  @Test func `What is no scenario is refused with a reason, and leaves nothing behind`() throws {
    let folder = try PassingFolder()
    let plan = try Self.plan()
    for (form, sentence) in [
      (Self.form(" "), "needs a name"), (Self.form("a", reason: ""), "needs a reason"),
      (Self.form("a\nb"), "line break"), (Self.form("\u{202E}a"), "does not show"),
      (Self.form(String(repeating: "a", count: 81)), "longer than 80"),
      (Self.form("a", date: "2026-02-30"), "is not a day"),
      (Self.form("base"), "the workspace as it stands"), (Self.form("grant-refused"), "there is a scenario"),
      (Self.form("a.yaml"), "a file's name"),
      (Self.form("a", scenario: "base", set: []), "nothing is changed"),
      (Self.form("a", set: ["assumptions.neet-places.value=1\n2"]), "more than one line"),
      (Self.form("a", set: ["assumptions.neet-places.value=x"]), "is not a number"),
      (Self.form("a", scenario: "nowhere"), "there is no scenario"),
    ] {
      do {
        _ = try Self.save(form, of: plan, in: folder)
        Issue.record("\(form) is saved")
      } catch {
        #expect("\(error)".contains(sentence), "\(form.name): \(error)")
      }
      #expect(try folder.names.isEmpty, "\(form.name)")
    }
  }

  @Test func `A form that is sent is saved and said where`() async throws {
    let folder = try PassingFolder()
    try await ServedPage.serving(saving: folder.path) { page, _ in
      let body =
        #"{"scenario":"base","set":["plan.mitigations=certain"],"name":"../../Certain","reason":"why"}"#
      let answer = try await page.post("/api/scenario", body)
      #expect(answer.status == 201 && answer.body.contains("scenario-certain.yaml"), "\(answer.body)")
      let again = try await page.post("/api/scenario", body)
      #expect(again.status == 409 && again.body.contains("is not replaced"))
      #expect(!again.body.contains("--force"))
    }
    #expect(try folder.names == ["scenario-certain.yaml"])
  }
}
