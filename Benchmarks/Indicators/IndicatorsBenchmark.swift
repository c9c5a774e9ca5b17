import AllocationCount
import Indicators
import Statistics
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Times the trend marker, the control chart and the comparison of 100,000 series, on plain numbers and by way of series
/// with every sentence, and counts the allocations of the former, of which there must be none. Machines are noisy, so no
/// time fails; allocations, and answers that differ between ways and threads, do.
///
///     IndicatorsBenchmark            the report
///     IndicatorsBenchmark --model    the same figures as raw doubles, for Benchmarks/Indicators/peer.py
@main
struct IndicatorsBenchmark {
  static let count = 100_000
  static let target = 2.0

  static func main() throws {
    let figures = try IndicatorFigures(count: count)
    if CommandLine.arguments.dropFirst().first == "--model" {
      for part in [figures.values, figures.lower, figures.upper, figures.monthly] { send(part) }
      return
    }
    print(
      "\(count) series: trend marker of 5 years with limits, XmR chart of 24 months, comparison with a benchmark\n"
    )
    print("| way | threads | seconds: median of five | min | max |")
    print("| --- | ---: | ---: | ---: | ---: |")
    var plain = IndicatorTally()
    var met: [String] = []
    for jobs in [1, 2] {
      plain = row("plain numbers", jobs, &met) { figures.judged(jobs: jobs) }
    }
    var written = IndicatorTally()
    for jobs in [1, 2] {
      written = row("series, with checks and sentences", jobs, &met) { figures.judgedSeries(jobs: jobs) }
    }
    print("\nunder \(Int(target)) seconds: \(met.joined(separator: "; "))")
    print(
      "answers: \(plain.rising) rise, \(plain.falling) fall, \(plain.signals) points are special cause, "
        + "\(plain.improvements) charts end in improvement, \(plain.concerns) in concern, \(plain.better) series are better "
        + "and \(plain.worse) worse than the benchmark")
    print(
      "tally for the peer: \(plain.rising) \(plain.falling) \(plain.signals) \(plain.better) \(plain.worse)")
    guard plain == written else {
      print("DIFFERENT ANSWERS: \(plain) on plain numbers, \(written) by way of series")
      exit(70)
    }
    try countAllocations(figures)
  }

  /// Fails where plain numbers allocate.
  private static func countAllocations(_ figures: IndicatorFigures) throws {
    var signals = [PointSignal](repeating: .none, count: IndicatorFigures.months)
    var span = signals.mutableSpan
    let before = needscast_allocation_count()
    let tally = figures.judge(0..<figures.count, signals: &span)
    let after = needscast_allocation_count()
    guard before >= 0 else {
      print("allocations: not counted, because this C library gives no way to")
      return
    }
    print("allocations on plain numbers: \(after - before) for \(figures.count) series")
    if after != before || tally.untold + tally.withoutLimits > 0 { exit(70) }
  }

  /// One run to warm up, then five that count.
  private static func row(
    _ name: String, _ jobs: Int, _ met: inout [String], _ body: () -> IndicatorTally
  ) -> IndicatorTally {
    var seconds: [Double] = []
    var tally = IndicatorTally()
    for run in 0...5 {
      let clock = ContinuousClock()
      let start = clock.now
      let answers = body()
      let time = start.duration(to: clock.now).components
      if run > 0 {
        seconds.append(Double(time.seconds) + Double(time.attoseconds) / 1e18)
        if answers != tally {
          print("DIFFERENT ANSWERS between runs: \(tally) and \(answers)")
          exit(70)
        }
      }
      tally = answers
    }
    seconds.sort()
    print("| \(name) | \(jobs) | \(fixed(seconds[2])) | \(fixed(seconds[0])) | \(fixed(seconds[4])) |")
    fflush(nil)
    if jobs == 2 { met.append("\(name), two threads: \(seconds[2] < target ? "met" : "missed")") }
    return tally
  }

  /// Sends numbers to standard output as they are.
  private static func send(_ numbers: [Double]) {
    numbers.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let sent = write(STDOUT_FILENO, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if sent <= 0 { exit(73) }
        rest = rest.dropFirst(sent)
      }
    }
  }

  private static func fixed(_ value: Double) -> String {
    let thousandths = Int((value * 1000).rounded())
    let rest = String(thousandths % 1000)
    return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }
}

extension IndicatorFigures {
  /// All series on plain numbers.
  func judged(jobs: Int) -> IndicatorTally {
    let tally = Mutex(IndicatorTally())
    concurrentBlocks(count: count, blockSize: 2_000, jobs: jobs) { numbers in
      var signals = [PointSignal](repeating: .none, count: Self.months)
      var span = signals.mutableSpan
      let part = judge(numbers, signals: &span)
      tally.withLock { $0 += part }
    }
    return tally.withLock { $0 }
  }

  /// All series by way of series.
  func judgedSeries(jobs: Int) -> IndicatorTally {
    let tally = Mutex(IndicatorTally())
    concurrentBlocks(count: count, blockSize: 2_000, jobs: jobs) { numbers in
      do {
        let part = try judgeSeries(numbers)
        tally.withLock { $0 += part }
      } catch {
        print("a series could not be judged: \(error)")
        exit(70)
      }
    }
    return tally.withLock { $0 }
  }
}
