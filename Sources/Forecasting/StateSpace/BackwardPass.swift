/// The recursions of the smoother, from the last time to the first: r and N, with their expansions in 1/κ while the
/// filter's start was diffuse.
struct BackwardPass {
  private let m: Int
  private let series: ObservedSeries
  private let recording: FilterRecording
  private let system: StateSpace
  private let firstProper: Int
  private var loading: [Double]
  private var r0: [Double]
  private var r1: [Double]
  private var n0: [Double]
  private var n1: [Double]
  private var n2: [Double]

  init(_ system: StateSpace, _ series: ObservedSeries, _ recording: FilterRecording) {
    m = system.dimension
    self.system = system
    self.series = series
    self.recording = recording
    firstProper = recording.ranks.firstIndex(of: 0) ?? recording.count
    loading = system.loading
    r0 = Array(repeating: 0, count: m)
    r1 = r0
    n0 = Array(repeating: 0, count: m * m)
    n1 = n0
    n2 = n0
  }

  /// r ← Tᵀ r and N ← Tᵀ N T: from a time to the end of the one before.
  mutating func retreat() {
    r0 = transposed(r0)
    r1 = transposed(r1)
    n0 = sandwiched(n0)
    n1 = sandwiched(n1)
    n2 = sandwiched(n2)
  }

  /// What the observation of a time adds.
  mutating func observe(_ time: Int) {
    let error = recording.errors[time]
    guard !error.isNaN else { return }
    for k in 0..<system.covariates {
      loading[m - system.covariates + k] = series.covariates[time * system.covariates + k]
    }
    let variance = recording.errorVariances[time]
    let diffuse = recording.diffuseErrorVariances[time]
    let covariance = (0..<m).map { recording.covariances[time * m + $0] }
    if diffuse > 0 {
      observeDiffuse(time, error: error, variance: variance, diffuse: diffuse, covariance: covariance)
    } else if variance > 0 {
      // L = I − K Z with K = M/F, on either side of r and N.
      let gain = covariance.map { $0 / variance }
      r0 = plus(reduced(r0, gain), loading, error / variance)
      n0 = plusOuter(congruent(n0, gain), 1 / variance)
      guard recording.ranks[time] > 0 else { return }
      // The direction that is still diffuse is not seen: the expansions only pass through L.
      r1 = reduced(r1, gain)
      n1 = congruent(n1, gain)
      n2 = congruent(n2, gain)
    }
  }

  /// L = L₀ + L₁/κ with L₀ = I − K₀ Z and L₁ = −K₁ Z, K₀ = M∞/F∞ and K₁ = (M − K₀ F)/F∞.
  private mutating func observeDiffuse(
    _ time: Int, error: Double, variance: Double, diffuse: Double, covariance: [Double]
  ) {
    let block = recording.diffuseVariances[(time * m * m)..<((time + 1) * m * m)]
    let first = (0..<m).map { i in
      (0..<m).reduce(0) { $0 + block[block.startIndex + i * m + $1] * loading[$1] } / diffuse
    }
    let second = (0..<m).map { (covariance[$0] - first[$0] * variance) / diffuse }
    // L₁ᵀ x = −Zᵀ (K₁ᵀ x); the new r₁ and N need the old r₀ and N.
    r1 = plus(reduced(r1, first), loading, error / diffuse - dot(second, r0))
    r0 = reduced(r0, first)
    // L₁ᵀ N₀ L₀ = −Zᵀ gᵀ with g = L₀ᵀ N₀ K₁, and likewise for N₁; L₁ᵀ N₀ L₁ = (K₁ᵀ N₀ K₁) Zᵀ Z.
    let g0 = reduced(product(n0, second), first)
    let g1 = reduced(product(n1, second), first)
    let curvature = dot(second, product(n0, second))
    n2 = plusOuter(
      minusCross(congruent(n2, first), g1), curvature - variance / (diffuse * diffuse))
    n1 = plusOuter(minusCross(congruent(n1, first), g0), 1 / diffuse)
    n0 = congruent(n0, first)
  }

  /// α̂ = a + P r₀ + P∞ r₁ and V = P − P N₀ P − P∞ N₁ P − P N₁ P∞ − P∞ N₂ P∞.
  func smooth(
    _ time: Int, state: UnsafeMutableBufferPointer<Double>, variance: UnsafeMutableBufferPointer<Double>
  ) {
    let p = (0..<(m * m)).map { recording.variances[time * m * m + $0] }
    let change = product(p, r0)
    for i in 0..<m { state[i] = recording.states[time * m + i] + change[i] }
    let pn = multiplied(p, n0)
    var v = zip(p, multiplied(pn, p)).map { $0 - $1 }
    if time < firstProper {
      let q = Array(recording.diffuseVariances[(time * m * m)..<((time + 1) * m * m)])
      let diffuseChange = product(q, r1)
      for i in 0..<m { state[i] += diffuseChange[i] }
      let cross = multiplied(multiplied(q, n1), p)
      let square = multiplied(multiplied(q, n2), q)
      for i in 0..<m {
        for j in 0..<m { v[i * m + j] -= cross[i * m + j] + cross[j * m + i] + square[i * m + j] }
      }
    }
    for i in 0..<m {
      for j in 0..<m { variance[i * m + j] = 0.5 * (v[i * m + j] + v[j * m + i]) }
    }
  }
}

// MARK: Products of small matrices, row by row

extension BackwardPass {
  private func dot(_ x: [Double], _ y: [Double]) -> Double { zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }

  /// x + factor Zᵀ.
  private func plus(_ x: [Double], _ z: [Double], _ factor: Double) -> [Double] {
    zip(x, z).map { $0 + factor * $1 }
  }

  /// Lᵀ x with L = I − K Z: x − Zᵀ (Kᵀ x).
  private func reduced(_ x: [Double], _ gain: [Double]) -> [Double] { plus(x, loading, -dot(gain, x)) }

  /// Tᵀ x.
  private func transposed(_ x: [Double]) -> [Double] {
    var result = Array(repeating: 0.0, count: m)
    for i in 0..<m {
      for j in 0..<m { result[j] += system.transition[i * m + j] * x[i] }
    }
    return result
  }

  /// X x.
  private func product(_ matrix: [Double], _ x: [Double]) -> [Double] {
    (0..<m).map { i in (0..<m).reduce(0) { $0 + matrix[i * m + $1] * x[$1] } }
  }

  /// X Y.
  private func multiplied(_ x: [Double], _ y: [Double]) -> [Double] {
    var result = Array(repeating: 0.0, count: m * m)
    for i in 0..<m {
      for k in 0..<m where x[i * m + k] != 0 {
        for j in 0..<m { result[i * m + j] += x[i * m + k] * y[k * m + j] }
      }
    }
    return result
  }

  /// Tᵀ N T.
  private func sandwiched(_ n: [Double]) -> [Double] {
    let right = multiplied(n, system.transition)
    var result = Array(repeating: 0.0, count: m * m)
    for k in 0..<m {
      for i in 0..<m where system.transition[k * m + i] != 0 {
        for j in 0..<m { result[i * m + j] += system.transition[k * m + i] * right[k * m + j] }
      }
    }
    return result
  }

  /// Lᵀ N L with L = I − K Z: N − Zᵀ gᵀ − g Z + (Kᵀ g) Zᵀ Z with g = N K.
  private func congruent(_ n: [Double], _ gain: [Double]) -> [Double] {
    let g = product(n, gain)
    return plusOuter(minusCross(n, g), dot(gain, g))
  }

  /// N − Zᵀ gᵀ − g Z.
  private func minusCross(_ n: [Double], _ g: [Double]) -> [Double] {
    var result = n
    for i in 0..<m {
      for j in 0..<m { result[i * m + j] -= loading[i] * g[j] + g[i] * loading[j] }
    }
    return result
  }

  /// N + factor Zᵀ Z.
  private func plusOuter(_ n: [Double], _ factor: Double) -> [Double] {
    var result = n
    for i in 0..<m {
      for j in 0..<m { result[i * m + j] += factor * loading[i] * loading[j] }
    }
    return result
  }
}
