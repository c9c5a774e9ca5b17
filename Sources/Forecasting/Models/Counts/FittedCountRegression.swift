import LinearAlgebra
import RealModule
import Statistics
import TimeSeries

/// A regression of counts, fitted, with the nodes of dispersion that its forecasts average over.
struct FittedCountRegression: FittedModel {
  let specification: String
  let sample: Sample
  let fit: GeneralisedLinearFit
  let components: [SeriesComponent]
  let remarks: [String]
  private let data: CountData
  private let design: RegressionDesign
  private let nodes: [CountNode]
  private let cumulativeWeights: [Double]

  init(
    specification: String, sample: Sample, data: CountData, design: RegressionDesign,
    fit: GeneralisedLinearFit,
    nodes: [CountNode]
  ) throws(ForecastingError) {
    self.specification = specification
    self.sample = sample
    self.data = data
    self.design = design
    self.fit = fit
    self.nodes = nodes
    var sum = 0.0
    cumulativeWeights = nodes.map { node in
      sum += node.weight
      return sum
    }
    components = Self.components(data, design, fit)
    remarks = data.remarks(for: sample) + CountDispersion.remarks(fit, isBinomial: data.isBinomial)
  }

  /// Pearson residuals of the second observation onwards.
  ///
  /// Each is divided by the standard deviation that the family gives its count; that of a quasi-Poisson regression is
  /// taken with a dispersion of one. They are no errors of a common scale, and count models are not candidates of the
  /// automatic choice, which would compare them.
  var residuals: [Double] { Array(fit.pearsonResiduals.dropFirst()) }

  var parameterCount: Int {
    fit.coefficients.count + (fit.logLikelihood == nil || fit.size != nil ? 1 : 0)
  }

  /// None: counts are independent given the terms, and neither dispersion nor a regressor by any name changes that.
  var dynamicParameterCount: Int? { 0 }

  var parameters: [FittedParameter] {
    var list = zip(design.columnNames, zip(fit.coefficients, fit.standardErrors)).map {
      FittedParameter($0, $1.0, standardError: $1.1)
    }
    if fit.logLikelihood == nil { list.append(FittedParameter("dispersion", fit.dispersion)) }
    if let size = fit.size {
      // One over the size, which is zero and not infinite where the counts vary no more than by chance.
      list.append(
        FittedParameter("alpha", 1 / size, standardError: fit.sizeStandardError.map { $0 / (size * size) }))
    }
    return list
  }

  /// The scale of the link; the dispersion, where there is one, is a number without a unit.
  var parameterScale: String? {
    switch fit.law.link {
    case .log where data.denominators == nil: "logarithms of the expected count"
    case .log: "logarithms of the expected count per unit of the denominator"
    case .logit: "log odds of the share"
    case .probit: "probits of the share"
    }
  }

  var likelihood: Likelihood? {
    fit.logLikelihood.map {
      Likelihood($0, convention: .full, observations: sample.count, parameters: parameterCount)
    }
  }

  func predictive(step: Int) throws(ForecastingError) -> any PredictiveDistribution {
    try mixture(step: step, nodes: nodes, coefficientsKnown: false)
  }

  /// The distribution of a count with all parameters taken as known, which is what a reference computes.
  func plugIn(step: Int) throws(ForecastingError) -> CountMixture {
    guard let node = CountNode.single(fit) else { throw tooLarge }
    return try mixture(step: step, nodes: [node], coefficientsKnown: true)
  }

  private var tooLarge: ForecastingError {
    .numerical(
      series: sample.name, model: specification, reason: "its forecast is too large for a number to hold")
  }

  private func mixture(
    step: Int, nodes: [CountNode], coefficientsKnown: Bool
  ) throws(ForecastingError) -> CountMixture {
    try requireStep(step)
    let position = (sample.positions.last ?? 0) + step
    let row = try design.row(at: position)
    let (offset, trials) = (data.offset(at: position), data.trials(at: position))
    let ceiling = data.ceiling(at: position)
    var parts: [(weight: Double, law: any DiscreteDistribution)] = []
    let greatest = nodes.reduce(0) { max($0, $1.weight) }
    for node in nodes {
      let (centre, deviation) = node.predictor(row)
      let predictors = PredictorNodes.nodes(
        centre: offset + centre, deviation: coefficientsKnown ? 0 : deviation
      ) { Self.width(node.noise, link: fit.law.link, predictor: $0, trials: trials, ceiling: ceiling) }
      let total = predictors.reduce(0) { $0 + $1.weight }
      for (predictor, weight) in predictors {
        let share = node.weight / greatest * weight / total
        // What is left out together is less than a hundred-millionth.
        guard share > 1e-10 else { continue }
        let mean = Self.mean(fit.law.link, predictor: predictor, ceiling: ceiling)
        guard let law = node.noise.law(mean: mean.value).distribution(mean, trials: trials) else {
          throw tooLarge
        }
        parts.append((share, law))
      }
    }
    guard
      let mixture = CountMixture(
        parts, unitPerCount: data.unitPerCount(at: position),
        rounding: sample.unit == .count ? 0 : (12 * sample.roundingVariance).squareRoot())
    else { throw tooLarge }
    return mixture
  }

  /// The mean at a predictor, no higher than the ceiling.
  private static func mean(_ link: LinkFunction, predictor: Double, ceiling: Double) -> LinkFunction.Mean {
    let mean = link.mean(predictor: predictor)
    guard link == .log, mean.value > ceiling else { return mean }
    return LinkFunction.Mean(value: ceiling, complement: 1 - ceiling, slope: ceiling)
  }

  /// The standard deviation of a count's noise, carried to the predictor.
  private static func width(
    _ noise: CountNode.Noise, link: LinkFunction, predictor: Double, trials: Double, ceiling: Double
  ) -> Double {
    let mean = mean(link, predictor: predictor, ceiling: ceiling)
    let variance = noise.law(mean: mean.value).variance(mean) / trials
    return variance.squareRoot() / max(mean.slope, .leastNormalMagnitude)
  }

  /// One joint path: dispersion and coefficients are drawn once, then the counts; NaN from the first period on in which a
  /// regressor is not known.
  func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {
    let mark = stream.uniform() * (cumulativeWeights.last ?? 0)
    let index = cumulativeWeights.firstIndex { $0 >= mark } ?? nodes.count - 1
    let node = nodes[index]
    let (link, last) = (fit.law.link, sample.positions.last ?? 0)
    let columns = node.coefficients.count
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * columns) { storage in
      storage.initialize(repeating: 0)
      let coefficients = UnsafeMutableBufferPointer(rebasing: storage[0..<columns])
      let row = UnsafeMutableBufferPointer(rebasing: storage[columns...])
      node.draw(into: coefficients, scratch: row, from: &stream)
      for step in path.indices {
        let position = last + step + 1
        guard design.fill(row, at: position) else {
          for rest in step..<path.count { path[rest] = .nan }
          return
        }
        var predictor = data.offset(at: position)
        for column in 0..<columns { predictor += row[column] * coefficients[column] }
        let mean = Self.mean(link, predictor: predictor, ceiling: data.ceiling(at: position))
        let count = node.noise.law(mean: mean.value)
          .draw(mean, trials: data.trials(at: position), from: &stream)
        path[step] = count * data.unitPerCount(at: position)
      }
    }
  }

  /// The fitted means in the unit of the series, with their standard errors, and what is left of the observations (zero
  /// in a gap); none where a regressor is not known in a gap.
  private static func components(
    _ data: CountData, _ design: RegressionDesign, _ fit: GeneralisedLinearFit
  ) -> [SeriesComponent] {
    var (values, errors): ([Double], [Double]) = ([], [])
    for position in 0...(design.sample.positions.last ?? 0) {
      guard let row = try? design.row(at: position) else { return [] }
      var (predictor, variance) = (data.offset(at: position), 0.0)
      for i in row.indices {
        predictor += row[i] * fit.coefficients[i]
        for j in row.indices { variance += row[i] * row[j] * fit.covariance[i, j] }
      }
      let mean = fit.law.link.mean(predictor: predictor)
      let value = data.trials(at: position) * data.unitPerCount(at: position)
      values.append(value * mean.value)
      errors.append(value * mean.slope * max(0, variance).squareRoot())
    }
    var remainder = [Double](repeating: 0, count: values.count)
    for (index, position) in design.sample.positions.enumerated() {
      remainder[position] = design.sample.values[index] - values[position]
    }
    return [
      SeriesComponent("regression", values, standardErrors: errors), SeriesComponent("remainder", remainder),
    ]
  }
}
