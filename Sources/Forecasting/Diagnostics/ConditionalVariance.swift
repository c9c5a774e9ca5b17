import LinearAlgebra

/// The Lagrange-multiplier test of R. F. Engle, "Autoregressive conditional heteroscedasticity with estimates
/// of the variance of United Kingdom inflation" (1982): squared errors on their own past.
///
/// The number of complete rows times R² of that regression, against a chi-squared with one degree of freedom
/// for each of the lags, which are 10 and at most a fifth of the errors.
enum ConditionalVariance {
  static let name = "ARCH-LM"
  static let fewestErrors = 10

  static func outcome(_ errors: ErrorSequence) -> DiagnosticOutcome {
    if let reason = errors.obstacle(atLeast: fewestErrors) { return .absent(name: name, reason: reason) }
    let lags = max(1, min(10, errors.count / 5))
    let squares = errors.values.map { $0 * $0 }
    // A row stands for a run of lags + 1 consecutive periods; a gap leaves out the rows it touches.
    let rows = errors.positions.indices.dropFirst(lags).filter {
      errors.positions[$0] - errors.positions[$0 - lags] == lags
    }
    guard rows.count >= lags + 3 else {
      return .absent(
        name: name,
        reason: "it needs \(lags + 3) runs of \(lags + 1) consecutive periods and there are \(rows.count)")
    }
    let response = rows.map { squares[$0] }
    let design = Matrix(rows: rows.count, columns: lags + 1) { row, column in
      column == 0 ? 1 : squares[rows[row] - column]
    }
    guard response.contains(where: { $0 != response[0] }),
      let fit = try? LeastSquaresProblem(design: design).fit(response), let explained = fit.rSquared
    else {
      return .absent(name: name, reason: "the squared errors are too much alike to be told apart")
    }
    let statistic = Double(rows.count) * max(0, explained)
    guard let p = TailProbability.chiSquared(statistic, degreesOfFreedom: lags) else {
      return .absent(name: name, reason: TailProbability.reason)
    }
    return .tested(
      DiagnosticTest(
        name, statistic: statistic, degreesOfFreedom: [lags], pValue: p,
        failed:
          "large errors come in runs: the interval is too narrow in restless times and too wide in calm ones",
        passed: "nothing shows that large errors come in runs"))
  }
}
