import Dispatch
import Synchronization

/// Carries out what pages ask for on a thread of its own, one after the other; of what one page asks for only the newest
/// is carried out.
///
/// A plan takes all of a processor for a tenth of a second. On the threads that serve requests it would hold up
/// everything else, and a slider that is dragged asks for more plans than anybody will look at.
final class Planner: Sendable {
  /// Something newer was asked for by the same page before this could begin.
  struct Superseded: Error {}
  /// More is waiting than can be answered.
  struct Busy: Error {}

  /// The most that waits at one time.
  static let mostWaiting = 32

  private struct State {
    var turn: UInt64 = 0
    /// The newest turn of every page that waits.
    var newest: [String: UInt64] = [:]
    var waiting = 0
  }

  private let state = Mutex(State())
  private let queue: DispatchQueue

  init(label: String) {
    queue = DispatchQueue(label: label)
  }

  /// How much has been asked for and not refused.
  var asked: UInt64 { state.withLock { $0.turn } }
  /// How much of it has not begun.
  var waiting: Int { state.withLock { $0.waiting } }

  /// Carries out some work.
  ///
  /// - Parameters:
  ///   - page: who asks; nil for work that nothing newer takes the place of.
  ///   - work: what is to be done.
  /// - Throws: ``Superseded``, ``Busy``, or what the work throws.
  func run<Result: Sendable>(
    for page: String?, _ work: @escaping @Sendable () throws -> Result
  ) async throws -> Result {
    let turn: UInt64? = state.withLock { state in
      guard state.waiting < Self.mostWaiting else { return nil }
      state.waiting += 1
      state.turn &+= 1
      if let page { state.newest[page] = state.turn }
      return state.turn
    }
    guard let turn else { throw Busy() }
    return try await withCheckedThrowingContinuation { continuation in
      queue.async { [self] in
        let isWanted = state.withLock { state in
          state.waiting -= 1
          guard let page else { return true }
          guard state.newest[page] == turn else { return false }
          state.newest[page] = nil
          return true
        }
        guard isWanted else {
          continuation.resume(throwing: Superseded())
          return
        }
        continuation.resume(with: Swift.Result { try work() })
      }
    }
  }
}
