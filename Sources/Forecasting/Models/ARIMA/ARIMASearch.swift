import LinearAlgebra
import Statistics

/// The search for the maximum of an ARMA likelihood.
///
/// The likelihood of a process with both polynomials may have several maxima, and one of a moving average often has a
/// second on the boundary of invertibility. So the likelihood is first evaluated on a grid of partial autocorrelations
/// and at the estimates of Hannan and Rissanen (1982); the search then descends from the best points that are far from
/// one another.
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
  /// Points closer than this in every coordinate are taken to lead to one maximum.
  private static let neighbourhood = 0.45
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

  /// The best points of the grid that are far from one another, best first.
  private func starts(_ response: [Double], count: Int) -> [[Double]] {
    let filled = orders.blocks.filter { $0.count > 0 }
    let values: [Double] = filled.count <= 2 ? [-0.6, 0, 0.4, 0.8] : [-0.5, 0.1, 0.7]
    var points = [[Double](repeating: 0, count: orders.count)]
    for block in filled {
      points = points.flatMap { point in
        values.map { value in
          var changed = point
          changed[block.start] = value
          return changed
        }
      }
    }
    if let estimate = HannanRissanen.partials(response, orders: orders) {
      let regular = Set(0..<orders.p).union(
        orders.movingAverageStart..<(orders.movingAverageStart + orders.q))
      var seen: [[Double]] = []
      for point in points {
        var changed = point
        for index in regular { changed[index] = estimate[index] }
        if !seen.contains(changed) { seen.append(changed) }
      }
      points += seen
    }
    let ranked = points.map { (point: $0, value: value($0)) }.filter { $0.value.isFinite }
      .sorted { $0.value < $1.value }
    var chosen: [[Double]] = []
    for candidate in ranked {
      guard chosen.count < count else { break }
      let isFar = chosen.allSatisfy { other in
        zip(other, candidate.point).contains { abs($0 - $1) > Self.neighbourhood }
      }
      if isFar { chosen.append(candidate.point) }
    }
    return chosen
  }
}
