import Statistics

/// The Theta method of Assimakopoulos and Nikolopoulos (2000): simple exponential smoothing that drifts with half of
/// the slope of a straight line (Hyndman and Billah, 2003).
///
/// Points are those of the standard method. The error variance is that of Theta's own one-step forecasts, not of the
/// smoothing without its drift, and the doubt about the slope, the start and the smoothing weight widens the forecast,
/// which neither the paper nor its implementations do.
public struct Theta: ForecastModel {
  /// The name of the model on the command line and in every output.
  public let specification = "theta"
  /// One sentence: what the model says about the future.
  public let summary = "a level that follows recent values drifts with half of the long-run slope"
  /// Fewer observations than this are refused.
  public let minimumObservations = 5

  /// A description of the model; it has no settings.
  public init() {}

  /// Fits the model to a sample; throws ``ForecastingError`` when it is too short, has gaps or cannot be solved.
  public func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    try fit(sample, search: .full)
  }
}

extension Theta: RefittedModel {
  func refit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    try fit(sample, search: .posteriorOnly)
  }

  private func fit(
    _ sample: Sample, search: SmoothingSurface.Search
  ) throws(ForecastingError) -> any FittedModel {
    try requireObservations(sample)
    try requireConsecutive(sample)
    guard let learned = SmoothingSurface(sample: sample, trend: .none).learn(search) else {
      throw .numerical(
        series: sample.name, model: specification, reason: "no smoothing weight fits the values")
    }
    return FittedTheta(
      specification: specification, sample: sample, best: learned.best, nodes: learned.nodes, remarks: [])
  }
}

struct FittedTheta: FittedModel {
  let specification: String
  let sample: Sample
  let residuals: [Double]
  let parameterCount = 4
  private let halfSlope: Double
  private let point: Branch
  private let branches: [Branch]
  private let cumulativeWeights: [Double]

  /// The method for one smoothing weight.
  private struct Branch: Sendable {
    let alpha: Double
    let weight: Double
    let level: Double
    /// What is not known of the final level because the starting level was estimated.
    let node: SmoothingNode
    /// The drift accumulated at the end of the sample, in units of the half slope: (1 - (1 - alpha)^n) / alpha.
    let accumulated: Double
    /// The variance of the half slope in units of the error variance, under the model itself.
    let slopeFactor: Double
    let variance: ErrorVariance
    let errors: [Double]

    init(node: SmoothingNode, sample: Sample, halfSlope: Double, degreesOfFreedom: Int) {
      self.node = node
      alpha = node.alpha
      weight = node.weight
      let values = sample.values
      var level = node.start.level
      var remaining = 1.0
      var errors: [Double] = []
      errors.reserveCapacity(values.count)
      for value in values {
        errors.append(value - level - halfSlope * (1 - remaining) / node.alpha)
        level += node.alpha * (value - level)
        remaining *= 1 - node.alpha
      }
      self.level = level
      accumulated = (1 - remaining) / node.alpha
      self.errors = errors
      // The slope of the line is a weighted sum of the values, and each value holds its own error and alpha times
      // every earlier one: so the slope's variance is that of a sum of independent errors.
      let count = Double(values.count)
      let centre = (count - 1) / 2
      let squares = count * (count * count - 1) / 12
      var later = 0.0
      var factor = 0.0
      for index in values.indices.reversed() {
        let own = (Double(index) - centre) / squares
        let total = own + node.alpha * later
        factor += total * total
        later += own
      }
      slopeFactor = factor / 4
      variance = ErrorVariance(
        sumOfSquares: errors.reduce(0) { $0 + $1 * $1 }, degreesOfFreedom: degreesOfFreedom,
        floor: sample.roundingVariance)
    }
  }

  let remarks: [String]
  private let degreesOfFreedom: Int

  /// - Parameter seasonParameters: what was estimated of a season that was taken out of the sample before.
  init(
    specification: String, sample: Sample, best: SmoothingNode, nodes: [SmoothingNode], remarks: [String],
    seasonParameters: Int = 0
  ) {
    self.remarks = remarks
    self.specification = specification
    self.sample = sample
    let count = Double(sample.count)
    let centre = (count - 1) / 2
    let halfSlope =
      zip(sample.values, sample.values.indices).reduce(0) { $0 + $1.0 * (Double($1.1) - centre) }
      / (count * (count * count - 1) / 12) / 2
    self.halfSlope = halfSlope
    let freedom = sample.count - 2 - seasonParameters
    degreesOfFreedom = freedom
    point = Branch(node: best, sample: sample, halfSlope: halfSlope, degreesOfFreedom: freedom)
    branches = nodes.map {
      Branch(node: $0, sample: sample, halfSlope: halfSlope, degreesOfFreedom: freedom)
    }
    residuals = Array(point.errors.dropFirst())
    var sum = 0.0
    cumulativeWeights = branches.map { branch in
      sum += branch.weight
      return sum
    }
  }

  var parameters: [FittedParameter] {
    let sigma = point.variance.estimate.squareRoot()
    return [
      FittedParameter("alpha", point.alpha),
      FittedParameter("half slope", halfSlope, standardError: sigma * point.slopeFactor.squareRoot()),
      FittedParameter("final level", point.level), FittedParameter("sigma", sigma),
    ]
  }

  /// The point forecast of the standard method, at the most likely smoothing weight.
  func standardForecast(step: Int) -> Double {
    point.level + halfSlope * (Double(step - 1) + point.accumulated)
  }

  /// The standard error that implementations of the standard method give: that of simple exponential smoothing without
  /// its drift, all parameters taken as known.
  func plugInStandardError(step: Int) -> Double {
    let variance = point.node.sumOfSquares / Double(sample.count - 2)
    return (variance * (1 + Double(step - 1) * point.alpha * point.alpha)).squareRoot()
  }

  var components: [SeriesComponent] {
    [
      SeriesComponent("trend", zip(sample.values, point.errors).map { $0 - $1 }),
      SeriesComponent("remainder", point.errors),
    ]
  }

  func predictive(step: Int) throws(ForecastingError) -> any PredictiveDistribution {
    try requireStep(step)
    let components = branches.map { branch in
      let drifts = Double(step - 1) + branch.accumulated
      let factor = branch.node.forecast(step: step).varianceFactor + drifts * drifts * branch.slopeFactor
      return StudentMixture.Component(
        weight: branch.weight, location: branch.level + halfSlope * drifts,
        scale: (branch.variance.estimate * factor).squareRoot())
    }
    return try mixture(components, degreesOfFreedom: Double(degreesOfFreedom))
  }

  func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {
    let mark = stream.uniform() * cumulativeWeights[cumulativeWeights.count - 1]
    var index = 0
    while index < branches.count - 1, cumulativeWeights[index] < mark { index += 1 }
    let branch = branches[index]
    let sigma = branch.variance.drawStandardDeviation(from: &stream)
    let drift = halfSlope + sigma * branch.slopeFactor.squareRoot() * stream.normal()
    var level =
      branch.level + branch.node.finalStateDeviation(sigma: sigma, first: stream.normal(), second: 0).level
    for index in path.indices {
      let error = sigma * stream.normal()
      path[index] = level + drift * (Double(index) + branch.accumulated) + error
      level += branch.alpha * error
    }
  }
}
