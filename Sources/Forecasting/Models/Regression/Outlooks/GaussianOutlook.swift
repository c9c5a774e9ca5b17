import RealModule
import Statistics

/// Normal errors to come that do not depend on those that were: independent ones, or ones correlated among
/// themselves as a moving average.
struct GaussianOutlook: RegressionOutlook {
  let coefficients: [Double]
  /// The covariance of the coefficients in units of the error variance.
  let factor: CovarianceFactor
  let variance: ErrorVariance
  /// How sure a figure to come is against a typical one.
  let weight: Double
  /// Errors are `Σ θ_j u_{t−j}` of independent u, with `Σ θ² = 1`; `[1]` for independent errors.
  let movingAverage: [Double]

  var degreesOfFreedom: Double { variance.degreesOfFreedom }

  func components(row: [Double], step: Int) -> [StudentMixture.Component] {
    let location = zip(row, coefficients).reduce(0) { $0 + $1.0 * $1.1 }
    let scale = (variance.estimate * (factor.quadraticForm(row) + 1 / weight)).squareRoot()
    return [StudentMixture.Component(weight: 1, location: location, scale: scale)]
  }

  func plugInVariance(step: Int) -> Double { variance.estimate / weight }

  func draw(
    path: UnsafeMutableBufferPointer<Double>, design: RegressionDesign, from stream: inout RandomStream
  ) {
    let sigma = variance.drawStandardDeviation(from: &stream)
    let error = sigma / weight.squareRoot()
    withUnsafeTemporaryAllocation(of: Double.self, capacity: coefficients.count) { drawn in
      for index in drawn.indices { drawn[index] = coefficients[index] }
      factor.addDraw(to: drawn, scale: sigma, from: &stream)
      // The shocks go through the path first: what a step needs of earlier shocks is then still to its left.
      let order = movingAverage.count - 1
      withUnsafeTemporaryAllocation(of: Double.self, capacity: order + path.count) { shocks in
        for index in shocks.indices { shocks[index] = error * stream.normal() }
        design.forEachRow(path, coefficients: drawn) { step, mean in
          var sum = mean
          for lag in 0...order { sum += movingAverage[lag] * shocks[order + step - lag] }
          path[step] = sum
        }
      }
    }
  }

  /// The moving average whose autocovariances are those given, in units of their variance.
  ///
  /// By the innovations algorithm (Brockwell and Davis, 1991, section 5.2), run until it has settled.
  ///
  /// - Parameter covariances: lag 0 to q of a positive semidefinite sequence.
  static func movingAverage(_ covariances: [Double]) -> [Double] {
    let order = covariances.count - 1
    guard order > 0, let variance = covariances.first, variance > 0 else { return [1] }
    let rounds = 400
    var theta = [[Double]](repeating: [Double](repeating: 0, count: order + 1), count: rounds + 1)
    var innovations = [variance]
    for n in 1...rounds {
      let reach = min(n, order)
      for lag in stride(from: reach, through: 1, by: -1) {
        let k = n - lag
        var sum = covariances[lag]
        for earlier in max(0, n - order)..<max(k, max(0, n - order)) where k - earlier <= order {
          sum -= theta[k][k - earlier] * theta[n][n - earlier] * innovations[earlier]
        }
        theta[n][lag] = innovations[k] > 0 ? sum / innovations[k] : 0
      }
      var left = variance
      for earlier in max(0, n - order)..<n {
        left -= theta[n][n - earlier] * theta[n][n - earlier] * innovations[earlier]
      }
      innovations.append(max(left, 0))
    }
    var weights = theta[rounds]
    weights[0] = 1
    let norm = weights.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return weights.map { $0 / norm }
  }
}
