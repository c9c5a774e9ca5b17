import RealModule
import Statistics

/// The likelihood of exponential smoothing over its smoothing parameters, for one sample.
///
/// The parameters live in the usual region (0 < beta < alpha < 1, 0.8 <= phi <= 0.98), mapped here to a unit cube:
/// alpha, the share beta/alpha, and phi.
struct SmoothingSurface {
  let sample: Sample
  let trend: ExponentialSmoothing.Trend

  private static let edge = 1e-4
  private static let damping = 0.8...0.98

  private var dimensions: Int {
    switch trend {
    case .none: 1
    case .additive: 2
    case .damped: 3
    }
  }

  /// The node at a point of the unit cube.
  private func node(_ point: UnsafeBufferPointer<Double>) -> SmoothingNode? {
    let alpha = Self.edge + (1 - 2 * Self.edge) * point[0]
    let hasTrend = trend != .none
    return SmoothingNode(
      alpha: alpha, beta: hasTrend ? Self.edge + (alpha - Self.edge) * point[1] : 0,
      phi: trend == .damped
        ? Self.damping.lowerBound + (Self.damping.upperBound - Self.damping.lowerBound) * point[2]
        : (hasTrend ? 1 : 0),
      hasTrend: hasTrend, values: sample.values)
  }

  private func node(_ point: [Double]) -> SmoothingNode? {
    point.withUnsafeBufferPointer { self.node($0) }
  }

  /// The most likely parameters: the best of a coarse grid, improved by Nelder and Mead's simplex inside the cube.
  func maximum() -> SmoothingNode? {
    var starts: [(value: Double, point: [Double])] = []
    forEachPoint(of: Array(repeating: 0...1, count: dimensions)) { point in
      if let node = self.node(point) { starts.append((node.sumOfSquares, point)) }
    }
    starts.sort { $0.value < $1.value }
    var best: SmoothingNode?
    for start in starts.prefix(3) {
      let minimum = try? NelderMead().minimise(
        from: start.point, lower: Array(repeating: 0, count: dimensions),
        upper: Array(repeating: 1, count: dimensions)
      ) { point in
        guard let node = self.node(point) else { return .infinity }
        return Double.log(max(node.sumOfSquares, .leastNormalMagnitude))
      }
      // The start itself is kept as a candidate, so that the search can only improve on the grid.
      for point in [minimum?.point, start.point].compactMap({ $0 }) {
        guard let node = self.node(point) else { continue }
        if node.sumOfSquares < best?.sumOfSquares ?? .infinity { best = node }
      }
    }
    return best
  }

  /// Nodes over the region where the posterior of the smoothing parameters lies, with their weights.
  ///
  /// The prior is flat in alpha, the starting state and phi, falls as (1 - beta/alpha) squared, because slopes of
  /// public series change slowly, and is Jeffreys' for the error variance. A grid over the whole cube is drawn
  /// together around the nodes that matter until the posterior fills it, so that short series keep all their doubt
  /// and long ones keep their precision.
  func posterior(around best: SmoothingNode) -> [SmoothingNode]? {
    var region = Array(repeating: 0.0...1.0, count: dimensions)
    var nodes: [SmoothingNode] = []
    let freedom = Double(sample.count - best.states)
    let floor = Double(sample.count) * sample.roundingVariance
    for _ in 0..<8 {
      var points: [[Double]] = []
      var logs: [Double] = []
      nodes.removeAll(keepingCapacity: true)
      forEachPoint(of: region) { point in
        guard let node = self.node(point) else { return }
        let sum = max(node.sumOfSquares, floor, .leastNormalMagnitude)
        let prior = dimensions > 1 ? 2 * Double.log(max(1 - point[1], 1e-12)) : 0
        logs.append(-0.5 * node.logDeterminant - 0.5 * freedom * Double.log(sum) + prior)
        points.append(point)
        nodes.append(node)
      }
      guard let top = logs.max() else { return nil }
      for index in nodes.indices { nodes[index].weight = Double.exp(logs[index] - top) }
      guard let smaller = shrunk(region, points: points, weights: nodes.map(\.weight)) else { break }
      region = smaller
    }
    let total = nodes.reduce(0) { $0 + $1.weight }
    guard total > 0 else { return nil }
    for index in nodes.indices { nodes[index].weight /= total }
    return nodes.filter { $0.weight > 1e-6 }
  }

  /// The part of a region that holds the nodes of more than a thousandth of the heaviest one's weight, with one cell
  /// on either side; nil when that is not notably smaller.
  private func shrunk(
    _ region: [ClosedRange<Double>], points: [[Double]], weights: [Double]
  ) -> [ClosedRange<Double>]? {
    var changed = false
    let result = region.indices.map { axis -> ClosedRange<Double> in
      let cell =
        (region[axis].upperBound - region[axis].lowerBound) / Double(Self.resolution(dimensions)[axis])
      var lower = region[axis].upperBound
      var upper = region[axis].lowerBound
      for (point, weight) in zip(points, weights) where weight > 1e-3 {
        lower = min(lower, point[axis])
        upper = max(upper, point[axis])
      }
      let kept =
        max(region[axis].lowerBound, lower - 1.5 * cell)...min(region[axis].upperBound, upper + 1.5 * cell)
      if kept.upperBound - kept.lowerBound < 0.7 * (region[axis].upperBound - region[axis].lowerBound) {
        changed = true
        return kept
      }
      return region[axis]
    }
    return changed ? result : nil
  }

  /// Cells of the grid along each axis.
  private static func resolution(_ dimensions: Int) -> [Int] {
    switch dimensions {
    case 1: [24]
    case 2: [12, 8]
    default: [10, 6, 4]
    }
  }

  /// Visits the centres of the cells of a grid over a region.
  private func forEachPoint(of region: [ClosedRange<Double>], _ body: ([Double]) -> Void) {
    let cells = Self.resolution(dimensions)
    let total = cells.reduce(1, *)
    var point = Array(repeating: 0.0, count: dimensions)
    for index in 0..<total {
      var rest = index
      for axis in 0..<dimensions {
        let width = (region[axis].upperBound - region[axis].lowerBound) / Double(cells[axis])
        point[axis] = region[axis].lowerBound + (Double(rest % cells[axis]) + 0.5) * width
        rest /= cells[axis]
      }
      body(point)
    }
  }
}
