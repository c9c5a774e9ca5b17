import Statistics

/// The smoothing of Holt and Winters, fitted to a sample.
///
/// Where nothing multiplies, the recursion is that of ``ETS`` with weights alpha, alpha beta and gamma (1 - alpha), and
/// so is the variance of its forecast. A season that multiplies is simulated, with errors of one width added to it.
struct FittedHoltWinters: FittedModel {
  let specification: String
  let sample: Sample
  let weights: SmoothingWeights
  let run: HoltWintersRecursion.Run
  private let recursion: HoltWintersRecursion
  private let model: HoltWinters
  private let variance: ErrorVariance

  init(
    model: HoltWinters, sample: Sample, recursion: HoltWintersRecursion, weights: SmoothingWeights
  ) {
    specification = model.specification
    self.model = model
    self.sample = sample
    self.recursion = recursion
    self.weights = weights
    let run = recursion.run(weights, keepsStates: true) ?? HoltWintersRecursion.Run(final: recursion.start)
    self.run = run
    variance = ErrorVariance(
      sumOfSquares: run.sumOfSquares,
      degreesOfFreedom: max(1, run.errors.count - Self.estimated(model)), floor: sample.roundingVariance)
  }

  private static func estimated(_ model: HoltWinters) -> Int {
    (model.fixed.alpha == nil ? 1 : 0) + (model.hasTrend && model.fixed.beta == nil ? 1 : 0)
      + (model.season != .none && model.fixed.gamma == nil ? 1 : 0)
  }

  /// One-step errors of the values that are forecast: those after the first cycle, or after the first one or two values.
  var residuals: [Double] { run.errors }

  /// Weights, start values and the error variance.
  var parameterCount: Int {
    Self.estimated(model) + (model.hasTrend ? 2 : 1) + max(0, recursion.start.season.count - 1) + 1
  }

  /// The weights that were estimated and not given.
  var dynamicParameterCount: Int? { Self.estimated(model) }

  var parameters: [FittedParameter] {
    var list = [FittedParameter("alpha", weights.alpha)]
    if model.hasTrend { list.append(FittedParameter("beta", weights.beta)) }
    if model.season != .none { list.append(FittedParameter("gamma", weights.gamma)) }
    list.append(FittedParameter("starting level", recursion.start.level))
    if model.hasTrend { list.append(FittedParameter("starting trend", recursion.start.growth)) }
    for (index, season) in recursion.start.season.enumerated() {
      list.append(FittedParameter("starting season \(index + 1)", season))
    }
    list.append(FittedParameter("sigma", variance.estimate.squareRoot()))
    return list
  }

  var remarks: [String] { ["start values are read off the first values and taken as known"] }

  /// The point forecast of the method.
  func pointForecast(horizon: Int) -> [Double] {
    (1...horizon).map { step in
      let base = run.final.level + Double(step) * run.final.growth
      switch model.season {
      case .none: return base
      case .additive: return base + run.final.season[(step - 1) % run.final.season.count]
      case .multiplicative: return base * run.final.season[(step - 1) % run.final.season.count]
      }
    }
  }

  func predictive(step: Int) throws(ForecastingError) -> any PredictiveDistribution {
    try requireStep(step)
    if model.season == .multiplicative { return try simulated(horizon: step)[step - 1] }
    let linear = LinearForecast(
      weights: SmoothingWeights(
        alpha: weights.alpha, beta: weights.alpha * weights.beta,
        gamma: weights.gamma * (1 - weights.alpha)),
      final: run.final, hasTrend: model.hasTrend, horizon: step)
    return try variance.predictive(
      location: linear.means[step - 1], varianceFactor: linear.varianceFactors[step - 1], of: self)
  }

  func predictive(horizon: Int) throws(ForecastingError) -> [any PredictiveDistribution] {
    guard horizon >= 1, horizon <= Forecast.longestHorizon else { throw .horizon(horizon) }
    if model.season == .multiplicative { return try simulated(horizon: horizon) }
    var steps: [any PredictiveDistribution] = []
    for step in 1...horizon { steps.append(try predictive(step: step)) }
    return steps
  }

  func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {
    let sigma = variance.drawStandardDeviation(from: &stream)
    var state = run.final
    let period = state.season.count
    for index in path.indices {
      let place = period > 0 ? index % period : 0
      path[index] = recursion.expectation(state, place: place) + sigma * stream.normal()
      _ = HoltWintersRecursion.step(
        &state, place: place, value: path[index], weights: weights, season: model.season)
      if model.season == .multiplicative {
        // Paths stay where the method has a meaning: a level and seasons above zero.
        state.level = max(state.level, 1e-6 * abs(run.final.level))
        state.season[place] = max(state.season[place], 1e-6)
      }
    }
  }

  /// Level, trend and season as they were expected before each value, and what was not expected. The values of the start
  /// have a remainder of zero: the level takes them up.
  var components: [SeriesComponent] {
    let head = recursion.first
    let starts = sample.values.prefix(head)
    let place = recursion.start.season
    let isMultiplicative = model.season == .multiplicative
    let levels = starts.enumerated().map { index, value in
      let season = place.isEmpty ? (isMultiplicative ? 1 : 0) : place[index % place.count]
      return isMultiplicative ? value / season : value - season
    }
    var list = [SeriesComponent("level", levels + run.states.map(\.level))]
    if model.hasTrend {
      list.append(SeriesComponent("trend", starts.map { _ in 0 } + run.states.map(\.growth)))
    }
    if model.season != .none {
      list.append(
        SeriesComponent("season", starts.indices.map { place[$0] } + run.states.map { $0.season[0] }))
    }
    list.append(SeriesComponent("remainder", starts.map { _ in 0 } + run.errors))
    return list
  }
}
