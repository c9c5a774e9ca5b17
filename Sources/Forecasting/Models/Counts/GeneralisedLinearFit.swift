import LinearAlgebra
import RealModule

/// What a generalised linear model found.
///
/// Vectors over the columns are in the order of the design's columns, vectors over the rows in the order of its rows.
public struct GeneralisedLinearFit: Sendable {
  /// The coefficients β on the scale of the link.
  public let coefficients: [Double]
  /// The standard errors of the coefficients, from the expected information and the ``dispersion``; those of a negative
  /// binomial take its size as known, as `MASS::glm.nb` does.
  public let standardErrors: [Double]
  /// The covariance of the coefficients.
  public let covariance: Matrix
  /// `offset + Xβ`.
  public let linearPredictor: [Double]
  /// The mean of each response, in counts.
  public let fitted: [Double]
  /// The diagonal of the weighted hat matrix.
  public let leverages: [Double]
  /// Pearson residuals: observed less fitted count over the standard deviation that the family gives it, dispersion aside.
  public let pearsonResiduals: [Double]
  /// Signed roots of each response's share of the ``deviance``.
  public let devianceResiduals: [Double]
  /// Twice what the log-likelihood lacks to that of a perfect fit.
  public let deviance: Double
  /// The sum of the squared Pearson residuals.
  public let pearsonChiSquared: Double
  /// The rows that carry weight less the columns.
  public let degreesOfFreedom: Int
  /// By what the covariance is multiplied: 1 where the family settles the variance; Pearson's chi-squared over the
  /// degrees of freedom for a quasi-Poisson regression, and infinity there where no degree of freedom is left.
  public let dispersion: Double
  /// The maximised log-likelihood with all constants; nil for a quasi-Poisson regression, which has none.
  public let logLikelihood: Double?
  /// The size of a negative binomial, R's theta; infinite where the maximum is the Poisson.
  public let size: Double?
  /// The standard error of an estimated size from the observed information, the coefficients fixed; nil where the size is
  /// infinite or was given.
  public let sizeStandardError: Double?
  /// The number of weighted least squares problems that were solved.
  public let iterations: Int

  /// The covariance of the coefficients for a dispersion of 1.
  let unscaledCovariance: Matrix
  let law: ResponseLaw

  enum Dispersion { case known, estimated }

  init(
    _ problem: ReweightedLeastSquares, _ solution: ReweightedLeastSquares.Solution,
    dispersion kind: Dispersion,
    size estimated: Double? = nil
  ) {
    let law = solution.law
    let (response, trials, weights) = (problem.response, problem.trials, problem.weights)
    var (chiSquared, logLikelihood) = (0.0, 0.0)
    var (pearson, signedRoots, fitted): ([Double], [Double], [Double]) = ([], [], [])
    for (row, mean) in solution.means.enumerated() {
      let expected = trials[row] * mean.value
      let variance = trials[row] * law.variance(mean)
      let error = response[row] - expected
      let residual = weights[row].squareRoot() * error / max(variance, .leastNormalMagnitude).squareRoot()
      let share = weights[row] * max(0, law.deviance(response[row], trials: trials[row], mean: mean))
      fitted.append(expected)
      pearson.append(residual)
      signedRoots.append(error < 0 ? -share.squareRoot() : share.squareRoot())
      chiSquared += residual * residual
      if weights[row] > 0 {
        logLikelihood += weights[row] * law.logProbability(response[row], trials: trials[row], mean: mean)
      }
    }
    let freedom = weights.count { $0 > 0 } - solution.coefficients.count
    let factor: Double
    switch kind {
    case .known: factor = 1
    case .estimated: factor = freedom > 0 ? chiSquared / Double(freedom) : .infinity
    }
    let unscaled = solution.unscaledCovariance
    self.law = law
    coefficients = solution.coefficients
    unscaledCovariance = unscaled
    covariance = Matrix(rows: unscaled.rows, columns: unscaled.columns) { factor * unscaled[$0, $1] }
    standardErrors = unscaled.diagonal.map { (factor * $0).squareRoot() }
    linearPredictor = solution.predictor
    self.fitted = fitted
    leverages = solution.leverages
    pearsonResiduals = pearson
    devianceResiduals = signedRoots
    deviance = solution.deviance
    pearsonChiSquared = chiSquared
    degreesOfFreedom = freedom
    dispersion = factor
    self.logLikelihood = kind == .known ? logLikelihood : nil
    iterations = solution.iterations
    if let estimated {
      size = estimated
      let information =
        estimated.isFinite
        ? NegativeBinomialSize.information(problem, solution, size: estimated) : 0
      sizeStandardError = information > 0 ? 1 / information.squareRoot() : nil
    } else {
      if case .negativeBinomial(let given) = law { size = given } else { size = nil }
      sizeStandardError = nil
    }
  }
}
