import CBoostMath

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Logarithms of probabilities by the saddle-point expansion of C. Loader, "Fast and accurate computation of
/// binomial probabilities" (2000).
///
/// The textbook form, k log λ − λ − log k!, subtracts numbers of the size of λ log λ and loses every digit at a
/// mean of 10¹⁵. Loader's form adds the deviance from the mean, which is small where the probability is not.
enum SaddlePoint {
  static let logTwoPi = 1.837877066409345483560659472811

  /// log n! − log(√(2πn) (n/e)ⁿ), the error of Stirling's formula, for n > 0 whole or not.
  static func stirlingError(_ n: Double) -> Double {
    if n <= 15 {
      return cboost_log_gamma(n + 1) - (n + 0.5) * log(n) + n - 0.5 * logTwoPi
    }
    let square = n * n
    let tail = 1 / 1260.0 - (1 / 1680.0 - (1 / 1188.0) / square) / square
    return (1 / 12.0 - (1 / 360.0 - tail / square) / square) / n
  }

  /// x log(x/m) + m − x, without cancellation where x is close to m.
  static func deviance(_ x: Double, from m: Double) -> Double {
    let difference = x - m
    guard abs(difference) < 0.1 * (x + m) else {
      return x == 0 ? m : x * log(x / m) + m - x
    }
    var v = difference / (x + m)
    var sum = difference * v
    var term = 2 * x * v
    v *= v
    for j in 1..<1000 {
      term *= v
      let next = sum + term / Double(2 * j + 1)
      if next == sum { break }
      sum = next
    }
    return sum
  }

  /// log(λˣ e^{−λ} / Γ(x + 1)).
  static func logPoisson(_ x: Double, mean λ: Double) -> Double {
    if λ == 0 { return x == 0 ? 0 : -.infinity }
    if x <= λ * Double.leastNormalMagnitude { return -λ }
    if λ < x * Double.leastNormalMagnitude { return -λ + x * log(λ) - cboost_log_gamma(x + 1) }
    return -0.5 * (logTwoPi + log(x)) - stirlingError(x) - deviance(x, from: λ)
  }

  /// log(Γ(n + 1) / (Γ(x + 1) Γ(y + 1)) pˣ qʸ) with n = x + y and q = 1 − p.
  ///
  /// Both counts and both probabilities are given, because the caller often knows the small one of each pair to
  /// more digits than a subtraction from n or 1 would leave.
  static func logBinomial(successes x: Double, failures y: Double, _ p: Double, _ q: Double) -> Double {
    if p == 0 { return x == 0 ? 0 : -.infinity }
    if q == 0 { return y == 0 ? 0 : -.infinity }
    if x == 0 { return p > q ? y * log(q) : y * log1p(-p) }
    if y == 0 { return p > q ? x * log1p(-q) : x * log(p) }
    let n = x + y
    let correction = stirlingError(n) - stirlingError(x) - stirlingError(y)
    let distance = deviance(x, from: n * p) + deviance(y, from: n * q)
    return correction - distance - 0.5 * (logTwoPi + log(x) + log(y / n))
  }
}
