import Foundation
import Needscast

/// Fits one model to every training series of a truth file, as `peers.py` does with the peers' models, and writes each
/// log-likelihood: speed that is bought by stopping early would show there.
///
///     ModelsBenchmark TRUTH.csv FREQUENCY|all MODEL OUT.csv [EVERY]
///
/// Prints the seconds that the fits took on two threads.
@main struct ModelsBenchmark {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 5 else {
      FileHandle.standardError.write(
        Data("usage: ModelsBenchmark TRUTH.csv FREQUENCY|all MODEL OUT.csv [EVERY]\n".utf8))
      exit(64)
    }
    let every = arguments.count > 5 ? Int(arguments[5]) ?? 1 : 1
    let model = try ModelCatalogue.model(named: arguments[3])
    let frequency = arguments[2] == "all" ? nil : Frequency(rawValue: arguments[2])
    let all = try trainingSeries(arguments[1], frequency: frequency)
    let series = stride(from: 0, to: all.count, by: max(1, every)).map { all[$0] }
    // One fit before the clock starts, as for the peers, whose processes are warm too.
    if let first = series.first { _ = try? model.fit(try model.sample(first)) }
    let results = Results(count: series.count)
    let start = ContinuousClock.now
    concurrentBlocks(count: series.count, blockSize: 8, jobs: 2) { block in
      for index in block {
        let likelihood = (try? model.fit(try model.sample(series[index])))?.likelihood?.value
        results.set(index, likelihood)
      }
    }
    let elapsed = ContinuousClock.now - start
    var text = "series,loglik\n"
    for (index, one) in series.enumerated() {
      text += "\(one.id),\(results.values[index].map { "\($0)" } ?? "")\n"
    }
    try text.write(toFile: arguments[4], atomically: true, encoding: .utf8)
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    print(String(format: "%.4f", seconds))
  }

  /// The training values of the series of a frequency, in the order of the file.
  static func trainingSeries(_ path: String, frequency wanted: Frequency?) throws -> [Series] {
    let file = String(decoding: try FileContents.read(path).bytes, as: UTF8.self)
    var rows: [(name: String, frequency: Frequency, values: [Double])] = []
    for line in file.split(whereSeparator: \.isNewline).dropFirst() {
      let fields = line.split(separator: ",")
      guard fields.count == 5, fields[4] == "train", let frequency = Frequency(rawValue: String(fields[1])),
        wanted == nil || frequency == wanted, let value = Double(fields[3])
      else { continue }
      if rows.last?.name != String(fields[0]) { rows.append((String(fields[0]), frequency, [])) }
      rows[rows.count - 1].values.append(value)
    }
    return try rows.map { row in
      try Series(
        id: row.name, measure: Measure(id: row.name, unit: .other("")),
        points: row.values.enumerated().map { DataPoint(.index($0.offset + 1, row.frequency), $0.element) })
    }
  }
}

/// Log-likelihoods by series, written from several threads, each place by one.
final class Results: @unchecked Sendable {
  private let storage: UnsafeMutableBufferPointer<Double?>

  init(count: Int) {
    storage = .allocate(capacity: count)
    storage.initialize(repeating: nil)
  }

  deinit { storage.deallocate() }

  func set(_ index: Int, _ value: Double?) { storage[index] = value }

  var values: [Double?] { Array(storage) }
}
