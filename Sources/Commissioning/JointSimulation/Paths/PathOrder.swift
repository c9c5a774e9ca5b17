import Statistics

/// How high each simulated path of a series runs, as a rank.
enum PathOrder {
  /// The paths from the lowest to the highest, by the mean over the steps of the standardised value, so that a late step
  /// with a wide spread does not drown the early ones. Nil when every path is the same.
  ///
  /// Paths with equal means go by their last value, then by their place: the order is settled by the numbers alone.
  static func ascending(_ paths: [Double], draws: Int, horizon: Int) -> [Int]? {
    var heights = [Double](repeating: 0, count: draws)
    var varies = false
    for step in 0..<horizon {
      // Scaled by the greatest value, so that no square overflows.
      var greatest = 0.0
      for path in 0..<draws { greatest = max(greatest, abs(paths[path * horizon + step])) }
      guard greatest > 0 else { continue }
      var mean = 0.0
      for path in 0..<draws { mean += paths[path * horizon + step] / greatest }
      mean /= Double(draws)
      var squares = 0.0
      for path in 0..<draws {
        let deviation = paths[path * horizon + step] / greatest - mean
        squares += deviation * deviation
      }
      let spread = (squares / Double(draws)).squareRoot()
      // Equal values leave no more than the rounding of their mean.
      guard spread > 1e-14 else { continue }
      varies = true
      for path in 0..<draws { heights[path] += (paths[path * horizon + step] / greatest - mean) / spread }
    }
    guard varies else { return nil }
    return (0..<draws).sorted { left, right in
      if heights[left] != heights[right] { return heights[left] < heights[right] }
      let (leftLast, rightLast) = (paths[left * horizon + horizon - 1], paths[right * horizon + horizon - 1])
      return leftLast != rightLast ? leftLast < rightLast : left < right
    }
  }

  /// The places of values from the least to the greatest; equal values by place.
  static func ascending(_ values: [Double]) -> [Int] {
    values.indices.sorted { values[$0] != values[$1] ? values[$0] < values[$1] : $0 < $1 }
  }

  /// The normal scores of so many ranks, Φ⁻¹((r − ½)/n), scaled to variance one.
  static func normalScores(_ count: Int) -> [Double] {
    var scores = (0..<count).map { StandardNormal.quantile((Double($0) + 0.5) / Double(count)) }
    let variance = scores.reduce(0) { $0 + $1 * $1 } / Double(max(1, count))
    if variance > 0 {
      let scale = 1 / variance.squareRoot()
      for rank in scores.indices { scores[rank] *= scale }
    }
    return scores
  }
}
