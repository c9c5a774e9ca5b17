import RealModule
import Statistics

/// A penalised spline fitted to a sample: the best smoothness for the report, and several for the forecast, so that not
/// knowing it widens the forecast.
struct FittedPenalisedSpline: FittedModel {
  let specification: String
  let sample: Sample
  let best: SplineSmoother.Solution
  private let basis: SplineBasis
  private let nodes: [(weight: Double, continuation: SplineContinuation, variance: ErrorVariance)]
  private let observationWeights: [Double]
  private let bestVariance: ErrorVariance

  init(
    specification: String, sample: Sample, smoother: SplineSmoother, best: SplineSmoother.Solution,
    nodes: [SplineSearch.Node]
  ) {
    self.specification = specification
    self.sample = sample
    self.best = best
    basis = smoother.basis
    let weights = smoother.observationWeights
    observationWeights = weights
    let floor = sample.roundingVariance * (weights.last ?? 1)
    func variance(_ solution: SplineSmoother.Solution) -> ErrorVariance {
      ErrorVariance(
        sumOfSquares: solution.penalisedSumOfSquares, degreesOfFreedom: sample.count - 2, floor: floor)
    }
    bestVariance = variance(best)
    self.nodes = nodes.map { node in
      (node.weight, SplineContinuation(node.solution, basis: smoother.basis), variance(node.solution))
    }
  }

  var residuals: [Double] {
    zip(zip(sample.values, best.fitted), observationWeights).dropFirst().map {
      ($0.0 - $0.1) * $1.squareRoot()
    }
  }

  /// The effective degrees of freedom of the curve, rounded up, and the variance.
  var parameterCount: Int { Int(best.effectiveDegreesOfFreedom.rounded(.up)) + 1 }

  var parameters: [FittedParameter] {
    [
      FittedParameter("effective degrees of freedom", best.effectiveDegreesOfFreedom),
      FittedParameter("lambda", best.penalty),
      FittedParameter("sigma", bestVariance.estimate.squareRoot()),
    ]
  }

  var likelihood: Likelihood? {
    .diffuse(
      restricted: best.logLikelihood, coefficients: 2, observations: sample.count, parameters: parameterCount)
  }

  var remarks: [String] {
    let range = SplineSmoother.logPenalties
    if best.logPenalty > range.upperBound - 1 || best.effectiveDegreesOfFreedom < 2.01 {
      return ["the most likely curve is a straight line"]
    }
    if best.logPenalty < range.lowerBound + 1 {
      return [
        "the most likely curve passes through every observation, so that what is noise cannot be told from change"
      ]
    }
    return []
  }

  /// The curve, with its standard errors, and what is left of the observations (zero in a gap).
  var components: [SeriesComponent] {
    let (trend, variances) = SplineSmoother.curve(best, basis: basis)
    let sigma = bestVariance.estimate.squareRoot()
    var remainder = [Double](repeating: 0, count: trend.count)
    for (index, position) in sample.positions.enumerated() {
      remainder[position] = sample.values[index] - trend[position]
    }
    let errors = variances.map { sigma * $0.squareRoot() }
    return [
      SeriesComponent("trend", trend, standardErrors: errors), SeriesComponent("remainder", remainder),
    ]
  }

  /// The variance of an error ahead in units of that of a typical one.
  private var futureFactor: Double { 1 / (observationWeights.last ?? 1) }

  func predictive(step: Int) throws(ForecastingError) -> any PredictiveDistribution {
    try requireStep(step)
    let components = nodes.map { node in
      let (mean, variance) = node.continuation.forecast(step: step)
      return StudentMixture.Component(
        weight: node.weight, location: mean,
        scale: (node.variance.estimate * (variance + futureFactor)).squareRoot())
    }
    return try mixture(components, degreesOfFreedom: Double(sample.count - 2))
  }

  func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {
    var mark = stream.uniform()
    var index = 0
    while index < nodes.count - 1, mark > nodes[index].weight {
      mark -= nodes[index].weight
      index += 1
    }
    let sigma = nodes[index].variance.drawStandardDeviation(from: &stream)
    nodes[index].continuation.draw(path: path, sigma: sigma, from: &stream)
    let error = sigma * futureFactor.squareRoot()
    for step in path.indices { path[step] += error * stream.normal() }
  }
}
