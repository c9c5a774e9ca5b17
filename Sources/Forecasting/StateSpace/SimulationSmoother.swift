import Statistics

/// Draws of all states of a series given its observations (Durbin and Koopman, 2002; 2012, section 4.9).
///
/// States and observations are drawn from the system as if nothing were known; what the smoother makes of the drawn
/// observations is replaced by what it makes of the true ones. The diffuse part of the start, which no one can draw,
/// cancels out and is left at its mean.
public struct SimulationSmoother: Sendable {
  private let system: StateSpace
  private let series: ObservedSeries
  private let smoothed: [Double]
  private let startRoot: [Double]
  private let disturbanceRoot: [Double]

  /// Prepares to draw; the observations have to determine the states.
  public init(_ system: StateSpace, _ series: ObservedSeries) {
    self.system = system
    self.series = series
    smoothed = KalmanSmoother(system, series).states
    startRoot = SemidefiniteRoot.lower(of: system.initialVariance, order: system.dimension)
    disturbanceRoot = SemidefiniteRoot.lower(of: system.disturbance, order: system.dimension)
  }

  /// One draw of the states of all times: n × m, time by time.
  public func draw(from stream: inout RandomStream) -> [Double] {
    let m = system.dimension
    var states: [Double] = []
    states.reserveCapacity(series.count * m)
    var values: [Double] = []
    var state = zip(system.initialState, multiplied(startRoot, normals(m, &stream))).map { $0 + $1 }
    for time in 0..<series.count {
      states += state
      let known = series.knownVariances.isEmpty ? 0 : series.knownVariances[time]
      var value = series.values[time].isNaN ? .nan : (system.noise + known).squareRoot() * stream.normal()
      for i in 0..<m {
        let covariate = i - (m - system.covariates)
        value +=
          state[i]
          * (covariate >= 0
            ? series.covariates[time * system.covariates + covariate] : system.loading[i])
      }
      values.append(value)
      let moved = multiplied(system.transition, state)
      let disturbance = multiplied(disturbanceRoot, normals(m, &stream))
      state = (0..<m).map { moved[$0] + system.intercept[$0] + disturbance[$0] }
    }
    let drawn = ObservedSeries(
      values: values, knownVariances: series.knownVariances, covariates: series.covariates,
      covariateCount: series.covariateCount)
    let other = KalmanSmoother(system, drawn).states
    return states.indices.map { smoothed[$0] + states[$0] - other[$0] }
  }

  private func normals(_ count: Int, _ stream: inout RandomStream) -> [Double] {
    (0..<count).map { _ in stream.normal() }
  }

  private func multiplied(_ matrix: [Double], _ x: [Double]) -> [Double] {
    let m = x.count
    return (0..<m).map { i in (0..<m).reduce(0) { $0 + matrix[i * m + $1] * x[$1] } }
  }
}
