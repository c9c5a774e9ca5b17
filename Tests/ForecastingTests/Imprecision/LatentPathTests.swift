import RealModule
import Statistics
import Testing

@testable import Forecasting

@Suite("Values drawn inside their bounds")
struct LatentPathTests {
  @Test(
    "A truncated normal has the mean that the formula gives, in the middle and far out in either tail",
    arguments: [
      (-1.0, 2.0), (0.5, 0.9), (3, 4), (8, 9), (-9, -8), (-.infinity, 1), (2, .infinity), (50, 50.1),
      (-60, -40),
    ])
  func moments(lower: Double, upper: Double) {
    var stream = RandomStream(seed: 1, name: "truncated")
    let draws = (0..<20_000).map { _ in
      TruncatedNormal.draw(
        mean: 10, deviation: 2, lower: 10 + 2 * lower, upper: 10 + 2 * upper, from: &stream)
    }
    #expect(draws.allSatisfy { $0 >= 10 + 2 * lower && $0 <= 10 + 2 * upper })
    // By the midpoint rule over the density relative to its greatest value.
    let (a, b) = (max(lower, -70), min(upper, 70))
    let peak = min(max(0, a), b)
    var (mass, mean) = (0.0, 0.0)
    for node in 0..<200_000 {
      let z = a + (b - a) * (Double(node) + 0.5) / 200_000
      let density = Double.exp((peak * peak - z * z) / 2)
      mass += density
      mean += density * z
    }
    let found = (draws.reduce(0, +) / 20_000 - 10) / 2
    let spread = min(1, (b - a) / 12.0.squareRoot())
    #expect(
      abs(found - mean / mass) < 4 * spread / 20_000.0.squareRoot() + 1e-9, "\(found) and \(mean / mass)")
  }

  @Test("A truncated normal whose bounds are one value is that value")
  func point() {
    var stream = RandomStream(seed: 1, name: "truncated")
    #expect(TruncatedNormal.draw(mean: 0, deviation: 1, lower: 3, upper: 3, from: &stream) == 3)
  }

  private func point(_ position: Int, _ bounds: ClosedRange<Double>, anew: Bool = false) -> LatentPath.Point {
    LatentPath.Point(
      position: position, lower: bounds.lowerBound, upper: bounds.upperBound, start: bounds.middle,
      startsAnew: anew)
  }

  @Test("The sampler draws from the posterior that numerical integration finds")
  func posterior() {
    // 0, something from 1 to 3, a gap, 1.5, 2.5: one unknown value and the unknown variance, with three changes.
    var path = LatentPath(
      [point(0, 0...0), point(1, 1...3), point(3, 1.5...1.5), point(4, 2.5...2.5)], priorVariance: 0.25)
    var stream = RandomStream(seed: 3, name: "posterior")
    var sums = (value: 0.0, square: 0.0, logarithm: 0.0)
    let sweeps = 60_000
    for _ in 0..<sweeps {
      path.sweep(from: &stream)
      sums.value += path.values[1] / Double(sweeps)
      sums.square += path.values[1] * path.values[1] / Double(sweeps)
      sums.logarithm += Double.log(path.variance) / Double(sweeps)
    }
    var expected = (mass: 0.0, value: 0.0, square: 0.0, logarithm: 0.0)
    for node in 0..<400 {
      let value = 1 + 2 * (Double(node) + 0.5) / 400
      let squares = 0.25 + value * value + (1.5 - value) * (1.5 - value) / 2 + 1
      for place in 0..<800 {
        let logarithm = -6 + 16 * (Double(place) + 0.5) / 800
        // Inverse chi-squared with two degrees of freedom, a density in the logarithm of the variance.
        let density = Double.exp(-1 * logarithm - squares / (2 * Double.exp(logarithm)))
        expected.mass += density
        expected.value += density * value
        expected.square += density * value * value
        expected.logarithm += density * logarithm
      }
    }
    #expect(abs(sums.value - expected.value / expected.mass) < 0.01)
    #expect(abs(sums.square - expected.square / expected.mass) < 0.04)
    #expect(abs(sums.logarithm - expected.logarithm / expected.mass) < 0.04)
  }

  @Test("A long run of values in one interval moves as a whole, so that two hundred sweeps cross it")
  func mixing() {
    let points = (0..<30).map { point($0, 0...10) }
    let means = (0..<60).map { seed -> Double in
      var path = LatentPath(points, priorVariance: 0.01)
      var stream = RandomStream(seed: UInt64(seed), name: "mixing")
      for _ in 0..<200 { path.sweep(from: &stream) }
      #expect(path.values.allSatisfy { (0...10).contains($0) })
      return path.values.reduce(0, +) / 30
    }
    #expect((means.min() ?? 5) < 2.5 && (means.max() ?? 5) > 7.5)
    #expect(abs(means.reduce(0, +) / 60 - 5) < 1.5)
  }

  @Test("A level before a break says nothing of the level after it")
  func breaks() {
    let points = [point(0, 0...0), point(1, 0.1...0.1), point(2, 50...60, anew: true)]
    var path = LatentPath(points, priorVariance: 0.01)
    var stream = RandomStream(seed: 5, name: "breaks")
    var mean = 0.0
    for _ in 0..<4000 {
      path.sweep(from: &stream)
      mean += path.values[2] / 4000
    }
    #expect(abs(mean - 55) < 0.3)
    #expect(path.variance < 10)
  }
}
