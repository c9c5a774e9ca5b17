import Synchronization

/// A value that is computed when it is first asked for, once, by whichever thread asks.
final class Deferred<Value: Sendable>: Sendable {
  private let storage = Mutex<Value?>(nil)

  /// The value, computed now if it has not been before.
  func value(_ compute: () -> Value) -> Value {
    storage.withLock { stored in
      if let stored { return stored }
      let value = compute()
      stored = value
      return value
    }
  }
}
