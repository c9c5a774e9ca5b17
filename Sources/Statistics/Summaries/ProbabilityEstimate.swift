/// A probability estimated by the proportion of simulated paths in which something happens, with its Monte Carlo
/// error.
public struct ProbabilityEstimate: Sendable, Equatable {
  /// The proportion of successes.
  public let value: Double
  /// The standard error of ``value`` from the limited number of paths; always above 0.
  ///
  /// √(p(1 − p)/n). When no path or every path succeeded that would be 0, as if the probability were known; then it
  /// is the same formula after two successes and two failures are added (A. Agresti and B. Coull 1998, after
  /// E. B. Wilson 1927).
  public let error: Double
  /// The number of paths.
  public let trials: Int

  /// The estimate from `successes` in `trials`; throws unless 0 ≤ successes ≤ trials and trials ≥ 1.
  public init(successes: Int, trials: Int) throws(StatisticsError) {
    guard trials >= 1, successes >= 0, successes <= trials else {
      throw .invalidCounts(successes: successes, trials: trials)
    }
    let n = Double(trials)
    value = Double(successes) / n
    self.trials = trials
    if successes > 0, successes < trials {
      error = (value * (1 - value) / n).squareRoot()
    } else {
      let adjusted = (Double(successes) + 2) / (n + 4)
      error = (adjusted * (1 - adjusted) / (n + 4)).squareRoot()
    }
  }
}
