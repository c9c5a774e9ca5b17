import RealModule

/// The H test of A. C. Harvey, "Forecasting, structural time series models and the Kalman filter" (1989,
/// section 5.4.2): the sum of squares of the last third of the errors over that of the first third, h errors
/// each, against an F of h and h degrees of freedom, both tails.
enum VarianceRatio {
  static let name = "variance ratio"
  static let fewestErrors = 8

  static func outcome(_ errors: ErrorSequence) -> DiagnosticOutcome {
    if let reason = errors.obstacle(atLeast: fewestErrors) { return .absent(name: name, reason: reason) }
    let h = Int((Double(errors.count) / 3).rounded())
    let first = errors.values.prefix(h).reduce(0) { $0 + $1 * $1 }
    let last = errors.values.suffix(h).reduce(0) { $0 + $1 * $1 }
    guard first > 0, let tails = TailProbability.f(last / first, h, h) else {
      return .absent(name: name, reason: "the first third of the errors is zero")
    }
    let ratio = last / first
    return .tested(
      DiagnosticTest(
        name, statistic: ratio, degreesOfFreedom: [h, h], pValue: min(1, 2 * min(tails.lower, tails.upper)),
        failed: ratio > 1
          ? "the errors have grown over the years: the intervals ahead are likely too narrow"
          : "the errors have shrunk over the years: the intervals ahead are likely too wide",
        passed: "nothing shows that the errors have grown or shrunk"))
  }
}
