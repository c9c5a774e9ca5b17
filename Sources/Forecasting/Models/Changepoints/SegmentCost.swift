import RealModule

/// What a stretch of observations costs when it is taken to follow one law.
public enum SegmentCost: String, Hashable, Sendable, CaseIterable {
  /// One level: the sum of squared deviations from the mean of the stretch.
  case mean
  /// One level and one width: `m (log 2π + log σ̂² + 1)`, twice the negative log-likelihood of normal
  /// observations.
  case meanAndVariance
  /// One straight line: the sum of squared deviations from the line of the stretch.
  case linearTrend

  /// The fewest observations that the cost says anything about.
  public var leastObservations: Int {
    switch self {
    case .mean: 1
    case .meanAndVariance: 2
    case .linearTrend: 2
    }
  }
}

/// Costs of all stretches of one series, each in a few operations, from running sums.
struct SegmentCosts {
  let cost: SegmentCost
  let count: Int
  /// The least variance that is believed.
  private let floor: Double
  private let sums: [Double]
  private let squares: [Double]
  private let times: [Double]
  private let timeSquares: [Double]
  private let products: [Double]

  /// - Parameters:
  ///   - values: the observations.
  ///   - positions: their periods, strictly increasing.
  ///   - floor: the least variance that is believed, where the cost is a logarithm.
  init(_ cost: SegmentCost, values: [Double], positions: [Int], floor: Double) {
    self.cost = cost
    count = values.count
    // About the straight line through the whole, so that little cancels in the sums: a line is a line about any
    // line.
    let line = Self.line(values, positions, isLevel: cost != .linearTrend)
    let middle = positions.isEmpty ? 0 : Double(positions[positions.count / 2])
    var running: (Double, Double, Double, Double, Double) = (0, 0, 0, 0, 0)
    var columns: (s: [Double], q: [Double], t: [Double], tt: [Double], ty: [Double]) = (
      [0], [0], [0], [0], [0]
    )
    for (index, value) in values.enumerated() {
      let (y, t) = (value - line(Double(positions[index])), Double(positions[index]) - middle)
      running.0 += y
      running.1 += y * y
      running.2 += t
      running.3 += t * t
      running.4 += t * y
      columns.s.append(running.0)
      columns.q.append(running.1)
      columns.t.append(running.2)
      columns.tt.append(running.3)
      columns.ty.append(running.4)
    }
    (sums, squares, times, timeSquares, products) =
      (columns.s, columns.q, columns.t, columns.tt, columns.ty)
    self.floor = max(floor, .leastNormalMagnitude)
  }

  /// The cost of the observations `first ..< end`.
  func callAsFunction(_ first: Int, _ end: Int) -> Double {
    let m = Double(end - first)
    let sum = sums[end] - sums[first]
    let about = squares[end] - squares[first] - sum * sum / m
    switch cost {
    case .mean: return max(0, about)
    case .meanAndVariance:
      return m * (Double.log(2 * .pi) + Double.log(max(about / m, floor)) + 1)
    case .linearTrend:
      let time = times[end] - times[first]
      let spread = timeSquares[end] - timeSquares[first] - time * time / m
      let product = products[end] - products[first] - time * sum / m
      return spread > 0 ? max(0, about - product * product / spread) : 0
    }
  }

  /// The least squares line (or the mean) of all observations.
  static func line(_ values: [Double], _ positions: [Int], isLevel: Bool = false) -> (Double) -> Double {
    let count = Double(max(1, values.count))
    let mean = values.reduce(0) { $0 + $1 / count }
    let middle = positions.reduce(0) { $0 + Double($1) / count }
    var (product, spread) = (0.0, 0.0)
    for (value, position) in zip(values, positions) where !isLevel {
      product += (Double(position) - middle) * (value - mean)
      spread += (Double(position) - middle) * (Double(position) - middle)
    }
    let slope = spread > 0 ? product / spread : 0
    return { mean + slope * ($0 - middle) }
  }
}
