import Needscast
import Testing

@testable import Explorer

@Suite(.serialized) struct ControlTests {
  private static func controls(
    _ service: String, scenario: String = Workspace.baseScenario
  ) throws -> (ControlSet, ExplorerPlan) {
    let plan = try ExplorerPlan(try ServedPage.workspace.get(), path: ServedPage.path, draws: 40)
    let definition = try plan.definition(ExplorerSettings(scenario: scenario))
    let found = try #require(definition.services.first { $0.id == service })
    return (try ControlReading(plan: plan, scenario: scenario).controls(of: found), plan)
  }

  @Test func `Every assumption and every flow of a service has a control, and nothing else`() throws {
    let (set, plan) = try Self.controls("participation")
    let definition = try plan.definition(ExplorerSettings())
    let service = try #require(definition.services.first { $0.id == "participation" })
    let whole = try plan.paths(ExplorerSettings(), service: nil)
    let paths = Set(set.controls.map(\.path))
    for id in [
      "neet-take-up", "neet-places", "neet-unit-cost", "neet-budget", "cohort-16-17-share",
      "nhs-price-growth",
    ] {
      #expect(paths.contains("assumptions.\(id).value"), "\(id)")
    }
    #expect(!paths.contains("assumptions.high-needs-price-growth.value"))
    for flow in service.flows {
      #expect(paths.contains { $0.hasPrefix("participation.\(flow.id).") }, "\(flow.id)")
    }
    for control in set.controls where !control.isLever {
      let assumption = try #require(whole.assumptions.first { "assumptions.\($0.id).value" == control.path })
      #expect(
        control.unit == assumption.unit && control.reason == assumption.reason
          && control.stated == assumption.text)
    }
    #expect(set.left.isEmpty)
  }

  @Test func `The plan takes both ends of every control`() throws {
    for service in ["participation", "speech-and-language-therapy", "looked-after"] {
      let (set, plan) = try Self.controls(service)
      for control in set.controls {
        #expect(
          control.low <= control.value && control.value <= control.high && control.low < control.high,
          "\(control.path)")
        for end in [control.low, control.high] where end != control.value {
          let settings = ExplorerSettings(changes: [Override(path: control.path, value: control.text(end))])
          #expect(
            try plan.paths(settings, service: service).refusals.isEmpty,
            "\(control.path)=\(control.text(end))")
        }
      }
    }
  }

  @Test func `A control is about what answers first when it is moved`() throws {
    let (set, _) = try Self.controls("participation")
    func group(_ path: String) -> ControlGroup? { set.controls.first { $0.path == path }?.group }
    #expect(group("assumptions.neet-take-up.value") == .need)
    #expect(group("assumptions.neet-places.value") == .capacity)
    #expect(group("assumptions.neet-unit-cost.value") == .price)
    #expect(group("assumptions.neet-budget.value") == .budget)
    #expect(group("participation.places.add") == .capacity)
    let (lists, _) = try Self.controls("speech-and-language-therapy")
    #expect(lists.controls.first { $0.path == "assumptions.speech-capacity.value" }?.group == .capacity)
    #expect(lists.controls.first { $0.path == "assumptions.speech-referrals.value" }?.group == .need)
    for own in Dictionary(grouping: set.controls, by: \.group).values {
      #expect(own.map(\.swing) == own.map(\.swing).sorted(by: >))
    }
  }

  @Test func `Measures can be left out, and count as the workspace says`() throws {
    let (set, plan) = try Self.controls("participation", scenario: "mitigated")
    #expect(set.measures.mode == "weighted" && set.measures.modePath == "plan.mitigations")
    #expect(
      set.measures.measures.map(\.id) == ["earlier-support", "special-school-places", "annual-reviews"])
    for measure in set.measures.measures {
      let settings = ExplorerSettings(
        scenario: "mitigated", changes: [Override(path: measure.path, value: measure.off)])
      #expect(try plan.definition(settings).mitigations?.measures.contains { $0.id == measure.id } == false)
    }
  }

  @Test func `Of the register a service has the measures that act on it or that it pays for`() async throws {
    let plan = try ExplorerPlan(try ServedPage.workspace.get(), path: ServedPage.path, draws: 40)
    let definition = try plan.definition(ExplorerSettings())
    let register = try #require(definition.mitigations)
    let store = ControlStore(plan)
    let all = try await store.controls(scenario: Workspace.baseScenario, service: "participation")
    #expect(all.measures.measures.isEmpty && all.measures.modePath == nil)
    #expect(all.measures.notes.contains { $0.contains("Sixty more places in state special schools") })
    let own = try await store.controls(scenario: Workspace.baseScenario, service: "high-needs")
    #expect(own.measures.modePath == "plan.mitigations")
    #expect(own.measures.measures.allSatisfy { $0.services.contains("high-needs") })
    #expect(own.measures.measures.contains { $0.id == "special-school-places" })
    #expect(own.measures.measures.count <= register.measures.filter { !$0.isInBudget }.count)
  }

  @Test func `All services together have every control once`() throws {
    let (one, _) = try Self.controls("participation")
    let (two, _) = try Self.controls("speech-and-language-therapy")
    let merged = ControlReading.merged([one, two])
    let paths = merged.controls.map(\.path)
    #expect(Set(paths).count == paths.count)
    #expect(Set(paths) == Set((one.controls + two.controls).map(\.path)))
    // Flows are called the same in several services, and are told apart by the service.
    for control in merged.controls {
      guard let service = control.service else { continue }
      #expect(control.name.hasPrefix("\(service): "), "\(control.path)")
    }
    #expect(merged.controls.contains { $0.service != nil })
    let shared = "assumptions.nhs-price-growth.value"
    let swings = [one, two, merged].map { set in set.controls.first { $0.path == shared }?.swing ?? 0 }
    #expect(swings[2] == swings[0] + swings[1])
  }
}
