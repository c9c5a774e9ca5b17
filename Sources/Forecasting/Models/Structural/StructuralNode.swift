import RealModule
import Statistics

/// One possible set of parameters of a structural model, with its share of the posterior and where the series stands
/// under it.
struct StructuralNode: Sendable {
  /// Its share, up to a common factor until all nodes are known.
  var weight: Double
  /// The system, its variances in units of the scale where that is concentrated out.
  let system: StateSpace
  /// The mean of the state at the first period to come.
  let state: [Double]
  /// Its variance, m × m, row by row.
  let variance: [Double]
  /// What is known of the scale; nil where the variances are absolute.
  let scale: ErrorVariance?

  /// Draws one joint path.
  ///
  /// - Parameters:
  ///   - path: the steps to fill.
  ///   - root: a lower triangular root of ``variance``.
  ///   - knownDeviation: the standard deviation of the noise that is known beforehand.
  ///   - covariates: the covariates of a step, counted from 1; nil where they are not known, which leaves no number.
  func draw(
    path: UnsafeMutableBufferPointer<Double>, root: [Double], knownDeviation: Double,
    from stream: inout RandomStream, covariates: (Int) -> [Double]?
  ) {
    let m = system.dimension
    let own = m - system.covariates
    let sigma = scale.map { $0.drawStandardDeviation(from: &stream) } ?? 1
    let noise = sigma * system.noise.squareRoot()
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * m) { storage in
      let current = UnsafeMutableBufferPointer(rebasing: storage[..<m])
      let other = UnsafeMutableBufferPointer(rebasing: storage[m...])
      for i in 0..<m { other[i] = sigma * stream.normal() }
      for i in 0..<m {
        var sum = state[i]
        for j in 0...i { sum += root[i * m + j] * other[j] }
        current[i] = sum
      }
      for step in path.indices {
        var value = noise * stream.normal()
        if knownDeviation > 0 { value += knownDeviation * stream.normal() }
        for i in 0..<own { value += system.loading[i] * current[i] }
        if own < m {
          let row = covariates(step + 1)
          for k in own..<m { value += (row.map { $0[k - own] } ?? .nan) * current[k] }
        }
        path[step] = value
        for i in 0..<own {
          // The disturbances of the parts are independent of one another.
          var next = 0.0
          for j in 0..<own { next += system.transition[i * m + j] * current[j] }
          let variance = system.disturbance[i * m + i]
          if variance > 0 { next += sigma * variance.squareRoot() * stream.normal() }
          other[i] = next
        }
        for i in 0..<own { current[i] = other[i] }
      }
    }
  }
}
