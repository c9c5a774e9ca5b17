import RealModule

/// The states of every time given the whole series: fixed-interval smoothing, through the diffuse start as well
/// (Koopman and Durbin, 2003; Durbin and Koopman, 2012, sections 4.4, 5.3 and 6.4).
///
/// Where the recursions of the diffuse start are expanded in 1/κ, r = r₀ + r₁/κ and N = N₀ + N₁/κ + N₂/κ², with N₁ kept
/// symmetric.
public struct KalmanSmoother: Sendable {
  /// The likelihood of the pass of the filter.
  public let filter: FilterSummary
  /// The number of states, m.
  public let dimension: Int
  /// The number of times, n.
  public let count: Int
  /// E(α(t) | y): n × m, time by time.
  public let states: [Double]
  /// Var(α(t) | y): n × m × m, time by time.
  public let variances: [Double]

  /// Smooths a series.
  public init(_ system: StateSpace, _ series: ObservedSeries) {
    let m = system.dimension
    let n = series.count
    let forward = KalmanFilter(series, dimension: m)
    let recording = FilterRecording(count: n, dimension: m)
    filter = forward.run(system, recording: recording)
    dimension = m
    count = n
    var backward = BackwardPass(system, series, recording)
    var states = Array(repeating: 0.0, count: n * m)
    var variances = Array(repeating: 0.0, count: n * m * m)
    states.withUnsafeMutableBufferPointer { states in
      variances.withUnsafeMutableBufferPointer { variances in
        for time in stride(from: n - 1, through: 0, by: -1) {
          if time < n - 1 { backward.retreat() }
          backward.observe(time)
          backward.smooth(
            time, state: UnsafeMutableBufferPointer(rebasing: states[(time * m)..<((time + 1) * m)]),
            variance: UnsafeMutableBufferPointer(rebasing: variances[(time * m * m)..<((time + 1) * m * m)]))
        }
      }
    }
    self.states = states
    self.variances = variances
  }

  /// A linear function of the states at every time: `Σ weights[i] α[i]`, with its standard errors.
  public func combination(_ weights: [Double]) -> (values: [Double], standardErrors: [Double]) {
    combination { _ in weights }
  }

  /// A linear function of the states whose weights depend on the time.
  public func combination(
    _ weights: (_ time: Int) -> [Double]
  ) -> (values: [Double], standardErrors: [Double]) {
    var values: [Double] = []
    var errors: [Double] = []
    for time in 0..<count {
      let weights = weights(time)
      var value = 0.0
      var variance = 0.0
      for i in 0..<dimension where weights[i] != 0 {
        value += weights[i] * states[time * dimension + i]
        for j in 0..<dimension {
          variance += weights[i] * weights[j] * variances[(time * dimension + i) * dimension + j]
        }
      }
      values.append(value)
      errors.append(max(0, variance).squareRoot())
    }
    return (values, errors)
  }
}
