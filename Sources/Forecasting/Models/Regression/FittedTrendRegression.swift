import LinearAlgebra
import RealModule
import Statistics

/// A regression on time that has been fitted.
///
/// It forecasts like every fitted model, and tells what each intervention changed and what would have been
/// without (``interventionEffects(level:)``, ``counterfactual(level:)``).
public struct FittedTrendRegression: FittedModel {
  /// The specification of the model that was fitted.
  public let specification: String
  /// What it was fitted to.
  public let sample: Sample
  /// The columns that the terms became.
  public let design: RegressionDesign
  private let solution: RegressionSolution
  /// The parts of the series, with their standard errors.
  public let components: [SeriesComponent]
  /// What the reader must know beside the numbers.
  public let remarks: [String]

  init(_ model: TrendRegression, design: RegressionDesign) throws(ForecastingError) {
    specification = model.specification
    sample = design.sample
    try Self.requireErrors(model, design.sample)
    self.design = design
    solution = try RegressionSolution(model, design: design, response: design.sample.values)
    guard solution.coefficients.allSatisfy(\.isFinite), solution.covariance.diagonal.allSatisfy(\.isFinite)
    else {
      throw .numerical(
        series: design.sample.name, model: model.specification,
        reason: "its coefficients are too large for a number to hold")
    }
    let parts = RegressionComponents(
      design, coefficients: solution.coefficients, covariance: solution.covariance, errors: solution.errors,
      rho: solution.rho)
    components = parts?.components ?? []
    remarks =
      solution.remarks + design.remarks
      + (parts == nil
        ? ["a regressor is not known where an observation is missing, so no parts are shown"] : [])
  }

  /// Refuses what the choice of errors cannot take.
  private static func requireErrors(
    _ model: TrendRegression, _ sample: Sample
  ) throws(ForecastingError) {
    switch model.errors {
    case .weighted:
      guard let variances = sample.samplingVariances, variances.allSatisfy({ $0 > 0 && $0.isFinite }) else {
        throw .unsuitable(
          series: sample.name, model: model.specification,
          problem:
            "weighs observations by their sampling variances, which need the numerator and denominator of "
            + "every rate or share; supply them, or leave errors=weighted out")
      }
    case .praisWinsten: try model.requireConsecutive(sample)
    case .neweyWest(let lags?, _):
      guard (0..<sample.count).contains(lags) else {
        throw .unsuitable(
          series: sample.name, model: model.specification,
          problem: "asks for \(lags) lags of \(sample.count) observations; write 0 to \(sample.count - 1)")
      }
    case .independent, .autoregressive, .neweyWest: break
    }
  }

  /// The coefficients in the order of the columns, then what describes the errors.
  public var parameters: [FittedParameter] {
    design.columns.indices.map { index in
      FittedParameter(
        design.columns[index].name, solution.coefficients[index],
        standardError: max(0, solution.covariance[index, index]).squareRoot())
    } + solution.others
  }

  /// The coefficients, in the order of the columns.
  public var coefficients: [Double] { solution.coefficients }

  /// The covariance of the coefficients.
  public var covariance: Matrix { solution.covariance }

  /// The observations less what the terms say of them.
  public var errors: [Double] { solution.errors }

  /// Observations less coefficients: those of the t distribution behind every interval.
  public var degreesOfFreedom: Int { solution.degreesOfFreedom }

  /// One-step errors from the second observation on, as ``FittedModel`` describes them.
  public var residuals: [Double] { solution.residuals }

  /// Coefficients, the width of errors and, where there is one, their correlation.
  public var parameterCount: Int { solution.coefficients.count + (solution.rho == 0 ? 1 : 2) }

  /// The correlation of the errors, where there is one; no column of the design, whatever its name.
  public var dynamicParameterCount: Int? { solution.rho == 0 ? 0 : 1 }

  /// The maximised log-likelihood; none for Newey-West and Huber, which assume no distribution.
  public var likelihood: Likelihood? { solution.likelihood }

  /// The statistic of Durbin and Watson (1950) of consecutive errors: about 2 where they are not correlated,
  /// towards 0 where they are. Nil where there are no errors.
  public var durbinWatson: Double? {
    let squares = solution.errors.reduce(0) { $0 + $1 * $1 }
    guard squares > 0 else { return nil }
    return zip(solution.errors.dropFirst(), solution.errors).reduce(0) {
      $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
    } / squares
  }

  /// The variance of the value at a step if all parameters were known.
  func plugInVariance(step: Int) -> Double { solution.outlook.plugInVariance(step: step) }

  /// The predictive distribution `step` periods after the last observation.
  ///
  /// - Throws: ``ForecastingError/unsuitable(series:model:problem:)`` where a regressor is not known.
  public func predictive(step: Int) throws(ForecastingError) -> any PredictiveDistribution {
    try requireStep(step)
    let row = try design.row(at: sample.positions[sample.count - 1] + step)
    let outlook = solution.outlook
    return try mixture(
      outlook.components(row: row, step: step), degreesOfFreedom: outlook.degreesOfFreedom)
  }

  /// Draws one joint path; a step whose regressors are not known becomes NaN, and ``predictive(step:)`` refuses
  /// it.
  public func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {
    solution.outlook.draw(path: path, design: design, from: &stream)
  }
}
