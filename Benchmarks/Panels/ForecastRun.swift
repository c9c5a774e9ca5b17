import Foundation
import Needscast

/// The forecasts of one model, as the command writes them, by series and step.
struct ForecastRun {
  private(set) var steps: [String: [Int: ForecastPoint]] = [:]
  /// Wall-clock seconds of the whole processes.
  private(set) var seconds = 0.0

  /// Runs the command once for each frequency.
  ///
  /// - Parameter pool: the column by which the command pools, where it is to.
  init(_ command: String, truth: TruthFile, model: String, pool: String?) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "panels-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for frequency in truth.frequencies {
      let horizon = truth.items.filter { $0.frequency == frequency }.map(\.test.count).max() ?? 0
      guard horizon > 0 else { continue }
      let input = folder.appending(path: "\(frequency.rawValue).csv")
      let output = folder.appending(path: "\(frequency.rawValue)-forecasts.csv")
      try Data(truth.input(frequency, pool: pool).utf8).write(to: input)
      let process = Process()
      process.executableURL = URL(filePath: command)
      process.arguments =
        ["forecast", "-", "--horizon", "\(horizon)", "--frequency", frequency.rawValue, "--model", model]
        + ["--format", "csv", "--levels", "80,95", "--quiet", "--output", output.path]
        + (pool == nil ? [] : ["--pool-by", "pool"])
      process.standardInput = try FileHandle(forReadingFrom: input)
      // Series that fail are counted as missing below.
      process.standardError = FileHandle.nullDevice
      let start = ContinuousClock.now
      try process.run()
      process.waitUntilExit()
      seconds += (ContinuousClock.now - start) / .seconds(1)
      guard [0, 65].contains(process.terminationStatus), FileManager.default.fileExists(atPath: output.path)
      else { throw Failure("\(command) forecast ended with code \(process.terminationStatus)") }
      try read(output.path)
    }
  }

  private mutating func read(_ path: String) throws {
    let table = try DelimitedText(DecodedText(FileContents.read(path)))
    let names = ["series", "step", "mean", "median", "lower_80", "upper_80", "lower_95", "upper_95"]
    let columns = names.compactMap { table.column($0) }
    guard columns.count == names.count else { throw Failure("\(path): a column is missing") }
    var rows = try table.rows()
    while try rows.next() {
      let numbers = columns.dropFirst(2).compactMap { Double(rows.text($0)) }
      guard let step = Int(rows.text(columns[1])), numbers.count == names.count - 2 else {
        throw Failure("\(path):\(rows.row): a number is missing")
      }
      var id = rows.text(columns[0])
      // The command guards names that a spreadsheet would run.
      if id.hasPrefix("'"), let second = id.dropFirst().first, "=+-@".contains(second) { id.removeFirst() }
      steps[id, default: [:]][step] = ForecastPoint(
        mean: numbers[0], median: numbers[1], bounds: Array(numbers[2...]))
    }
  }

  /// Whether the command can pool.
  static func canPool(_ command: String) throws -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: command)
    process.arguments = ["forecast", "--help"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let help = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return help.contains("--pool-by")
  }
}
