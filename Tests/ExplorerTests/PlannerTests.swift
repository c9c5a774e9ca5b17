import Dispatch
import Synchronization
import Testing

@testable import Explorer

@Suite struct PlannerTests {
  /// A planner that is busy until its gate opens.
  private struct Occupied {
    let planner = Planner(label: "test")
    let gate = DispatchGroup()
    let first: Task<Void, any Error>

    init() async {
      gate.enter()
      first = Task { [planner, gate] in try await planner.run(for: nil) { gate.wait() } }
      while planner.asked < 1 || planner.waiting > 0 { await Task.yield() }
    }

    /// Asks for something, and returns when it waits.
    func ask(_ page: String?, _ work: @escaping @Sendable () -> Void) async -> Task<Void, any Error> {
      let before = planner.asked
      let task = Task { [planner] in try await planner.run(for: page, work) }
      while planner.asked == before { await Task.yield() }
      return task
    }
  }

  @Test func `Of what one page asks for only the newest is carried out`() async throws {
    let done = Mutex<[String]>([])
    let busy = await Occupied()
    let old = await busy.ask("a") { done.withLock { $0.append("old") } }
    let other = await busy.ask("b") { done.withLock { $0.append("other") } }
    let new = await busy.ask("a") { done.withLock { $0.append("new") } }
    busy.gate.leave()
    try await busy.first.value
    await #expect(throws: Planner.Superseded.self) { try await old.value }
    try await other.value
    try await new.value
    #expect(done.withLock { $0 } == ["other", "new"])
  }

  @Test func `More than can be answered is refused, and what comes later is not`() async throws {
    let busy = await Occupied()
    var tasks: [Task<Void, any Error>] = []
    for _ in 0..<Planner.mostWaiting { tasks.append(await busy.ask(nil) {}) }
    await #expect(throws: Planner.Busy.self) { try await busy.planner.run(for: "late") {} }
    busy.gate.leave()
    for task in tasks { try await task.value }
    try await busy.planner.run(for: "late") {}
    #expect(busy.planner.waiting == 0)
  }
}
