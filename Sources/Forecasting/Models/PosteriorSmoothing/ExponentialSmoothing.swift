import RealModule
import Statistics

/// Exponential smoothing with additive errors: a local level, with no trend, a local trend or a damped local trend.
///
/// The innovations form of Hyndman, Koehler, Ord and Snyder (2008): ETS(A,N,N), ETS(A,A,N) and ETS(A,Ad,N) on the
/// model's scale. Given the smoothing parameters the errors are linear in the starting level and trend, so those are
/// solved by least squares and never searched for.
public struct ExponentialSmoothing: ForecastModel {
  /// How the local trend goes on.
  public enum Trend: Hashable, Sendable, CaseIterable {
    /// No trend: the level alone moves.
    case none
    /// The latest trend goes on for ever.
    case additive
    /// The latest trend fades by a factor of 0.8 to 0.98 each period.
    case damped
  }

  /// How the local trend goes on.
  public let trend: Trend

  /// Describes exponential smoothing with the given kind of trend.
  public init(trend: Trend) { self.trend = trend }

  /// The name of the model on the command line and in every output.
  public var specification: String {
    switch trend {
    case .none: "simple-smoothing"
    case .additive: "holt"
    case .damped: "damped-trend"
    }
  }

  /// One sentence: what the model says about the future.
  public var summary: String {
    switch trend {
    case .none: "a level that follows recent values stays (simple exponential smoothing)"
    case .additive: "a level and a trend that follow recent values go on (Holt)"
    case .damped: "a level and a trend that follow recent values go on while the trend fades (damped Holt)"
    }
  }

  /// Fewer observations than this are refused.
  public var minimumObservations: Int {
    switch trend {
    case .none: 4
    case .additive: 6
    case .damped: 7
    }
  }

  /// Fits the model to a sample; throws ``ForecastingError`` when it is too short, has gaps or cannot be solved.
  public func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    try fit(sample, search: .full)
  }
}

extension ExponentialSmoothing: RefittedModel {
  func refit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    try fit(sample, search: .posteriorOnly)
  }

  private func fit(
    _ sample: Sample, search: SmoothingSurface.Search
  ) throws(ForecastingError) -> any FittedModel {
    try requireObservations(sample)
    try requireConsecutive(sample)
    guard let learned = SmoothingSurface(sample: sample, trend: trend).learn(search) else {
      throw .numerical(
        series: sample.name, model: specification, reason: "no smoothing parameters fit the values")
    }
    return FittedExponentialSmoothing(
      specification: specification, sample: sample, trend: trend, best: learned.best, nodes: learned.nodes)
  }
}

/// Exponential smoothing fitted to a sample: the most likely parameters for the report, and a grid of parameters with
/// their posterior weights for the forecast, so that not knowing them widens it.
struct FittedExponentialSmoothing: FittedModel {
  let specification: String
  let sample: Sample
  let trend: ExponentialSmoothing.Trend
  let best: SmoothingNode
  let residuals: [Double]
  private let nodes: [SmoothingNode]
  private let cumulativeWeights: [Double]
  private let nodeVariances: [ErrorVariance]

  init(
    specification: String, sample: Sample, trend: ExponentialSmoothing.Trend, best: SmoothingNode,
    nodes: [SmoothingNode]
  ) {
    self.specification = specification
    self.sample = sample
    self.trend = trend
    self.best = best
    self.nodes = nodes
    residuals = Array(best.errors(of: sample.values).dropFirst())
    var sum = 0.0
    cumulativeWeights = nodes.map { node in
      sum += node.weight
      return sum
    }
    let freedom = sample.count - best.states
    nodeVariances = nodes.map {
      ErrorVariance(
        sumOfSquares: $0.sumOfSquares, degreesOfFreedom: freedom, floor: sample.roundingVariance)
    }
  }

  var parameterCount: Int {
    switch trend {
    case .none: 3
    case .additive: 5
    case .damped: 6
    }
  }

  var parameters: [FittedParameter] {
    var list = [FittedParameter("alpha", best.alpha)]
    if trend != .none { list.append(FittedParameter("beta", best.beta)) }
    if trend == .damped { list.append(FittedParameter("phi", best.phi)) }
    list.append(FittedParameter("starting level", best.start.level))
    if trend != .none { list.append(FittedParameter("starting trend", best.start.trend)) }
    let variance = ErrorVariance(
      sumOfSquares: best.sumOfSquares, degreesOfFreedom: sample.count - best.states,
      floor: sample.roundingVariance)
    list.append(FittedParameter("sigma", variance.estimate.squareRoot()))
    return list
  }

  /// The Gaussian log-likelihood without constants, in the convention of R's `ets`: -n/2 log of the sum of squares.
  var logLikelihood: Double { -0.5 * Double(sample.count) * Double.log(best.sumOfSquares) }

  func predictive(step: Int) throws(ForecastingError) -> any PredictiveDistribution {
    try requireStep(step)
    let components = zip(nodes, nodeVariances).map { node, variance in
      let (location, factor) = node.forecast(step: step)
      return StudentMixture.Component(
        weight: node.weight, location: location, scale: (variance.estimate * factor).squareRoot())
    }
    return try mixture(components, degreesOfFreedom: Double(sample.count - best.states))
  }

  func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {
    let total = cumulativeWeights[cumulativeWeights.count - 1]
    let mark = stream.uniform() * total
    var index = 0
    while index < nodes.count - 1, cumulativeWeights[index] < mark { index += 1 }
    let node = nodes[index]
    let sigma = nodeVariances[index].drawStandardDeviation(from: &stream)
    var state = node.drawFinalState(sigma: sigma, first: stream.normal(), second: stream.normal())
    for index in path.indices {
      let error = sigma * stream.normal()
      path[index] = state.level + node.phi * state.trend + error
      state = node.next(state, error: error)
    }
  }
}
