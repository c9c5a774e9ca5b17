/// The smoothing parameters for which early observations lose their influence on the forecast: the eigenvalues of the
/// discount matrix lie inside the unit circle (Hyndman, Koehler, Ord and Snyder, 2008, section 10.2; Hyndman, Akram and
/// Archibald, "The admissible parameter space for exponential smoothing models", 2008).
///
/// The condition is that of the linear form with the same trend and season; a form that multiplies is held to it too, as
/// is the custom.
struct AdmissibleRegion {
  let hasTrend: Bool
  /// 1 where there is no season.
  let period: Int

  init(form: ETSForm, period: Int) {
    hasTrend = form.trend != .none
    self.period = form.season == .none ? 1 : period
  }

  /// Whether all roots lie inside the unit circle, by the test of Schur and Cohn.
  func contains(_ weights: SmoothingWeights) -> Bool {
    var polynomial = Self.movingAverage(weights, hasTrend: hasTrend, period: period)
    // Each step divides out one reflection coefficient; the series is invertible while they stay below one.
    for degree in stride(from: polynomial.count - 1, through: 1, by: -1) {
      let reflection = polynomial[degree] / polynomial[0]
      guard abs(reflection) < 1 else { return false }
      polynomial = (0..<degree).map { polynomial[$0] - reflection * polynomial[degree - $0] }
    }
    return true
  }

  /// The coefficients of 1, L, L² … in the moving average of the differenced series that the form implies.
  ///
  /// With U = 1 + L + … + L^(m-1), the differenced series is
  /// (1 - phi L)(1 - L^m) + alpha L (1 - phi L) U + phi beta L U + gamma L^m (1 - phi L) times the errors, and the factors
  /// in phi fall away where there is no trend. Without a season m is one and gamma nothing.
  static func movingAverage(_ weights: SmoothingWeights, hasTrend: Bool, period m: Int) -> [Double] {
    let phi = hasTrend ? weights.phi : 0
    var sum = [Double](repeating: 0, count: m + 2)
    /// Adds `factor` L^`power` (1 - phi L), or without its second term.
    func add(_ factor: Double, _ power: Int, fading: Bool) {
      sum[power] += factor
      if fading { sum[power + 1] -= factor * phi }
    }
    add(1, 0, fading: true)
    add(-1, m, fading: true)
    for lag in 1...m {
      add(weights.alpha, lag, fading: true)
      add(phi * weights.beta, lag, fading: false)
    }
    if m > 1 { add(weights.gamma, m, fading: true) }
    return hasTrend ? sum : Array(sum.dropLast())
  }
}
