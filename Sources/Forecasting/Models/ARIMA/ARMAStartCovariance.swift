/// What an ARMA process carries into its first observation: the vector v, vᵢ the part of the i-th equation
///
///     wᵢ = Σ_{k<i} φₖ wᵢ₋ₖ + vᵢ + εᵢ + Σ_{k<i} θₖ εᵢ₋ₖ,      i = 1 … r = max(degrees),
///
/// that comes from before the first observation (Ljung and Box, 1979). In units of the innovations' variance
/// its covariance V depends on the coefficients alone; here it is found with a factor C, V = CCᵀ.
struct ARMAStartCovariance: ~Copyable {
  private let autoregressive: Int
  private let movingAverage: Int
  private let dimension: Int
  /// The coefficients of the autoregressions of all lower orders, one below the other.
  private let lower: UnsafeMutablePointer<Double>
  private let gammaU: UnsafeMutablePointer<Double>
  private let crossed: UnsafeMutablePointer<Double>
  private let gammaW: UnsafeMutablePointer<Double>

  init(orders: ARMAOrders) {
    autoregressive = orders.autoregressiveDegree
    movingAverage = orders.movingAverageDegree
    dimension = orders.stateDimension
    lower = .allocate(capacity: max(1, autoregressive * autoregressive))
    gammaU = .allocate(capacity: dimension + movingAverage + 1)
    crossed = .allocate(capacity: dimension + movingAverage + 1)
    gammaW = .allocate(capacity: dimension + 1)
  }

  deinit {
    lower.deallocate()
    gammaU.deallocate()
    crossed.deallocate()
    gammaW.deallocate()
  }

  /// Writes C, rows end to end.
  ///
  /// - Parameters:
  ///   - phi: the coefficients of φ(B) Φ(Bᵐ), as many as its degree, in the sign of 1 − φ₁B − ….
  ///   - theta: those of θ(B) Θ(Bᵐ), in the sign of 1 + θ₁B + ….
  /// - Returns: whether the process is stationary.
  func factor(
    phi: UnsafePointer<Double>, theta: UnsafePointer<Double>, into c: UnsafeMutablePointer<Double>
  ) -> Bool {
    let r = dimension
    guard autoregressive > 0 else {
      // v is a moving average of the r innovations before the start: C is a Hankel matrix of the coefficients.
      for i in 0..<r {
        for j in 0..<r { c[i * r + j] = i + j < movingAverage ? theta[i + j] : 0 }
      }
      return true
    }
    guard autocovariances(phi: phi, theta: theta) else { return false }
    // The first row of V: covariances of w₁ with every vⱼ, as w₁ = v₁ + ε₁.
    for j in 0..<r {
      var sum = gammaW[j]
      for i in 0..<min(j, autoregressive) { sum -= phi[i] * gammaW[j - 1 - i] }
      c[j] = sum - (j == 0 ? 1 : j <= movingAverage ? theta[j - 1] : 0)
    }
    // One step of time turns vᵢ into vᵢ₊₁ + φᵢ(v₁ + ε) + θᵢε, and leaves V as it is.
    for i in stride(from: r - 1, to: 0, by: -1) {
      for j in stride(from: i, to: 0, by: -1) {
        let (phiI, phiJ) = (i < autoregressive ? phi[i] : 0, j < autoregressive ? phi[j] : 0)
        let (thetaI, thetaJ) = (i < movingAverage ? theta[i] : 0, j < movingAverage ? theta[j] : 0)
        var sum = phiI * phiJ * c[0] + (phiI + thetaI) * (phiJ + thetaJ)
        if i + 1 < r { sum += c[(i + 1) * r + j + 1] + phiJ * c[i + 1] }
        if j + 1 < r { sum += phiI * c[j + 1] }
        c[i * r + j] = sum
      }
    }
    for i in 1..<max(r, 1) { c[i * r] = c[i] }
    SmallCholesky.factoriseSemidefinite(c, order: r)
    for i in 0..<r {
      for j in (i + 1)..<max(r, i + 1) { c[i * r + j] = 0 }
    }
    return true
  }

  /// The autocovariances of w at lags 0 to r − 1, from those of the pure autoregression u, φ(B)uₜ = εₜ.
  private func autocovariances(phi: UnsafePointer<Double>, theta: UnsafePointer<Double>) -> Bool {
    let k = autoregressive
    for j in 0..<k { lower[(k - 1) * k + j] = phi[j] }
    var variance = 1.0
    for order in stride(from: k - 1, through: 0, by: -1) {
      let row = lower + order * k
      let partial = row[order]
      let shrink = 1 - partial * partial
      guard shrink > 0 else { return false }
      variance /= shrink
      guard order > 0 else { break }
      let below = lower + (order - 1) * k
      for j in 0..<order { below[j] = (row[j] + partial * row[order - 1 - j]) / shrink }
    }
    guard variance.isFinite else { return false }
    gammaU[0] = variance
    let last = dimension - 1 + movingAverage
    for lag in 1..<max(last + 1, 1) {
      let order = min(lag, k)
      let row = lower + (order - 1) * k
      var sum = 0.0
      for j in 0..<order { sum += row[j] * gammaU[lag - 1 - j] }
      gammaU[lag] = sum
    }
    for lag in 0...last {
      var sum = gammaU[lag]
      for j in 0..<movingAverage where theta[j] != 0 { sum += theta[j] * gammaU[abs(lag - 1 - j)] }
      crossed[lag] = sum
    }
    for lag in 0..<dimension {
      var sum = crossed[lag]
      for j in 0..<movingAverage where theta[j] != 0 { sum += theta[j] * crossed[lag + 1 + j] }
      gammaW[lag] = sum
    }
    return true
  }
}
