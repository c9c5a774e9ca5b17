import Statistics

/// √n times the greatest distance between the distribution of `draws` and `distribution` (Kolmogorov and Smirnov):
/// above 1.95 in one of a thousand samples that truly come from it.
func kolmogorovSmirnov(_ draws: [Double], _ distribution: some ContinuousDistribution) throws -> Double {
  let sorted = draws.sorted()
  let n = Double(sorted.count)
  var greatest = 0.0
  for (i, x) in sorted.enumerated() {
    let p = try distribution.cumulative(x)
    greatest = max(greatest, p - Double(i) / n, Double(i + 1) / n - p)
  }
  return greatest * n.squareRoot()
}

/// The probability of a chi-squared statistic as large as that of `draws` (Pearson), over cells of neighbouring counts
/// with at least 20 expected in each.
func chiSquaredSignificance(_ draws: [Double], _ distribution: some DiscreteDistribution) throws -> Double {
  let sorted = draws.sorted()
  let n = Double(sorted.count)
  var (statistic, cells) = (0.0, 0)
  var (next, below) = (0, 0.0)
  var k = try distribution.quantile(20 / n)
  let width = max(1, (distribution.standardDeviation / 4).rounded(.down))
  var isLast = false
  while !isLast {
    var upTo = try distribution.cumulative(k)
    isLast = (1 - upTo) * n < 20
    if isLast { (k, upTo) = (.infinity, 1) }
    let expected = (upTo - below) * n
    if expected >= 20 || isLast {
      var observed = 0.0
      while next < sorted.count, sorted[next] <= k {
        observed += 1
        next += 1
      }
      if expected > 0 {
        statistic += (observed - expected) * (observed - expected) / expected
        cells += 1
      }
      below = upTo
    }
    k += width
  }
  guard cells > 1 else { return .nan }
  return try Gamma.chiSquared(degreesOfFreedom: Double(cells - 1)).complement(statistic)
}

/// How many standard errors the mean of `draws` is from that of `distribution`.
func meanDiscrepancy(_ draws: [Double], _ distribution: some Distribution) throws -> Double {
  let error = (distribution.variance / Double(draws.count)).squareRoot()
  return abs(try DescriptiveStatistics.mean(draws) - distribution.mean) / error
}

/// The variance of `draws` over that of `distribution`.
func varianceRatio(_ draws: [Double], _ distribution: some Distribution) throws -> Double {
  try DescriptiveStatistics.variance(draws) / distribution.variance
}

/// `count` draws of a distribution from a named stream.
func draws(_ distribution: some Distribution, _ count: Int, name: String = "goodness of fit") -> [Double] {
  var stream = RandomStream(seed: 20_260_401, name: name)
  return (0..<count).map { _ in distribution.draw(from: &stream) }
}
