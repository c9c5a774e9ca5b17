import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The one line at the foot of a terminal that tells how far the work is.
///
/// Whoever writes to the terminal takes the line away first, so that nothing is ever written into it.
enum ProgressLine {
  /// Whether the line stands there; only changed by who holds ``lock``, and read by the handler of signals.
  private static let isDrawn = Atomic<Bool>(false)
  private static let lock = Mutex(())

  /// Whether the line stands there.
  static var stands: Bool { isDrawn.load(ordering: .acquiring) }

  /// Takes the line away, does something, and leaves the place free.
  static func clearing<Result: ~Copyable>(_ work: () -> Result) -> Result {
    lock.withLock { _ in
      erase()
      return work()
    }
  }

  /// Puts a text where the line stands, unless a condition no longer holds.
  static func draw(_ text: String, unless isOver: () -> Bool) {
    lock.withLock { _ in
      if isOver() { return }
      StandardStreams.unguarded("\r\u{1B}[K" + text)
      isDrawn.store(true, ordering: .releasing)
    }
  }

  private static func erase() {
    if isDrawn.exchange(false, ordering: .acquiringAndReleasing) { StandardStreams.unguarded("\r\u{1B}[K") }
  }

  /// Makes signals that end the process take the line away before they do.
  static func yieldToSignals() {
    // What a handler reads has to be there before it is called.
    _ = isDrawn.load(ordering: .relaxed)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      let earlier = signal(number) { number in
        if ProgressLine.isDrawn.exchange(false, ordering: .acquiringAndReleasing) {
          let blank: StaticString = "\r\u{1B}[K"
          #if canImport(Glibc)
            _ = Glibc.write(STDERR_FILENO, blank.utf8Start, blank.utf8CodeUnitCount)
          #elseif canImport(Musl)
            _ = Musl.write(STDERR_FILENO, blank.utf8Start, blank.utf8CodeUnitCount)
          #else
            _ = Darwin.write(STDERR_FILENO, blank.utf8Start, blank.utf8CodeUnitCount)
          #endif
        }
        signal(number, SIG_DFL)
        raise(number)
      }
      // A signal that was to be left alone, as `nohup` asks, is.
      if unsafeBitCast(earlier, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
        signal(number, SIG_IGN)
      }
    }
  }
}
