import Statistics

/// The test of equal accuracy of two forecasters (F. X. Diebold and R. S. Mariano, 1995), with the correction for few
/// forecasts of D. Harvey, S. Leybourne and P. Newbold (1997).
///
/// The differences of the losses are compared with their own long-run variance: forecasts of h periods overlap, so
/// that their errors are correlated over h − 1 of them. The corrected statistic is compared with Student's t with one
/// degree of freedom fewer than there are differences.
public struct DieboldMariano: Hashable, Sendable {
  /// The mean of the differences; negative where the first forecaster lost less.
  public let meanDifference: Double
  /// The corrected statistic.
  public let statistic: Double
  /// The degrees of freedom of the t distribution that it is compared with.
  public let degreesOfFreedom: Int
  /// The probability of a statistic at least as far from zero, were both equally accurate.
  public let pValue: Double
  /// Whether the autocovariances were weighted (M. S. Bartlett's weights, as W. K. Newey and K. D. West use them, 1987),
  /// because their plain sum is not a positive variance.
  public let usesBartlettWeights: Bool

  /// The outcome of a comparison: the test, or why there is none.
  public enum Outcome: Hashable, Sendable {
    /// The test was made.
    case tested(DieboldMariano)
    /// There is nothing to test; the reason is a sentence without its full stop.
    case absent(reason: String)

    /// The test, where it was made.
    public var test: DieboldMariano? {
      if case .tested(let test) = self { test } else { nil }
    }
  }

  /// Compares two forecasters.
  ///
  /// - Parameters:
  ///   - differences: the loss of the first less that of the second, in the order of time.
  ///   - horizon: how many periods ahead the forecasts are, 1 or more.
  public static func compare(differences: [Double], horizon: Int) -> Outcome {
    let count = differences.count
    let needed = max(horizon + 1, 3)
    guard horizon >= 1, differences.allSatisfy(\.isFinite) else {
      return .absent(reason: "the losses are not finite numbers at a horizon of 1 or more")
    }
    guard count >= needed else {
      return .absent(
        reason: "forecasts from \(needed) origins are needed and there are \(count); ask for more origins")
    }
    let size = differences.reduce(0) { max($0, abs($1)) }
    guard size > 0 else { return .absent(reason: "the two made the same errors") }
    // In units of the largest, so that no square runs out of range.
    let scaled = differences.map { $0 / size }
    let mean = scaled.reduce(0, +) / Double(count)
    func autocovariance(_ lag: Int) -> Double {
      var sum = 0.0
      for index in lag..<count { sum += (scaled[index] - mean) * (scaled[index - lag] - mean) }
      return sum / Double(count)
    }
    let variances = (0..<horizon).map(autocovariance)
    guard variances[0] > 1e-24 else {
      return .absent(reason: "one loses more than the other by the same amount at every origin")
    }
    var longRun = variances.dropFirst().reduce(variances[0]) { $0 + 2 * $1 }
    let usesBartlettWeights = !(longRun > 1e-12 * variances[0])
    if usesBartlettWeights {
      longRun = variances[0]
      for lag in 1..<horizon { longRun += 2 * (1 - Double(lag) / Double(horizon)) * variances[lag] }
    }
    let (n, h) = (Double(count), Double(horizon))
    let correction = ((n + 1 - 2 * h + h * (h - 1) / n) / n).squareRoot()
    let statistic = correction * mean / (longRun / n).squareRoot()
    guard longRun > 0, statistic.isFinite,
      let tail = try? StudentT(degreesOfFreedom: n - 1).complement(abs(statistic))
    else { return .absent(reason: "the differences have no variance that could be estimated") }
    return .tested(
      DieboldMariano(
        meanDifference: mean * size, statistic: statistic, degreesOfFreedom: count - 1,
        pValue: min(1, 2 * tail), usesBartlettWeights: usesBartlettWeights))
  }
}
