/// What a pass of the filter leaves behind for the smoother: at every time the predicted state and its variance, and
/// what the observation brought.
final class FilterRecording {
  let count: Int
  let dimension: Int
  /// a(t), t by t.
  let states: UnsafeMutablePointer<Double>
  /// P(t), t by t.
  let variances: UnsafeMutablePointer<Double>
  /// M(t) = P(t) Z(t)ᵀ.
  let covariances: UnsafeMutablePointer<Double>
  /// P∞(t), for the times of the diffuse start alone.
  private(set) var diffuseVariances: [Double] = []
  /// The number of directions of which nothing was known before each observation.
  private(set) var ranks: [Int]
  /// v(t); NaN where the observation is missing.
  private(set) var errors: [Double]
  /// F(t).
  private(set) var errorVariances: [Double]
  /// F∞(t), zero where the observation saw no diffuse direction.
  private(set) var diffuseErrorVariances: [Double]

  init(count: Int, dimension: Int) {
    self.count = count
    self.dimension = dimension
    let m = dimension
    let size = count * (2 * m + m * m)
    states = .allocate(capacity: size)
    states.initialize(repeating: 0, count: size)
    covariances = states + count * m
    variances = states + 2 * count * m
    ranks = Array(repeating: 0, count: count)
    errors = Array(repeating: .nan, count: count)
    errorVariances = Array(repeating: .nan, count: count)
    diffuseErrorVariances = Array(repeating: 0, count: count)
  }

  deinit { states.deallocate() }

  /// The predicted state of a time.
  func enter(_ time: Int, _ workspace: FilterWorkspace) {
    let m = dimension
    (states + time * m).update(from: workspace.state, count: m)
    (variances + time * m * m).update(from: workspace.variance, count: m * m)
    ranks[time] = workspace.rank
    guard workspace.rank > 0 else { return }
    for i in 0..<m {
      for j in 0..<m {
        var sum = 0.0
        for column in 0..<workspace.rank {
          sum += workspace.directions[column * m + i] * workspace.directions[column * m + j]
        }
        diffuseVariances.append(sum)
      }
    }
  }

  /// What the observation of a time brought.
  func observe(_ time: Int, error: Double, variance: Double, diffuse: Double, _ workspace: FilterWorkspace) {
    (covariances + time * dimension).update(from: workspace.covariance, count: dimension)
    errors[time] = error
    errorVariances[time] = variance
    diffuseErrorVariances[time] = diffuse
  }
}

extension KalmanFilter {
  /// The one-step errors of a pass, missing observations and those of the diffuse start left out.
  public struct Innovations: Sendable {
    /// The places of the errors among the times of the series.
    public let times: [Int]
    /// v(t) = y(t) − Z(t) a(t).
    public let errors: [Double]
    /// F(t), their variances.
    public let variances: [Double]
  }

  /// Filters the series and keeps its one-step errors, which are independent if the system is right.
  public func innovations(_ system: StateSpace) -> Innovations {
    let recording = FilterRecording(count: series.count, dimension: dimension)
    _ = run(system, recording: recording)
    let times = recording.errors.indices.filter {
      !recording.errors[$0].isNaN && recording.diffuseErrorVariances[$0] == 0
    }
    return Innovations(
      times: times, errors: times.map { recording.errors[$0] },
      variances: times.map { recording.errorVariances[$0] })
  }
}
