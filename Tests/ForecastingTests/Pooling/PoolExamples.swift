import RealModule
import Statistics
import Testing
import TimeSeries

@testable import Forecasting

/// A pool of areas from calendar year 2010: a common growth, a wander of their own and noise.
struct PoolExample {
  var areas = 40
  var years = 9
  var growth = 0.05
  /// The standard deviation of the common growth around its mean, year by year.
  var growthSpread = 0.01
  var ownSpread = 0.03
  var start = 2010
  var unit = TimeSeries.Unit.other("")

  /// The values by area, `years` of them.
  func values(path: UInt64) -> [[Double]] {
    var stream = RandomStream(seed: 7, name: "pool", path: path)
    let common = (0..<years).map { _ in growth + growthSpread * stream.normal() }
    return (0..<areas).map { _ in
      var level = 3 + 0.5 * stream.normal()
      return common.map { change in
        level += change + ownSpread * stream.normal()
        return Double.exp(level)
      }
    }
  }

  /// The first `known` years of every area as samples.
  func samples(_ values: [[Double]], known: Int) throws -> [Sample] {
    try values.enumerated().map { index, values in
      try sample(values.prefix(known).map { $0 }, name: "area \(index + 10)")
    }
  }

  func sample(_ values: [Double?], name: String, start: Int? = nil) throws -> Sample {
    try Sample(
      Series(
        id: name, measure: Measure(id: "rate", unit: unit),
        points: values.enumerated().compactMap { year, value in
          value.map { DataPoint(.calendarYear((start ?? self.start) + year), $0) }
        }))
  }
}

/// The fitted models of a pool, in order; fails the test for what could not be fitted.
func fitted(_ samples: [Sample], horizon: Int = 2) throws -> [any FittedModel] {
  try PooledTrend().fit(pool: samples, horizon: horizon).map { try $0.get() }
}
