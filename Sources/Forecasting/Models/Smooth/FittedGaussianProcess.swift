import LinearAlgebra
import RealModule
import Statistics

/// A Gaussian process fitted to a sample: the most likely parameters for the report, and a grid of length scales for the
/// forecast.
struct FittedGaussianProcess: FittedModel {
  let specification: String
  let sample: Sample
  let best: GaussianProcessPosterior
  let nodes: [(weight: Double, posterior: GaussianProcessPosterior)]

  private var likelihoodProblem: GaussianProcessLikelihood { best.likelihood }
  private var freedom: Int { sample.count - likelihoodProblem.coefficients }

  /// The errors of predicting each observation from those before it, the mean taken as estimated from all.
  var residuals: [Double] {
    let lower = best.solved.factor.lower
    let problem = likelihoodProblem
    guard let fitted = try? problem.mean * best.solved.coefficients else { return [] }
    var innovations: [Double] = []
    for row in sample.values.indices {
      var error = problem.values[row] - fitted[row]
      for column in 0..<row { error -= lower[row, column] * innovations[column] }
      innovations.append(error / lower[row, row])
    }
    let logs = lower.diagonal.dropFirst().map { Double.log($0) }
    let typical = Double.exp(logs.reduce(0) { $0 + $1 / Double(logs.count) })
    return innovations.dropFirst().map { $0 * typical * problem.unit }
  }

  /// The coefficients of the mean and the parameters of the covariance.
  var parameterCount: Int { likelihoodProblem.coefficients + best.parameters.count }

  var parameters: [FittedParameter] {
    let unit = likelihoodProblem.unit
    let scale = unit * best.variance.estimate.squareRoot()
    var list: [FittedParameter] = []
    let inverse = try? best.solved.information.solve(Matrix.identity(likelihoodProblem.coefficients))
    for (index, name) in ["level", "slope"].prefix(likelihoodProblem.coefficients).enumerated() {
      list.append(
        FittedParameter(
          name, unit * best.solved.coefficients[index],
          standardError: inverse.map { scale * $0[index, index].squareRoot() }))
    }
    let exponents = best.parameters.map { Double.exp($0) }
    list.append(FittedParameter("length scale", exponents[0]))
    list.append(FittedParameter("amplitude", unit * exponents[1].squareRoot()))
    list.append(FittedParameter("noise", unit * exponents[2].squareRoot()))
    if exponents.count > 4 {
      list.append(FittedParameter("seasonal amplitude", unit * exponents[3].squareRoot()))
      list.append(FittedParameter("seasonal length scale", exponents[4]))
    }
    return list
  }

  var likelihood: Likelihood? {
    .diffuse(
      restricted: best.solved.logLikelihood - Double(freedom) * Double.log(likelihoodProblem.unit),
      coefficients: likelihoodProblem.coefficients, observations: sample.count, parameters: parameterCount)
  }

  var remarks: [String] {
    let (parameters, problem) = (best.parameters, likelihoodProblem)
    let mean = problem.coefficients == 1 ? "constant" : "straight line"
    if parameters[1] < problem.lower[1] + 1 { return ["the most likely trend is the \(mean) alone"] }
    if parameters[0] > problem.upper[0] - 1e-3 {
      return ["the length scale lies on its upper bound, three times the length of the series"]
    }
    if parameters[0] < problem.lower[0] + 1e-3 {
      return ["the length scale lies on its lower bound, one period: change cannot be told from noise"]
    }
    return []
  }

  /// The trend with its standard errors, the season where there is one, and what is left of the observations (zero in a
  /// gap).
  var components: [SeriesComponent] {
    let positions = Array(0...(sample.positions.last ?? 0))
    guard let trend = try? best.latent(positions, part: .trend) else { return [] }
    let errors = trend.covariance.diagonal.map { (best.variance.estimate * max(0, $0)).squareRoot() }
    var list = [SeriesComponent("trend", trend.means, standardErrors: errors)]
    var rest = trend.means
    if likelihoodProblem.season != nil, let season = try? best.latent(positions, part: .season) {
      list.append(SeriesComponent("season", season.means))
      rest = zip(rest, season.means).map { $0 + $1 }
    }
    var remainder = [Double](repeating: 0, count: positions.count)
    for (index, position) in sample.positions.enumerated() {
      remainder[position] = sample.values[index] - rest[position]
    }
    return list + [SeriesComponent("remainder", remainder)]
  }

  func predictive(step: Int) throws(ForecastingError) -> any PredictiveDistribution {
    try requireStep(step)
    var components: [StudentMixture.Component] = []
    for (weight, posterior) in nodes {
      do {
        let (mean, variance) = try posterior.forecast(step: step)
        components.append(
          StudentMixture.Component(
            weight: weight, location: mean, scale: (posterior.variance.estimate * variance).squareRoot()))
      } catch {
        throw .numerical(series: sample.name, model: specification, reason: "\(error)")
      }
    }
    return try mixture(components, degreesOfFreedom: Double(freedom))
  }

  func predictive(horizon: Int) throws(ForecastingError) -> [any PredictiveDistribution] {
    try requireStep(horizon)
    var components = [[StudentMixture.Component]](repeating: [], count: horizon)
    for (weight, posterior) in nodes {
      do {
        for (index, forecast) in try posterior.forecasts(horizon: horizon).enumerated() {
          components[index].append(
            StudentMixture.Component(
              weight: weight, location: forecast.mean,
              scale: (posterior.variance.estimate * forecast.variance).squareRoot()))
        }
      } catch {
        throw .numerical(series: sample.name, model: specification, reason: "\(error)")
      }
    }
    var steps: [any PredictiveDistribution] = []
    steps.reserveCapacity(horizon)
    for step in components { steps.append(try mixture(step, degreesOfFreedom: Double(freedom))) }
    return steps
  }

  func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {
    var mark = stream.uniform()
    var index = 0
    while index < nodes.count - 1, mark > nodes[index].weight {
      mark -= nodes[index].weight
      index += 1
    }
    nodes[index].posterior.draw(path: path, from: &stream)
  }
}
