import RealModule
import Statistics

/// The likelihood of exponential smoothing over its smoothing parameters, for one sample.
///
/// The parameters live in the usual region (0 < beta < alpha < 1, 0.8 <= phi <= 0.98), mapped here to a unit cube:
/// alpha, the share beta/alpha, and phi.
struct SmoothingSurface {
  /// What is wanted of a fit.
  enum Search {
    /// The posterior for the forecast and the most likely parameters for the report.
    case full
    /// The posterior alone; the best parameters are those of its best node.
    case posteriorOnly
  }

  let sample: Sample
  let trend: ExponentialSmoothing.Trend

  private static let edge = 1e-4
  private static let damping = 0.8...0.98

  /// The most likely node, and nodes over the region where the posterior lies, with weights that sum to one.
  ///
  /// Nil when no node of the cube has finite errors.
  func learn(_ search: Search) -> (best: SmoothingNode, nodes: [SmoothingNode])? {
    var grid = SmoothingGrid(region: Array(repeating: 0...1, count: dimensions), cells: cells)
    evaluate(&grid)
    guard let coarse = grid.nodes.min(by: { $0.sumOfSquares < $1.sumOfSquares }) else { return nil }
    var best = coarse
    if case .full = search { best = maximum(from: grid) ?? coarse }
    for _ in 0..<8 {
      guard let smaller = grid.drawnTogether() else { break }
      var next = SmoothingGrid(region: smaller, cells: cells)
      evaluate(&next)
      guard !next.nodes.isEmpty else { break }
      grid = next
    }
    return (best, grid.normalisedNodes())
  }

  private var dimensions: Int {
    switch trend {
    case .none: 1
    case .additive: 2
    case .damped: 3
    }
  }

  /// Cells of the grid along each axis.
  private var cells: [Int] {
    switch trend {
    case .none: [24]
    case .additive: [12, 8]
    case .damped: [10, 6, 4]
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

  /// The most likely parameters: the three best nodes of the coarse grid, improved by Nelder and Mead's simplex inside
  /// the cube.
  private func maximum(from grid: SmoothingGrid) -> SmoothingNode? {
    let order = grid.nodes.indices.sorted { grid.nodes[$0].sumOfSquares < grid.nodes[$1].sumOfSquares }
    let lower = Array(repeating: 0.0, count: dimensions)
    let upper = Array(repeating: 1.0, count: dimensions)
    var best: SmoothingNode?
    for start in order.prefix(3) {
      let point = grid.point(start)
      let minimum = try? NelderMead().minimise(from: point, lower: lower, upper: upper) { point in
        guard let node = self.node(point) else { return .infinity }
        return Double.log(max(node.sumOfSquares, .leastNormalMagnitude))
      }
      // The start itself is kept as a candidate, so that the search can only improve on the grid.
      for candidate in [minimum.flatMap { node($0.point) }, grid.nodes[start]].compactMap({ $0 })
      where candidate.sumOfSquares < best?.sumOfSquares ?? .infinity {
        best = candidate
      }
    }
    return best
  }

  /// Fills a grid with its nodes and their posterior weights relative to the heaviest.
  ///
  /// The prior is flat in alpha, the starting state and phi, falls as (1 - beta/alpha) squared, because slopes of
  /// public series change slowly, and is Jeffreys' for the error variance: the likelihood that is left when start and
  /// variance are integrated out is that of restricted maximum likelihood. A sum of squares below what rounding leaves
  /// counts as that.
  private func evaluate(_ grid: inout SmoothingGrid) {
    let freedom = Double(sample.count - (trend == .none ? 1 : 2))
    let floor = max(Double(sample.count) * sample.roundingVariance, .leastNormalMagnitude)
    grid.fill { point in
      guard var node = self.node(point) else { return nil }
      let prior = trend == .none ? 0 : 2 * Double.log(max(1 - point[1], 1e-12))
      node.weight =
        -0.5 * node.logDeterminant - 0.5 * freedom * Double.log(max(node.sumOfSquares, floor)) + prior
      return node
    }
  }
}
