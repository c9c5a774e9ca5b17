import Hummingbird
import Needscast
import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Where requests become plans: it reads what is asked, has it planned, and says what comes of it.
final class ExplorerDesk: Sendable {
  private struct BaseKey: Hashable {
    let settings: ExplorerSettings
    let service: String?
  }

  let explored: ExplorerPlan
  /// What the page is told first.
  let summary: WorkspaceSummary
  private let folder: String
  private let planner = Planner(label: "needscast.explorer.plan")
  private let store: ControlStore
  private let bases = Mutex<[BaseKey: Subject]>([:])

  /// - Parameters:
  ///   - plan: the workspace in memory.
  ///   - start: the scenario that the page begins with.
  ///   - folder: where scenarios are saved.
  init(_ plan: ExplorerPlan, start: String, folder: String) throws(EvidenceError) {
    explored = plan
    self.folder = folder
    store = ControlStore(plan)
    summary = WorkspaceSummary(
      plan, try plan.definition(ExplorerSettings()), start: start,
      unplanned: Self.unplanned(plan, start: start))
  }

  /// The services that cannot be planned as the workspace stands. A few futures tell: whether there is anything to plan
  /// from does not depend on their number. Where nothing at all can be planned every answer says why, and no service is
  /// marked beforehand.
  private static func unplanned(_ plan: ExplorerPlan, start: String) -> Set<String> {
    do {
      let definition = try plan.definition(ExplorerSettings(scenario: start))
      let outcome = try PlanOutcome(
        try PlanSimulator(definition, evidence: plan.workspace.evidence).paths(
          scenario: start, options: plan.options(for: definition, draws: min(plan.draws, 20))))
      var missing = Set(definition.services.map(\.id)).subtracting(outcome.services.map(\.id))
      if outcome.total.isEmpty { missing.insert(Subject.total) }
      return missing
    } catch {
      return []
    }
  }

  // MARK: Questions

  func controls(_ query: RequestQuery) async -> Response {
    await reporting(changes: []) {
      let scenario = query.value("scenario") ?? Workspace.baseScenario
      return Reply.json(
        try await self.store.controls(scenario: scenario, service: try self.service(query)))
    }
  }

  func plan(_ query: RequestQuery) async -> Response {
    let settings: ExplorerSettings
    switch read(query) {
    case .success(let read): settings = read
    case .failure(let refusal): return refusal.response
    }
    return await reporting(changes: settings.changes) {
      let question = PlanQuery(
        settings: settings, service: try self.service(query), figure: try Self.figure(query),
        width: try Self.width(query))
      let page = query.value("page") ?? ""
      let (answer, time) = try await self.planner.run(for: String(page.prefix(64))) {
        let clock = ContinuousClock()
        let start = clock.now
        let answer = try self.explored.answer(question, base: self.base)
        return (answer, clock.now - start)
      }
      return Reply.json(
        answer, took: Double(time.components.attoseconds) / 1e15 + Double(time.components.seconds) * 1e3)
    }
  }

  /// The whole plan, byte for byte as the command writes it.
  func document(_ query: RequestQuery) async -> Response {
    let settings: ExplorerSettings
    switch read(query) {
    case .success(let read): settings = read
    case .failure(let refusal): return refusal.response
    }
    return await reporting(changes: settings.changes) {
      let text = try await self.planner.run(for: nil) { try self.explored.json(settings) }
      return Reply.text(text, type: "application/json; charset=utf-8")
    }
  }

  func save(_ bytes: [UInt8]) async -> Response {
    let form: ScenarioForm
    do {
      form = try JSONDecoder().decode(ScenarioForm.self, from: Data(bytes))
    } catch {
      return Reply.fault(
        "this is no scenario; it is JSON with scenario, set, name and reason, and author and date where they are said",
        status: .badRequest)
    }
    let changes: [Override]
    switch read(form.set) {
    case .success(let read): changes = read
    case .failure(let refusal): return refusal.response
    }
    return await reporting(changes: changes) {
      let saved = try await self.planner.run(for: nil) {
        try self.explored.save(form, changes: changes, in: self.folder)
      }
      return Reply.json(saved, status: .created)
    }
  }

  // MARK: Reading

  private struct Unreadable: Error {
    let response: Response
  }

  private func read(_ query: RequestQuery) -> Result<ExplorerSettings, Unreadable> {
    let names = ["scenario", "service", "figure", "width", "page", "set"]
    for item in query.items where !names.contains(item.name) {
      return .failure(
        Unreadable(
          response: Reply.fault(
            "\"\(item.name)\" is not asked for here; \(NearestName.advice(for: item.name, among: names))",
            status: .badRequest)))
    }
    return read(query.values("set")).map {
      ExplorerSettings(scenario: query.value("scenario") ?? Workspace.baseScenario, changes: $0)
    }
  }

  private func read(_ texts: [String]) -> Result<[Override], Unreadable> {
    var changes: [Override] = []
    for text in texts {
      guard let change = Override(text) else {
        return .failure(
          Unreadable(
            response: Reply.fault(
              "\"\(text)\": write path=value, such as assumptions.plan-approved.value=0", status: .badRequest)
          ))
      }
      if let sentence = Self.notMovedHere(change.path) {
        return .failure(
          Unreadable(
            response: Reply.faults([SettingFault(path: change.path, message: sentence)], status: .badRequest))
        )
      }
      guard !changes.contains(where: { $0.path == change.path }) else {
        return .failure(
          Unreadable(
            response: Reply.faults(
              [
                SettingFault(
                  "--set \(change.text): \(change.path) is set twice; keep one of the two", changes: [change])
              ],
              status: .badRequest)))
      }
      changes.append(change)
    }
    return .success(changes)
  }

  /// What the page's own run fixes: setting it beside that would count as a change and do nothing.
  private static func notMovedHere(_ path: String) -> String? {
    switch path {
    case "plan.draws":
      "the number of simulated futures is chosen when the page is served: needscast serve --draws N"
    case "plan.seed": "the seed is chosen when the page is served: needscast serve --seed N"
    default: nil
    }
  }

  private func service(_ query: RequestQuery) throws -> String? {
    guard let service = query.value("service"), service != Subject.total else { return nil }
    let names = summary.services.map(\.id)
    guard names.contains(service) else {
      throw EvidenceError.badArgument(
        "the plan has no service \"\(service)\"; \(NearestName.advice(for: service, among: names))")
    }
    return service
  }

  private static func figure(_ query: RequestQuery) throws -> PlanFigure? {
    guard let name = query.value("figure"), !name.isEmpty else { return nil }
    guard let figure = PlanFigure(rawValue: name) else {
      throw EvidenceError.badArgument(
        "there is no figure \"\(name)\"; \(NearestName.advice(for: name, among: PlanFigure.allCases.map(\.rawValue)))"
      )
    }
    return figure
  }

  private static func width(_ query: RequestQuery) throws -> Double {
    guard let text = query.value("width") else { return 760 }
    guard let width = Double(text), (360...1400).contains(width) else {
      throw EvidenceError.badArgument("width \(text): a chart is 360 to 1,400 pixels wide")
    }
    return width
  }

  /// What a service comes to before the page changes anything, planned once.
  private func base(_ settings: ExplorerSettings, _ service: String?) throws -> Subject? {
    let key = BaseKey(settings: settings, service: service)
    if let known = bases.withLock({ $0[key] }) { return known }
    let paths = try explored.paths(settings, service: service)
    let subject = Subject(try PlanOutcome(paths), paths: paths, service: service)
    bases.withLock { $0[key] = subject }
    return subject
  }

  /// Does what a request asks, and makes sentences of whatever is thrown.
  private func reporting(
    changes: [Override], _ work: () async throws -> Response
  ) async -> Response {
    do {
      return try await work()
    } catch is Planner.Superseded {
      return Reply.fault("something newer was asked for", status: .conflict)
    } catch is Planner.Busy {
      return Reply.fault(
        "too much is asked for at once; wait a moment and try again", status: .serviceUnavailable)
    } catch let unplanned as NotPlanned {
      return Reply.faults(unplanned.faults, status: .unprocessableContent)
    } catch EvidenceError.alreadyExists(let path) {
      return Reply.fault(
        "\(path) is there already and is not replaced; choose another name", status: .conflict)
    } catch {
      return Reply.faults(SettingFault.faults(of: error, changes: changes), status: .unprocessableContent)
    }
  }
}
