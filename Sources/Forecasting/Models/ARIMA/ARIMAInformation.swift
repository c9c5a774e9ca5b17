/// The observed information of ARMA coefficients: the curvature of the exact likelihood at its maximum, by central
/// differences, with the variance and the regression concentrated out.
enum ARIMAInformation {
  /// The covariance of the coefficients that lie inside their region; those on its boundary are held.
  ///
  /// - Returns: one row for each free coefficient, and which those are; nil where the curvature is not that of a
  ///   maximum.
  static func covariance(
    _ likelihood: ARMALikelihood, at maximum: ARIMASearch.Maximum
  ) -> (free: [Int], matrix: [[Double]])? {
    let free = maximum.coefficients.indices.filter { !maximum.isOnBoundary[$0] }
    guard !free.isEmpty else { return ([], []) }
    var step = 1e-3
    for _ in 0..<8 {
      if let curvature = curvature(likelihood, at: maximum, free: free, step: step) {
        var cells = curvature.flatMap { $0.map { $0 / 2 } }
        return cells.withUnsafeMutableBufferPointer { buffer -> (free: [Int], matrix: [[Double]])? in
          guard let base = buffer.baseAddress,
            SmallCholesky.factorise(base, order: free.count) != nil
          else { return nil }
          let columns = free.indices.map { column in
            var unit = free.indices.map { $0 == column ? 1.0 : 0 }
            unit.withUnsafeMutableBufferPointer { values in
              if let first = values.baseAddress { SmallCholesky.solve(base, order: free.count, first) }
            }
            return unit
          }
          return (free, columns)
        }
      }
      // A step left the stationary region: take a shorter one.
      step /= 4
    }
    return nil
  }

  private static func curvature(
    _ likelihood: ARMALikelihood, at maximum: ARIMASearch.Maximum, free: [Int], step: Double
  ) -> [[Double]]? {
    func value(_ moves: [(index: Int, steps: Double)]) -> Double {
      var point = maximum.coefficients
      for move in moves { point[move.index] += move.steps * step }
      return likelihood.value(at: point)
    }
    let centre = value([])
    var rows = free.map { _ in free.map { _ in 0.0 } }
    for (i, first) in free.enumerated() {
      // Five points: the third derivative cancels and the fourth does too.
      let near = value([(first, 1)]) + value([(first, -1)])
      let far = value([(first, 2)]) + value([(first, -2)])
      rows[i][i] = (16 * near - far - 30 * centre) / (12 * step * step)
      for (j, second) in free.enumerated() where j < i {
        let same = value([(first, 1), (second, 1)]) + value([(first, -1), (second, -1)])
        let opposite = value([(first, 1), (second, -1)]) + value([(first, -1), (second, 1)])
        rows[i][j] = (same - opposite) / (4 * step * step)
        rows[j][i] = rows[i][j]
      }
    }
    return rows.allSatisfy { $0.allSatisfy(\.isFinite) } ? rows : nil
  }
}
