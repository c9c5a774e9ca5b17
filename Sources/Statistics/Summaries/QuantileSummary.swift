/// The mean and some quantiles of a sample of draws.
///
/// Quantiles are of type 7 (Hyndman and Fan 1996), found by repeated selection in place of a full sort: for n draws
/// and m quantiles, about n(1 + log m) comparisons and no allocation beyond the scratch and the result.
public struct QuantileSummary: Sendable, Equatable {
  /// The number of draws.
  public let count: Int
  /// The mean of the draws.
  public let mean: Double
  /// The probabilities asked for, in the order they were asked.
  public let probabilities: [Double]
  /// The quantile at each of ``probabilities``.
  public let quantiles: [Double]

  /// The summary of `draws`, which are left as they are.
  ///
  /// - Throws: ``StatisticsError`` for no draws, a draw that is not finite, or a probability outside 0...1.
  public init(
    of draws: UnsafeBufferPointer<Double>, at probabilities: [Double]
  ) throws(StatisticsError) {
    let scratch = UnsafeMutableBufferPointer<Double>.allocate(capacity: draws.count)
    defer { scratch.deallocate() }
    _ = scratch.initialize(from: draws)
    try self.init(rearranging: scratch, at: probabilities)
  }

  /// The summary of an array of draws.
  public init(of draws: [Double], at probabilities: [Double]) throws(StatisticsError) {
    self = try draws.withBuffer { (buffer) throws(StatisticsError) in
      try QuantileSummary(of: buffer, at: probabilities)
    }
  }

  /// The summary of `draws`, which are left in another order: the form for a scratch buffer that is used again.
  public init(
    rearranging draws: UnsafeMutableBufferPointer<Double>, at probabilities: [Double]
  ) throws(StatisticsError) {
    for p in probabilities {
      guard p >= 0, p <= 1 else { throw .invalidProbability(p) }
    }
    let values = UnsafeBufferPointer(draws)
    try DescriptiveStatistics.requireFinite(values, "summary of draws", atLeast: 1)
    count = draws.count
    mean = DescriptiveStatistics.pairwiseSum(values) / Double(draws.count)
    self.probabilities = probabilities
    var quantiles = [Double](repeating: 0, count: probabilities.count)
    // Upwards, each selection starting where the last one stopped.
    var start = 0
    for index in probabilities.indices.sorted(by: { probabilities[$0] < probabilities[$1] }) {
      let p = probabilities[index]
      quantiles[index] = OrderStatistics.quantile(selectingIn: draws, at: p, from: start)
      start = min(Int(Double(count - 1) * p), count - 1)
    }
    self.quantiles = quantiles
  }
}
