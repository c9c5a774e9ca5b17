import Commissioning
import LinearAlgebra
import Statistics

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Times 100,000 draws of 50 correlated lines over 10 years with every quantile, and says how near the quantiles are to
/// theory. Machines are noisy, so nothing fails; only bytes that differ between numbers of threads do.
///
///     swift run -c release JointSimulationBenchmark            the report
///     swift run -c release JointSimulationBenchmark --model    the same job as numbers, for Benchmarks/JointSimulation/peer.py
@main
struct JointSimulationBenchmark {
  static let draws = 100_000
  static let years = 10
  static let count = 50
  static let targetSeconds = 1.0
  static let targetMegabytes = 200.0

  static func main() throws {
    let model = try Self.model()
    if CommandLine.arguments.dropFirst().first == "--model" {
      try printForPeer(model)
      return
    }
    let simulation = try JointSimulation(model)
    print(
      "\(draws) draws, \(count) correlated lines, \(years) years, 7 quantiles of every line, total and cumulative total\n"
    )
    print("| sampling | threads | seconds: median of five | min | max | processor seconds |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    var met = false
    for sampling in [JointSimulation.Sampling.stratified, .independent] {
      for jobs in [1, 2] {
        let (seconds, processor) = try measure(simulation, sampling, jobs)
        if sampling == .stratified, jobs == 2 { met = seconds[2] < targetSeconds }
        print(
          "| \(sampling.rawValue) | \(jobs) | \(fixed(seconds[2], 3)) | \(fixed(seconds[0], 3)) | \(fixed(seconds[4], 3)) | "
            + "\(fixed(processor[2], 3)) |")
      }
    }
    print("\nunder \(fixed(targetSeconds, 0)) second on two threads: \(met ? "met" : "missed")")
    if let peak = peakMegabytes() {
      print(
        "peak memory of the whole process: \(fixed(peak, 0)) MB, under \(fixed(targetMegabytes, 0)) MB: "
          + "\(peak < targetMegabytes ? "met" : "missed")")
    }
    print("\nQuantiles against sorting: \(try againstSorting())")
    try printAccuracy(simulation)
    try checkThreads(simulation)
  }

  /// Lines of unlike size and volatility, all correlated, neighbours more so.
  static func model() throws -> JointModel {
    JointModel(
      lines: (0..<count).map { index in
        UncertainLine(
          name: "line \(index + 1)", level: Double(100_000 * (1 + index % 7)),
          walk: RandomWalk(drift: 0.03, volatility: 0.03 + 0.0015 * Double(index)))
      },
      correlations: Matrix(rows: count, columns: count) { row, column in
        var correlation = 1.0
        if row != column {
          correlation = 0.4
          for _ in 0..<abs(row - column) { correlation *= 0.8 }
          correlation += 0.3
        }
        return correlation
      }, years: years)
  }

  private static func measure(
    _ simulation: JointSimulation, _ sampling: JointSimulation.Sampling, _ jobs: Int
  ) throws -> (seconds: [Double], processor: [Double]) {
    var (seconds, processor): ([Double], [Double]) = ([], [])
    for run in 0...5 {
      let (start, used) = (now(), clock())
      let outcome = try simulation.run(.init(draws: draws, seed: UInt64(run), jobs: jobs, sampling: sampling))
      precondition(outcome.total.count == years)
      // The first run is to warm up.
      if run > 0 {
        seconds.append(now() - start)
        processor.append(Double(clock() - used) / Double(CLOCKS_PER_SEC))
      }
    }
    return (seconds.sorted(), processor.sorted())
  }

  /// The greatest difference between the order statistics that the simulation takes and those of a full sort.
  private static func againstSorting() throws -> String {
    let stream = RandomStream(seed: 1, name: "sorting")
    var greatest = 0.0
    for sample in 0..<20 {
      var own = stream.path(UInt64(sample))
      let values = (0..<draws).map { _ in own.normal() * Double(sample + 1) + 1000 }
      let sorted = values.sorted()
      let ranks = [0, 2499, 9999, 24_999, 49_999, 50_000, 74_999, 89_999, 97_499, draws - 1]
      var selector = OrderStatisticSelector(capacity: draws)
      var selected = [Double](repeating: 0, count: ranks.count)
      try values.withUnsafeBufferPointer { values in
        try ranks.withUnsafeBufferPointer { ranks in
          try selected.withUnsafeMutableBufferPointer {
            try selector.select(ranks: ranks, of: values, into: $0)
          }
        }
      }
      for (rank, value) in zip(ranks, selected) { greatest = max(greatest, abs(value - sorted[rank])) }
    }
    return greatest == 0 ? "the same, in 20 samples of \(draws)" : "differ by up to \(greatest)"
  }

  /// How far quantiles lie from those of endless simulation: of lines from the formula, of totals from the mean over many
  /// seeds.
  private static func printAccuracy(_ simulation: JointSimulation) throws {
    let seeds = 16
    print(
      "\n| sampling | lines against the log-normal formula: worst of \(seeds) runs | root mean square | totals against the mean of \(seeds) runs: worst | root mean square | mean stated error |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for sampling in [JointSimulation.Sampling.stratified, .independent] {
      let runs = try (1...seeds).map {
        try simulation.run(.init(draws: draws, seed: UInt64($0), jobs: 2, sampling: sampling))
      }
      var lines = Distances()
      for outcome in runs {
        for (line, summary) in zip(simulation.model.lines, outcome.lines) {
          for (year, summary) in summary.enumerated() {
            let spread = line.walk.volatility[0] * Double(year + 1).squareRoot()
            for quantile in summary.quantiles {
              let z = StandardNormal.quantile(quantile.probability)
              let exact = line.level * exp(line.walk.drift[0] * Double(year + 1) + spread * z)
              lines.add(quantile.value / exact - 1)
            }
          }
        }
      }
      var (totals, stated, quantiles) = (Distances(), 0.0, 0.0)
      for year in 0..<years {
        for index in runs[0].total[year].quantiles.indices {
          for series in [\JointOutcome.total, \JointOutcome.cumulative] {
            let values = runs.map { $0[keyPath: series][year].quantiles[index].value }
            let mean = values.reduce(0, +) / Double(seeds)
            for value in values { totals.add(value / mean - 1) }
            stated += runs[0][keyPath: series][year].quantiles[index].error / mean
            quantiles += 1
          }
        }
      }
      print(
        "| \(sampling.rawValue) | \(percent(lines.worst)) | \(percent(lines.rootMeanSquare)) | \(percent(totals.worst)) | "
          + "\(percent(totals.rootMeanSquare)) | \(percent(stated / quantiles)) |")
    }
  }

  private static func checkThreads(_ simulation: JointSimulation) throws {
    let runs = try [1, 2, 16].map { try simulation.run(.init(draws: draws, seed: 1, jobs: $0)) }
    let isSame = runs[1] == runs[0] && runs[2] == runs[0]
    print("\n1, 2 and 16 threads: \(isSame ? "the same bytes" : "DIFFERENT BYTES")")
    if !isSame { exit(70) }
  }

  private static func printForPeer(_ model: JointModel) throws {
    for line in model.lines { print(line.level, line.walk.drift[0], line.walk.volatility[0]) }
    guard let correlations = model.correlations else { return }
    let factor = try CholeskyFactorisation(correlations).lower
    for row in 0..<factor.rows { print(factor.row(row).map(\.description).joined(separator: " ")) }
  }

  private struct Distances {
    private(set) var worst = 0.0
    private var squares = 0.0
    private var count = 0.0
    var rootMeanSquare: Double { (squares / max(1, count)).squareRoot() }
    mutating func add(_ distance: Double) {
      worst = max(worst, abs(distance))
      squares += distance * distance
      count += 1
    }
  }

  private static func peakMegabytes() -> Double? {
    guard let file = fopen("/proc/self/status", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, 256, file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      if text.hasPrefix("VmHWM:") {
        return text.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) }.map {
          $0 / 1024
        }
      }
    }
    return nil
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private static func percent(_ share: Double) -> String { fixed(100 * share, 4) + " %" }

  private static func fixed(_ value: Double, _ digits: Int) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let whole = Int((value * scale).rounded())
    guard digits > 0 else { return String(whole) }
    let text = String(abs(whole))
    let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
    return (whole < 0 ? "-" : "") + padded.dropLast(digits) + "." + padded.suffix(digits)
  }
}
