import Statistics
import Testing

@Suite("Statistics of a sample")
struct DescriptiveStatisticsTests {
  @Test("mean, median and variance of five placements")
  func small() throws {
    let weeks = [4.0, 1, 3, 20, 2]
    #expect(try DescriptiveStatistics.mean(weeks) == 6)
    #expect(try DescriptiveStatistics.median(weeks) == 3)
    #expect(try DescriptiveStatistics.variance(weeks) == 62.5)
    #expect(try DescriptiveStatistics.median([1, 2, 3, 10]) == 2.5)
  }

  @Test("a large offset does not wash out the variance (NIST's NumAcc4: 0.01)")
  func offset() throws {
    // NIST StRD, NumAcc4: 10000000.2, then 10000000.1 and 10000000.3 by turns, 1001 values in all; certified mean
    // 10000000.2 and standard deviation 0.1.
    let values = [10_000_000.2] + (0..<500).flatMap { _ in [10_000_000.1, 10_000_000.3] }
    #expect(relativeError(try DescriptiveStatistics.mean(values), 10_000_000.2) < 2e-16)
    // The data themselves, in double precision, are known to 2 × 10⁻⁹.
    #expect(relativeError(try DescriptiveStatistics.variance(values).squareRoot(), 0.1) < 1e-8)
  }

  @Test("a million tenths make a mean of a tenth")
  func pairwise() throws {
    #expect(
      relativeError(try DescriptiveStatistics.mean([Double](repeating: 0.1, count: 1_000_000)), 0.1) < 5e-16)
  }

  @Test("the mean is that of exact arithmetic for every length up to a thousand")
  func lengths() throws {
    for n in stride(from: 1, through: 1000, by: 7) {
      #expect(try DescriptiveStatistics.mean((1...n).map(Double.init)) == Double(n + 1) / 2)
    }
  }

  @Test("too few values, or one that is no number, is refused by name and place")
  func refused() {
    #expect(throws: StatisticsError.tooFewValues(statistic: "mean", count: 0, needed: 1)) {
      try DescriptiveStatistics.mean([])
    }
    #expect(throws: StatisticsError.tooFewValues(statistic: "median", count: 0, needed: 1)) {
      try DescriptiveStatistics.median([])
    }
    #expect(throws: StatisticsError.tooFewValues(statistic: "variance", count: 1, needed: 2)) {
      try DescriptiveStatistics.variance([3])
    }
    #expect(throws: StatisticsError.nonFiniteValue(statistic: "mean", index: 2, value: .infinity)) {
      try DescriptiveStatistics.mean([1, 2, .infinity])
    }
    #expect(throws: StatisticsError.self) { try DescriptiveStatistics.quantile([1, .nan], at: 0.5) }
    #expect(throws: StatisticsError.invalidProbability(1.5)) {
      try DescriptiveStatistics.quantile([1, 2], at: 1.5)
    }
  }
}
