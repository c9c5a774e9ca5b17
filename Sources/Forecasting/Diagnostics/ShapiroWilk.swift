import RealModule
import Statistics

/// The test of S. S. Shapiro and M. B. Wilk, "An analysis of variance test for normality" (1965), after P.
/// Royston, "Remark AS R94: a remark on algorithm AS 181" (1995), for 3 to 5000 observations.
///
/// W is the squared correlation, or nearly so, between the ordered errors and what an ordered normal sample
/// of that size would be on average. Of the usual tests of normality it sees most in short series.
enum ShapiroWilk {
  static let name = "Shapiro-Wilk"
  static let sizes = 3...5000

  static func outcome(_ errors: ErrorSequence) -> DiagnosticOutcome {
    if let reason = errors.obstacle(atLeast: sizes.lowerBound) { return .absent(name: name, reason: reason) }
    guard errors.count <= sizes.upperBound else {
      return .absent(
        name: name,
        reason: "its distribution is known for up to \(sizes.upperBound) errors and there are \(errors.count)"
      )
    }
    let a = weights(errors.count)
    let x = errors.centred.sorted()
    var (product, squares) = (0.0, 0.0)
    for (index, weight) in a.enumerated() { product += weight * (x[x.count - 1 - index] - x[index]) }
    for value in x { squares += value * value }
    // The weights have a sum of squares of one half, counted once for either end. The difference from one is
    // formed from a product, so that a W close to one keeps its digits.
    let root = squares.squareRoot()
    let complement = min(1, max(0, (root - product) * (root + product) / squares))
    return .tested(
      DiagnosticTest(
        name, statistic: 1 - complement, pValue: pValue(complement: complement, count: x.count),
        failed:
          "the errors do not follow a bell curve: the outer limits of the forecast are "
          + "less sure than they look",
        passed: "nothing shows that the errors depart from a bell curve"))
  }

  /// The weights of the differences between the largest and smallest, second largest and second smallest ...
  /// values.
  static func weights(_ count: Int) -> [Double] {
    guard count > 3 else { return [Double.sqrt(0.5)] }
    let n = Double(count)
    // Blom's approximation to the expected order statistics, largest first.
    let m = (1...(count / 2)).map { -StandardNormal.quantile((Double($0) - 0.375) / (n + 0.25)) }
    let squares = 2 * m.reduce(0) { $0 + $1 * $1 }
    let root = squares.squareRoot()
    let inverseRoot = 1 / n.squareRoot()
    let first =
      m[0] / root + polynomial([0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056], inverseRoot)
    guard count > 5 else {
      let factor = ((squares - 2 * m[0] * m[0]) / (1 - 2 * first * first)).squareRoot()
      return [first] + m.dropFirst().map { $0 / factor }
    }
    let second =
      m[1] / root + polynomial([0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633], inverseRoot)
    let factor =
      ((squares - 2 * m[0] * m[0] - 2 * m[1] * m[1]) / (1 - 2 * first * first - 2 * second * second))
      .squareRoot()
    return [first, second] + m.dropFirst(2).map { $0 / factor }
  }

  /// The probability of a W so small, from 1 − W.
  static func pValue(complement: Double, count: Int) -> Double {
    let n = Double(count)
    if count == 3 {
      // Exact: 6/π (asin √W − asin √¾).
      let angle = Double.asin((1 - complement).squareRoot()) - Double.asin(Double.sqrt(0.75))
      return min(1, max(0, 6 / Double.pi * angle))
    }
    let y = Double.log(complement)
    if count <= 11 {
      let gamma = polynomial([-2.273, 0.459], n)
      guard y < gamma else { return 0 }
      let mean = polynomial([0.544, -0.39978, 0.025054, -6.714e-4], n)
      let deviation = Double.exp(polynomial([1.3822, -0.77857, 0.062767, -0.0020322], n))
      return StandardNormal.complement((-Double.log(gamma - y) - mean) / deviation)
    }
    let logarithm = Double.log(n)
    let mean = polynomial([-1.5861, -0.31082, -0.083751, 0.0038915], logarithm)
    let deviation = Double.exp(polynomial([-0.4803, -0.082676, 0.0030302], logarithm))
    return StandardNormal.complement((y - mean) / deviation)
  }

  private static func polynomial(_ coefficients: [Double], _ x: Double) -> Double {
    coefficients.reversed().reduce(0) { $0 * x + $1 }
  }
}
