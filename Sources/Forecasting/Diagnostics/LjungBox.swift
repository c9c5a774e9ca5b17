import Statistics

/// The portmanteau test of G. M. Ljung and G. E. P. Box, "On a measure of lack of fit in time series models"
/// (1978).
///
/// Q = n (n + 2) Σ r²ₖ / nₖ over lags 1 to K, where nₖ is the number of pairs of errors k periods apart: n −
/// k where no period is missing, and fewer where one is (Stoffer and Toloi, 1992). K is 10 without a season
/// and two seasons with one, and at most a fifth of the errors (Hyndman and Athanasopoulos, 2021, section
/// 5.4).
///
/// Q is compared with a chi-squared of K less the number of dynamic parameters, and of at least one degree of
/// freedom: where a short series has fewer lags than its model has parameters, the test is made against one
/// degree and errs on the side of passing the model.
struct LjungBox {
  static let name = "Ljung-Box"
  static let fewestErrors = 8

  /// The autocorrelations at lags 1 to K, about the mean of the errors.
  let autocorrelations: [Double]
  let outcome: DiagnosticOutcome

  init(_ errors: ErrorSequence, season: Int, dynamicParameters: Int) {
    if let reason = errors.obstacle(atLeast: Self.fewestErrors) {
      autocorrelations = []
      outcome = .absent(name: Self.name, reason: reason)
      return
    }
    let n = Double(errors.count)
    let e = errors.centred
    let squares = e.reduce(0) { $0 + $1 * $1 }
    let lags = Self.lags(count: errors.count, season: season)
    var autocorrelations: [Double] = []
    var sum = 0.0
    for lag in 1...lags {
      let pairs = errors.pairs(apart: lag)
      let r = pairs.reduce(0) { $0 + e[$1.earlier] * e[$1.later] } / squares
      autocorrelations.append(r)
      if !pairs.isEmpty { sum += r * r / Double(pairs.count) }
    }
    self.autocorrelations = autocorrelations
    let q = n * (n + 2) * sum
    let freedom = max(1, lags - dynamicParameters)
    outcome =
      TailProbability.chiSquared(q, degreesOfFreedom: freedom).map {
        .tested(
          DiagnosticTest(
            Self.name, statistic: q, degreesOfFreedom: [freedom], pValue: $0,
            failed: "the errors still follow one another: the model misses something that persists",
            passed: "nothing shows that the errors follow one another"))
      } ?? .absent(name: Self.name, reason: TailProbability.reason)
  }

  /// The number of lags for a number of errors: at least one.
  static func lags(count: Int, season: Int) -> Int {
    max(1, min(season > 1 ? 2 * season : 10, count / 5))
  }
}
