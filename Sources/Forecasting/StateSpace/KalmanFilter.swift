import RealModule

/// The Kalman filter with an exact diffuse start, in its univariate form (Koopman and Durbin, 2000; Durbin and Koopman,
/// 2012, chapters 4 and 5).
///
/// P∞ is held as A Aᵀ and every observation that speaks of it turns A, by a reflection, until one column alone is seen,
/// which is then known and leaves: the rank falls by exactly one, and no tolerance decides when the diffuse start ends.
/// When the gain has stopped changing, P is no longer updated. Missing observations are passed over.
///
/// A filter is made for one series and one number of states and used for many systems; a pass allocates nothing. It is
/// no value: passes share its buffers, so one filter belongs to one thread.
public final class KalmanFilter {
  /// What is filtered.
  public let series: ObservedSeries
  /// The number of states.
  public let dimension: Int
  let workspace: FilterWorkspace

  /// A direction counts as seen by an observation when its loading is more than rounding: this share of what the
  /// loading would be without cancellation.
  private static let visible = 1e-9
  /// What remains of a direction beside rounding, as a share of what it was.
  private static let remaining = 1e-12
  /// The gain has settled when no element moves by more than this share of F.
  static let settled = 1e-14

  /// A filter for a series and systems of a number of states.
  public init(_ series: ObservedSeries, dimension: Int) {
    self.series = series
    self.dimension = dimension
    workspace = FilterWorkspace(dimension: dimension)
  }

  /// Filters the series; ``predictedState`` and ``predictedVariance`` are then those of the time after the last.
  public func run(_ system: StateSpace) -> FilterSummary {
    run(system, recording: nil)
  }

  /// a(n+1): the mean of the state after the last time, given all observations.
  public var predictedState: [Double] { (0..<dimension).map { workspace.state[$0] } }

  /// P(n+1): the variance of the state after the last time, m × m, row by row.
  public var predictedVariance: [Double] { (0..<(dimension * dimension)).map { workspace.variance[$0] } }

  func run(_ system: StateSpace, recording: FilterRecording?) -> FilterSummary {
    var summary = FilterSummary()
    var determinant = LogProduct()
    let isSmall = dimension <= 2 && isConstant && recording == nil
    let reached = pass(system, recording, stopsWhenResolved: isSmall, &summary, &determinant)
    if reached < series.count {
      series.values.withUnsafeBufferPointer { values in
        let rest = UnsafeBufferPointer(rebasing: values[reached...])
        if dimension == 1 {
          filterOne(rest, system, &summary, &determinant)
        } else {
          filterTwo(rest, system, &summary, &determinant)
        }
      }
    }
    summary.unresolved = workspace.rank + workspace.forgotten
    summary.logDeterminant = determinant.logarithm
    return summary
  }

  /// Whether the system is the same at all times.
  var isConstant: Bool { series.covariateCount == 0 && series.knownVariances.isEmpty }

  /// The recursions for any number of states.
  ///
  /// - Returns: the first time that was not filtered: the end, or the time at which the diffuse start is over where the
  ///   pass stops there.
  func pass(
    _ system: StateSpace, _ recording: FilterRecording?, stopsWhenResolved: Bool,
    _ summary: inout FilterSummary, _ determinant: inout LogProduct
  ) -> Int {
    precondition(system.covariates == series.covariateCount, "the series has other covariates")
    workspace.load(system)
    let isConstant = isConstant
    // Consecutive steps over which the gain stayed the same: as many as there are states prove that P did, and the
    // first may have been held against M∞.
    var calm = 0
    return series.values.withUnsafeBufferPointer { values in
      for time in values.indices {
        if stopsWhenResolved, workspace.rank == 0 { return time }
        if system.covariates > 0 { loadCovariates(time) }
        recording?.enter(time, workspace)
        let value = values[time]
        if value.isNaN {
          calm = 0
          advance()
          continue
        }
        let known = series.knownVariances.isEmpty ? 0 : series.knownVariances[time]
        let error = value - predicted()
        summary.observations += 1
        if calm > dimension, recording == nil {
          // M and F are those of the step before.
          let variance = innovationVariance(noise: system.noise + known)
          for i in 0..<dimension { workspace.state[i] += workspace.covariance[i] * (error / variance) }
          workspace.advanceState()
          determinant.multiply(by: variance)
          summary.sumOfSquares += error * error / variance
          continue
        }
        correlate()
        let variance = innovationVariance(noise: system.noise + known)
        let diffuse = workspace.rank > 0 ? seeDiffuse() : 0
        recording?.observe(time, error: error, variance: variance, diffuse: diffuse, workspace)
        if diffuse > 0 {
          summary.diffuseObservations += 1
          summary.diffuseLogDeterminant += Double.log(diffuse)
          learnDiffuse(error: error, variance: variance, diffuse: diffuse)
        } else {
          // An observation that is foreseen without error says nothing, unless it comes otherwise.
          if variance > 0 {
            determinant.multiply(by: variance)
            summary.sumOfSquares += error * error / variance
            learn(error: error, variance: variance)
          } else if error != 0 {
            summary.sumOfSquares = .infinity
          }
          calm = isConstant && workspace.rank == 0 && hasSettled(variance) ? calm + 1 : 0
        }
        advance()
      }
      return values.count
    }
  }
}

// MARK: One observation

extension KalmanFilter {
  private func loadCovariates(_ time: Int) {
    let count = series.covariateCount
    for k in 0..<count {
      workspace.loading[dimension - count + k] = series.covariates[time * count + k]
    }
  }

  /// Z a.
  private func predicted() -> Double {
    var sum = 0.0
    for i in 0..<dimension { sum += workspace.loading[i] * workspace.state[i] }
    return sum
  }

  /// M = P Zᵀ; P is symmetric, so that its rows are added, only those with a loading.
  private func correlate() {
    let m = dimension
    let covariance = workspace.covariance
    for i in 0..<m { covariance[i] = 0 }
    for j in 0..<m {
      let loading = workspace.loading[j]
      if loading == 0 { continue }
      let row = workspace.variance + j * m
      for i in 0..<m { covariance[i] += loading * row[i] }
    }
  }

  /// F = Z M + H.
  private func innovationVariance(noise: Double) -> Double {
    var sum = noise
    for i in 0..<dimension { sum += workspace.loading[i] * workspace.covariance[i] }
    return sum
  }

  /// a ← a + M v/F and P ← P − M Mᵀ/F.
  private func learn(error: Double, variance: Double) {
    let m = dimension
    let covariance = workspace.covariance
    let gain = error / variance
    for i in 0..<m {
      workspace.state[i] += covariance[i] * gain
      let share = covariance[i] / variance
      if share == 0 { continue }
      let row = workspace.variance + i * m
      for j in 0..<m { row[j] -= share * covariance[j] }
    }
  }

  private func advance() {
    workspace.advanceState()
    workspace.advanceVariance()
    if workspace.rank > 0 { workspace.advanceDirections() }
  }

  /// Whether M is that of the step before, which it then becomes.
  private func hasSettled(_ variance: Double) -> Bool {
    var largest = 0.0
    for i in 0..<dimension {
      largest = max(largest, abs(workspace.covariance[i] - workspace.diffuseCovariance[i]))
      workspace.diffuseCovariance[i] = workspace.covariance[i]
    }
    return largest <= Self.settled * variance
  }
}

// MARK: The diffuse start

extension KalmanFilter {
  /// w = Aᵀ Zᵀ and M∞ = A w.
  ///
  /// - Returns: F∞ = wᵀ w; zero where the observation sees none of the directions.
  private func seeDiffuse() -> Double {
    let m = dimension
    let loadings = workspace.diffuseLoading
    var square = 0.0
    var bound = 0.0
    for column in 0..<workspace.rank {
      let direction = workspace.directions + column * m
      var sum = 0.0
      var size = 0.0
      for i in 0..<m {
        let term = workspace.loading[i] * direction[i]
        sum += term
        size += abs(term)
      }
      loadings[column] = sum
      square += sum * sum
      bound += size * size
    }
    guard square > Self.visible * Self.visible * bound else { return 0 }
    for i in 0..<m { workspace.diffuseCovariance[i] = 0 }
    for column in 0..<workspace.rank {
      let direction = workspace.directions + column * m
      for i in 0..<m { workspace.diffuseCovariance[i] += loadings[column] * direction[i] }
    }
    return square
  }

  /// The update with F∞ > 0: a ← a + K v and P ← P + K Kᵀ F − M Kᵀ − K Mᵀ with K = M∞/F∞, and the direction that was
  /// seen leaves A.
  private func learnDiffuse(error: Double, variance: Double, diffuse: Double) {
    let m = dimension
    let covariance = workspace.covariance
    let gains = workspace.diffuseCovariance
    for i in 0..<m {
      let gain = gains[i] / diffuse
      workspace.state[i] += gain * error
      let row = workspace.variance + i * m
      for j in 0..<m {
        let other = gains[j] / diffuse
        row[j] += gain * other * variance - covariance[i] * other - gain * covariance[j]
      }
    }
    reflect(length: diffuse.squareRoot())
  }

  /// Turns the columns of A by Householder's reflection that carries w to its first axis, and drops that column: the
  /// others, which the observation does not see, remain.
  ///
  /// A column of which nothing but rounding remains ran along the one that leaves: a singular T had forgotten what
  /// told them apart. It goes too, and counts as unresolved.
  private func reflect(length: Double) {
    let m = dimension
    let w = workspace.diffuseLoading
    let directions = workspace.directions
    // The normal u = w ± |w| e₁, with the sign that does not cancel; A ← A − 2 (A u) uᵀ / uᵀu.
    let head = w[0] + (w[0] < 0 ? -length : length)
    var square = head * head
    for column in 1..<workspace.rank { square += w[column] * w[column] }
    // A u takes the place of the column that leaves.
    for i in 0..<m {
      directions[i] *= head
      for column in 1..<workspace.rank { directions[i] += w[column] * directions[column * m + i] }
    }
    var kept = 1
    for column in 1..<workspace.rank {
      let factor = 2 * w[column] / square
      var before = 0.0
      var after = 0.0
      for i in 0..<m {
        let element = directions[column * m + i]
        let turned = element - factor * directions[i]
        before = max(before, abs(element))
        after = max(after, abs(turned))
        directions[kept * m + i] = turned
      }
      if after > Self.remaining * before { kept += 1 } else { workspace.forgotten += 1 }
    }
    for k in 0..<((kept - 1) * m) { directions[k] = directions[m + k] }
    workspace.rank = kept - 1
  }
}
