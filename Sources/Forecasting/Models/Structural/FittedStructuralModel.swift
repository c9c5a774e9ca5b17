import RealModule
import Statistics

/// A structural model fitted to a sample: the most likely parameters for the report, and nodes of the posterior for the
/// forecast, so that not knowing the parameters widens it.
struct FittedStructuralModel: FittedModel {
  let specification: String
  let sample: Sample
  let remarks: [String]
  let likelihood: Likelihood?
  let layout: StructuralLayout
  let regression: StructuralRegression
  let series: ObservedSeries
  /// The most likely variances, absolute, and shapes.
  let maximum: [Double]
  /// The most likely system, its variances absolute.
  let system: StateSpace
  /// The variance of the noise of a figure to come that is known beforehand.
  let knownVariance: Double
  let nodes: [StructuralNode]
  private let cumulativeWeights: [Double]
  private let roots: [[Double]]
  /// What takes a pass of the smoother or more, and not every reader asks for.
  private let ownResiduals = Deferred<[Double]>()
  let ownComponents = Deferred<[SeriesComponent]>()
  let ownParameters = Deferred<[FittedParameter]>()

  /// Mixtures of normal distributions are mixtures of t distributions with so many degrees of freedom that no quantile
  /// shows the difference.
  private static let normalFreedom = 1e7

  init(_ model: StructuralModel, _ sample: Sample) throws(ForecastingError) {
    let design = try StructuralDesign(model, sample)
    self.specification = model.specification
    self.sample = sample
    layout = design.layout
    regression = design.regression
    series = design.series
    func failed(_ reason: String) -> ForecastingError {
      .numerical(series: sample.name, model: model.specification, reason: reason)
    }
    let surface = StructuralSurface(
      layout: layout, series: series, floor: max(sample.roundingVariance, .leastNormalMagnitude))
    try design.requireResolved(surface)
    guard let found = StructuralSearch(surface: surface, coordinates: design.coordinates).maximum() else {
      throw failed("no variances give the observations a likelihood")
    }
    let isConcentrated = design.coordinates.reference == nil
    let summary = surface.run(found.parameters)
    let scale = isConcentrated ? surface.scale(summary) : 1
    var maximum = found.parameters
    for index in layout.parts.indices { maximum[index] *= scale }
    self.maximum = maximum
    system = surface.system.scaled(by: scale)
    let nodes = StructuralPosterior(surface: surface, coordinates: design.coordinates)
      .nodes(around: found.parameters)
    guard !nodes.isEmpty, summary.degreesOfFreedom > 0 else {
      throw failed("no variances give the observations a likelihood")
    }
    self.nodes = nodes
    roots = nodes.map { SemidefiniteRoot.lower(of: $0.variance, order: $0.system.dimension) }
    var sum = 0.0
    cumulativeWeights = nodes.map { node in
      sum += node.weight
      return sum
    }
    knownVariance = series.knownVariances.last ?? 0
    // A column divided by its unit makes the determinant of the diffuse start smaller by that unit's square.
    let units = regression.units.reduce(0) { $0 + Double.log($1) }
    likelihood = Likelihood(
      found.logLikelihood - units, convention: .diffuse, observations: sample.count,
      parameters: layout.parts.count + layout.shapes.count + layout.diffuseStates)
    remarks = design.remarks(
      zeros: found.zeros, isRounded: isConcentrated && summary.scale < surface.leastScale(summary))
  }

  var parameterCount: Int { layout.parts.count + layout.shapes.count + layout.diffuseStates }

  /// One-step errors when the diffuse start is put where the whole series says it was, so that there is one for every
  /// observation and their squares add up to those of the diffuse likelihood; the first is left out, and the rest is
  /// in units that make the product of the standard deviations one.
  var residuals: [Double] { ownResiduals.value(computedResiduals) }

  private func computedResiduals() -> [Double] {
    let smoother = KalmanSmoother(system, series)
    var started = StateSpace(
      dimension: system.dimension, diffuseRank: 0, covariates: system.covariates)
    started.loading = system.loading
    started.transition = system.transition
    started.disturbance = system.disturbance
    started.noise = system.noise
    started.initialVariance = system.initialVariance
    for state in 0..<system.diffuseRank {
      let column = system.diffuse[(state * system.dimension)..<((state + 1) * system.dimension)]
      guard let place = column.firstIndex(where: { $0 != 0 }) else { continue }
      let index = place - column.startIndex
      started.initialState[index] = smoother.states[index]
    }
    let innovations = KalmanFilter(series, dimension: system.dimension).innovations(started)
    // What the start foresees without error says nothing.
    let kept = innovations.times.indices.filter {
      innovations.times[$0] > 0 && innovations.variances[$0] > 0
    }
    let logs = kept.map { Double.log(innovations.variances[$0]) }
    let unit = Double.exp(0.5 * logs.reduce(0, +) / Double(max(1, logs.count)))
    return innovations.times.indices.filter { innovations.times[$0] > 0 }.map { index in
      let variance = innovations.variances[index]
      return variance > 0 ? innovations.errors[index] / variance.squareRoot() * unit : 0
    }
  }

  // MARK: Forecasts

  func predictive(step: Int) throws(ForecastingError) -> any PredictiveDistribution {
    try requireStep(step)
    let steps = try predictive(horizon: step)
    return steps[step - 1]
  }

  func predictive(horizon: Int) throws(ForecastingError) -> [any PredictiveDistribution] {
    try requireStep(horizon)
    let covariates = try regression.rows(horizon: horizon)
    var components = Array(repeating: [StudentMixture.Component](), count: horizon)
    for node in nodes {
      let forecast = StateForecast(
        node.system, state: node.state, variance: node.variance, horizon: horizon, covariates: covariates,
        knownVariance: knownVariance)
      let scale = node.scale?.estimate ?? 1
      for step in 0..<horizon {
        components[step].append(
          StudentMixture.Component(
            weight: node.weight, location: forecast.means[step],
            scale: (scale * forecast.variances[step]).squareRoot()))
      }
    }
    let freedom = nodes.first?.scale?.degreesOfFreedom ?? Self.normalFreedom
    var steps: [any PredictiveDistribution] = []
    for components in components { steps.append(try mixture(components, degreesOfFreedom: freedom)) }
    return steps
  }

  /// The forecast with the most likely parameters taken as known: what other software reports.
  func plugIn(horizon: Int) throws(ForecastingError) -> StateForecast {
    try requireStep(horizon)
    let filter = KalmanFilter(series, dimension: layout.dimension)
    _ = filter.run(system)
    return filter.forecast(
      system, horizon: horizon, covariates: try regression.rows(horizon: horizon),
      knownVariance: knownVariance)
  }

  /// Steps for which a regressor is not known hold no number; ``predictive(horizon:)`` refuses them.
  func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {
    let mark = stream.uniform() * cumulativeWeights[cumulativeWeights.count - 1]
    var index = 0
    while index < nodes.count - 1, cumulativeWeights[index] < mark { index += 1 }
    nodes[index].draw(
      path: path, root: roots[index], knownDeviation: knownVariance.squareRoot(), from: &stream
    ) { regression.row(step: $0) }
  }
}
