#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

// Draws of counts, as Double: a count may be larger than Int holds, and a parameter outside the stated domain gives
// NaN. The two rejection methods compare with the probability in Loader's saddle-point form, so that they are exact
// up to means where the double-precision numbers themselves are further apart than 1.
extension RandomStream {
  /// A Poisson draw, for `mean` finite and 0 or more; otherwise NaN.
  ///
  /// Below a mean of 10 by inversion of one uniform, increasing in it; from 10 by the transformed rejection PTRS
  /// of W. Hörmann, "The transformed rejection method for generating Poisson random variables" (1993).
  public mutating func poisson(mean: Double) -> Double {
    guard mean >= 0, mean.isFinite else { return .nan }
    if mean < 10 {
      return inverted(first: exp(-mean), limit: .infinity) { probability, k in probability * (mean / k) }
    }
    let b = 0.931 + 2.53 * mean.squareRoot()
    let a = -0.059 + 0.02483 * b
    let inverseAlpha = 1.1239 + 1.1328 / (b - 3.4)
    let sure = 0.9277 - 3.6224 / (b - 2)
    while true {
      let u = uniform() - 0.5
      let v = uniform()
      let us = 0.5 - abs(u)
      let k = ((2 * a / us + b) * u + mean + 0.43).rounded(.down)
      if us >= 0.07, v <= sure { return k }
      if k < 0 || (us < 0.013 && v > us) { continue }
      if log(v * inverseAlpha / (a / (us * us) + b)) <= SaddlePoint.logPoisson(k, mean: mean) { return k }
    }
  }

  /// A binomial draw, for `trials` a whole number 0 or more and `probability` from 0 to 1; otherwise NaN.
  ///
  /// Below 10 expected successes (or failures, if they are the rarer) by inversion of one uniform; from 10 by the
  /// transformed rejection BTRS of W. Hörmann, "The generation of binomial random variates" (1993). `trials` is a
  /// Double because it is often a draw itself: those who stay, out of those who came.
  public mutating func binomial(trials: Double, probability: Double) -> Double {
    guard trials >= 0, trials.isFinite, trials == trials.rounded(.down) else { return .nan }
    guard probability >= 0, probability <= 1 else { return .nan }
    if probability <= 0.5 { return rarer(trials, probability, 1 - probability) }
    return trials - rarer(trials, 1 - probability, probability)
  }

  /// A binomial draw of the rarer outcome: p ≤ q = 1 − p.
  private mutating func rarer(_ n: Double, _ p: Double, _ q: Double) -> Double {
    let mean = n * p
    if mean == 0 { return 0 }
    if mean < 10 {
      let odds = p / q
      return inverted(first: exp(n * log1p(-p)), limit: n) { probability, k in
        probability * ((n - k + 1) / k) * odds
      }
    }
    let spread = (mean * q).squareRoot()
    let b = 1.15 + 2.53 * spread
    let a = -0.0873 + 0.0248 * b + 0.01 * p
    let alpha = (2.83 + 5.1 / b) * spread
    let sure = 0.92 - 4.2 / b
    let mode = ((n + 1) * p).rounded(.down)
    let atMode = SaddlePoint.logBinomial(successes: mode, failures: n - mode, p, q)
    while true {
      let u = uniform() - 0.5
      let v = uniform()
      let us = 0.5 - abs(u)
      let k = ((2 * a / us + b) * u + mean + 0.5).rounded(.down)
      guard k >= 0, k <= n else { continue }
      if us >= 0.07, v <= sure { return k }
      let relative = SaddlePoint.logBinomial(successes: k, failures: n - k, p, q) - atMode
      if log(v * alpha / (a / (us * us) + b)) <= relative { return k }
    }
  }

  /// A negative binomial draw by `size` and `mean`, for `size` positive and finite and `mean` finite and 0 or more;
  /// otherwise NaN. A Poisson draw whose mean is a gamma draw.
  public mutating func negativeBinomial(size: Double, mean: Double) -> Double {
    guard isPositive(size), mean >= 0, mean.isFinite else { return .nan }
    if mean == 0 { return 0 }
    return poisson(mean: gamma(shape: size, scale: mean / size))
  }

  /// The smallest count whose distribution function reaches a uniform draw, summing from 0.
  ///
  /// For means below 10, where count 150 is less likely than 10⁻¹⁰⁰: the sum stops there in case its rounding
  /// leaves it just under the draw for ever.
  private mutating func inverted(
    first: Double, limit: Double, next: (_ probability: Double, _ count: Double) -> Double
  ) -> Double {
    let u = uniform()
    let last = Swift.min(limit, 150)
    var probability = first
    var sum = first
    var k = 0.0
    while u > sum, k < last {
      k += 1
      probability = next(probability, k)
      sum += probability
    }
    return k
  }
}
