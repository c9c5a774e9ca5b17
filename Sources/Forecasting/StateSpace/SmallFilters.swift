// The filter for one and for two states after a diffuse start, without covariates and known variances: the recursions of
// ``KalmanFilter`` written out, so that the state stays in registers. A local level and a local linear trend spend their
// whole search here.

extension KalmanFilter {
  /// Filters what is left of the series with one state.
  func filterOne(
    _ values: UnsafeBufferPointer<Double>, _ system: StateSpace, _ summary: inout FilterSummary,
    _ determinant: inout LogProduct
  ) {
    let z = system.loading[0]
    let t = system.transition[0]
    let c = system.intercept[0]
    let v = system.disturbance[0]
    let noise = system.noise
    var a = workspace.state[0]
    var p = workspace.variance[0]
    var calm = 0
    var gain = 0.0
    var variance = 0.0
    var observed = 0
    var sum = 0.0
    for value in values {
      if value.isNaN {
        calm = 0
        a = t * a + c
        p = t * p * t + v
        continue
      }
      observed += 1
      let error = value - z * a
      if calm < 2 {
        let covariance = p * z
        variance = z * covariance + noise
        if variance <= 0 {
          if error != 0 { sum = .infinity }
          a = t * a + c
          p = t * p * t + v
          continue
        }
        gain = covariance / variance
        let next = t * (p - gain * covariance) * t + v
        calm = abs(next - p) * abs(z) <= Self.settled * variance ? calm + 1 : 0
        p = next
      }
      determinant.multiply(by: variance)
      sum += error * error / variance
      a = t * (a + gain * error) + c
    }
    workspace.state[0] = a
    workspace.variance[0] = p
    summary.observations += observed
    summary.sumOfSquares += sum
  }

  /// Filters what is left of the series with two states.
  func filterTwo(
    _ values: UnsafeBufferPointer<Double>, _ system: StateSpace, _ summary: inout FilterSummary,
    _ determinant: inout LogProduct
  ) {
    let (z1, z2) = (system.loading[0], system.loading[1])
    let (t11, t12) = (system.transition[0], system.transition[1])
    let (t21, t22) = (system.transition[2], system.transition[3])
    let (c1, c2) = (system.intercept[0], system.intercept[1])
    let (v11, v12, v22) = (system.disturbance[0], system.disturbance[1], system.disturbance[3])
    let noise = system.noise
    var (a1, a2) = (workspace.state[0], workspace.state[1])
    var (p11, p12, p22) = (workspace.variance[0], workspace.variance[1], workspace.variance[3])
    var calm = 0
    var (gain1, gain2, inverse, variance) = (0.0, 0.0, 0.0, 0.0)
    var observed = 0
    var sum = 0.0
    for value in values {
      var error = 0.0
      if value.isNaN {
        calm = 0
      } else {
        observed += 1
        error = value - z1 * a1 - z2 * a2
        if calm >= 3 {
          sum += error * error * inverse
          determinant.multiply(by: variance)
          let (s1, s2) = (a1 + gain1 * error, a2 + gain2 * error)
          a1 = t11 * s1 + t12 * s2 + c1
          a2 = t21 * s1 + t22 * s2 + c2
          continue
        }
        let m1 = p11 * z1 + p12 * z2
        let m2 = p12 * z1 + p22 * z2
        variance = z1 * m1 + z2 * m2 + noise
        if variance > 0 {
          inverse = 1 / variance
          let (before1, before2) = (gain1, gain2)
          gain1 = m1 * inverse
          gain2 = m2 * inverse
          let change = max(abs(gain1 - before1), abs(gain2 - before2))
          calm = change <= Self.settled * max(abs(gain1), abs(gain2)) ? calm + 1 : 0
          p11 -= gain1 * m1
          p12 -= gain1 * m2
          p22 -= gain2 * m2
          determinant.multiply(by: variance)
          sum += error * error * inverse
          a1 += gain1 * error
          a2 += gain2 * error
        } else if error != 0 {
          sum = .infinity
        }
      }
      (a1, a2) = (t11 * a1 + t12 * a2 + c1, t21 * a1 + t22 * a2 + c2)
      let (w11, w12) = (t11 * p11 + t12 * p12, t11 * p12 + t12 * p22)
      let (w21, w22) = (t21 * p11 + t22 * p12, t21 * p12 + t22 * p22)
      p11 = w11 * t11 + w12 * t12 + v11
      p12 = w11 * t21 + w12 * t22 + v12
      p22 = w21 * t21 + w22 * t22 + v22
    }
    workspace.state[0] = a1
    workspace.state[1] = a2
    workspace.variance[0] = p11
    workspace.variance[1] = p12
    workspace.variance[2] = p12
    workspace.variance[3] = p22
    summary.observations += observed
    summary.sumOfSquares += sum
  }
}
