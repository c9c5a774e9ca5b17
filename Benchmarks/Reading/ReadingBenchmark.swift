import TimedRuns

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Times a large series file read, typed and grouped by series, whole processes, and pandas on the same file in the same
/// run. Runs of all readers take turns, so that what else the machine does falls on all of them; one round to warm up, then
/// five that count: median and extremes of the time, the processors' time, and the peak of the memory. Machines are noisy,
/// so nothing fails.
///
///     swift run -c release ReadingBenchmark FOLDER MILLIONS [--peer PYTHON] [--hostile]
///
/// The files are made in FOLDER, with so many million rows that stand by series, and the same rows shuffled.
@main
struct ReadingBenchmark {
  private static let rounds = 5

  static func main() {
    var arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.count == 2, let way = Reading.Way(rawValue: arguments[0]) { read(arguments[1], way) }
    let isHostile = arguments.contains("--hostile")
    arguments.removeAll { $0 == "--hostile" }
    var peer: String?
    if let option = arguments.firstIndex(of: "--peer"), option + 1 < arguments.count {
      peer = arguments[option + 1]
      arguments.removeSubrange(option...(option + 1))
    }
    guard arguments.count == 2, let millions = Double(arguments[1]), millions > 0, millions <= 100 else {
      print("usage: ReadingBenchmark FOLDER MILLIONS [--peer PYTHON] [--hostile]")
      exit(64)
    }
    let rowsOfMeasure = Double(PublishedRows.areas * PublishedRows.periods)
    let measures = Int((millions * 1e6 / rowsOfMeasure).rounded(.up))
    print(
      "| rows | MB | reader | seconds: median | min | max | processor seconds | peak memory, MB | pandas takes |"
    )
    print("| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for order in [PublishedRows.Order.grouped, .shuffled] {
      let rows = PublishedRows(measures: measures, order: order)
      guard let path = rows.write(in: arguments[0]) else {
        print("\(arguments[0]): the input cannot be written")
        exit(73)
      }
      compare("\(rows.count), \(order.rawValue)", path, peer: peer)
    }
    if isHostile { timeHostileSizes(in: arguments[0]) }
  }

  /// What a child process does: reads a file and says what it found.
  private static func read(_ path: String, _ way: Reading.Way) -> Never {
    do {
      print(try Reading.run(path, way))
      exit(0)
    } catch {
      print("\(error)")
      exit(65)
    }
  }

  private static func compare(_ name: String, _ path: String, peer: String?) {
    var readers = Reading.Way.allCases.map {
      (name: $0.name, words: [CommandLine.arguments[0], $0.rawValue, path])
    }
    if let peer {
      let script = #filePath.split(separator: "/").dropLast().joined(separator: "/")
      readers.append(("pandas read_csv, groupby", [peer, "/\(script)/peer.py", path]))
    }
    var runs = [[TimedRun]](repeating: [], count: readers.count)
    for round in 0...rounds {
      for (place, reader) in readers.enumerated() {
        guard let run = TimedRun(reader.words), round > 0 else { continue }
        runs[place].append(run)
      }
    }
    let pandas = peer == nil ? nil : runs.last.flatMap { median($0.map(\.seconds)) }
    for (reader, runs) in zip(readers, runs) {
      guard let seconds = median(runs.map(\.seconds)), let processor = median(runs.map(\.processorSeconds))
      else {
        print("| \(name) | | \(reader.name) | could not be run | | | | | |")
        continue
      }
      let ratio = pandas.map { "\(fixed($0 / seconds)) times as long" } ?? ""
      let times = runs.map(\.seconds)
      print(
        "| \(name) | \(size(path)) | \(reader.name) | \(fixed(seconds)) | \(fixed(times.min() ?? 0)) | "
          + "\(fixed(times.max() ?? 0)) | \(fixed(processor)) | \(peak(runs)) | \(ratio) |")
    }
    // A row is worth seeing when it is made.
    fflush(nil)
  }

  /// Times files that are to be refused, one run each.
  private static func timeHostileSizes(in folder: String) {
    for hostile in HostileSizes.allCases {
      guard let path = hostile.write(in: folder) else {
        print("\(folder): the input cannot be written")
        exit(73)
      }
      for way in [Reading.Way.held, .streamed] {
        guard let run = TimedRun([CommandLine.arguments[0], way.rawValue, path], accepting: [0, 65]) else {
          print("| \(hostile.rawValue) | \(size(path)) | \(way.name) | could not be run | | | | | |")
          continue
        }
        print(
          "| \(hostile.rawValue) | \(size(path)) | \(way.name) | \(fixed(run.seconds)) | | | "
            + "\(fixed(run.processorSeconds)) | \(peak([run])) | |")
      }
      unlink(path)
    }
  }

  private static func peak(_ runs: [TimedRun]) -> Int { Int((runs.map(\.megabytes).max() ?? 0).rounded(.up)) }

  private static func size(_ path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) / 1_000_000 : 0
  }

  private static func median(_ numbers: [Double]) -> Double? {
    numbers.isEmpty ? nil : numbers.sorted()[numbers.count / 2]
  }

  private static func fixed(_ number: Double) -> String {
    let hundredths = Int((number * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  }
}
