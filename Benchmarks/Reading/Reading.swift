import Evidence
import TimeSeries

/// The work that is timed: a file read, typed and grouped, and the mean of every series.
enum Reading {
  /// How a file is read.
  enum Way: String, CaseIterable {
    /// Held in columns, on every processor.
    case held
    /// Held in columns, on one thread.
    case alone
    /// Batch after batch.
    case streamed

    /// The way in words.
    var name: String {
      switch self {
      case .held: "SeriesFile, \(SeriesFileOptions().threads) threads"
      case .alone: "SeriesFile, 1 thread"
      case .streamed: "SeriesStream, one batch after another"
      }
    }
  }

  /// Reads a file; gives a line to print.
  ///
  /// - Throws: what reading it throws.
  static func run(_ path: String, _ way: Way) throws -> String {
    var total = Total()
    switch way {
    case .held, .alone:
      var options = SeriesFileOptions()
      if way == .alone { options.threads = 1 }
      try total.add(try SeriesFile.read(path, options: options))
    case .streamed:
      var stream = try SeriesStream(path)
      while let batch = try stream.next() { try total.add(batch) }
    }
    return
      "\(total.series) series, \(total.values) values, mean of means \(total.sum / Double(max(1, total.series)))"
  }

  private struct Total {
    var series = 0
    var values = 0
    /// The sum of the means.
    var sum = 0.0

    mutating func add(_ file: SeriesFile) throws {
      for position in 0..<file.count {
        guard let one = try file.series(at: position) else { continue }
        var (count, sum) = (0, 0.0)
        for index in one.points.indices {
          guard let value = one.points[index].observation.value else { continue }
          count += 1
          sum += value
        }
        series += 1
        values += count
        if count > 0 { self.sum += sum / Double(count) }
      }
    }
  }
}
