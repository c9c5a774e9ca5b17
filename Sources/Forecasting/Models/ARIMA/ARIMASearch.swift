import LinearAlgebra
import Statistics

/// The search for the maximum of an ARMA likelihood.
///
/// The likelihood of a process with both polynomials may have several maxima, and one of a moving average often has a
/// second on the boundary of invertibility. So the likelihood is first evaluated on a grid of partial autocorrelations,
/// boundary included, and at the estimates of Hannan and Rissanen (1982); the search then descends from every point of
/// the grid that is better than its neighbours.
struct ARIMASearch {
  /// Where the likelihood is greatest.
  struct Maximum {
    /// φ, Φ, θ, Θ.
    let coefficients: [Double]
    /// The objective of ``ARMALikelihood``.
    let value: Double
    /// Whether each coefficient belongs to a polynomial with a root on the unit circle.
    let isOnBoundary: [Bool]
    /// Whether every descent ended by its tolerances.
    let converged: Bool
  }

  /// Descents begin at this many points at most.
  static let descents = 3
  /// An autoregression keeps this distance from the unit circle, where its likelihood falls to nothing.
  private static let stationaryMargin = 1e-7

  let likelihood: ARMALikelihood
  private var orders: ARMAOrders { likelihood.orders }

  /// The maximum, or nil where the likelihood cannot be computed at any starting point.
  ///
  /// - Parameters:
  ///   - response: the differenced series, less its regression, from which starts are estimated.
  ///   - descents: how many descents are made at most.
  func maximum(response: [Double], descents: Int = Self.descents) -> Maximum? {
    guard orders.count > 0 else {
      let value = likelihood.value(at: [])
      guard value.isFinite else { return nil }
      return Maximum(coefficients: [], value: value, isOnBoundary: [], converged: true)
    }
    let bounds = (0..<orders.count).map {
      $0 < orders.movingAverageStart ? 1 - Self.stationaryMargin : 1
    }
    let settings = QuasiNewton(gradientTolerance: 1e-8, valueTolerance: 1e-13, maximumIterations: 300)
    var best: Minimum<[Double]>?
    var allConverged = true
    for start in starts(response, count: descents) {
      let found = try? settings.minimise(from: start, lower: bounds.map { -$0 }, upper: bounds) {
        $0.baseAddress.map(likelihood.value(atPartials:)) ?? .infinity
      }
      guard let found, found.value.isFinite else { continue }
      allConverged = allConverged && found.converged
      if found.value < best?.value ?? .infinity { best = found }
    }
    guard let best else { return nil }
    let (partials, value) = onBoundary(best.point, best.value)
    var coefficients = partials
    coefficients.withUnsafeMutableBufferPointer { buffer in
      if let base = buffer.baseAddress {
        ARMAPolynomials.coefficients(fromPartials: base, orders: orders)
      }
    }
    var isOnBoundary = coefficients.map { _ in false }
    for block in orders.blocks where block.isMovingAverage {
      let range = block.start..<(block.start + block.count)
      let reaches = range.contains { abs(partials[$0]) == 1 }
      for index in range { isOnBoundary[index] = reaches }
    }
    return Maximum(
      coefficients: coefficients, value: value, isOnBoundary: isOnBoundary, converged: allConverged)
  }

  /// Moves moving averages that are invertible by a hair onto the boundary, where the likelihood has no slope, if that
  /// costs nothing.
  private func onBoundary(_ point: [Double], _ value: Double) -> ([Double], Double) {
    var point = point
    var value = value
    for index in orders.movingAverageStart..<orders.count where abs(point[index]) > 0.99 {
      var moved = point
      moved[index] = point[index] > 0 ? 1 : -1
      let there = self.value(moved)
      if there <= value + 1e-9 * (1 + abs(value)) { (point, value) = (moved, there) }
    }
    return (point, value)
  }

  private func value(_ partials: [Double]) -> Double {
    partials.withUnsafeBufferPointer { $0.baseAddress.map(likelihood.value(atPartials:)) ?? .infinity }
  }

  // MARK: Starts

  /// Where descents begin, best first: the points of the grid that are lower than all their neighbours on it, and the
  /// estimates of Hannan and Rissanen where they are lower still.
  private func starts(_ response: [Double], count: Int) -> [[Double]] {
    let filled = orders.blocks.filter { $0.count > 0 }
    let levels = filled.map { block -> [Double] in
      guard filled.count <= 2 else { return block.isMovingAverage ? [-0.5, 0.1, 0.6, 1] : [-0.5, 0.1, 0.7] }
      return block.isMovingAverage ? [-0.6, 0, 0.4, 0.75, 1] : [-0.6, 0, 0.4, 0.8]
    }
    let size = levels.reduce(1) { $0 * $1.count }
    var points: [[Double]] = []
    points.reserveCapacity(size)
    for cell in 0..<size {
      var point = [Double](repeating: 0, count: orders.count)
      var rest = cell
      for (block, values) in zip(filled, levels) {
        point[block.start] = values[rest % values.count]
        rest /= values.count
      }
      points.append(point)
    }
    let values = points.map(value)
    var chosen: [(point: [Double], value: Double)] = []
    for cell in 0..<size where values[cell].isFinite {
      var stride = 1
      var isLowest = true
      for level in levels {
        let place = cell / stride % level.count
        if place > 0, values[cell - stride] < values[cell] { isLowest = false }
        if place + 1 < level.count, values[cell + stride] <= values[cell] { isLowest = false }
        stride *= level.count
      }
      if isLowest { chosen.append((points[cell], values[cell])) }
    }
    chosen.sort { $0.value < $1.value }
    if orders.p + orders.q > 1, let estimate = HannanRissanen.partials(response, orders: orders) {
      var point = chosen.first?.point ?? estimate
      let movingAverage = orders.movingAverageStart
      for index in 0..<orders.p { point[index] = estimate[index] }
      for index in movingAverage..<(movingAverage + orders.q) { point[index] = estimate[index] }
      let value = value(point)
      if value.isFinite, value < chosen.first?.value ?? .infinity { chosen.insert((point, value), at: 0) }
    }
    return chosen.prefix(count).map(\.point)
  }
}
