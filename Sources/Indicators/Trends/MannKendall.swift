import Statistics

/// The test of Mann and Kendall: whether figures rather rise or fall over time, by their order alone.
///
/// S is the number of pairs that rise less the number that fall. Up to 30 figures its probability is exact, ties and all:
/// the number of falling pairs over all orders of figures with these ties is a product of Gaussian binomial coefficients.
/// Beyond, S is taken as normal, with the variance for ties and a correction for continuity.
///
/// The test takes years as independent. Where a high year is followed by another without any trend, it finds trends too
/// often. Source: Kendall, *Rank Correlation Methods* (1975); Gilbert, *Statistical Methods for Environmental Pollution
/// Monitoring* (1987), chapter 16.
public struct MannKendall: Hashable, Sendable {
  /// The number of figures.
  public let count: Int
  /// The number of pairs that rise less the number that fall.
  public let score: Int
  /// The variance of ``score`` where nothing changes, less what ties take from it.
  public let variance: Double
  /// ``score`` over the number of pairs that are not tied: 1 where every pair rises, −1 where every pair falls.
  public let tau: Double
  /// The probability of a score as far from 0, either way, where nothing changes.
  public let pValue: Double
  /// Whether the probability is exact.
  public let isExact: Bool
  /// The slope through the pairs.
  public let slope: SenSlope

  /// The fewest figures.
  public static let leastCount = 4
  /// The most figures of which the probability is exact.
  public static let greatestExactCount = 30
  /// The most figures: every pair is looked at.
  public static let greatestCount = 5_000

  /// How the probability was found.
  public var method: String {
    isExact ? "Mann-Kendall, exact" : "Mann-Kendall, normal with correction for ties and continuity"
  }

  /// Which way the figures go, beyond chance at a level.
  public func direction(at confidence: Confidence = .p95) -> TrendDirection {
    pValue >= 1 - confidence.level ? .none : score < 0 ? .decreasing : .increasing
  }

  /// Tests figures.
  ///
  /// - Parameters:
  ///   - values: the figures, in order of time.
  ///   - times: when they were; 0, 1, 2 and so on unless given. They must increase, and may leave gaps.
  ///   - confidence: the levels of the limits of the slope.
  ///   - series: the series, for a sentence.
  /// - Throws: ``IndicatorsError/tooFewPoints(series:method:found:needed:)``, or
  ///   ``IndicatorsError/unfit(series:method:reason:remedy:)`` for figures that are all the same, are no numbers, are more
  ///   than 5,000, or times that do not increase.
  public init(
    _ values: [Double], at times: [Double]? = nil, confidence: [Confidence] = Confidence.published,
    series: String
  ) throws(IndicatorsError) {
    let method = "the Mann-Kendall test"
    func unfit(_ reason: String, _ remedy: String) -> IndicatorsError {
      .unfit(series: series, method: method, reason: reason, remedy: remedy)
    }
    let times = times ?? values.indices.map(Double.init)
    guard values.count >= Self.leastCount else {
      throw .tooFewPoints(series: series, method: method, found: values.count, needed: Self.leastCount)
    }
    guard values.count <= Self.greatestCount else {
      throw unfit("it has \(values.count) figures", "give at most \(Self.greatestCount)")
    }
    guard times.count == values.count, values.allSatisfy(\.isFinite), times.allSatisfy(\.isFinite),
      zip(times, times.dropFirst()).allSatisfy({ $0 < $1 })
    else { throw unfit("a figure or its time is not a number in order", "give numbers in order of time") }
    let ties = Self.ties(values)
    guard ties.count > 1 else { throw unfit("its figures are all the same", "there is nothing to test") }
    var score = 0
    for (position, value) in values.enumerated() {
      for earlier in values[..<position] {
        score += earlier < value ? 1 : earlier > value ? -1 : 0
      }
    }
    count = values.count
    self.score = score
    variance = Self.variance(count, ties)
    let pairs = Double(count * (count - 1) / 2 - ties.reduce(0) { $0 + $1 * ($1 - 1) / 2 })
    tau = Double(score) / pairs
    isExact = count <= Self.greatestExactCount
    if isExact {
      pValue = Self.exactP(score, ties)
    } else {
      let towardsNothing = Double(max(0, abs(score) - 1))
      pValue = min(1, 2 * StandardNormal.complement(towardsNothing / variance.squareRoot()))
    }
    slope = SenSlope(values, times, variance: variance, confidence: confidence)
  }

  /// How many figures share each value, in order of the values.
  private static func ties(_ values: [Double]) -> [Int] {
    var groups: [Int] = []
    var last: Double?
    for value in values.sorted() {
      if value == last { groups[groups.count - 1] += 1 } else { groups.append(1) }
      last = value
    }
    return groups
  }

  private static func variance(_ count: Int, _ ties: [Int]) -> Double {
    func term(_ n: Int) -> Double { Double(n) * Double(n - 1) * Double(2 * n + 5) }
    return (term(count) - ties.reduce(0) { $0 + term($1) }) / 18
  }

  /// P(|S| ≥ |score|) over all orders of figures with these ties.
  private static func exactP(_ score: Int, _ ties: [Int]) -> Double {
    // The numbers of orders by the number of falling pairs, one group of equal figures after another.
    var orders = [1.0]
    var placed = 0
    for group in ties {
      orders = product(orders, gaussianBinomial(placed + group, group))
      placed += group
    }
    // S = pairs that are not tied − 2 × falling pairs, and the numbers of orders are symmetric.
    let pairs = orders.count - 1
    var (tail, all) = (0.0, 0.0)
    for (falling, number) in orders.enumerated() {
      all += number
      if (pairs - 2 * falling).magnitude >= score.magnitude { tail += number }
    }
    return min(1, tail / all)
  }

  /// The coefficients of the Gaussian binomial: how many ways of placing `k` equal figures among `n` have how many
  /// inversions, by G(n, k) = G(n − 1, k − 1) + qᵏ G(n − 1, k).
  private static func gaussianBinomial(_ n: Int, _ k: Int) -> [Double] {
    var row: [[Double]] = [[1]] + Array(repeating: [], count: k)
    for size in 1...max(1, n) where n > 0 {
      for taken in stride(from: min(size, k), through: 1, by: -1) {
        var sum = [Double](repeating: 0, count: taken * (size - taken) + 1)
        for (power, number) in row[taken - 1].enumerated() { sum[power] += number }
        for (power, number) in row[taken].enumerated() { sum[power + taken] += number }
        row[taken] = sum
      }
    }
    return row[k]
  }

  private static func product(_ left: [Double], _ right: [Double]) -> [Double] {
    var product = [Double](repeating: 0, count: left.count + right.count - 1)
    for (i, a) in left.enumerated() {
      for (j, b) in right.enumerated() { product[i + j] += a * b }
    }
    return product
  }
}
