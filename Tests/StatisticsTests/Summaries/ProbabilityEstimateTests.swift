import Statistics
import Testing

@Suite("A probability read off simulated paths")
struct ProbabilityEstimateTests {
  @Test("2,500 overspends in 10,000 paths are a quarter, give or take 0.43 points")
  func quarter() throws {
    let estimate = try ProbabilityEstimate(successes: 2_500, trials: 10_000)
    #expect(estimate.value == 0.25)
    #expect(abs(estimate.error - 0.004330127018922193) < 1e-17)
    #expect(estimate.trials == 10_000)
  }

  @Test("never seen is not known to be impossible: the error at 0 and at 1 is above 0")
  func never() throws {
    let none = try ProbabilityEstimate(successes: 0, trials: 100)
    #expect(none.value == 0)
    // (2/104)(102/104)/104, square root.
    #expect(relativeError(none.error, (2.0 / 104 * 102 / 104 / 104).squareRoot()) < 1e-14)
    let all = try ProbabilityEstimate(successes: 100, trials: 100)
    #expect(all.value == 1)
    #expect(relativeError(all.error, none.error) < 1e-14)
    #expect(try ProbabilityEstimate(successes: 0, trials: 1).error > 0.2)
  }

  @Test("the error is that of repeated simulation")
  func coverage() throws {
    var stream = RandomStream(seed: 16, name: "coverage")
    let estimates = try (0..<4000).map { _ in
      try ProbabilityEstimate(successes: Int(stream.binomial(trials: 400, probability: 0.2)), trials: 400)
    }
    let spread = try DescriptiveStatistics.variance(estimates.map(\.value)).squareRoot()
    #expect(relativeError(try DescriptiveStatistics.mean(estimates.map(\.error)), spread) < 0.05)
  }

  @Test("counts that make no proportion are refused")
  func refused() {
    for (s, n) in [(0, 0), (-1, 5), (6, 5), (1, -3)] {
      #expect(throws: StatisticsError.invalidCounts(successes: s, trials: n)) {
        try ProbabilityEstimate(successes: s, trials: n)
      }
    }
  }
}
