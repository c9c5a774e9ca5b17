import TimedRuns

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Times the built command as a user runs it: whole processes, one run to warm up, then five that count; the operating
/// system's own account of each. Reports median and spread beside the targets; machines are noisy, so nothing fails.
///
///     swift run -c release PlanBenchmark .build/release/needscast Datasets/sefton
@main
struct PlanBenchmark {
  static func main() {
    let arguments = CommandLine.arguments
    guard arguments.count == 3 else {
      print("usage: PlanBenchmark COMMAND WORKSPACE")
      exit(64)
    }
    let (command, workspace) = (arguments[1], arguments[2])
    let cases: [(name: String, arguments: [String], seconds: Double, megabytes: Double?)] = [
      ("plan, 10,000 draws", ["plan", workspace, "--draws", "10000"], 0.3, 100),
      ("plan, 10,000 draws, 1 thread", ["plan", workspace, "--draws", "10000", "--jobs", "1"], 0.3, 100),
      ("plan, 1,000 draws", ["plan", workspace, "--draws", "1000"], 0.3, nil),
      (
        "forecast, one file",
        ["forecast", "\(workspace)/series/population.csv", "--horizon", "3", "--format", "csv"],
        0.3, nil
      ),
      ("--help", ["--help"], 0.05, nil),
    ]
    print("| case | seconds: median | min | max | peak memory, MB | target |")
    print("| --- | ---: | ---: | ---: | ---: | --- |")
    for item in cases {
      guard let runs = measure([command] + item.arguments) else {
        print("\(command) could not be run")
        exit(70)
      }
      let seconds = runs.map(\.seconds).sorted()
      let memory = runs.map(\.megabytes).max() ?? 0
      let median = seconds[seconds.count / 2]
      let isMet = median <= item.seconds && memory <= item.megabytes ?? .infinity
      let target =
        "\(item.seconds) s" + (item.megabytes.map { ", \(Int($0)) MB" } ?? "")
        + (isMet ? ": met" : ": missed")
      print(
        "| \(item.name) | \(fixed(median)) | \(fixed(seconds[0])) | \(fixed(seconds[seconds.count - 1])) | "
          + "\(Int(memory.rounded(.up))) | \(target) |")
    }
  }

  private static func measure(_ words: [String]) -> [TimedRun]? {
    var runs: [TimedRun] = []
    for _ in 0..<6 {
      guard let run = TimedRun(words) else { return nil }
      runs.append(run)
    }
    return Array(runs.dropFirst())
  }

  private static func fixed(_ seconds: Double) -> String {
    let milliseconds = Int((seconds * 1000).rounded())
    let digits = String(milliseconds % 1000)
    return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
  }
}
