import TimedRuns

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Times `needscast forecast` as a user runs it, whole processes from file to file: many short series in pools, one
/// series alone, and files that are named. One run to warm up, then five that count; median, extremes, series a second and
/// the operating system's own account of memory. Machines are noisy, so nothing fails.
///
///     swift run -c release ForecastBenchmark COMMAND FOLDER [--peer PYTHON] [FILE,FREQUENCY,HORIZON[,POOL]]...
///
/// The input is made in FOLDER: annual series of seven figures in pools of ninety, from a generator that starts from the
/// same number each time. A case that would take more than two minutes a run, to judge by the one a tenth its size, is
/// left out, and said to be.
@main
struct ForecastBenchmark {
  private static let sizes = [10_000, 100_000, 1_000_000]
  private static let longestRun = 120.0

  static func main() {
    var arguments = Array(CommandLine.arguments.dropFirst())
    var peer: String?
    if let option = arguments.firstIndex(of: "--peer"), option + 1 < arguments.count {
      peer = arguments[option + 1]
      arguments.removeSubrange(option...(option + 1))
    }
    guard arguments.count >= 2 else {
      print("usage: ForecastBenchmark COMMAND FOLDER [--peer PYTHON] [FILE,FREQUENCY,HORIZON[,POOL]]...")
      exit(64)
    }
    let (command, folder) = (arguments[0], arguments[1])
    print("| case | series | seconds: median | min | max | series a second | peak memory, MB |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    let output = "\(folder)/forecast.csv"
    for model in ["naive", "automatic"] {
      var before: Double?
      for size in sizes {
        guard let file = ShortSeries.write(size, in: folder) else {
          print("\(folder): the input cannot be written")
          exit(73)
        }
        let words =
          [
            command, "forecast", file, "--horizon", "2", "--pool-by", "pool", "--model", model, "--format",
            "csv", "--quiet", "--output", output, "--force",
          ]
        let name = "\(model), pools of \(ShortSeries.poolSize)"
        if let before, 10 * before > longestRun {
          print("| \(name) | \(size) | about \(Int(10 * before)), not run | | | | |")
          continue
        }
        before = report(name, series: size, words)
      }
    }
    if let one = ShortSeries.write(1, in: folder) {
      _ = report(
        "one series, start included", series: 1, [command, "forecast", one, "--horizon", "3"], runs: 21)
    }
    for named in arguments.dropFirst(2) { reportFile(named, command, output) }
    if let peer, let file = ShortSeries.write(sizes[0], in: folder) {
      let script = #filePath.split(separator: "/").dropLast().joined(separator: "/")
      _ = report(
        "statsforecast AutoETS, 2 processes", series: sizes[0],
        [peer, "/\(script)/peer.py", file, output, "2"],
        runs: 1)
    }
    unlink(output)
  }

  /// Times a file named as `FILE,FREQUENCY,HORIZON[,POOL]`; one that is not there is passed over.
  private static func reportFile(_ named: String, _ command: String, _ output: String) {
    let parts = named.split(separator: ",").map(String.init)
    guard parts.count >= 3 else {
      print("| \(named) is not FILE,FREQUENCY,HORIZON[,POOL] | | | | | | |")
      return
    }
    guard access(parts[0], R_OK) == 0 else { return }
    var words = [
      command, "forecast", parts[0], "--frequency", parts[1], "--horizon", parts[2], "--format", "csv",
      "--quiet", "--output", output, "--force",
    ]
    if parts.count > 3 { words += ["--pool-by", parts[3]] }
    let name = parts[0].split(separator: "/").last.map(String.init) ?? parts[0]
    _ = report("automatic, \(name)", series: nil, words)
  }

  /// Prints the row of a case; gives its median seconds.
  private static func report(_ name: String, series: Int?, _ words: [String], runs count: Int = 5) -> Double?
  {
    var runs: [TimedRun] = []
    for _ in 0...count {
      guard let run = TimedRun(words, accepting: [0, 65]) else {
        print("| \(name) | could not be run | | | | | |")
        return nil
      }
      runs.append(run)
    }
    if count > 0 { runs.removeFirst() }
    let seconds = runs.map(\.seconds).sorted()
    let median = seconds[seconds.count / 2]
    let rate = series.map { "\(Int(Double($0) / median))" } ?? ""
    let memory = Int((runs.map(\.megabytes).max() ?? 0).rounded(.up))
    print(
      "| \(name) | \(series.map { "\($0)" } ?? "") | \(fixed(median)) | \(fixed(seconds[0])) | "
        + "\(fixed(seconds[seconds.count - 1])) | \(rate) | \(memory) |")
    // A row is worth seeing when it is made.
    fflush(nil)
    return median
  }

  private static func fixed(_ seconds: Double) -> String {
    let milliseconds = Int((seconds * 1000).rounded())
    let digits = String(milliseconds % 1000)
    return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
  }
}
