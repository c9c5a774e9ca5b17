import Statistics
import Testing

@Suite("The summary of draws")
struct QuantileSummaryTests {
  static let levels = [0.5, 0.025, 0.975, 0, 1, 0.1, 0.9, 0.1]

  /// Type 7 by a full sort.
  static func bySorting(_ values: [Double], _ p: Double) -> Double {
    let sorted = values.sorted()
    let position = Double(sorted.count - 1) * p
    let rank = Int(position)
    let fraction = position - Double(rank)
    if fraction == 0 || sorted[rank] == sorted[min(rank + 1, sorted.count - 1)] { return sorted[rank] }
    return (1 - fraction) * sorted[rank] + fraction * sorted[rank + 1]
  }

  @Test("selection gives what sorting gives, whatever the length, the order and the ties")
  func againstSorting() throws {
    var stream = RandomStream(seed: 13, name: "selection")
    for n in [1, 2, 3, 5, 8, 37, 600, 601, 602, 1_500, 9_999, 10_000] {
      let normal = (0..<n).map { _ in stream.normal() }
      let samples = [
        normal, normal.sorted(), normal.sorted(by: >), (0..<n).map { _ in stream.poisson(mean: 1) },
        [Double](repeating: 4, count: n), (0..<n).map { Double(min($0, n - $0)) },
      ]
      for sample in samples {
        let summary = try QuantileSummary(of: sample, at: Self.levels)
        #expect(summary.probabilities == Self.levels)
        #expect(summary.quantiles == Self.levels.map { Self.bySorting(sample, $0) }, "\(n) draws")
        #expect(summary.count == n)
        #expect(summary.mean == (try DescriptiveStatistics.mean(sample)))
      }
    }
  }

  @Test("the values of numpy 2.4.6's quantile, method 'linear'")
  func numpy() throws {
    let values = [3.5, -1, 12.25, 0, 7, 7, 100, 2.125]
    let summary = try QuantileSummary(of: values, at: [0.025, 0.1, 0.5, 0.9, 0.975])
    let expected = [-0.825, -0.3, 5.25, 38.575, 84.64375]
    for (value, expected) in zip(summary.quantiles, expected) {
      #expect(abs(value - expected) < 1e-13 * max(1, abs(expected)))
    }
  }

  @Test("quantiles never cross, and lie within the draws")
  func monotone() throws {
    var stream = RandomStream(seed: 14, name: "monotone")
    let levels = (0...40).map { Double($0) / 40 }
    for _ in 0..<50 {
      let sample = (0..<200).map { _ in stream.studentT(degreesOfFreedom: 1) }
      let quantiles = try QuantileSummary(of: sample, at: levels).quantiles
      #expect(quantiles == quantiles.sorted())
      #expect(quantiles.first == sample.min() && quantiles.last == sample.max())
    }
  }

  @Test("the draws are left alone, or only rearranged when asked")
  func leavesDraws() throws {
    var stream = RandomStream(seed: 15, name: "draws")
    let original = (0..<2000).map { _ in stream.normal() }
    var copy = original
    let a = try QuantileSummary(of: copy, at: [0.3])
    #expect(copy == original)
    let b = try copy.withUnsafeMutableBufferPointer { try QuantileSummary(rearranging: $0, at: [0.3]) }
    #expect(a == b)
    #expect(copy.sorted() == original.sorted())
  }

  @Test("values near the largest number interpolate without overflow")
  func enormous() throws {
    let summary = try QuantileSummary(of: [-1.7e308, 1.7e308], at: [0.5])
    #expect(summary.quantiles == [0])
  }

  @Test("no draws, a draw that is no number, or a level that is no probability, are refused")
  func refused() {
    #expect(throws: StatisticsError.tooFewValues(statistic: "summary of draws", count: 0, needed: 1)) {
      try QuantileSummary(of: [Double](), at: [0.5])
    }
    #expect(throws: StatisticsError.self) { try QuantileSummary(of: [1, .nan], at: [0.5]) }
    #expect(throws: StatisticsError.self) { try QuantileSummary(of: [1, -.infinity], at: [0.5]) }
    #expect(throws: StatisticsError.invalidProbability(-0.1)) {
      try QuantileSummary(of: [1, 2], at: [0.5, -0.1])
    }
  }
}
