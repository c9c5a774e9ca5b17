/// The test of C. M. Jarque and A. K. Bera, "A test for normality of observations and regression residuals"
/// (1987): n/6 (S² + (K − 3)²/4), with skewness S and kurtosis K, against a chi-squared of two degrees of
/// freedom.
///
/// The chi-squared is only a limit, and reached slowly: below some hundred observations the test rejects too
/// seldom, and with twenty hardly ever. It is reported because it is asked for; ``ShapiroWilk`` decides.
enum JarqueBera {
  static let name = "Jarque-Bera"
  static let fewestErrors = 8

  static func outcome(_ errors: ErrorSequence) -> DiagnosticOutcome {
    if let reason = errors.obstacle(atLeast: fewestErrors) { return .absent(name: name, reason: reason) }
    let n = Double(errors.count)
    var (second, third, fourth) = (0.0, 0.0, 0.0)
    for e in errors.centred {
      let square = e * e
      second += square / n
      third += square * e / n
      fourth += square * square / n
    }
    let skewness = third / (second * second.squareRoot())
    let excess = fourth / (second * second) - 3
    let statistic = n / 6 * (skewness * skewness + excess * excess / 4)
    guard let p = TailProbability.chiSquared(statistic, degreesOfFreedom: 2) else {
      return .absent(name: name, reason: TailProbability.reason)
    }
    return .tested(
      DiagnosticTest(
        name, statistic: statistic, degreesOfFreedom: [2], pValue: p,
        failed: "the errors lean to one side or hold more extremes than a bell curve: "
          + "the outer limits of the forecast are less sure than they look",
        passed: n < 100
          ? "no leaning and no surplus of extremes shows, but with fewer than 100 errors this test seldom "
            + "sees one"
          : "nothing shows that the errors lean to one side or hold more extremes than a bell curve"))
  }
}
