import Dispatch
import Synchronization

/// Work that waits for others, begun and waited for from a verb, which itself waits for nobody: so that no other verb
/// leaves the main thread, and none begins any later than it would.
struct AsyncRun {
  private final class Ending: Sendable {
    let error = Mutex<(any Error)?>(nil)
    let group = DispatchGroup()
  }

  private let ending = Ending()

  /// Begins the work.
  init(_ work: @escaping @Sendable () async throws -> Void) {
    let ending = ending
    ending.group.enter()
    Task {
      do {
        try await work()
      } catch {
        ending.error.withLock { $0 = error }
      }
      ending.group.leave()
    }
  }

  /// Waits for the end of the work, and gives the error that ended it, if one did.
  func wait() -> (any Error)? {
    ending.group.wait()
    return ending.error.withLock { $0 }
  }
}
