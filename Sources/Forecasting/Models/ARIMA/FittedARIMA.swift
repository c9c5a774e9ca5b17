import RealModule
import Statistics

/// An ARIMA model fitted to a sample.
struct FittedARIMA: FittedModel {
  let specification: String
  let sample: Sample
  let model: ARIMA
  let residuals: [Double]
  /// A period that is missing among those that differencing takes away costs the error of a later one.
  let residualPositions: [Int]
  let parameters: [FittedParameter]
  let likelihood: Likelihood?
  let remarks: [String]
  /// φ, Φ, θ, Θ.
  let coefficients: [Double]
  /// The variance of the innovations at the maximum of the likelihood: the sum of squares over the observations that
  /// differencing leaves.
  let maximumLikelihoodVariance: Double
  /// Whether the search ended by its tolerances.
  let converged: Bool
  private let design: ARIMADesign
  /// The maximum first; then the other points that stand for the doubt about the coefficients.
  private let branches: [Branch]
  private let regression: [Double]
  private let gapCorrections: [Double]

  /// The forecast for one value of the coefficients.
  private struct Branch: Sendable {
    let weight: Double
    let variance: ErrorVariance
    let projection: ARIMAProjection

    init(weight: Double, coefficients: [Double], solved: ARMAInnovations, design: ARIMADesign) {
      self.weight = weight
      variance = ErrorVariance(
        sumOfSquares: solved.sumOfSquares, degreesOfFreedom: design.observations - design.coefficientCount,
        floor: design.sample.roundingVariance)
      let (phi, theta) = design.orders.expanded(coefficients)
      projection = ARIMAProjection(
        design: design, phi: phi, theta: theta, ending: solved.ending, coefficients: solved.coefficients)
    }
  }

  var parameterCount: Int { design.coefficientCount + 1 }

  init(model: ARIMA, design: ARIMADesign) throws(ForecastingError) {
    let sample = design.sample
    let orders = design.orders
    let fast = ARMALikelihood(
      orders: orders, response: design.response, gaps: design.differencedGaps,
      regressors: design.differencedColumns, leastSumOfSquares: design.leastSumOfSquares)
    let search = ARIMASearch(likelihood: fast)
    func unsolved(_ reason: String) -> ForecastingError {
      .numerical(series: sample.name, model: model.specification, reason: reason)
    }
    guard let maximum = search.maximum(response: design.withoutRegression) else {
      throw unsolved("its likelihood cannot be computed at any starting point")
    }
    guard let solved = Self.solve(design, maximum.coefficients) else {
      throw unsolved("its innovations cannot be told from one another at the maximum")
    }

    specification = model.specification
    self.sample = sample
    self.model = model
    self.design = design
    coefficients = maximum.coefficients
    converged = maximum.converged
    let count = design.observations
    maximumLikelihoodVariance = max(solved.sumOfSquares, design.leastSumOfSquares) / Double(count)
    likelihood = Likelihood(
      fast.logLikelihood(maximum.value), convention: design.difference.count > 1 ? .differenced : .full,
      observations: count, parameters: design.coefficientCount + 1)
    let isDifferenced = design.difference.count > 1
    residuals = Self.residuals(solved, differenced: isDifferenced)
    residualPositions = solved.observedRows.dropFirst(isDifferenced ? 0 : 1)
      .map { design.difference.count - 1 + $0 }
    let information = ARIMAInformation.covariance(fast, at: maximum)
    var branches: [Branch] = []
    for point in ARIMAPosterior.points(maximum, covariance: information, orders: orders) {
      let own = branches.isEmpty ? solved : Self.solve(design, point.coefficients)
      guard let own else { continue }
      branches.append(
        Branch(weight: point.weight, coefficients: point.coefficients, solved: own, design: design))
    }
    self.branches = branches
    parameters = Self.parameters(
      model: model, design: design, maximum: maximum, information: information, solved: solved,
      sigma: (branches.first?.variance.estimate ?? 0).squareRoot(), variance: maximumLikelihoodVariance)
    regression = solved.coefficients
    gapCorrections = solved.ending.gapCorrections
    var remarks = design.remarks
    if design.isExact {
      remarks.append("the drift fits the figures exactly; their errors count as those of rounding")
    }
    if maximum.isOnBoundary.contains(true) {
      remarks.append(
        "the moving average has a root on the unit circle: a part of the differencing or of the season is fixed rather than changing"
      )
    }
    if information == nil {
      remarks.append("the likelihood is too flat at its maximum for standard errors of the coefficients")
    }
    if !maximum.converged {
      remarks.append("the search for the maximum ended at its limit of steps, not by its tolerance")
    }
    self.remarks = remarks
  }

  private static func solve(_ design: ARIMADesign, _ coefficients: [Double]) -> ARMAInnovations? {
    let (phi, theta) = design.orders.expanded(coefficients)
    return ARMAInnovations(
      phi: phi, theta: theta, orders: design.orders, response: design.response, gaps: design.differencedGaps,
      regressors: design.differencedColumns)
  }

  /// The innovations, in units that make the product of their standard deviations one; without the first where nothing
  /// was differenced away.
  ///
  /// Differencing s times, the season included, leaves n − s of them: what comes before is the diffuse start.
  private static func residuals(_ solved: ARMAInnovations, differenced: Bool) -> [Double] {
    let skipped = differenced ? 0 : 1
    let scales = solved.logScales.dropFirst(skipped)
    guard !scales.isEmpty else { return [] }
    let unit = Double.exp(scales.reduce(0, +) / Double(scales.count))
    return solved.standardised.dropFirst(skipped).map { $0 * unit }
  }

  private static func parameters(
    model: ARIMA, design: ARIMADesign, maximum: ARIMASearch.Maximum,
    information: (free: [Int], matrix: [[Double]])?, solved: ARMAInnovations, sigma: Double, variance: Double
  ) -> [FittedParameter] {
    let orders = design.orders
    let names =
      (1...12).prefix(orders.p).map { "ar\($0)" } + (1...12).prefix(orders.seasonalP).map { "sar\($0)" }
      + (1...12).prefix(orders.q).map { "ma\($0)" } + (1...12).prefix(orders.seasonalQ).map { "sma\($0)" }
    var errors: [Double?] = names.map { _ in nil }
    if let information {
      for (row, index) in information.free.enumerated() {
        errors[index] = information.matrix[row][row].squareRoot()
      }
    }
    var list = zip(names, zip(maximum.coefficients, errors)).map {
      FittedParameter($0, $1.0, standardError: $1.1)
    }
    for (index, name) in design.names.enumerated() {
      list.append(
        FittedParameter(
          name, solved.coefficients[index],
          standardError: (variance * solved.coefficientCovariance[index][index]).squareRoot()))
    }
    list.append(FittedParameter("sigma", sigma))
    return list
  }

  // MARK: Forecasts

  func predictive(step: Int) throws(ForecastingError) -> any PredictiveDistribution {
    try requireStep(step)
    let steps = try predictive(horizon: step)
    return steps[step - 1]
  }

  func predictive(horizon: Int) throws(ForecastingError) -> [any PredictiveDistribution] {
    try requireStep(horizon)
    let rows = try rows(horizon)
    let forecasts = branches.map { $0.projection.forecast(rows) }
    var steps: [any PredictiveDistribution] = []
    steps.reserveCapacity(horizon)
    for index in 0..<horizon {
      let components = zip(branches, forecasts).map { branch, forecast in
        StudentMixture.Component(
          weight: branch.weight, location: forecast.means[index],
          scale: (branch.variance.estimate * forecast.variances[index]).squareRoot())
      }
      steps.append(
        try mixture(components, degreesOfFreedom: Double(design.observations - design.coefficientCount)))
    }
    return steps
  }

  /// Means and variances with all parameters taken as known, the variance of the innovations at the maximum of the
  /// likelihood: what other software reports.
  func plugIn(horizon: Int) throws(ForecastingError) -> (means: [Double], variances: [Double]) {
    try requireStep(horizon)
    guard let forecast = branches.first?.projection.forecast(try rows(horizon)) else { return ([], []) }
    return (forecast.means, forecast.plugIn.map { $0 * maximumLikelihoodVariance })
  }

  private func rows(_ horizon: Int) throws(ForecastingError) -> [[Double]] {
    let last = design.completed.count - 1
    var rows: [[Double]] = []
    for step in 1...horizon { rows.append(try design.row(at: last + step)) }
    return rows
  }

  func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {
    let last = design.completed.count - 1
    let mark = stream.uniform() * branches.reduce(0) { $0 + $1.weight }
    var index = 0
    var sum = branches[0].weight
    while sum < mark, index + 1 < branches.count {
      index += 1
      sum += branches[index].weight
    }
    let branch = branches[index]
    branch.projection.draw(
      path: path, sigma: branch.variance.drawStandardDeviation(from: &stream), from: &stream
    ) { try? design.row(at: last + $0) }
  }

  /// The regression and what it leaves to the ARIMA process; none without a regression.
  var components: [SeriesComponent] {
    guard !design.columns.isEmpty else { return [] }
    let part = design.completed.indices.map { t in
      design.columns.indices.reduce(0) { $0 + regression[$1] * design.columns[$1][t] }
    }
    var rest = zip(design.completed, part).map { $0 - $1 }
    for (gap, correction) in zip(design.gaps, gapCorrections) { rest[gap] -= correction }
    return [SeriesComponent("regression", part), SeriesComponent("arima", rest)]
  }
}
