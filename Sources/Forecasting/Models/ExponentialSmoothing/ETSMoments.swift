/// Mean and variance of the values to come, given parameters and final states: the formulas of Hyndman, Koehler, Ord and
/// Snyder (2008, chapter 6), for the three classes of forms that have them.
///
/// They take the parameters as known, so they are narrower than the forecast.
struct ETSMoments {
  /// Of steps 1 to the horizon.
  private(set) var means: [Double] = []
  private(set) var variances: [Double] = []

  /// - Parameters:
  ///   - estimate: parameters and final states.
  ///   - variance: of one error.
  /// - Returns: nil for forms whose moments have no formula.
  init?(_ estimate: ETSEstimate, variance: Double, horizon: Int) {
    let form = estimate.form
    switch (form.error, form.season) {
    case (.additive, _) where form.isLinear:
      let linear = LinearForecast(estimate, horizon: horizon)
      means = linear.means
      variances = linear.varianceFactors.map { $0 * variance }
    case (.multiplicative, _) where form.isLinear:
      relative(LinearForecast(estimate, horizon: horizon), variance: variance)
    case (.multiplicative, .multiplicative) where !form.trend.isMultiplicative:
      seasonal(estimate, variance: variance, horizon: horizon)
    default: return nil
    }
  }

  /// Class 2, linear recursions with multiplicative errors: the errors are as wide as the values are high, and the second
  /// moments theta of the expectations follow from one another (section 6.3).
  private mutating func relative(_ linear: LinearForecast, variance: Double) {
    var moments: [Double] = []
    for (step, mean) in linear.means.enumerated() {
      var sum = 0.0
      for lag in 0..<step {
        sum += linear.responses[lag] * linear.responses[lag] * moments[step - 1 - lag]
      }
      moments.append(mean * mean + variance * sum)
      variances.append((1 + variance) * moments[step] - mean * mean)
    }
    means = linear.means
  }

  /// Class 3, multiplicative errors and seasons: the products of level and growth with every season are followed, with
  /// their covariance (section 6.4).
  ///
  /// The products stand in the order in which their seasons come next, two to a season; what stands first is used, and
  /// returns as the last. The growth enters a forecast damped, as it does in the recursion.
  private mutating func seasonal(_ estimate: ETSEstimate, variance: Double, horizon: Int) {
    let (weights, period) = (estimate.weights, estimate.period)
    let transition = Pair(1, weights.phi, 0, weights.phi)
    let gain = Pair(weights.alpha, weights.alpha * weights.phi, weights.beta, weights.beta * weights.phi)
    let growth = estimate.form.trend == .none ? 0 : estimate.final.growth
    var products = estimate.final.season.map { SIMD2(estimate.final.level * $0, growth * $0) }
    var covariance = [Pair](repeating: Pair(0, 0, 0, 0), count: period * period)
    var next = covariance
    let use = SIMD2(1, weights.phi)
    for _ in 0..<horizon {
      let mean = (use * products[0]).sum()
      let doubt = (use * (covariance[0] * use)).sum()
      means.append(mean)
      variances.append((1 + variance) * doubt + variance * mean * mean)
      for i in 0..<period {
        for j in 0..<period {
          let (from, to) = ((i + 1) % period, (j + 1) % period)
          let known = covariance[from * period + to]
          let square = Pair(outer: products[from], products[to])
          // The season that was used is moved by its own share of the error besides.
          let (own, other) = (i == period - 1 ? weights.gamma : 0, j == period - 1 ? weights.gamma : 0)
          let left = transition.scaled(own) + gain
          let right = transition.scaled(other) + gain
          let (leftGain, rightGain) = (gain.scaled(own), gain.scaled(other))
          let first =
            transition * known * rightGain.transposed + leftGain * known * transition.transposed
            + left * (known + square) * right.transposed
          let second =
            leftGain * (known.scaled(3) + square.scaled(2)) * rightGain.transposed
          next[i * period + j] =
            transition * known * transition.transposed
            + (first + second.scaled(variance)).scaled(variance)
        }
      }
      swap(&covariance, &next)
      let used = products[0]
      for i in 0..<(period - 1) { products[i] = transition * products[i + 1] }
      products[period - 1] = transition * used + (gain * used) * (weights.gamma * variance)
    }
  }

  /// A matrix of two rows and two columns.
  private struct Pair {
    var first: SIMD2<Double>
    var second: SIMD2<Double>

    init(_ a: Double, _ b: Double, _ c: Double, _ d: Double) {
      first = SIMD2(a, b)
      second = SIMD2(c, d)
    }

    init(outer left: SIMD2<Double>, _ right: SIMD2<Double>) {
      first = left[0] * right
      second = left[1] * right
    }

    var transposed: Pair { Pair(first[0], second[0], first[1], second[1]) }

    func scaled(_ factor: Double) -> Pair {
      Pair(first[0] * factor, first[1] * factor, second[0] * factor, second[1] * factor)
    }

    static func + (left: Pair, right: Pair) -> Pair {
      let (first, second) = (left.first + right.first, left.second + right.second)
      return Pair(first[0], first[1], second[0], second[1])
    }

    static func * (left: Pair, right: SIMD2<Double>) -> SIMD2<Double> {
      SIMD2((left.first * right).sum(), (left.second * right).sum())
    }

    static func * (left: Pair, right: Pair) -> Pair {
      let first = left.first[0] * right.first + left.first[1] * right.second
      let second = left.second[0] * right.first + left.second[1] * right.second
      return Pair(first[0], first[1], second[0], second[1])
    }
  }
}
