import Forecasting
import Statistics
import TimeSeries

/// A series carried into the future: what was published, then simulated paths.
public struct SeriesPaths: Sendable {
  /// The series as it was known.
  public let series: Series
  /// The model that speaks for the future; nil when the latest value is held by an assumption instead, or when
  /// every period of the plan is published.
  public let model: (any FittedModel)?
  /// The last period with a published value.
  public let lastPublished: Period
  private let future: [Draws]

  /// Whether an assumption holds the latest value because no model could speak for the future.
  public var isHeld: Bool { model == nil && !future.isEmpty }

  /// The last simulated step; nil when there is none.
  var last: Draws? { future.last }

  /// The value at a period: as published, or as simulated; nil in a gap or outside the simulated periods.
  public func at(_ period: Period) -> Draws? {
    if let value = series.point(matching: period)?.value { return Draws(value) }
    guard let step = lastPublished.distance(to: period), step >= 1, step <= future.count else { return nil }
    return future[step - 1]
  }

  /// Whether the value at a period was published.
  public func isPublished(at period: Period) -> Bool { series.point(matching: period)?.value != nil }

  /// Simulates a fitted model's joint paths through `horizon` periods, and joins them to those of other series.
  ///
  /// - Parameter joint: gives for every future the path that belongs to it.
  init(
    _ model: any FittedModel, series: Series, last: Period, horizon: Int, draws: Int, stream: RandomStream,
    jobs: Int, joint: ([Double]) throws(CommissioningError) -> [Int]
  ) throws(CommissioningError) {
    self.series = series
    self.model = model
    lastPublished = last
    var paths = [Double](repeating: 0, count: draws * horizon)
    paths.withUnsafeMutableBufferPointer { buffer in
      // The buffer outlives the blocks, and no two blocks share a path.
      nonisolated(unsafe) let shared = buffer
      concurrentBlocks(count: draws, blockSize: 512, jobs: jobs) { block in
        let own = UnsafeMutableBufferPointer(
          rebasing: shared[(block.lowerBound * horizon)..<(block.upperBound * horizon)])
        model.drawPaths(block, horizon: horizon, from: stream, into: own)
      }
    }
    let order = try joint(paths)
    future = (0..<horizon).map { step in
      Draws((0..<draws).map { paths[order[$0] * horizon + step] })
    }
  }

  /// Holds the latest value, times what an assumption says about its spread, within what the unit allows.
  init(holding value: Double, spread: Draws, series: Series, last: Period, horizon: Int) {
    self.series = series
    model = nil
    lastPublished = last
    let unit = series.measure.unit
    let held = (spread * value).map { value in
      min(max(value, unit.lowerBound ?? -.infinity), unit.upperBound ?? .infinity)
    }
    future = Array(repeating: held, count: max(0, horizon))
  }

  /// A series whose published values reach to the end of the plan.
  init(published series: Series, last: Period) {
    self.series = series
    model = nil
    lastPublished = last
    future = []
  }
}
