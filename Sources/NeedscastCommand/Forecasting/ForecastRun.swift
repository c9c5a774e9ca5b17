import Dispatch
import Needscast
import Synchronization

/// Every series of a stream forecast, on several threads, and given on in the order of the file.
///
/// Each thread takes the next part of the work, forecasts it and hands it in. Of a file that comes in batches only so
/// many are under way at once, however long one of them takes; a file that is held anyway is forecast pool by pool, and
/// what comes before its turn waits.
final class ForecastRun: Sendable {
  /// What was made of series that stand together in the file.
  struct Portion: Sendable {
    /// CSV rows of the series that were forecast, and of those that failed, where these are wanted.
    var rows: [UInt8] = []
    /// The forecasts, where these are wanted.
    var forecasts: [SeriesForecast] = []
    /// How many series were forecast.
    var forecastCount = 0
    /// The series that failed, in their order.
    var failures: [PoolForecaster.Failed] = []
  }

  /// A portion with its place in the order of the file.
  private typealias Placed = (place: Int, count: Int, portion: Portion)

  /// Where the work comes from.
  private struct Source {
    var stream: SeriesStream
    var batchCount = 0
    var failure: (any Error)?
  }

  /// The portions that wait for their turn, and whose turn it is.
  private struct Line {
    var waiting: [Int: (count: Int, portion: Portion)] = [:]
    var next = 0
    var isOver = false
    var failure: (any Error)?
  }

  private let forecaster: PoolForecaster
  private let table: ForecastCSV?
  private let keepsForecasts: Bool
  private let jobs: Int
  private let take: @Sendable (Portion) throws -> Bool
  private let source: Mutex<Source>
  private let line = Mutex(Line())
  /// What is told how many series are done.
  private let progress = Mutex<Progress?>(nil)

  /// How many batches may be under way or wait for their turn, for each thread.
  private static let batchesPerThread = 16
  /// How many series of a file that is held are forecast at a time, at least.
  private static let portionSize = 128

  /// Describes a run.
  ///
  /// - Parameters:
  ///   - stream: the series.
  ///   - table: how rows are written; nil where the forecasts themselves are wanted.
  ///   - keepsForecasts: whether the forecasts are wanted beside the rows.
  ///   - jobs: the threads; they change no byte.
  ///   - take: is given the portions in the order of the file, by one thread at a time; false ends the run.
  init(
    _ stream: sending SeriesStream, forecaster: PoolForecaster, table: ForecastCSV?,
    keepsForecasts: Bool = false, jobs: Int,
    take: @escaping @Sendable (Portion) throws -> Bool
  ) {
    self.forecaster = forecaster
    self.table = table
    self.keepsForecasts = keepsForecasts || table == nil
    self.jobs = jobs
    self.take = take
    source = Mutex(Source(stream: stream))
  }

  /// What is said of an input beside its series.
  struct Remarks {
    let notes: [String]
    let warnings: [Problem]
    let problems: [Problem]
    /// The problems of rows that name no series, and how many there are.
    let unnamed: [Problem]
    let unnamedCount: Int
    /// The rows that have been read.
    let rowCount: Int
    /// Whether what has been read stops within a line.
    let stopsInLine: Bool
  }

  /// What the stream has to say by now.
  var remarks: Remarks {
    source.withLock {
      let unnamed = $0.stream.unnamedProblems
      return Remarks(
        notes: $0.stream.notes, warnings: $0.stream.warnings, problems: $0.stream.problems.listed,
        unnamed: unnamed.listed, unnamedCount: unnamed.listed.count + unnamed.omitted,
        rowCount: $0.stream.rowCount, stopsInLine: $0.stream.stopsInLine)
    }
  }

  /// Goes through the stream.
  ///
  /// - Throws: what the stream and `take` throw.
  func run(on progress: Progress? = nil) throws {
    self.progress.withLock { $0 = progress }
    if source.withLock({ $0.stream.isStreamed }) {
      runBatches()
    } else if let file = nextBatch()?.file {
      runHeld(file)
    }
    let failure = line.withLock { $0.failure } ?? source.withLock { $0.failure }
    if let failure { throw failure }
  }

  private func concurrently(_ work: @escaping @Sendable () -> Void) {
    if jobs <= 1 {
      work()
    } else {
      DispatchQueue.concurrentPerform(iterations: jobs) { _ in work() }
    }
  }
}

// MARK: Batches

extension ForecastRun {
  private func runBatches() {
    let room = DispatchSemaphore(value: Self.batchesPerThread * jobs)
    concurrently {
      while true {
        room.wait()
        guard !self.line.withLock({ $0.isOver }), let (number, file) = self.nextBatch() else {
          room.signal()
          return
        }
        var whole = Portion()
        for placed in self.portions(file.pools, of: file, failed: file.failed) {
          whole.append(placed.portion)
        }
        for _ in 0..<self.hand(in: [(number, 1, whole)]) { room.signal() }
      }
    }
  }

  /// The next batch and its number; nil at the end, and when the stream fails.
  private func nextBatch() -> (number: Int, file: SeriesFile)? {
    source.withLock { source in
      guard source.failure == nil else { return nil }
      do {
        guard let file = try source.stream.next() else { return nil }
        source.batchCount += 1
        return (source.batchCount - 1, file)
      } catch {
        source.failure = error
        return nil
      }
    }
  }

  /// Puts portions in line and gives on those whose turn it is.
  ///
  /// - Returns: the number of portions that are no longer in line.
  private func hand(in portions: [Placed]) -> Int {
    line.withLock { line in
      if line.isOver { return portions.count }
      for placed in portions { line.waiting[placed.place] = (placed.count, placed.portion) }
      var gone = 0
      while let (count, portion) = line.waiting.removeValue(forKey: line.next) {
        line.next += count
        gone += 1
        do {
          let isWanted = try take(portion)
          progress.withLock { $0 }?.advance(by: portion.forecastCount + portion.failures.count)
          if isWanted { continue }
        } catch {
          line.failure = error
        }
        line.isOver = true
        gone += line.waiting.count
        line.waiting.removeAll()
      }
      return gone
    }
  }
}

// MARK: A file that is held

extension ForecastRun {
  private func runHeld(_ file: SeriesFile) {
    progress.withLock { $0 }?.expect(file.count + file.failed.count)
    let parts = Self.parts(of: file.pools)
    let next = Mutex(0)
    // Series that failed before any forecast have their places too.
    _ = hand(in: portions([], of: file, failed: file.failed))
    concurrently {
      while !self.line.withLock({ $0.isOver }) {
        let number = next.withLock { number in
          number += 1
          return number - 1
        }
        guard number < parts.count else { return }
        _ = self.hand(in: self.portions(parts[number], of: file, failed: []))
      }
    }
  }

  /// Pools put together until there are enough series to be worth a turn; the largest go first, so that no thread is left
  /// with one of them at the end.
  private static func parts(of pools: [[Int]]) -> [[[Int]]] {
    var parts: [[[Int]]] = []
    var part: [[Int]] = []
    var size = 0
    for pool in pools {
      part.append(pool)
      size += pool.count
      if size >= portionSize {
        parts.append(part)
        part = []
        size = 0
      }
    }
    if !part.isEmpty { parts.append(part) }
    func isLarge(_ part: [[Int]]) -> Bool { part.contains { $0.count >= 8 * portionSize } }
    return parts.filter(isLarge) + parts.filter { !isLarge($0) }
  }

  /// Forecasts pools of a file, and puts together what stands together in it.
  private func portions(
    _ pools: [[Int]], of file: SeriesFile, failed: [SeriesFile.FailedSeries]
  ) -> [Placed] {
    // The place of a series counts those that failed before it; `soundBefore` never decreases.
    let failedBefore = file.failed.map(\.soundBefore)
    var made: [(place: Int, outcome: PoolForecaster.Outcome)] = failed.enumerated().map {
      ($0.element.soundBefore + $0.offset, .failure(.init(failed: .init($0.element))))
    }
    for pool in pools {
      for (position, outcome) in zip(pool, forecaster.forecast(pool, of: file)) {
        let earlier = failedBefore.partitioningIndex { $0 > position }
        made.append((position + earlier, outcome))
      }
    }
    made.sort { $0.place < $1.place }
    var portions: [Placed] = []
    for (place, outcome) in made {
      if portions.last.map({ $0.place + $0.count == place }) != true {
        portions.append((place, 0, Portion()))
      }
      portions[portions.count - 1].count += 1
      portions[portions.count - 1].portion.append(outcome, table, keepsForecasts: keepsForecasts)
    }
    return portions
  }
}

extension ForecastRun.Portion {
  fileprivate mutating func append(
    _ outcome: PoolForecaster.Outcome, _ table: ForecastCSV?, keepsForecasts: Bool
  ) {
    switch outcome {
    case .success(let forecast):
      do throws(ReportingError) {
        if let table { try table.append(forecast, to: &rows) }
        if keepsForecasts { forecasts.append(forecast) }
        forecastCount += 1
      } catch {
        append(.init(forecast.series, error), table)
      }
    case .failure(let failure): append(failure.failed, table)
    }
  }

  private mutating func append(_ failed: PoolForecaster.Failed, _ table: ForecastCSV?) {
    failures.append(failed)
    guard let table, table.carriesFailures else { return }
    table.append(
      failed: failed.id, area: failed.area, code: failed.code.rawValue, message: failed.message, to: &rows)
  }

  fileprivate mutating func append(_ other: Self) {
    rows.append(contentsOf: other.rows)
    forecasts += other.forecasts
    forecastCount += other.forecastCount
    failures += other.failures
  }
}

extension [Int] {
  /// The first index from which on every element, in an array that is in order, meets a condition.
  fileprivate func partitioningIndex(where isLate: (Int) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = low + (high - low) / 2
      if isLate(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
