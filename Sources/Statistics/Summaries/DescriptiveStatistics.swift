/// Statistics of a sample of finite numbers. Each throws ``StatisticsError`` for too few values, or for a value that
/// is infinite or not a number.
public enum DescriptiveStatistics {
  /// The mean, by pairwise summation: the rounding error grows with log n and not with n.
  public static func mean(_ values: UnsafeBufferPointer<Double>) throws(StatisticsError) -> Double {
    try requireFinite(values, "mean", atLeast: 1)
    return pairwiseSum(values) / Double(values.count)
  }

  /// The variance with divisor n − 1, in two passes with the correction of the second for the rounding of the mean
  /// (T. Chan, G. Golub and R. LeVeque 1983). Needs two values.
  public static func variance(_ values: UnsafeBufferPointer<Double>) throws(StatisticsError) -> Double {
    try requireFinite(values, "variance", atLeast: 2)
    let mean = pairwiseSum(values) / Double(values.count)
    var squares = 0.0
    var remainder = 0.0
    for value in values {
      let difference = value - mean
      squares += difference * difference
      remainder += difference
    }
    let count = Double(values.count)
    return (squares - remainder * remainder / count) / (count - 1)
  }

  /// The autocorrelation at a lag: the sum of the n − lag products of deviations from the mean that many places apart, over
  /// the sum of all n squares (G. Box and G. Jenkins 1970). Needs two values more than the lag, not all the same.
  ///
  /// - Parameters:
  ///   - values: in the order of time.
  ///   - lag: zero or more places.
  public static func autocorrelation(
    _ values: UnsafeBufferPointer<Double>, lag: Int
  ) throws(StatisticsError) -> Double {
    let lag = max(0, lag)
    try requireFinite(values, "autocorrelation at lag \(lag)", atLeast: lag + 2)
    let count = Double(values.count)
    let rough = pairwiseSum(values) / count
    // The mean is rounded to the size of the values; the mean of what is left is rounded to that of their deviations.
    var remainder = 0.0
    for value in values { remainder += value - rough }
    let rest = remainder / count
    var (products, squares) = (0.0, 0.0)
    for index in values.indices {
      let deviation = values[index] - rough - rest
      squares += deviation * deviation
      if index >= lag { products += deviation * (values[index - lag] - rough - rest) }
    }
    guard squares > 0 else {
      throw .constantValues(statistic: "autocorrelation at lag \(lag)")
    }
    return products / squares
  }

  /// The median: the quantile at ½.
  public static func median(_ values: UnsafeBufferPointer<Double>) throws(StatisticsError) -> Double {
    try quantile(values, at: 0.5, of: "median")
  }

  /// The quantile at `p`, by linear interpolation between order statistics (type 7 of R. J. Hyndman and Y. Fan,
  /// "Sample quantiles in statistical packages", 1996): the value at rank (n − 1)p, counting from 0.
  public static func quantile(
    _ values: UnsafeBufferPointer<Double>, at p: Double
  ) throws(StatisticsError) -> Double {
    try quantile(values, at: p, of: "quantile")
  }

  /// The mean of an array.
  public static func mean(_ values: [Double]) throws(StatisticsError) -> Double {
    try values.withBuffer { (buffer) throws(StatisticsError) in try mean(buffer) }
  }

  /// The variance of an array, with divisor n − 1.
  public static func variance(_ values: [Double]) throws(StatisticsError) -> Double {
    try values.withBuffer { (buffer) throws(StatisticsError) in try variance(buffer) }
  }

  /// The autocorrelation of an array at a lag.
  public static func autocorrelation(_ values: [Double], lag: Int) throws(StatisticsError) -> Double {
    try values.withBuffer { (buffer) throws(StatisticsError) in try autocorrelation(buffer, lag: lag) }
  }

  /// The median of an array.
  public static func median(_ values: [Double]) throws(StatisticsError) -> Double {
    try values.withBuffer { (buffer) throws(StatisticsError) in try median(buffer) }
  }

  /// The quantile of an array at `p`, type 7.
  public static func quantile(_ values: [Double], at p: Double) throws(StatisticsError) -> Double {
    try values.withBuffer { (buffer) throws(StatisticsError) in try quantile(buffer, at: p) }
  }

  private static func quantile(
    _ values: UnsafeBufferPointer<Double>, at p: Double, of statistic: String
  ) throws(StatisticsError) -> Double {
    guard p >= 0, p <= 1 else { throw .invalidProbability(p) }
    try requireFinite(values, statistic, atLeast: 1)
    let scratch = UnsafeMutableBufferPointer<Double>.allocate(capacity: values.count)
    defer { scratch.deallocate() }
    _ = scratch.initialize(from: values)
    return OrderStatistics.quantile(selectingIn: scratch, at: p, from: 0)
  }

  static func requireFinite(
    _ values: UnsafeBufferPointer<Double>, _ statistic: String, atLeast needed: Int
  ) throws(StatisticsError) {
    guard values.count >= needed else {
      throw .tooFewValues(statistic: statistic, count: values.count, needed: needed)
    }
    // 0 × value is 0 for every finite value and NaN for the rest: one pass without a branch.
    var probe = 0.0
    for value in values { probe += 0 * value }
    guard probe.isNaN else { return }
    for (index, value) in values.enumerated() where !value.isFinite {
      throw .nonFiniteValue(statistic: statistic, index: index, value: value)
    }
  }

  /// The sum, halving down to runs of 128 that are added in eight lanes.
  static func pairwiseSum(_ values: UnsafeBufferPointer<Double>) -> Double {
    let count = values.count
    guard count <= 128 else {
      let half = count / 16 * 8
      return pairwiseSum(UnsafeBufferPointer(rebasing: values[..<half]))
        + pairwiseSum(UnsafeBufferPointer(rebasing: values[half...]))
    }
    var lanes = SIMD8<Double>.zero
    var i = 0
    while i + 8 <= count {
      lanes += SIMD8(
        values[i], values[i + 1], values[i + 2], values[i + 3],
        values[i + 4], values[i + 5], values[i + 6], values[i + 7])
      i += 8
    }
    var rest = 0.0
    while i < count {
      rest += values[i]
      i += 1
    }
    return lanes.sum() + rest
  }
}

extension Array where Element == Double {
  /// `withUnsafeBufferPointer`, with the error kept typed.
  func withBuffer<Result>(
    _ body: (UnsafeBufferPointer<Double>) throws(StatisticsError) -> Result
  ) throws(StatisticsError) -> Result {
    try withUnsafeBufferPointer(body)
  }
}
