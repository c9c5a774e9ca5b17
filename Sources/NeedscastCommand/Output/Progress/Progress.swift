import Needscast
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How far a piece of work is, on standard error: only where that is a terminal, only when the work takes more than a
/// second, and gone when it is done.
///
/// Those who work count on any thread; a thread of its own looks at the count and draws.
final class Progress: Sendable {
  private let what: String
  private let unit: String
  private let done = Atomic<Int>(0)
  /// How many there are; below nought where nobody knows.
  private let total: Atomic<Int>
  private let isOver = Atomic<Bool>(false)
  private let start = ContinuousClock.now
  private let isASCII: Bool

  /// Nothing is drawn before, and no more often than ten times a second.
  private static let delay: UInt32 = 1_000_000
  private static let pause: UInt32 = 100_000

  private init(_ what: String, unit: String, of total: Int?) {
    self.what = what
    self.unit = unit
    self.total = Atomic(total ?? -1)
    isASCII = !Terminal.isUTF8(Environment.read)
  }

  /// Does a piece of work and tells how far it is.
  ///
  /// - Parameters:
  ///   - what: what is being done: `forecasting`.
  ///   - unit: what is counted: `series`.
  ///   - total: how many there are; nil where nobody knows.
  ///   - quiet: whether nothing is to be told.
  ///   - work: the work; it counts with ``advance(by:)``.
  static func during<Result>(
    _ what: String, unit: String = "", of total: Int? = nil, quiet: Bool,
    _ work: (Progress) throws -> Result
  ) rethrows -> Result {
    let progress = Progress(what, unit: unit, of: total)
    guard !quiet, isatty(STDERR_FILENO) == 1, Environment.read("TERM") != "dumb" else {
      return try work(progress)
    }
    ProgressLine.yieldToSignals()
    progress.watch()
    defer { progress.finish() }
    return try work(progress)
  }

  /// Counts what has been done.
  func advance(by count: Int = 1) { done.wrappingAdd(count, ordering: .relaxed) }

  /// Says how many there are, once that is known.
  func expect(_ count: Int) { total.store(count, ordering: .relaxed) }

  private func finish() {
    isOver.store(true, ordering: .releasing)
    ProgressLine.clearing {}
  }

  private func watch() {
    var thread: pthread_t? = nil
    let context = Unmanaged.passRetained(self)
    #if canImport(Darwin)
      let failed = pthread_create(
        &thread, nil,
        { context in
          Unmanaged<Progress>.fromOpaque(context).takeRetainedValue().draw()
          return nil
        }, context.toOpaque())
    #else
      var number = pthread_t()
      let failed = pthread_create(
        &number, nil,
        { context in
          if let context { Unmanaged<Progress>.fromOpaque(context).takeRetainedValue().draw() }
          return nil
        }, context.toOpaque())
      thread = number
    #endif
    // Without a thread there is no line, and the work goes on all the same.
    guard failed == 0, let thread else { return context.release() }
    pthread_detach(thread)
  }

  private func draw() {
    usleep(Self.delay)
    var drawn = ""
    while !isOver.load(ordering: .acquiring) {
      let total = total.load(ordering: .relaxed)
      // The last place stays free: some terminals go to the next line when it is taken.
      let room = (Terminal.size(of: STDERR_FILENO) ?? 80) - 1
      let text = ProgressText(
        what: what, unit: unit, done: done.load(ordering: .relaxed), total: total < 0 ? nil : total,
        seconds: Int((ContinuousClock.now - start) / .seconds(1))
      ).line(width: room)
      let line = isASCII ? Terminal.ascii(text) : text
      if line != drawn || !ProgressLine.stands {
        ProgressLine.draw(line) { isOver.load(ordering: .acquiring) }
        drawn = line
      }
      usleep(Self.pause)
    }
  }
}
