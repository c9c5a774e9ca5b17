import RealModule
import Statistics

/// A Theta model fitted by least squares of its own errors: the best parameters for the report, and a grid of them with
/// posterior weights for the forecast, so that not knowing them widens it.
struct FittedThetaMethod: FittedModel {
  let specification: String
  let form: ThetaMethod.Form
  let sample: Sample
  let residuals: [Double]
  let components: [SeriesComponent]
  let best: ThetaNode
  private let nodes: [ThetaNode]
  private let cumulativeWeights: [Double]
  private let variances: [ErrorVariance]
  private let slope: Double
  private let slopeError: Double
  private let counted: Int
  private let degreesOfFreedom: Int
  private let furtherRemarks: [String]

  init(
    specification: String, form: ThetaMethod.Form, sample: Sample, problem: ThetaProblem, best: ThetaNode,
    nodes: [ThetaNode], seasonParameters: Int, furtherRemarks: [String]
  ) {
    self.specification = specification
    self.form = form
    self.sample = sample
    self.best = best
    self.nodes = nodes
    self.furtherRemarks = furtherRemarks
    counted = problem.counted
    slope = problem.finalSlope
    slopeError = problem.slopeFactor(alpha: best.alpha).squareRoot()
    let sums = problem.sums(alpha: best.alpha)
    let errors = problem.errors(alpha: best.alpha, share: best.share, level: sums.level(best.share))
    residuals = Array(errors.dropFirst(max(1, problem.uncounted)))
    components = [
      SeriesComponent("trend", zip(sample.values, errors).map { $0 - $1 }),
      SeriesComponent("remainder", errors),
    ]
    var sum = 0.0
    cumulativeWeights = nodes.map { node in
      sum += node.weight
      return sum
    }
    // Level and slope are solved for, or the level and what starts a moving line; alpha and theta are averaged over.
    let freedom = problem.counted - 2 - seasonParameters
    degreesOfFreedom = freedom
    variances = nodes.map {
      ErrorVariance(
        sumOfSquares: $0.sumOfSquares, degreesOfFreedom: freedom, floor: sample.roundingVariance)
    }
  }

  /// The error variance at the best parameters, as it would be reported.
  private var variance: ErrorVariance {
    ErrorVariance(
      sumOfSquares: best.sumOfSquares, degreesOfFreedom: degreesOfFreedom, floor: sample.roundingVariance)
  }

  /// Level, alpha and the error variance; theta where it is estimated; the slope of a fixed line.
  var parameterCount: Int { 3 + (form.estimatesTheta ? 1 : 0) + (form.isDynamic ? 0 : 1) }

  /// At its bound exactly that, and not what rounding makes of one over one less the share.
  private var theta: Double {
    best.share >= ThetaSearch.shares.upperBound ? ThetaSearch.greatestTheta : 1 / (1 - best.share)
  }

  var parameters: [FittedParameter] {
    let sigma = variance.estimate.squareRoot()
    return [
      FittedParameter("alpha", best.alpha),
      FittedParameter("theta", theta),
      FittedParameter("final level", best.finalLevel),
      FittedParameter("slope", slope, standardError: form.isDynamic ? nil : sigma * slopeError),
      FittedParameter("sigma", sigma),
    ]
  }

  var likelihood: Likelihood? {
    let squares = max(best.sumOfSquares, Double(counted) * sample.roundingVariance, .leastNormalMagnitude)
    return Likelihood(
      -0.5 * Double(counted) * Double.log(squares), convention: .innovations, observations: counted,
      parameters: parameterCount)
  }

  var remarks: [String] {
    var list = furtherRemarks
    if form.isDynamic {
      list.append("the first three observations start the line, and their errors do not count")
    }
    if best.alpha <= ThetaSearch.alphas.lowerBound || best.alpha >= ThetaSearch.alphas.upperBound {
      list.append("alpha stands at its bound of \(best.alpha)")
    }
    if form.estimatesTheta {
      if best.share <= ThetaSearch.shares.lowerBound {
        list.append("theta stands at its bound of 1: the data want none of the line's slope")
      } else if best.share >= ThetaSearch.shares.upperBound {
        list.append("theta stands at its upper bound: the data want all of the line's slope")
      }
    }
    return list
  }

  /// The point forecasts at the best parameters, with the variance that they have when these are taken as known.
  func plugInForecast(horizon: Int) -> [(mean: Double, variance: Double)] {
    var steps: [(mean: Double, variance: Double)] = []
    let estimate = variance.estimate
    best.forecast(steps: horizon) { location, _, plugIn in steps.append((location, estimate * plugIn)) }
    return steps
  }

  func predictive(step: Int) throws(ForecastingError) -> any PredictiveDistribution {
    try requireStep(step)
    return try distributions(from: step, to: step)[0]
  }

  func predictive(horizon: Int) throws(ForecastingError) -> [any PredictiveDistribution] {
    try requireStep(horizon)
    return try distributions(from: 1, to: horizon)
  }

  private func distributions(
    from first: Int, to last: Int
  ) throws(ForecastingError) -> [any PredictiveDistribution] {
    var components = [[StudentMixture.Component]](repeating: [], count: last - first + 1)
    for (node, variance) in zip(nodes, variances) {
      var step = 0
      node.forecast(steps: last) { location, factor, _ in
        step += 1
        guard step >= first else { return }
        components[step - first].append(
          StudentMixture.Component(
            weight: node.weight, location: location, scale: (variance.estimate * factor).squareRoot()))
      }
    }
    var list: [any PredictiveDistribution] = []
    list.reserveCapacity(components.count)
    for step in components { list.append(try mixture(step, degreesOfFreedom: Double(degreesOfFreedom))) }
    return list
  }

  func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {
    let mark = stream.uniform() * cumulativeWeights[cumulativeWeights.count - 1]
    var index = 0
    while index < nodes.count - 1, cumulativeWeights[index] < mark { index += 1 }
    let sigma = variances[index].drawStandardDeviation(from: &stream)
    let (first, second) = (stream.normal(), stream.normal())
    nodes[index].draw(path: path, sigma: sigma, first: first, second: second) { sigma * stream.normal() }
  }
}
