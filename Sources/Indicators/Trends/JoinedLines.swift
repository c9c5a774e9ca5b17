/// Lines that meet at some of the observations, fitted by weighted least squares.
///
/// The unknowns are the heights of the line at its ends and joins. In that basis the normal equations have three
/// diagonals, their condition is that of a spline of degree one, and one fit costs a pass over the figures; nothing is
/// allocated.
struct JoinedLines {
  let times: [Double]
  let weights: [Double]
  private var diagonal: [Double]
  private var beside: [Double]
  private var heights: [Double]

  /// - Parameters:
  ///   - times: increasing, at least two.
  ///   - weights: one above 0 for each time.
  ///   - most: the greatest number of joins.
  init(times: [Double], weights: [Double], most: Int) {
    self.times = times
    self.weights = weights
    diagonal = [Double](repeating: 0, count: most + 2)
    beside = diagonal
    heights = diagonal
  }

  /// The weighted sum of squares left by the best lines with joins at `knots` (from the first observation to the last,
  /// both included); the heights stay for ``fitted(_:knots:into:)``.
  mutating func residual(_ values: [Double], knots: [Int]) -> Double {
    assemble(values, knots: knots)
    factor(knots.count)
    solve(&heights, knots.count)
    var sum = 0.0
    for segment in 0..<(knots.count - 1) {
      let (start, end) = (knots[segment], knots[segment + 1])
      let (from, length) = (times[start], times[end] - times[start])
      let last = segment == knots.count - 2 ? end : end - 1
      for position in start...last {
        let part = (times[position] - from) / length
        let line = heights[segment] * (1 - part) + heights[segment + 1] * part
        let left = values[position] - line
        sum += weights[position] * left * left
      }
    }
    return sum
  }

  /// The line at the observations, after ``residual(_:knots:)`` with the same knots.
  func fitted(knots: [Int]) -> [Double] {
    var line: [Double] = []
    line.reserveCapacity(times.count)
    for segment in 0..<(knots.count - 1) {
      let (start, end) = (knots[segment], knots[segment + 1])
      let last = segment == knots.count - 2 ? end : end - 1
      for position in start...last {
        let part = (times[position] - times[start]) / (times[end] - times[start])
        line.append(heights[segment] * (1 - part) + heights[segment + 1] * part)
      }
    }
    return line
  }

  /// The heights at the knots, after ``residual(_:knots:)``.
  func heights(_ count: Int) -> [Double] { Array(heights[..<count]) }

  /// cᵀ (XᵀWX)⁻¹ c for the slope from one knot to another, after ``residual(_:knots:)`` with the same knots.
  func slopeVariance(from first: Int, to last: Int, knots: [Int]) -> Double {
    let length = times[knots[last]] - times[knots[first]]
    var contrast = [Double](repeating: 0, count: knots.count)
    contrast[first] = -1 / length
    contrast[last] = 1 / length
    var solved = contrast
    solve(&solved, knots.count)
    return zip(contrast, solved).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private mutating func assemble(_ values: [Double], knots: [Int]) {
    for knot in knots.indices {
      diagonal[knot] = 0
      beside[knot] = 0
      heights[knot] = 0
    }
    for segment in 0..<(knots.count - 1) {
      let (start, end) = (knots[segment], knots[segment + 1])
      let (from, length) = (times[start], times[end] - times[start])
      let last = segment == knots.count - 2 ? end : end - 1
      for position in start...last {
        let right = (times[position] - from) / length
        let left = 1 - right
        let weight = weights[position]
        diagonal[segment] += weight * left * left
        diagonal[segment + 1] += weight * right * right
        beside[segment] += weight * left * right
        heights[segment] += weight * left * values[position]
        heights[segment + 1] += weight * right * values[position]
      }
    }
  }

  /// LDLᵀ in place: `diagonal` becomes D and `beside` the factors below it.
  private mutating func factor(_ count: Int) {
    for row in 1..<count {
      let ratio = beside[row - 1] / diagonal[row - 1]
      diagonal[row] -= ratio * beside[row - 1]
      beside[row - 1] = ratio
    }
  }

  private func solve(_ right: inout [Double], _ count: Int) {
    for row in 1..<count { right[row] -= beside[row - 1] * right[row - 1] }
    for row in 0..<count { right[row] /= diagonal[row] }
    for row in stride(from: count - 2, through: 0, by: -1) { right[row] -= beside[row] * right[row + 1] }
  }
}

/// The best places for joins among the observations, by looking at all of them.
struct JoinSearch {
  /// The fewest observations on either side of a join, and between two, the joins not counted.
  static let span = 2

  private var lines: JoinedLines

  init(times: [Double], weights: [Double], most: Int) {
    lines = JoinedLines(times: times, weights: weights, most: most)
  }

  /// How many ways there are to place so many joins among so many observations.
  static func placements(_ joins: Int, among count: Int) -> Double {
    // Choosing with gaps of `span` is choosing without among fewer.
    let free = count - 2 * span - (joins > 0 ? (joins - 1) * span : 0)
    guard joins <= free else { return 0 }
    var ways = 1.0
    for taken in 0..<joins { ways *= Double(free - taken) / Double(taken + 1) }
    return ways
  }

  /// The joins that leave the least sum of squares; those furthest to the left where several do.
  mutating func best(_ values: [Double], joins: Int) -> (knots: [Int], sum: Double)? {
    let last = values.count - 1
    var knots = [0] + (0..<joins).map { Self.span + $0 * (Self.span + 1) } + [last]
    guard joins == 0 || knots[joins] <= last - Self.span else { return nil }
    var best = (knots: knots, sum: lines.residual(values, knots: knots))
    while advance(&knots, last: last) {
      let sum = lines.residual(values, knots: knots)
      if sum < best.sum { best = (knots, sum) }
    }
    return best
  }

  /// The lines of the given joins.
  mutating func fit(_ values: [Double], knots: [Int]) -> JoinedLines {
    _ = lines.residual(values, knots: knots)
    return lines
  }

  /// The next placement in lexical order.
  private func advance(_ knots: inout [Int], last: Int) -> Bool {
    let joins = knots.count - 2
    for join in stride(from: joins, through: 1, by: -1) {
      let limit = last - Self.span - (joins - join) * (Self.span + 1)
      guard knots[join] < limit else { continue }
      knots[join] += 1
      for later in stride(from: join + 1, through: joins, by: 1) {
        knots[later] = knots[later - 1] + Self.span + 1
      }
      return true
    }
    return false
  }
}
