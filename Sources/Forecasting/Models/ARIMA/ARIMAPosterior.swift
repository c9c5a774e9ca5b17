import RealModule

/// Points that stand for what is not known of the coefficients φ, Φ, θ, Θ of a fitted model.
///
/// Their distribution is taken as normal around the maximum with the inverse of the observed information as
/// covariance, cut off where the process would not be stationary or invertible. A centre and two points on each
/// principal half-axis of a square root of that covariance have its mean and covariance exactly (the unscented
/// transformation of Julier and Uhlmann, 1997).
enum ARIMAPosterior {
  /// The share of the centre. One third is that of the rule exact to the fifth power in one dimension.
  private static let centre = 1 / 3.0

  /// The points with their shares, the maximum first; the maximum alone where its curvature is not known.
  static func points(
    _ maximum: ARIMASearch.Maximum, covariance: (free: [Int], matrix: [[Double]])?, orders: ARMAOrders
  ) -> [(coefficients: [Double], weight: Double)] {
    guard let covariance, !covariance.free.isEmpty else { return [(maximum.coefficients, 1)] }
    let count = covariance.free.count
    var root = covariance.matrix.flatMap(\.self)
    let isPositive = root.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { SmallCholesky.factorise($0, order: count) != nil } ?? false
    }
    guard isPositive else { return [(maximum.coefficients, 1)] }
    var points: [(coefficients: [Double], weight: Double)] = [(maximum.coefficients, centre)]
    let length = (Double(count) / (1 - centre)).squareRoot()
    for axis in 0..<count {
      for sign in [1.0, -1.0] {
        var step = sign * length
        var point = maximum.coefficients
        for _ in 0..<40 {
          for (row, index) in covariance.free.enumerated() {
            // The upper triangle of the buffer still holds the covariance.
            let move = row >= axis ? step * root[row * count + axis] : 0
            point[index] = maximum.coefficients[index] + move
          }
          if isAdmissible(point, orders) { break }
          step *= 0.8
        }
        if !isAdmissible(point, orders) { point = maximum.coefficients }
        points.append((point, (1 - centre) / Double(2 * count)))
      }
    }
    return points
  }

  /// Whether each polynomial is stationary or invertible, or has no more than the roots on the unit circle that the
  /// maximum has.
  private static func isAdmissible(_ point: [Double], _ orders: ARMAOrders) -> Bool {
    orders.blocks.allSatisfy { block in
      let own = point[block.start..<(block.start + block.count)].map { block.isMovingAverage ? -$0 : $0 }
      return ARMAPolynomials.hasRoots(of: own, beyond: block.isMovingAverage ? 1 - 1e-9 : 1 + 1e-6)
    }
  }
}
