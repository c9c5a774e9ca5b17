import LinearAlgebra
import RealModule
import Statistics

/// What an estimator found, in the one form that a fitted regression works with.
struct RegressionSolution: Sendable {
  var coefficients: [Double]
  /// The covariance of the coefficients, the scale of the errors in it.
  var covariance: Matrix
  /// `y − Xβ`.
  var errors: [Double]
  /// The one-step errors as ``FittedModel/residuals`` wants them.
  var residuals: [Double]
  var degreesOfFreedom: Int
  /// Parameters beside the coefficients, in the order of reports.
  var others: [FittedParameter]
  /// The correlation of errors one period apart; zero where they are taken to be independent.
  var rho = 0.0
  var likelihood: Likelihood?
  var outlook: any RegressionOutlook
  var remarks: [String] = []

  init(
    _ model: TrendRegression, design: RegressionDesign, response: [Double]
  ) throws(ForecastingError) {
    let solution: RegressionSolution?
    do throws(LinearAlgebraError) {
      let found: RegressionSolution?
      switch (model.loss, model.errors) {
      case (.huber, _): found = try Self.huber(design, response)
      case (.median, _): found = try Self.median(design, response)
      case (_, .independent): found = try Self.independent(design, response, weights: nil)
      case (_, .weighted):
        found = try Self.independent(design, response, weights: Self.weights(design.sample))
      case (_, .neweyWest(let lags, let smallSample)):
        found = try Self.neweyWest(design, response, lags: lags, smallSample: smallSample)
      case (_, .autoregressive): found = try Self.autoregressive(design, response, .maximumLikelihood)
      case (_, .praisWinsten):
        found = try Self.autoregressive(design, response, .praisWinsten(iterated: true))
      }
      solution = found
    } catch {
      throw RegressionDesign.failure(error, sample: design.sample, model: model.specification)
    }
    guard let solution else {
      throw .numerical(
        series: design.sample.name, model: model.specification,
        reason: model.loss == .huber
          ? "the weights of its observations do not settle; choose fit=median"
          : "the correlation of its errors does not settle between -1 and 1; choose errors=ar1")
    }
    self = solution
  }

  private init(
    coefficients: [Double], covariance: Matrix, errors: [Double], residuals: [Double], degreesOfFreedom: Int,
    others: [FittedParameter], likelihood: Likelihood?, outlook: any RegressionOutlook
  ) {
    self.coefficients = coefficients
    self.covariance = covariance
    self.errors = errors
    self.residuals = residuals
    self.degreesOfFreedom = degreesOfFreedom
    self.others = others
    self.likelihood = likelihood
    self.outlook = outlook
  }
}

// MARK: Least squares

extension RegressionSolution {
  /// Weights inverse to the sampling variances, with a geometric mean of one from the second observation on.
  private static func weights(_ sample: Sample) -> [Double]? {
    sample.samplingVariances.map { variances in
      let logs = variances.map { -Double.log($0) }
      let mean = logs.dropFirst().reduce(0, +) / Double(max(1, logs.count - 1))
      return logs.map { Double.exp($0 - mean) }
    }
  }

  private static func independent(
    _ design: RegressionDesign, _ response: [Double], weights: [Double]?
  ) throws(LinearAlgebraError) -> RegressionSolution {
    let fit = try LeastSquaresProblem(design: design.history, columnNames: design.columnNames)
      .fit(response, weights: weights)
    let count = Double(response.count)
    let futureWeight = weights?.last ?? 1
    let floor = design.sample.roundingVariance * futureWeight
    let variance = ErrorVariance(
      sumOfSquares: fit.residualSumOfSquares, degreesOfFreedom: fit.degreesOfFreedom, floor: floor)
    let believed = max(fit.residualSumOfSquares / count, floor, .leastNormalMagnitude)
    let logWeights = weights?.reduce(0) { $0 + Double.log($1) } ?? 0
    return RegressionSolution(
      coefficients: fit.coefficients, covariance: fit.unscaledCovariance.scaled(by: variance.estimate),
      errors: fit.residuals,
      residuals: zip(fit.residuals, weights ?? response.map { _ in 1 }).dropFirst()
        .map { $0 * $1.squareRoot() },
      degreesOfFreedom: fit.degreesOfFreedom,
      others: [FittedParameter("sigma", variance.estimate.squareRoot())],
      likelihood: Likelihood(
        -0.5
          * (count * Double.log(2 * .pi * believed) + fit.residualSumOfSquares / believed - logWeights),
        convention: .full, observations: response.count, parameters: design.columns.count + 1),
      outlook: GaussianOutlook(
        coefficients: fit.coefficients, factor: try CovarianceFactor(fit.unscaledCovariance),
        variance: variance, weight: futureWeight, movingAverage: [1]))
  }

  private static func neweyWest(
    _ design: RegressionDesign, _ response: [Double], lags: Int?, smallSample: Bool
  ) throws(LinearAlgebraError) -> RegressionSolution {
    var solution = try independent(design, response, weights: nil)
    let fit = try LeastSquaresProblem(design: design.history, columnNames: design.columnNames).fit(response)
    let positions = design.sample.positions
    let lags = lags ?? SandwichCovariance.lags(observations: response.count)
    solution.covariance = try SandwichCovariance.neweyWest(lags: lags, smallSample: smallSample)
      .matrix(of: fit, design: design.history, positions: positions)
    let variance = ErrorVariance(
      sumOfSquares: fit.residualSumOfSquares, degreesOfFreedom: fit.degreesOfFreedom,
      floor: design.sample.roundingVariance)
    solution.outlook = GaussianOutlook(
      coefficients: fit.coefficients,
      factor: try CovarianceFactor(solution.covariance.scaled(by: 1 / variance.estimate)),
      variance: variance, weight: 1,
      movingAverage: GaussianOutlook.movingAverage(
        autocovariances(fit.residuals, positions: positions, lags: lags)))
    // The likelihood of independent errors is not that of these.
    solution.likelihood = nil
    solution.others.append(FittedParameter("lags", Double(lags)))
    return solution
  }

  /// Autocovariances under Bartlett's weights, which keep them positive semidefinite.
  private static func autocovariances(_ errors: [Double], positions: [Int], lags: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: lags + 1)
    for row in errors.indices {
      for earlier in stride(from: row, through: 0, by: -1) {
        let lag = positions[row] - positions[earlier]
        guard lag <= lags else { break }
        sums[lag] += (1 - Double(lag) / Double(lags + 1)) * errors[row] * errors[earlier]
      }
    }
    return sums
  }
}

// MARK: Autoregressive errors

extension RegressionSolution {
  private static func autoregressive(
    _ design: RegressionDesign, _ response: [Double], _ estimator: AutoregressiveEstimator
  ) throws(LinearAlgebraError) -> RegressionSolution? {
    let (matrix, names, sample) = (design.history, design.columnNames, design.sample)
    let floor = sample.roundingVariance
    guard
      let fit = try estimator.fit(
        design: matrix, columnNames: names, response: response, positions: sample.positions, floor: floor)
    else { return nil }
    let start = try LeastSquaresProblem(design: matrix, columnNames: names).fit(response)
    var profile = try AutoregressiveProfile(
      design: matrix, errors: start.residuals, positions: sample.positions, floor: floor)
    let isLikeliest = estimator == .maximumLikelihood
    var single = profile.node(fit.rho)
    single.weight = 1
    let variance = single.variance
    let freedom = fit.whitened.degreesOfFreedom
    let whitening = Whitening(positions: sample.positions, rho: fit.rho)
    var solution = RegressionSolution(
      coefficients: fit.coefficients, covariance: fit.whitened.unscaledCovariance.scaled(by: variance),
      errors: fit.errors, residuals: whitening.residuals(fit.whitened.residuals), degreesOfFreedom: freedom,
      others: [
        FittedParameter(
          "rho", fit.rho, standardError: isLikeliest ? profile.standardError(at: fit.rho) : nil),
        FittedParameter("sigma", variance.squareRoot()),
      ],
      likelihood: Likelihood(
        fit.logLikelihood(floor: max(floor, .leastNormalMagnitude)), convention: .full,
        observations: response.count, parameters: design.columns.count + 2),
      outlook: AutoregressiveOutlook(
        origin: start.coefficients, nodes: isLikeliest ? profile.posterior(around: fit.rho) : [single],
        triangle: profile.triangle, lastRow: matrix.row(response.count - 1),
        lastError: start.residuals[response.count - 1], degreesOfFreedom: freedom))
    solution.rho = fit.rho
    if !isLikeliest {
      solution.remarks.append("the correlation of errors is taken as known in the forecast")
    } else if abs(fit.rho) > AutoregressiveProfile.bound - 1e-6 {
      solution.remarks.append("the correlation of errors is at its bound")
    }
    return solution
  }
}

extension Whitening {
  /// Whitened errors from the second on, in units that make the product of their deviations one.
  func residuals(_ whitened: [Double]) -> [Double] {
    let unit = Double.exp(logDeterminant / (2 * Double(max(1, whitened.count - 1))))
    return whitened.dropFirst().map { $0 * unit }
  }
}

// MARK: Robust fits

extension RegressionSolution {
  private static func huber(
    _ design: RegressionDesign, _ response: [Double]
  ) throws(LinearAlgebraError) -> RegressionSolution? {
    let floor = design.sample.roundingVariance
    guard
      let fit = try HuberRegression().fit(
        design: design.history, columnNames: design.columnNames, response: response,
        floor: floor.squareRoot())
    else { return nil }
    let freedom = response.count - design.columns.count
    return RegressionSolution(
      coefficients: fit.coefficients, covariance: fit.covariance, errors: fit.residuals,
      residuals: Array(fit.residuals.dropFirst()), degreesOfFreedom: freedom,
      others: [FittedParameter("scale", fit.scale)], likelihood: nil,
      outlook: ResampledOutlook(
        coefficients: fit.coefficients, factor: try CovarianceFactor(fit.covariance), errors: fit.residuals,
        degreesOfFreedom: freedom, floor: floor))
  }

  private static func median(
    _ design: RegressionDesign, _ response: [Double]
  ) throws(LinearAlgebraError) -> RegressionSolution {
    let floor = design.sample.roundingVariance
    let fit = try QuantileRegression.median.fit(
      design: design.history, columnNames: design.columnNames, response: response)
    let freedom = response.count - design.columns.count
    let count = Double(response.count)
    // Half the mean absolute error is the scale at which the likelihood of Laplace's distribution is greatest.
    let scale = max(fit.objective / count, floor.squareRoot(), .leastNormalMagnitude)
    return RegressionSolution(
      coefficients: fit.coefficients, covariance: fit.covariance, errors: fit.residuals,
      residuals: Array(fit.residuals.dropFirst()), degreesOfFreedom: freedom,
      others: [FittedParameter("mean absolute error", 2 * fit.objective / count)],
      likelihood: Likelihood(
        -count * Double.log(4 * scale) - fit.objective / scale, convention: .full,
        observations: response.count, parameters: design.columns.count + 1),
      outlook: ResampledOutlook(
        coefficients: fit.coefficients, factor: try CovarianceFactor(fit.covariance), errors: fit.residuals,
        degreesOfFreedom: freedom, floor: floor))
  }
}

extension Matrix {
  /// Every element times a number.
  func scaled(by factor: Double) -> Matrix { Matrix(rows: rows, columns: columns) { factor * self[$0, $1] } }
}
