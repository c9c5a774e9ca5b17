/// The observations to come, given those that were made: the means and variances of each.
public struct StateForecast: Sendable {
  /// Z(n+j) a(n+j), for steps j from 1.
  public let means: [Double]
  /// Their variances, the noise of the observation included; the parameters of the system count as known.
  public let variances: [Double]
}

extension KalmanFilter {
  /// Forecasts from where the last pass, of the same system, ended.
  ///
  /// - Parameters:
  ///   - system: the system that was run.
  ///   - horizon: the number of steps.
  ///   - covariates: the covariates of each step, step after step, as many as the series has.
  ///   - knownVariance: what is known of the noise of each observation to come.
  public func forecast(
    _ system: StateSpace, horizon: Int, covariates: [Double] = [], knownVariance: Double = 0
  ) -> StateForecast {
    precondition(covariates.count == horizon * system.covariates, "all covariates for each step")
    let m = dimension
    let next = FilterWorkspace(dimension: m)
    next.load(system)
    next.state.update(from: workspace.state, count: m)
    next.variance.update(from: workspace.variance, count: m * m)
    var means: [Double] = []
    var variances: [Double] = []
    means.reserveCapacity(horizon)
    variances.reserveCapacity(horizon)
    for step in 0..<horizon {
      for k in 0..<system.covariates {
        next.loading[m - system.covariates + k] = covariates[step * system.covariates + k]
      }
      var mean = 0.0
      var variance = system.noise + knownVariance
      for i in 0..<m {
        mean += next.loading[i] * next.state[i]
        for j in 0..<m { variance += next.loading[i] * next.variance[i * m + j] * next.loading[j] }
      }
      means.append(mean)
      variances.append(variance)
      next.advanceState()
      next.advanceVariance()
    }
    return StateForecast(means: means, variances: variances)
  }
}
