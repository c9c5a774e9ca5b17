import Statistics

/// Values of one distribution carried to another of the same rank: what is the 30% quantile of the first becomes that
/// of the second.
///
/// Draws that are carried so have the second distribution and keep their order, and the paths that they belong to
/// keep how one step goes with the next. Both distributions are known at equal steps of the normal score and straight in
/// between; beyond the last, distances from the middle keep their proportion.
struct QuantileMap: Sendable {
  private let from: [Double]
  private let to: [Double]

  private static let reach = 4.5
  private static let step = 0.125
  private static let count = Int(2 * reach / step) + 1

  /// - Throws: what the quantiles throw.
  init(
    from source: any PredictiveDistribution, to target: any PredictiveDistribution
  ) throws(ForecastingError) {
    self.init(from: try Self.quantiles(source), to: try Self.quantiles(target))
  }

  /// - Parameters: both at the scores of ``quantiles(_:)``.
  init(from: [Double], to: [Double]) {
    self.from = from
    self.to = to
  }

  /// The quantiles of a distribution that a map goes by.
  static func quantiles(_ distribution: any PredictiveDistribution) throws(ForecastingError) -> [Double] {
    let curve = QuantileCurve(distribution)
    var list: [Double] = []
    list.reserveCapacity(count)
    for index in 0..<count {
      let value = try curve(-reach + step * Double(index))
      list.append(max(value, list.last ?? value))
    }
    return list
  }

  /// The value of the second distribution that a value of the first stands for. A value that carries probability
  /// itself, as a count does, stands for any in its share, and one is drawn.
  func callAsFunction(_ value: Double, drawing stream: inout RandomStream) -> Double {
    let last = Self.count - 1
    let middle = last / 2
    if value < from[0] {
      let width = from[middle] - from[0]
      return width > 0
        ? to[middle] - (from[middle] - value) * ((to[middle] - to[0]) / width) : to[0]
    }
    if value > from[last] {
      let width = from[last] - from[middle]
      return width > 0
        ? to[middle] + (value - from[middle]) * ((to[last] - to[middle]) / width) : to[last]
    }
    var (low, high) = (0, last)
    // The first quantile that is not below the value.
    while low < high {
      let half = (low + high) / 2
      if from[half] < value { low = half + 1 } else { high = half }
    }
    guard low < last, from[low] == value, from[low + 1] == value else {
      guard low > 0, from[low] > value else { return to[low] }
      return to[low - 1] + (to[low] - to[low - 1]) * ((value - from[low - 1]) / (from[low] - from[low - 1]))
    }
    var end = low + 1
    while end < last, from[end + 1] == value { end += 1 }
    // The probability of the value reaches half a step beyond the quantiles that are equal to it.
    let first = StandardNormal.cumulative(-Self.reach + Self.step * (Double(low) - 0.5))
    let beyond = StandardNormal.cumulative(-Self.reach + Self.step * (Double(end) + 0.5))
    let score = StandardNormal.quantile(first + (beyond - first) * stream.uniform())
    let place = min(max((score + Self.reach) / Self.step, 0), Double(last))
    let index = min(Int(place), last - 1)
    return to[index] + (to[index + 1] - to[index]) * (place - Double(index))
  }
}
