import RealModule
import Statistics

/// One form of exponential smoothing, fitted to a sample.
///
/// A fit is what maximum likelihood found, and no more: what only a forecast needs - how well states and parameters are
/// known - is computed when it is first asked for.
struct FittedETS: FittedModel {
  /// The description, of one form.
  let model: ETS
  let sample: Sample
  let estimate: ETSEstimate
  private let known = Deferred<ETSDoubt>()

  init(model: ETS, sample: Sample, estimate: ETSEstimate) {
    self.model = model
    self.sample = sample
    self.estimate = estimate
  }

  /// The form, with the scale where reading the form alone would choose another than the one it was chosen on.
  var specification: String {
    guard sample.scale == .natural, model.scaleChoice == .unit, let unit = sample.unit,
      Scale(unit: unit, values: sample.observed) != .natural
    else { return model.specification }
    return ModelExpression.adding("scale=natural", to: model.specification)
  }

  var form: ETSForm { estimate.form }

  var parameterCount: Int { estimate.degreesUsed + 1 }

  /// The smoothing parameters that were estimated and not given.
  var dynamicParameterCount: Int? { estimate.estimatedParameters }

  var likelihood: Likelihood? {
    Likelihood(
      estimate.logLikelihood, convention: .innovations, observations: sample.count,
      parameters: parameterCount)
  }

  /// The criterion by which forms are chosen.
  var correctedAkaike: Double { likelihood?.correctedAkaike ?? .infinity }

  /// The variance of the errors (shares, where errors multiply), over the degrees of freedom that are left.
  var variance: ErrorVariance {
    let last = sample.values[sample.count - 1]
    return ErrorVariance(
      sumOfSquares: estimate.sumOfSquares, degreesOfFreedom: sample.count - estimate.degreesUsed,
      floor: form.error == .additive ? sample.roundingVariance : sample.roundingVariance / (last * last))
  }

  /// How well parameters and final states are known.
  var doubt: ETSDoubt {
    known.value {
      // Outside the usual region the smoothing parameters have no coordinates to be doubted in.
      let weights = estimate.weights
      let fixed =
        model.region == .usual
        ? model.fixed
        : ETS.Fixed(alpha: weights.alpha, beta: weights.beta, gamma: weights.gamma, phi: weights.phi)
      return ETSDoubt(
        estimate: estimate, sample: sample, fixed: fixed, movesStates: model.start == .optimised,
        sigma: variance.estimate.squareRoot())
    }
  }

  var parameters: [FittedParameter] {
    let weights = estimate.weights
    let doubt = doubt
    var list = [FittedParameter("alpha", weights.alpha, standardError: doubt.standardErrors.alpha)]
    if form.trend != .none {
      list.append(FittedParameter("beta", weights.beta, standardError: doubt.standardErrors.beta))
    }
    if form.season != .none {
      list.append(FittedParameter("gamma", weights.gamma, standardError: doubt.standardErrors.gamma))
    }
    if form.trend.isDamped {
      list.append(FittedParameter("phi", weights.phi, standardError: doubt.standardErrors.phi))
    }
    list.append(
      FittedParameter("starting level", estimate.start.level, standardError: doubt.startingLevelError))
    if form.trend != .none {
      list.append(
        FittedParameter("starting trend", estimate.start.growth, standardError: doubt.startingGrowthError))
    }
    for (index, season) in estimate.start.season.enumerated() {
      list.append(FittedParameter("starting season \(index + 1)", season))
    }
    list.append(FittedParameter("sigma", variance.estimate.squareRoot()))
    return list
  }

  var remarks: [String] {
    var list: [String] = []
    let likelihood = InnovationsLikelihood(error: form.error, sample: sample)
    if estimate.sumOfSquares <= likelihood.floor {
      list.append(
        "the form fits the figures exactly; its likelihood counts errors of a thousand-millionth of the largest"
      )
    }
    if model.region == .admissible {
      list.append("the smoothing parameters are taken as known in the forecast")
    }
    if form.isUnstable {
      list.append("forecasts of this form have no finite variance, because it divides by states near zero")
    }
    return list
  }

  /// Runs the recursion over the sample again, for what is read off its states.
  private func traced<Result>(_ body: (SmoothingTrace) -> Result) -> Result {
    let trace = SmoothingTrace(count: sample.count, period: form.season == .none ? 0 : estimate.period)
    defer { trace.deallocate() }
    for (t, value) in sample.values.enumerated() { trace.values[t] = value }
    estimate.start.place(in: trace)
    _ = SmoothingRecursion(form).run(trace, estimate.weights)
    return body(trace)
  }

  var residuals: [Double] {
    traced { trace in
      let rest = 1..<trace.count
      guard form.error == .multiplicative else { return rest.map { trace.deviation[$0] } }
      // Errors as shares, in units of the geometric mean of what was expected.
      var logs = 0.0
      for t in rest { logs += Double.log(trace.values[t] - trace.deviation[t]) / Double(rest.count) }
      let unit = Double.exp(logs)
      return rest.map { unit * trace.deviation[$0] / (trace.values[$0] - trace.deviation[$0]) }
    }
  }

  /// Level, trend and season as they were expected before each observation, and what was not expected: together (added,
  /// or multiplied where the form does) they are the figures.
  var components: [SeriesComponent] {
    traced { trace in
      let times = 0..<trace.count
      let phi = estimate.weights.phi
      var list = [SeriesComponent("level", times.map { trace.level[$0] })]
      if form.trend.isMultiplicative {
        list.append(SeriesComponent("trend", times.map { Double.pow(trace.growth[$0], phi) }))
      } else if form.trend != .none {
        list.append(SeriesComponent("trend", times.map { phi * trace.growth[$0] }))
      }
      if form.season != .none { list.append(SeriesComponent("season", times.map { trace.season[$0] })) }
      list.append(SeriesComponent("remainder", times.map { trace.deviation[$0] }))
      return list
    }
  }
}

// MARK: - The forecast

extension FittedETS {
  /// Student's t in closed form where the form is linear with additive errors; otherwise what simulated paths show.
  func predictive(step: Int) throws(ForecastingError) -> any PredictiveDistribution {
    try requireStep(step)
    guard form.isLinear && form.error == .additive else {
      return try simulated(horizon: step)[step - 1]
    }
    let path = LinearForecast(estimate, horizon: step)
    return try closed(step: step, mean: path.means[step - 1], factor: path.varianceFactors[step - 1])
  }

  func predictive(horizon: Int) throws(ForecastingError) -> [any PredictiveDistribution] {
    guard horizon >= 1, horizon <= Forecast.longestHorizon else { throw .horizon(horizon) }
    guard form.isLinear && form.error == .additive else { return try simulated(horizon: horizon) }
    let path = LinearForecast(estimate, horizon: horizon)
    var steps: [any PredictiveDistribution] = []
    for step in 1...horizon {
      steps.append(
        try closed(step: step, mean: path.means[step - 1], factor: path.varianceFactors[step - 1]))
    }
    return steps
  }

  private func closed(
    step: Int, mean: Double, factor: Double
  ) throws(ForecastingError) -> any PredictiveDistribution {
    try variance.predictive(
      location: mean, varianceFactor: factor + doubt.varianceFactor(step: step, estimate: estimate), of: self)
  }

  func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {
    let sigma = variance.drawStandardDeviation(from: &stream)
    let doubt = doubt
    withUnsafeTemporaryAllocation(of: Double.self, capacity: estimate.final.season.count) { seasons in
      var simulation = ETSSimulation(
        estimate: estimate, doubt: doubt, sigma: sigma, seasons: seasons, stream: &stream)
      for index in path.indices { path[index] = simulation.next(step: index + 1, stream: &stream) }
    }
  }
}
