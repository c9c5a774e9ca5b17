import Needscast
import TimedRuns

/// What cs-demand-model made of its sample, and how long it took.
struct Peer {
  let folder: String
  let date: String
  let opening: Double
  let inCare: Double
  let withAll: Double
  let read: Double
  let rates: Double
  let forecast: Double
  /// The whole process, Python's start and imports included.
  let process: Double

  /// Runs the peer; nil where it is not installed.
  init?(python: String, output: String) {
    let script = #filePath.split(separator: "/").dropLast().joined(separator: "/")
    guard let run = TimedRun([python, "/\(script)/peer.py", output]),
      let contents = try? FileContents.read(output)
    else { return nil }
    let lines = String(decoding: contents.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    let numbers = lines.dropFirst(2).compactMap(Double.init)
    guard lines.count == 8, numbers.count == 6 else { return nil }
    (folder, date) = (lines[0], lines[1])
    (opening, inCare, withAll) = (numbers[0], numbers[1], numbers[2])
    (read, rates, forecast) = (numbers[3], numbers[4], numbers[5])
    process = run.seconds
  }
}
