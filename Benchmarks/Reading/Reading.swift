import Evidence
import TimeSeries

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The work that is timed: a file read, typed and grouped, and the mean of every series.
enum Reading {
  static func run(_ path: String, isStreamed: Bool) {
    do {
      let start = now()
      var total = Total()
      if isStreamed {
        var stream = try SeriesStream(path)
        print("opened \(now() - start)")
        while let batch = try stream.next() { try total.add(batch) }
      } else {
        let file = try SeriesFile.read(path)
        print("read \(now() - start)")
        try total.add(file)
      }
      print("\(total.series) series, \(total.values) values, mean of means \(total.sum / Double(max(1, total.series)))")
      print("total \(now() - start)")
    } catch {
      print("\(error)")
      exit(65)
    }
  }

  private struct Total {
    var series = 0
    var values = 0
    var sum = 0.0

    mutating func add(_ file: SeriesFile) throws {
      for position in 0..<file.count {
        guard let one = try file.series(at: position) else { continue }
        var (count, sum) = (0, 0.0)
        for point in one.points {
          guard let value = point.value else { continue }
          count += 1
          sum += value
        }
        series += 1
        values += count
        if count > 0 { self.sum += sum / Double(count) }
      }
    }
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
