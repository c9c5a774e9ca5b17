import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Work that waits for others, begun and waited for from a verb, which itself waits for nobody: so that no other verb
/// leaves the main thread, and none begins any later than it would.
struct AsyncRun {
  /// How long the work has to end when it is told to.
  private static let grace = DispatchTimeInterval.milliseconds(500)

  /// What comes of the work, and that it has ended.
  private final class Ending: Sendable {
    private let state = Mutex<(hasEnded: Bool, error: (any Error)?)>((false, nil))
    let group = DispatchGroup()

    init() { group.enter() }

    /// The first end counts.
    func end(_ error: (any Error)?) {
      let isFirst = state.withLock { state in
        guard !state.hasEnded else { return false }
        state = (true, error)
        return true
      }
      if isFirst { group.leave() }
    }

    var error: (any Error)? { state.withLock { $0.error } }
  }

  private let ending: Ending
  private let task: Task<Void, Never>

  /// Begins the work.
  init(_ work: @escaping @Sendable () async throws -> Void) {
    let ending = Ending()
    self.ending = ending
    task = Task {
      do {
        try await work()
        ending.end(nil)
      } catch {
        ending.end(Task.isCancelled ? nil : error)
      }
    }
  }

  /// Waits for the end of the work, or for one of some signals, which cancels it.
  ///
  /// A plan that is being made is not waited for longer than a moment: nobody will see it, and files appear whole or not
  /// at all.
  ///
  /// - Returns: the error that ended the work; nil where it ended well or by a signal.
  func wait(untilSignal signals: [Int32]) -> (any Error)? {
    let queue = DispatchQueue(label: "needscast.signals")
    let (ending, task) = (ending, task)
    let sources = signals.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        // What the cancelled work throws is no fault.
        queue.asyncAfter(deadline: .now() + Self.grace) { ending.end(nil) }
        task.cancel()
      }
      source.resume()
      return source
    }
    ending.group.wait()
    for source in sources { source.cancel() }
    return ending.error
  }
}
