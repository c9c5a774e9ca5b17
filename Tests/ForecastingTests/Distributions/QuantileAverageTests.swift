import RealModule
import Statistics
import Testing
import TimeSeries

@testable import Forecasting

/// A single t distribution.
func student(_ location: Double, _ scale: Double, _ freedom: Double) throws -> StudentMixture {
  try #require(
    StudentMixture(
      [StudentMixture.Component(weight: 1, location: location, scale: scale)], degreesOfFreedom: freedom))
}

private let probabilities = [1e-6, 0.01, 0.025, 0.1, 0.3, 0.5, 0.77, 0.9, 0.975, 0.999]

@Suite("The average of distributions by quantiles")
struct QuantileAverageTests {
  @Test("of t distributions with one number of degrees of freedom is one of them")
  func closedForm() throws {
    let parts = [(1.0, try student(10, 2, 5)), (3.0, try student(14, 4, 5))]
    let average = try #require(QuantileAverage(parts.map { (weight: $0.0, distribution: $0.1) }, shift: 1))
    let expected = try student(14, 3.5, 5)
    #expect(average.mean == 14)
    for p in probabilities {
      #expect(agree(try average.quantile(p), try expected.quantile(p), relative: 1e-12))
      let x = try expected.quantile(p)
      #expect(agree(average.cumulative(x), p, relative: 1e-6))
      #expect(agree(average.density(x), expected.density(x), relative: 2e-3), "\(p)")
    }
    #expect(average.cumulative(-1e12) == 0 && average.cumulative(1e12) == 1)
    #expect(average.density(1e12) == 0)
    #expect(average.cumulative(.nan).isNaN && average.density(.nan).isNaN)
  }

  @Test("has the weighted quantiles of parts of any kind, and never crosses")
  func mixedParts() throws {
    var stream = RandomStream(seed: 4, name: "mixed parts")
    for _ in 0..<40 {
      let draws = try #require(SimulatedDistribution((0..<300).map { _ in 5 + 3 * stream.normal() }))
      let wide = try #require(
        StudentMixture(
          [
            .init(weight: 0.3, location: 4 + stream.normal(), scale: 1),
            .init(weight: 0.7, location: 9, scale: 0.5 + stream.uniform()),
          ], degreesOfFreedom: 4))
      let single = try student(3, 0.1 + stream.uniform(), 3)
      let weights = [stream.uniform(), stream.uniform(), stream.uniform()]
      let total = weights.reduce(0, +)
      let average = try #require(
        QuantileAverage([(weights[0], draws), (weights[1], wide), (weights[2], single)]))
      var before = -Double.infinity
      for p in probabilities {
        let expected =
          try
          (weights[0] * draws.quantile(p) + weights[1] * wide.quantile(p) + weights[2] * single.quantile(p))
          / total
        let value = try average.quantile(p)
        #expect(agree(value, expected, relative: 1e-12))
        #expect(value >= before)
        before = value
        // The distribution function undoes the quantile, up to where a step of the draws has no width.
        #expect(abs(average.cumulative(value) - p) < 1e-6)
      }
      let parts = weights[0] * draws.mean + weights[1] * wide.mean + weights[2] * single.mean
      #expect(agree(average.mean, parts / total, relative: 1e-12))
    }
  }

  @Test("states the mean in the unit of the series that its quantiles average to")
  func restoredMean() throws {
    let average = try #require(
      QuantileAverage([(1, try student(4.2, 0.3, 4)), (1, try student(4.6, 0.5, 9))]))
    let counts = try Sample(try annual([60, 70, 66, 80, 91, 85]))
    let bounded = try Sample(try annual([1, 4, 2, 6, 3, 8]), scale: .natural)
    for sample in [counts, bounded] {
      var sum = 0.0
      let nodes = 200_000
      for node in 0..<nodes {
        let p = (Double(node) + 0.5) / Double(nodes)
        let value = sample.scale == .natural ? try average.quantile(p) - 4 : try average.quantile(p)
        sum += sample.restored(value) / Double(nodes)
      }
      let moved = try #require(
        QuantileAverage(
          [(1, try student(4.2, 0.3, 4)), (1, try student(4.6, 0.5, 9))],
          shift: sample.scale == .natural ? -4 : 0))
      #expect(agree(try moved.mean(restoredBy: sample), sum, relative: 2e-4), "\(sample.scale)")
    }
    #expect(try average.mean(restoredBy: try natural([1, 2, 3, 4])) == average.mean)
  }

  @Test("is refused without weight, and for probabilities that are none")
  func refusals() throws {
    let part = try student(0, 1, 3)
    #expect(QuantileAverage([]) == nil)
    #expect(QuantileAverage([(0, part)]) == nil)
    #expect(QuantileAverage([(-1, part), (2, part)]) == nil)
    #expect(QuantileAverage([(.nan, part)]) == nil)
    #expect(QuantileAverage([(1, part)], shift: .infinity) == nil)
    let average = try #require(QuantileAverage([(0, part), (2, part)]))
    #expect(average.parts.count == 1 && average.parts[0].weight == 1)
    for p in [0, 1, -0.1, .nan] {
      #expect(throws: ForecastingError.self) { try average.quantile(p) }
    }
  }
}

@Suite("The quantiles of a mixture as a curve")
struct QuantileCurveTests {
  @Test("agree with those of the mixture, near and far, and rise")
  func agreement() throws {
    var stream = RandomStream(seed: 8, name: "curves")
    for round in 0..<20 {
      let freedom = [1.0, 2, 5, 30][round % 4]
      let mixture = try #require(
        StudentMixture(
          (0..<6).map { _ in
            .init(weight: stream.uniform(), location: stream.normal(), scale: 0.6 + stream.uniform())
          }, degreesOfFreedom: freedom))
      let table = try #require(ScoreTable(mixture))
      let spread = try mixture.quantile(0.84) - mixture.quantile(0.16)
      var before = -Double.infinity
      for index in 0...120 {
        let score = -6 + 0.1 * Double(index)
        let value = table(score)
        #expect(value >= before)
        before = value
        let expected = try mixture.quantile(StandardNormal.cumulative(score))
        #expect(
          abs(value - expected) < 2e-3 * max(spread, abs(expected)),
          "\(freedom), \(score): \(value) \(expected)")
      }
      let apart = try #require(
        StudentMixture(
          [.init(weight: 1, location: 0, scale: 1), .init(weight: 1, location: 90, scale: 0.1)],
          degreesOfFreedom: freedom))
      #expect(ScoreTable(apart) == nil)
      #expect(try QuantileCurve(apart)(0.3) == apart.quantile(StandardNormal.cumulative(0.3)))
      #expect(table(-50) <= table(-6) && table(50) >= table(6))
    }
  }
}
