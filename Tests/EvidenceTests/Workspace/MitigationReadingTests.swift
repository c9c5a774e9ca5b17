import Commissioning
import Foundation
import Testing

@testable import Evidence

/// The worked example's register, with one thing wrong at a time.
@Suite("The register of measures in a workspace")
struct MitigationReadingTests {
  private static let sefton: String = {
    var folder = URL(filePath: #filePath)
    for _ in 0..<4 { folder.deleteLastPathComponent() }
    return folder.appending(path: "Datasets/sefton").path
  }()

  /// The problems of the worked example with a text of its workspace replaced.
  private func problems(_ old: String, _ new: String) throws -> [String] {
    let temporary = URL(filePath: NSTemporaryDirectory()).appending(path: "needscast-\(UUID().uuidString)")
    try FileManager.default.copyItem(atPath: Self.sefton, toPath: temporary.path)
    defer { try? FileManager.default.removeItem(at: temporary) }
    let file = temporary.appending(path: "workspace.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(text.contains(old))
    try text.replacingOccurrences(of: old, with: new).write(to: file, atomically: true, encoding: .utf8)
    do {
      _ = try Workspace(reading: temporary.path)
      return []
    } catch {
      return error.problems.map { "\($0)" }
    }
  }

  @Test("the register is read with its sizes, ramps and costs")
  func sound() throws {
    let plan = try Workspace(reading: Self.sefton).plan(scenario: "mitigated")
    let register = try #require(plan.mitigations)
    #expect(plan.mitigationMode == .weighted)
    #expect(register.measures.map(\.id) == ["earlier-support", "special-school-places", "annual-reviews"])
    #expect(register.measures[0].ramp == .months(24) && register.measures[1].ramp == .years([0.5, 1]))
    #expect(register.measures[1].cost.recurring == .fixed(600_000))
    #expect(register.measures[1].effects[0].size == .fixed(60))
    #expect(try Workspace(reading: Self.sefton).plan().mitigationMode == .none)
  }

  @Test(
    "what is wrong is refused where it stands, with what would be accepted",
    arguments: [
      (
        "flow: high-needs.places.special, add", "flow: high-needs.places.specail, add",
        "did you mean \"places.special\"?"
      ),
      ("flow: high-needs.ceasing", "flow: hihg-needs.ceasing", "did you mean \"high-needs\"?"),
      ("flow: high-needs.ceasing", "flow: ceasing", "must be SERVICE.NAME"),
      ("probability: 60%", "probability: 120%", "is not a share"),
      ("ramp: {months: 24}", "ramp: slowly", "immediate, {months: 24} or {years:"),
      ("ramp: {months: 12}", "ramp: {months: 12, years: [100%]}", "one of them"),
      ("start: 2027-09-01", "start: 2037-09-01", "outside the plan's years"),
      ("add: 60}", "add: 60, multiply: 2}", "must be {flow: SERVICE.FLOW, multiply: 0.95}"),
      (
        "    status: proposed\n    start: 2027-09-01", "    status: likely\n    start: 2027-09-01",
        "in-budget, planned, proposed, withdrawn"
      ),
      (
        "    status: proposed\n    start: 2027-09-01", "    status: in-budget\n    start: 2027-09-01",
        "needs \"saving\""
      ),
      ("cost: {recurring: 250000", "cost: {recuring: 250000", "did you mean \"recurring\"?"),
    ])
  func refused(old: String, new: String, words: String) throws {
    let problems = try problems(old, new)
    #expect(problems.count == 1, "\(problems)")
    let problem = try #require(problems.first)
    #expect(problem.contains("workspace.yaml:"), "\(problem)")
    #expect(problem.contains(words), "\(problem)")
  }

  @Test("a plan that ends before a measure begins leaves it out, and is not refused")
  func shorterPlan() throws {
    let workspace = try Workspace(reading: Self.sefton)
    let plan = try workspace.plan(overrides: [Override(path: "plan.to", value: "2026/27")])
    #expect(plan.years.upperBound == FinancialYear(2026))
  }

  @Test("a measure that was withdrawn is checked, and left out of the register with what it had in common")
  func withdrawn() throws {
    let workspace = try Workspace(reading: Self.sefton)
    let path = "mitigations.annual-reviews.status"
    let plan = try workspace.plan(
      scenario: "mitigated", overrides: [Override(path: path, value: "withdrawn")])
    #expect(plan.mitigations?.measures.map(\.id) == ["earlier-support", "special-school-places"])
    let problems = try problems(
      "    effects:\n      - {flow: high-needs.ceasing", "    effects:\n      - {flow: high-needs.ceasng")
    #expect(problems.count == 1)
    #expect(
      try self.problems(
        "    status: proposed\n    start: 2026-09-01\n    ramp: {months: 12}",
        "    status: withdrawn\n    start: 2026-09-01\n    ramp: {months: 12}\n    saving: 10"
      ).isEmpty)
  }
}
