import Foundation
import Statistics
import Testing
import TimeSeries

@testable import Forecasting

@Suite("What holds for every short series")
struct PropertyTests {
  static let units: [TimeSeries.Unit] = [
    .count, .rate(per: 10_000), .percentage, .proportion, .pounds, .score,
  ]

  /// A short series in a unit, with zeros and full shares among its values.
  static func values(_ unit: TimeSeries.Unit, path: UInt64) -> [Double] {
    var stream = RandomStream(seed: 11, name: "short series", path: path)
    let count = 7 + Int(stream.uniform() * 8)
    var level = stream.normal()
    return (0..<count).map { _ in
      level += 0.1 + 0.4 * stream.normal()
      let isAtBound = stream.uniform() < 0.1
      switch unit {
      case .count: return isAtBound ? 0 : (20 * exp(level)).rounded()
      case .rate: return isAtBound ? 0 : (exp(level) * 100).rounded() / 10
      case .percentage: return isAtBound ? 100 : (100 / (1 + exp(-level))).rounded()
      case .proportion: return isAtBound ? 0 : (1000 / (1 + exp(-level))).rounded() / 1000
      case .pounds: return (1e6 * exp(level)).rounded()
      default: return (level * 10).rounded()
      }
    }
  }

  @Test(
    "quantiles do not cross, intervals nest and stay within the unit, and the mean is finite",
    arguments: units)
  func shape(unit: TimeSeries.Unit) throws {
    for path in 0..<12 as Range<UInt64> {
      let sample = try Sample(try annual(Self.values(unit, path: path), unit))
      for model in ModelCatalogue.candidates {
        let forecast = try Forecast(try model.fit(sample), horizon: 5)
        for step in [1, 5] {
          let probabilities = [0.001, 0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975, 0.999]
          var quantiles: [Double] = []
          for p in probabilities { quantiles.append(try forecast.quantile(p, step: step)) }
          #expect(quantiles == quantiles.sorted(), "\(model.specification) \(path)")
          #expect(quantiles.allSatisfy { $0.isFinite && $0 >= unit.lowerBound ?? -.infinity })
          #expect(quantiles.allSatisfy { $0 <= unit.upperBound ?? .infinity })
          let inner = try forecast.interval(0.8, step: step)
          let outer = try forecast.interval(0.95, step: step)
          #expect(outer.lowerBound <= inner.lowerBound && inner.upperBound <= outer.upperBound)
          let mean = try forecast.mean(step: step)
          #expect(mean.isFinite && quantiles[0] <= mean)
          if let upper = unit.upperBound { #expect(mean <= upper) }
          #expect(inner.contains(try forecast.median(step: step)))
        }
      }
    }
  }

  @Test("the same seed gives the same bytes, in any order and on any number of threads")
  func reproducibility() throws {
    let sample = try Sample(try annual(randomCounts(10, path: 4)))
    let horizon = 6
    for model in ModelCatalogue.candidates {
      let fitted = try model.fit(sample)
      let stream = RandomStream(seed: 5, name: "need")
      func all(block: Int, jobs: Int) -> [UInt64] {
        var values = [Double](repeating: 0, count: 200 * horizon)
        values.withUnsafeMutableBufferPointer { buffer in
          nonisolated(unsafe) let shared = buffer
          concurrentBlocks(count: 200, blockSize: block, jobs: jobs) { paths in
            fitted.drawPaths(
              paths, horizon: horizon, from: stream,
              into: UnsafeMutableBufferPointer(
                rebasing: shared[(paths.lowerBound * horizon)..<(paths.upperBound * horizon)]))
          }
        }
        return values.map(\.bitPattern)
      }
      let once = all(block: 200, jobs: 1)
      #expect(once == all(block: 7, jobs: 2))
      #expect(once == all(block: 64, jobs: 4))
      let other = paths(of: fitted, 200, horizon: horizon, seed: 6).joined().map(\.bitPattern)
      #expect(once != other)
      // A second fit learns the same to the last bit.
      #expect(try model.fit(sample).parameters == fitted.parameters)
    }
  }

  @Test("paths for which there is no room are left out, and no horizon draws nothing")
  func room() throws {
    let fitted = try Naive().fit(try natural([1, 2, 4, 3]))
    var values = [Double](repeating: .nan, count: 7)
    values.withUnsafeMutableBufferPointer {
      fitted.drawPaths(-1..<9, horizon: 3, from: RandomStream(seed: 1, name: "room"), into: $0)
    }
    #expect(values.map(\.isNaN) == [false, false, false, false, false, false, true])
    values.withUnsafeMutableBufferPointer {
      fitted.drawPaths(0..<9, horizon: 0, from: RandomStream(seed: 1, name: "room"), into: $0)
    }
    #expect(values[6].isNaN)
  }

  @Test("a constant series is known to its rounding and no better")
  func constant() throws {
    let sample = try Sample(try annual([67, 67, 67, 67, 67, 67]))
    let interval = try Forecast(try Naive().fit(sample), horizon: 1).interval(0.95, step: 1)
    // Half a unit either way is a standard deviation of 1 / root 12, and five changes were seen.
    let half = 2.570581835636314 / 12.0.squareRoot() / 67
    #expect(agree(interval.lowerBound, 67 * exp(-half), relative: 1e-9))
    #expect(agree(interval.upperBound, 67 * exp(half), relative: 1e-9))
    for unit in Self.units {
      for value in [0.0, 1] where unit != .pounds || value > 0 {
        let flat = try Sample(try annual(Array(repeating: value * (unit.whole ?? 40), count: 9), unit))
        for model in ModelCatalogue.candidates + [Automatic()] {
          let forecast = try Forecast(try model.fit(flat), horizon: 2)
          let interval = try forecast.interval(0.95, step: 2)
          #expect(interval.upperBound > interval.lowerBound, "\(model.specification) \(unit)")
          #expect(interval.upperBound - interval.lowerBound < 0.2 * (unit.whole ?? 40))
        }
      }
    }
  }

  @Test("a share at 100 per cent keeps its interval and its mean inside the whole")
  func fullShare() throws {
    let forecast = try Forecast(
      try Automatic().fit(try Sample(try annual([96, 100, 98, 100, 99, 100, 100], .percentage))), horizon: 3)
    let interval = try forecast.interval(0.95, step: 3)
    #expect(interval.upperBound <= 100)
    #expect(interval.lowerBound < 98 && interval.lowerBound > 5)
    #expect(try forecast.mean(step: 3) < 100)
  }

  @Test("moving the unit moves the forecast: thousands of pounds and pounds agree")
  func equivariance() throws {
    let values = randomCounts(11, path: 21).map { $0 * 1000 }
    for model in ModelCatalogue.candidates {
      let pounds = try Forecast(try model.fit(try Sample(try annual(values, .pounds))), horizon: 2)
      let thousands = try Forecast(
        try model.fit(try Sample(try annual(values.map { $0 / 1000 }, .pounds))), horizon: 2)
      for p in [0.1, 0.5, 0.9] {
        #expect(
          agree(
            try pounds.quantile(p, step: 2), try thousands.quantile(p, step: 2) * 1000, relative: 1e-6))
      }
    }
  }
}
