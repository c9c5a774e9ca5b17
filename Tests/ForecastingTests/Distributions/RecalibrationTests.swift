import RealModule
import Statistics
import Testing
import TimeSeries

@testable import Forecasting

private let probabilities = [1e-5, 0.01, 0.025, 0.1, 0.3, 0.5, 0.77, 0.9, 0.975, 0.999]

@Suite("A distribution that past errors have recalibrated")
struct RecalibrationTests {
  @Test("is the model's own where the calibration changes nothing")
  func identity() throws {
    let base = try student(7, 2, 4)
    let same = try RecalibratedDistribution(base, calibration: ScoreCalibration(spread: 1))
    for p in probabilities where p > 3e-4 {
      let x = try base.quantile(p)
      #expect(agree(try same.quantile(p), x, relative: 1e-9))
      #expect(agree(same.cumulative(x), p, relative: 1e-9))
      #expect(agree(same.density(x), base.density(x), relative: 1e-9))
    }
    #expect(agree(same.mean, 7, relative: 1e-9))
  }

  @Test("has twice the spread of a normal distribution where errors were twice as large")
  func doubled() throws {
    let base = try student(3, 1.5, 1e9)
    let twice = try RecalibratedDistribution(base, calibration: ScoreCalibration(spread: 2))
    for p in probabilities {
      let expected = 3 + 3 * StandardNormal.quantile(p)
      #expect(agree(try twice.quantile(p), expected, relative: 1e-6))
      #expect(agree(twice.cumulative(expected), p, relative: 1e-5))
      let density = StandardNormal.density((expected - 3) / 3) / 3
      #expect(agree(twice.density(expected), density, relative: 1e-5))
    }
    #expect(try twice.quantile(0.5) == base.quantile(0.5))
    let counts = try Sample(try annual([20, 25, 22, 30, 28]))
    var sum = 0.0
    for node in 0..<100_000 {
      sum += counts.restored(try twice.quantile((Double(node) + 0.5) / 100_000)) / 100_000
    }
    #expect(agree(try twice.mean(restoredBy: counts), sum, relative: 1e-3))
  }

  @Test("never crosses and keeps the median, whatever the errors were")
  func monotone() throws {
    var stream = RandomStream(seed: 9, name: "monotone")
    for round in 0..<60 {
      let scores = (0..<(1 + round)).map { _ in 3 * stream.normal() * (stream.uniform() < 0.1 ? 40 : 1) }
      let calibration = ScoreCalibration(scores: scores)
      let draws = try #require(SimulatedDistribution((0..<500).map { _ in Double.exp(stream.normal()) }))
      let bases: [any PredictiveDistribution] = [draws, try student(1, 2, 3)]
      for base in bases {
        let changed = try RecalibratedDistribution(base, calibration: calibration)
        #expect(try changed.quantile(0.5) == base.quantile(0.5))
        var before = -Double.infinity
        for p in probabilities {
          let value = try changed.quantile(p)
          #expect(value >= before && value.isFinite)
          before = value
          #expect(abs(changed.cumulative(value) - p) < 1e-6, "\(p)")
          #expect(changed.density(value) >= 0)
        }
        #expect(changed.mean.isFinite)
      }
    }
  }

  @Test("covers k of n + 1 by the k-th smallest of very many scores, as split conformal prediction does")
  func conformalOrder() {
    var stream = RandomStream(seed: 5, name: "conformal order")
    // Scores that no scaled normal has: uniform from 0 to 3.
    let scores = (0..<40_000).map { _ in 3 * stream.uniform() }
    let calibration = ScoreCalibration(scores: scores)
    for coverage in [0.5, 0.8, 0.95] {
      let score = calibration.calibrated(StandardNormal.quantile((1 + coverage) / 2))
      #expect(abs(score - 3 * coverage) < 0.03, "\(coverage): \(score)")
    }
  }

  @Test("believes the model until errors say otherwise, and says how much they say")
  func shrinkage() {
    let none = ScoreCalibration(scores: [])
    #expect(none.spread == 1 && none.errors == 0 && none.calibrated(1.7) == 1.7)
    let normalSize = (2 / Double.pi).squareRoot()
    // Errors twice as large as meant, with as many more that count for the prior.
    let four = ScoreCalibration(scores: [Double](repeating: 2 * normalSize, count: 4))
    #expect(agree(four.spread, 1.5, relative: 1e-12))
    let many = ScoreCalibration(scores: [Double](repeating: 2 * normalSize, count: 396))
    #expect(agree(many.spread, 1.99, relative: 1e-12))
    // Eight errors of two origins count as two.
    let overlapping = ScoreCalibration(scores: [Double](repeating: 2 * normalSize, count: 8), independent: 2)
    #expect(agree(overlapping.spread, 8.0 / 6, relative: 1e-12))
    #expect(overlapping.errors == 2)
    // What cannot be a spread changes nothing.
    #expect(ScoreCalibration(spread: .nan).calibrated(2) == 2)
    #expect(ScoreCalibration(spread: -3).calibrated(2) == 2)
  }

  @Test("tells every value a score and every score a value, far beyond what a probability can tell")
  func extremes() throws {
    let scores = try NormalScores(try student(0, 1, 1e9))
    for z in [-40.0, -9, -3.5, -1, 0, 0.3, 3.4, 8, 200] {
      #expect(abs(scores.score(of: try scores.value(at: z)) - z) < 1e-5 * max(1, abs(z)), "\(z)")
    }
    // Half of a count's own probability lies below it.
    let counts = try #require(CountMixture([(weight: 1, law: try Poisson(mean: 2))], unitPerCount: 1))
    let middle = StandardNormal.cumulative(try NormalScores(counts).score(of: 2))
    #expect(agree(middle, counts.cumulative(1) + counts.density(2) / 2, relative: 1e-9))
  }
}
