/// The observations to come, given those that were made: the means and variances of each.
public struct StateForecast: Sendable {
  /// Z(n+j) a(n+j), for steps j from 1.
  public let means: [Double]
  /// Their variances, the noise of the observation included; the parameters of the system count as known.
  public let variances: [Double]

  /// Forecasts from a state of which mean and variance are known.
  ///
  /// Numbers that are missing at the end of an argument are not known: means and variances that depend on them are not
  /// numbers. What is too many is not read.
  ///
  /// - Parameters:
  ///   - system: the system that goes on.
  ///   - state: the mean of the state at step 1, m numbers.
  ///   - variance: its variance, m × m, row by row.
  ///   - horizon: the number of steps.
  ///   - covariates: the covariates of each step, step after step, as many as the system has.
  ///   - knownVariance: what is known of the noise of each observation to come.
  public init(
    _ system: StateSpace, state: [Double], variance: [Double], horizon: Int, covariates: [Double] = [],
    knownVariance: Double = 0
  ) {
    let m = system.dimension
    let horizon = max(0, horizon)
    let next = FilterWorkspace(dimension: m)
    next.load(system)
    for i in 0..<m { next.state[i] = i < state.count ? state[i] : .nan }
    for k in 0..<(m * m) { next.variance[k] = k < variance.count ? variance[k] : .nan }
    var means: [Double] = []
    var variances: [Double] = []
    means.reserveCapacity(horizon)
    variances.reserveCapacity(horizon)
    for step in 0..<horizon {
      for k in 0..<system.covariates {
        let place = step * system.covariates + k
        next.loading[m - system.covariates + k] = place < covariates.count ? covariates[place] : .nan
      }
      var mean = 0.0
      var variance = system.noise + knownVariance
      for i in 0..<m where next.loading[i] != 0 {
        mean += next.loading[i] * next.state[i]
        for j in 0..<m { variance += next.loading[i] * next.variance[i * m + j] * next.loading[j] }
      }
      means.append(mean)
      variances.append(variance)
      next.advanceState()
      next.advanceVariance()
    }
    self.means = means
    self.variances = variances
  }
}

extension KalmanFilter {
  /// Forecasts from where the last pass, of the same system, ended; arguments as in
  /// ``StateForecast/init(_:state:variance:horizon:covariates:knownVariance:)``.
  public func forecast(
    _ system: StateSpace, horizon: Int, covariates: [Double] = [], knownVariance: Double = 0
  ) -> StateForecast {
    StateForecast(
      system, state: predictedState, variance: predictedVariance, horizon: horizon, covariates: covariates,
      knownVariance: knownVariance)
  }
}
