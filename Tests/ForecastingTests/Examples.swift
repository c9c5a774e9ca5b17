import Statistics
import Testing
import TimeSeries

@testable import Forecasting

/// A series of financial years from 2000/01; nil leaves the year out.
func annual(_ values: [Double?], _ unit: TimeSeries.Unit = .count, area: String? = nil) throws -> Series {
  try Series(
    id: "plans", area: area, measure: Measure(id: "plans", unit: unit),
    points: values.enumerated().compactMap { index, value in
      value.map { DataPoint(.financialYear(2000 + index), $0) }
    })
}

/// A sample on the scale as measured.
func natural(_ values: [Double?]) throws -> Sample {
  try Sample(try annual(values, .score), scale: .natural)
}

/// A series that walks at random on the logarithm, of whole numbers.
func randomCounts(_ count: Int, path: UInt64, spread: Double = 0.1, growth: Double = 0.02) -> [Double] {
  var stream = RandomStream(seed: 2026, name: "random counts", path: path)
  var value = 200.0
  return (0..<count).map { _ in
    value *= 1 + growth + spread * max(-0.9, stream.normal())
    return max(1, value.rounded())
  }
}

/// Joint paths of a model, one array for each path.
func paths(of model: any FittedModel, _ count: Int, horizon: Int, seed: UInt64 = 1) -> [[Double]] {
  var values = [Double](repeating: .nan, count: count * horizon)
  let stream = RandomStream(seed: seed, name: "paths")
  values.withUnsafeMutableBufferPointer {
    model.drawPaths(0..<count, horizon: horizon, from: stream, into: $0)
  }
  return (0..<count).map { Array(values[($0 * horizon)..<(($0 + 1) * horizon)]) }
}

/// Whether two numbers agree to within a share of the larger.
func agree(_ first: Double, _ second: Double, relative tolerance: Double) -> Bool {
  abs(first - second) <= tolerance * max(abs(first), abs(second))
}

/// The sentence of the error that a piece of work ends with; nil when it ends well.
func sentence(_ work: () throws -> Void) -> String? {
  do {
    try work()
    return nil
  } catch {
    return "\(error)"
  }
}
