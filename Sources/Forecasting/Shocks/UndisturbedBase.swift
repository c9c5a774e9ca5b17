import RealModule

/// One of the processes that a series without shocks may follow, up to its level, its slope and a fixed season: how its
/// changes from one observation to the next vary together, in units of the one-step error variance.
///
/// A local level with drift is a random walk seen through noise; differenced it is a moving average (Harvey, 1989). A
/// trend that bends is an autoregression of the changes. A few of each cover what eight to a hundred observations can tell
/// apart, and the search averages over them.
enum UndisturbedBase: Hashable, Sendable {
  /// A random walk seen through noise: the changes are a moving average with coefficient −θ, 0 ≤ θ < 1.
  case localLevel(theta: Double)
  /// The changes are an autoregression with coefficient φ, 0 < φ < 1.
  case persistentChanges(phi: Double)

  /// The processes that are averaged over, equally likely before the series is seen.
  static let all: [UndisturbedBase] = [
    .localLevel(theta: 0), .localLevel(theta: 0.35), .localLevel(theta: 0.65), .localLevel(theta: 0.9),
    .persistentChanges(phi: 0.6),
  ]

  /// The covariance of the changes between consecutive observations, row by row.
  ///
  /// - Parameter lengths: the periods from each observation to the next, all positive.
  func covariance(lengths: [Int]) -> [Double] {
    let count = lengths.count
    var matrix = [Double](repeating: 0, count: count * count)
    switch self {
    case .localLevel(let theta):
      let step = (1 - theta) * (1 - theta)
      for row in 0..<count {
        matrix[row * count + row] = step * Double(lengths[row]) + 2 * theta
        if row > 0 {
          matrix[row * count + row - 1] = -theta
          matrix[(row - 1) * count + row] = -theta
        }
      }
    case .persistentChanges(let phi):
      // A change over l periods is a sum of l single ones. With g = φ^k for the k periods between two sums, the
      // covariance is a geometric sum in either direction.
      let variance = 1 / (1 - phi * phi)
      let sums = lengths.map { (1 - Double.pow(phi, $0)) / (1 - phi) }
      for row in 0..<count {
        let length = Double(lengths[row])
        matrix[row * count + row] = variance * (length + 2 * phi / (1 - phi) * (length - sums[row]))
        var between = 0
        for column in stride(from: row + 1, to: count, by: 1) {
          let value = variance * sums[row] * sums[column] * Double.pow(phi, between + 1)
          matrix[row * count + column] = value
          matrix[column * count + row] = value
          between += lengths[column]
        }
      }
    }
    return matrix
  }
}
